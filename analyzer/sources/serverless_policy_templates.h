// SPDX-License-Identifier: Apache-2.0
//
// SAM's policy templates and the statements that they become, one table row a statement. Source: AWS SAM
// developer guide, "Policy template list"; compared with the output of SAM translator 1.110.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace grantproof::sources {

struct PolicyTemplateStatement {
  std::string_view policy_template;
  // An action without a service is of the service before it: "sqs:DeleteMessage ReceiveMessage".
  std::string_view actions;
  // "*", or what stands behind the account of an ARN, its service first: "events:event-bus/${EventBusName}".
  // ${…} is a parameter of the template; alone it is the whole ARN.
  std::string_view resources;
  // A condition key and the ARN that it has to equal, written like a resource; empty: none
  std::string_view condition = {};
};

// The statements of one template, in order; empty where there is no such template.
std::span<const PolicyTemplateStatement> policy_template(std::string_view name);
// Every name, once.
std::vector<std::string_view> policy_template_names();

}  // namespace grantproof::sources
