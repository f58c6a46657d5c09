// SPDX-License-Identifier: Apache-2.0
//
// Which resources SAM connectors connect, and what permissions they give, one table row for each pair and
// kind of access. Source: AWS SAM developer guide, "AWS SAM connector reference"; compared with the output of
// SAM translator 1.110.
#pragma once

#include <span>
#include <string_view>

namespace grantproof::sources {

enum class ConnectorPolicy {
  kSourceRole,        // a managed policy for the role of the source
  kDestinationRole,   // the same, of the destination
  kQueuePolicy,       // of the destination
  kTopicPolicy,       // of the destination
  kLambdaPermission,  // of the destination
};

struct ConnectorRow {
  std::string_view source;       // type of CloudFormation
  std::string_view destination;  // the same
  ConnectorPolicy policy;
  std::string_view access;   // "Read", "Write"
  std::string_view actions;  // as of policy templates (serverless_policy_templates.h)
  // With ${SourceArn}, ${DestinationName} and the like, separated by spaces. Of policies that the destination
  // has, they are the sources that are let in.
  std::string_view resources;
  std::string_view service = {};  // that is let in, where the destination has the policy
};

std::span<const ConnectorRow> connector_rows();

// What Ref and Fn::GetAtt give of a resource that a connector names by its logical id.
struct ConnectedType {
  std::string_view type;
  std::string_view arn_attribute;  // empty: Ref is the ARN
  std::string_view id_attribute;   // of APIs; empty: Ref is the id
  std::string_view role_property;  // what has the role's ARN; empty: it has none
};
// Null where connectors do not know the type.
const ConnectedType* find_connected_type(std::string_view type);

// "AWS::Serverless::Function" as CloudFormation calls it; other types as they are.
std::string_view cloudformation_type(std::string_view type);

}  // namespace grantproof::sources
