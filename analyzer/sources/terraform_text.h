// SPDX-License-Identifier: Apache-2.0
//
// Texts of a Terraform resource as nodes: what is known as it stands, what is known after apply as what it
// refers to or as an unknown part.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/terraform_identity.h"
#include "sources/terraform_value.h"
#include "sources/translation.h"
#include "syntax/node.h"

namespace grantproof::sources::terraform {

syntax::Node text_node(std::string text, base::Span span);
// A member whose key leads to the value's place.
void add_member(syntax::Node& map, std::string_view key, syntax::Node value);

class Texts {
 public:
  Texts(const Identities& identities, Translation& into) : identities_(identities), into_(into) {}

  // Nothing where none is given; a mistake where it is no text.
  std::optional<syntax::Node> text(const Value& value, Taking taking, std::string_view type = {}) const;
  // A list that is wholly unknown is one unknown text.
  std::vector<syntax::Node> list(const Value& value, Taking taking, std::string_view type = {}) const;
  syntax::Node unknown(const Value& value) const;
  // GP0301: the value is not what it should be.
  void mistake(const Value& value, std::string_view expected) const;

 private:
  const Identities& identities_;
  Translation& into_;
};

}  // namespace grantproof::sources::terraform
