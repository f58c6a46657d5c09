// SPDX-License-Identifier: Apache-2.0
//
// A value of a Terraform resource, as three trees tell it side by side: what is known (change.after), what
// will be known after apply (change.after_unknown, with true where a value is not known), and the expression
// in the configuration. Source: Terraform, "JSON Output Format".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/source.h"
#include "syntax/node.h"

namespace grantproof::sources::terraform {

struct Resource;

struct Value {
  const Resource* owner = nullptr;  // null: a constant
  const syntax::Node* known = nullptr;
  const syntax::Node* unknown = nullptr;
  const syntax::Node* expression = nullptr;
  std::string path;  // "statement[0].resources"; empty: the whole resource

  bool is_unknown() const;
  bool is_absent() const;   // nothing is given
  bool is_written() const;  // in the configuration; in a state nobody can say
  // Of what is known, or else of what makes it.
  base::Span span() const;

  Value attribute(std::string_view name) const;
  // Of a list, unknown items included.
  std::size_t size() const;
  // Blocks of a set stand in another order than they are written: their expression is the one that agrees
  // with what is known.
  Value item(std::size_t index, bool in_order = true) const;
};

}  // namespace grantproof::sources::terraform
