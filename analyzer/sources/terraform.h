// SPDX-License-Identifier: Apache-2.0
//
// `terraform show -json` (and OpenTofu's) of a plan or a state to resources. Values that are known only after
// apply are followed through the plan's configuration to what they refer to; what stays open becomes an
// unknown part of the text. Source: Terraform, "JSON Output Format"; hashicorp/aws provider documentation.
#pragma once

#include "sources/translation.h"
#include "syntax/node.h"

namespace grantproof::sources {

bool is_terraform(const syntax::Node& root);
void read_terraform(const syntax::Node& root, const Place& place, Translation& into);

}  // namespace grantproof::sources
