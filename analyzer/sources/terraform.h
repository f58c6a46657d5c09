// SPDX-License-Identifier: Apache-2.0
//
// `terraform show -json` (and OpenTofu's) of a plan or a state to resources. Values that are known only after
// apply are followed through the plan's configuration to what they refer to; what stays open becomes an
// unknown part of the text, with the resource's address and the plan's path in it, since two plans may have
// the same addresses. Source: Terraform, "JSON Output Format"; hashicorp/aws provider documentation.
//
//   terraform_plan.h        resources by address, and the modules of the configuration
//   terraform_value.h       a value as known, unknown and expression tell it side by side
//   terraform_follow.h      from an expression to what it refers to
//   terraform_place.h       accounts and regions
//   terraform_identity.h    names and ARNs
//   terraform_policy.h      policies, and documents of data sources
//   terraform_parts.h       two resources that speak of one thing
//   terraform_table.h       attributes to properties, as data; terraform_properties.h walks it
#pragma once

#include "sources/translation.h"
#include "syntax/node.h"

namespace grantproof::sources {

bool is_terraform(const syntax::Node& root);
void read_terraform(const syntax::Node& root, const Place& place, Translation& into);

}  // namespace grantproof::sources
