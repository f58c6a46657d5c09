// SPDX-License-Identifier: Apache-2.0
//
// Policy documents in a Terraform plan: JSON text in a string, or the data source aws_iam_policy_document,
// whose statements a plan has even where its text is known only after apply. A policy of which neither is
// there is an unknown part and a gap.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "sources/terraform_follow.h"
#include "sources/terraform_statement.h"
#include "sources/terraform_text.h"
#include "sources/terraform_value.h"
#include "sources/translation.h"
#include "syntax/node.h"

namespace grantproof::sources::terraform {

class Policies {
 public:
  Policies(const Follower& follower, const Identities& identities, const Texts& texts, Translation& into)
      : follower_(follower), identities_(identities), texts_(texts), into_(into) {}

  // Nothing where none is given. `about`: the type of the resource, for the gap.
  std::optional<syntax::Node> policy(const Value& value, std::string_view about) const;

 private:
  // Nothing where it is not known.
  std::optional<syntax::Node> known(const Value& value) const;
  std::optional<syntax::Node> document(const Resource& data) const;
  std::optional<syntax::Node> build(const Resource& data) const;
  std::optional<syntax::Node> referred_document(const std::optional<Value>& value) const;
  bool add_documents(const Value& value, MergedDocument& merged) const;
  bool afford(const syntax::Node& document) const;

  const Follower& follower_;
  const Identities& identities_;
  const Texts& texts_;
  Translation& into_;
  mutable std::map<const Resource*, std::optional<syntax::Node>> documents_;
  mutable std::set<const Resource*> open_;  // being built
  mutable std::size_t copied_ = 0;
  mutable bool is_too_much_ = false;
};

}  // namespace grantproof::sources::terraform
