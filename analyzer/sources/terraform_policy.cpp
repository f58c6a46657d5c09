// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "sources/terraform_statement.h"
#include "syntax/json_reader.h"

namespace grantproof::sources::terraform {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::string_view kPolicyDocument = "data.aws_iam_policy_document";
// Nodes of documents that are copied, for all of a plan: policies of AWS have at most a few thousand.
constexpr std::size_t kMostCopied = 1'000'000;
constexpr std::size_t kMostNested = 64;
constexpr std::size_t kBytesLikeANode = 128;

std::size_t size_of(const Node& node) {
  std::size_t size = 1 + node.text.size() / kBytesLikeANode;
  for (const Node& item : node.items)
    size += size_of(item);
  for (const syntax::Member& member : node.members)
    size += size_of(member.value) + member.key.size() / kBytesLikeANode;
  return size;
}

}  // namespace

std::optional<Node> Policies::policy(const Value& value, std::string_view about) const {
  if (value.is_absent() || (!value.is_unknown() && value.known != nullptr && value.known->text.empty() &&
                            value.known->kind == NodeKind::kString))
    return std::nullopt;
  if (!value.is_unknown() && value.known != nullptr && value.known->kind != NodeKind::kString) {
    texts_.mistake(value, "a text");
    return texts_.unknown(value);
  }
  if (auto document = known(value))
    return document;
  if (value.is_unknown()) {
    into_.gaps.push_back(
        {.message = fmt::format("{} of {} is known only after apply", value.path, value.owner->address),
         .help =
             "write it as data \"aws_iam_policy_document\", or make the ARNs in it of locals, so that the "
             "plan has its statements; or check the state after apply",
         .span = value.span(),
         .about = std::string(about)});
  }
  return texts_.unknown(value);
}

std::optional<Node> Policies::known(const Value& value) const {
  if (!value.is_unknown())
    return value.known == nullptr ? std::nullopt
                                  : syntax::read_embedded_json(into_.sources, *value.known, into_.sink);
  const auto found = follower_.follow(value);
  auto document = referred_document(found);
  if (document && !afford(*document))
    return std::nullopt;
  if (document)
    identities_.count_taken(value, *found);
  return document;
}

bool Policies::afford(const Node& document) const {
  if (!is_too_much_)
    copied_ += size_of(document);
  if (copied_ <= kMostCopied)
    return true;
  if (!is_too_much_) {
    report(into_, "GP0307", document.span,
           fmt::format("the policy documents of this plan have more than {} parts", kMostCopied),
           "check the plan in parts, or the state after apply");
  }
  is_too_much_ = true;
  return false;
}

std::optional<Node> Policies::document(const Resource& data) const {
  const auto built = documents_.find(&data);
  if (built != documents_.end())
    return built->second;
  if (!open_.insert(&data).second) {
    report(into_, "GP0305", data.span, fmt::format("{} is made of itself", data.address),
           "Terraform plans no such configuration: use what `terraform show -json` prints as it is");
    return std::nullopt;
  }
  if (open_.size() > kMostNested) {
    report(into_, "GP0307", data.span,
           fmt::format("{} is made of more than {} documents, one in the other", data.address, kMostNested),
           "check the state after apply");
    open_.erase(&data);
    return std::nullopt;
  }
  auto document = build(data);
  open_.erase(&data);
  documents_.emplace(&data, document);
  return document;
}

std::optional<Node> Policies::build(const Resource& data) const {
  const Value json = data.attribute("json");
  if (!json.is_unknown() && !json.is_absent())
    return known(json);
  Node own;
  own.kind = NodeKind::kMap;
  own.span = data.span;
  const Value version = data.attribute("version");
  if (version.is_unknown())
    return std::nullopt;
  auto version_text = texts_.text(version, Taking::kPlain);
  add_member(own, "Version", version_text ? std::move(*version_text) : text_node("2012-10-17", data.span));
  if (const Value id = data.attribute("policy_id"); !id.is_unknown()) {
    if (auto text = texts_.text(id, Taking::kPlain))
      add_member(own, "Id", std::move(*text));
  }
  const Value statements = data.attribute("statement");
  if (statements.is_unknown())
    return std::nullopt;
  Node list;
  list.kind = NodeKind::kList;
  list.span = statements.span();
  for (std::size_t i = 0; i < statements.size(); ++i) {
    auto statement = read_statement(statements.item(i), texts_);
    if (!statement)
      return std::nullopt;
    list.items.push_back(std::move(*statement));
  }
  add_member(own, "Statement", std::move(list));
  MergedDocument merged(data.span);
  // source_json and override_json are the same for one document, until version 5 of the provider.
  if (!add_documents(data.attribute("source_json"), merged) ||
      !add_documents(data.attribute("source_policy_documents"), merged) || !merged.add(own) ||
      !add_documents(data.attribute("override_policy_documents"), merged) ||
      !add_documents(data.attribute("override_json"), merged))
    return std::nullopt;
  return std::move(merged).take();
}

// False where one of them is not known.
bool Policies::add_documents(const Value& value, MergedDocument& merged) const {
  if (value.is_absent())
    return true;
  const bool is_one = value.path.ends_with("json");
  if (value.is_unknown() && !is_one)
    return false;
  std::vector<Value> items;
  if (is_one)
    items.push_back(value);
  for (std::size_t i = 0; !is_one && i < value.size(); ++i)
    items.push_back(value.item(i));
  const auto open =
      std::count_if(items.begin(), items.end(), [](const Value& item) { return item.is_unknown(); });
  const auto referred = follower_.follow_each(value, static_cast<std::size_t>(open));
  if (open > 0 && !referred)
    return false;
  std::size_t next = 0;
  for (const Value& item : items) {
    if (item.is_absent())
      continue;
    auto document = item.is_unknown() ? referred_document((*referred)[next++]) : known(item);
    if (!document || !afford(*document) || !merged.add(*document))
      return false;
  }
  return true;
}

// Nothing where it is no policy document's.
std::optional<Node> Policies::referred_document(const std::optional<Value>& value) const {
  const bool is_document = value && value->owner != nullptr && value->owner->type == kPolicyDocument &&
                           (value->path.empty() || value->path == "json" || value->path == "minified_json");
  return is_document ? document(*value->owner) : std::nullopt;
}

}  // namespace grantproof::sources::terraform
