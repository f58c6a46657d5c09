// SPDX-License-Identifier: Apache-2.0
//
// References in the configuration of a Terraform plan. The plan tells of an expression only what it refers
// to, not what it does with it: "references": ["module.q.arn", "module.q"].
#pragma once

#include <string_view>
#include <vector>

#include "syntax/node.h"

namespace grantproof::sources::terraform {

// "module.q[\"a\"].arn" is module, q, ["a"], arn: an index keeps its brackets, as it stands in addresses.
// Empty where the text is no reference.
std::vector<std::string_view> cut_reference(std::string_view text);

// What an expression refers to, each as deep as it goes: Terraform writes behind each reference what it is a
// part of, and this passes over those. A reference that is no text is an empty one, and so are more than a
// thousand. None where the expression is null.
std::vector<std::string_view> deepest_references(const syntax::Node* expression);

}  // namespace grantproof::sources::terraform
