// SPDX-License-Identifier: Apache-2.0
//
// Blocks of the data source aws_iam_policy_document to statements of a policy, and documents put together as
// the provider does it. Source: hashicorp/aws, data source aws_iam_policy_document.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sources/terraform_text.h"
#include "sources/terraform_value.h"
#include "syntax/node.h"

namespace grantproof::sources::terraform {

// A `statement` block. Nothing where a part is open that decides what the rest means: the effect, the type of
// a principal, the operator or key of a condition.
std::optional<syntax::Node> read_statement(const Value& block, const Texts& texts);

// Documents in the order in which they are added. A statement with a Sid that is there takes its place; the
// newest Version counts.
class MergedDocument {
 public:
  explicit MergedDocument(base::Span span);

  // False where it is no policy document; then nothing is added.
  bool add(const syntax::Node& document);
  syntax::Node take() &&;

 private:
  void add_statement(const syntax::Node& statement);

  base::Span span_;
  std::optional<syntax::Node> version_;
  std::optional<syntax::Node> id_;
  std::vector<syntax::Node> statements_;
  std::map<std::string, std::size_t> by_sid_;
};

}  // namespace grantproof::sources::terraform
