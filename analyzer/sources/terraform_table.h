// SPDX-License-Identifier: Apache-2.0
//
// Which resources of the Terraform provider are which of CloudFormation, attribute by attribute. Source: the
// documentation of hashicorp/aws and the CloudFormation resource reference.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace grantproof::sources::terraform {

enum class AttributeKind {
  kText,             // a text as it is; of another resource it may be a part only
  kReference,        // a name, ARN or id of another resource
  kPattern,          // the same, perhaps with more behind it: a condition on SourceArn
  kReferenceInList,  // one reference, where CloudFormation has a list
  kReferences,       // a list of them
  kTexts,            // a list of texts
  kPositive,         // a number, of which 0 says that none is given
  kValue,            // a boolean, number or map, as it is
  kPolicy,           // a policy document; `type`: the resource that says it instead, where there is one
  kBlock,            // the one block of this name: an object
  kBlocks,           // blocks: a list of objects
  kSelf,             // no attribute: attributes of the same resource, in an object
  kSelfInList,       // the same in a list
  kParts,            // an attribute of the resources of `type` that belong to this one: a list
  kOwnName,          // no attribute: the resource's own name
  kOwnArnInList,     // no attribute: the resource's own ARN
};

struct AttributeRow {
  std::string_view name;      // "dead_letter_config", "roots[0].id"
  std::string_view property;  // "DeadLetterConfig"
  AttributeKind kind = AttributeKind::kText;
  std::string_view type = {};  // what a reference must be, if it names no attribute of it
  std::span<const AttributeRow> block = {};
  std::string_view otherwise = {};  // what it is where none is given
  bool computed = false;            // AWS has a value where none is written: unknown is then none
};

struct ResourceRow {
  std::string_view type;            // "aws_sqs_queue", "data.aws_iam_role"
  std::string_view cloudformation;  // "AWS::SQS::Queue"
  std::span<const AttributeRow> attributes;
  // It is a resource of its own only with this property: the policy that is an attribute of a queue.
  std::string_view only_with = {};
  // One resource for each item of this property.
  std::string_view one_for_each = {};
  std::string_view not_told = {};  // Resource::not_told, with spaces between
};

// The rows of a type; a queue with a policy in it is a queue and its policy.
std::vector<const ResourceRow*> find_rows(std::string_view type);

std::span<const ResourceRow> event_rows();     // terraform_table_events.cpp
std::span<const ResourceRow> identity_rows();  // terraform_table_identity.cpp
std::span<const ResourceRow> target_rows();    // terraform_table_targets.cpp

}  // namespace grantproof::sources::terraform
