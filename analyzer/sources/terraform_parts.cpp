// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace grantproof::sources::terraform {
namespace {

using syntax::Node;
using syntax::NodeKind;

struct PartRow {
  std::string_view owner;
  std::string_view attribute;  // of the owner, that is read back
  std::string_view part;
  std::string_view reference;  // attribute of the part: the owner
  std::string_view key;        // attribute of the part: which item; empty: it is the whole attribute
  bool told_with_owner = false;
};
constexpr std::array<PartRow, 8> kParts = {{
    {"aws_iam_role", "inline_policy", "aws_iam_role_policy", "role", "name"},
    {"aws_iam_role", "managed_policy_arns", "aws_iam_role_policy_attachment", "role", "policy_arn"},
    {"aws_kms_key", "policy", "aws_kms_key_policy", "key_id", "", true},
    {"aws_organizations_policy", "", "aws_organizations_policy_attachment", "policy_id", "", true},
    {"aws_s3_bucket", "policy", "aws_s3_bucket_policy", "bucket", ""},
    {"aws_secretsmanager_secret", "policy", "aws_secretsmanager_secret_policy", "secret_arn", ""},
    {"aws_sns_topic", "policy", "aws_sns_topic_policy", "arn", ""},
    {"aws_sqs_queue", "policy", "aws_sqs_queue_policy", "queue_url", ""},
}};

bool is_owner(std::string_view type) {
  return std::any_of(kParts.begin(), kParts.end(), [type](const PartRow& row) { return row.owner == type; });
}

std::string_view known_text(const Node* values, std::string_view attribute) {
  const Node* value = values == nullptr ? nullptr : values->find(attribute);
  return value != nullptr && value->kind == NodeKind::kString ? std::string_view(value->text)
                                                              : std::string_view();
}

}  // namespace

Parts::Parts(const Plan& plan, const Places& places, const Identities& identities)
    : places_(places), identities_(identities) {
  for (const Resource& resource : plan.resources()) {
    if (resource.deleted || !is_owner(resource.type))
      continue;
    for (const std::string& text : own_texts(resource))
      owners_.emplace(scoped(resource, resource.type, text), &resource);
  }
  for (const Resource& resource : plan.resources())
    read_part(resource);
}

// Names are the same in several accounts.
std::string Parts::scoped(const Resource& resource, std::string_view type, std::string_view text) const {
  return fmt::format("{} {} {}", type, places_.where(resource).account, text);
}

std::vector<std::string> Parts::own_texts(const Resource& owner) const {
  std::vector<std::string> texts = {identities_.arn(owner)};
  const IdentityRow& row = *find_identity(owner.type);
  if (!row.names.empty())
    texts.push_back(identities_.text(owner, row.names.substr(0, row.names.find(' '))));
  for (const std::string_view attribute : {"id", "arn", "url", "key_id"}) {
    if (const std::string_view text = known_text(owner.values, attribute); !text.empty())
      texts.emplace_back(text);
  }
  return texts;
}

std::string Parts::reference_text(const Resource& part, std::string_view attribute,
                                  std::string_view type) const {
  const Value value = part.attribute(attribute);
  if (!value.is_unknown())
    return std::string(known_text(part.values, attribute));
  return identities_.referred(value, Taking::kReference, type).value_or(std::string());
}

void Parts::read_part(const Resource& part) {
  for (const PartRow& row : kParts) {
    if (row.part != part.type)
      continue;
    const std::string after = part.deleted ? std::string() : reference_text(part, row.reference, row.owner);
    const std::string_view before = known_text(part.before, row.reference);
    for (const std::string_view text : {std::string_view(after), before}) {
      const auto owner = owners_.find(scoped(part, row.owner, text));
      if (text.empty() || owner == owners_.end())
        continue;
      std::set<std::string>& said = said_[{owner->second, row.attribute}];
      said.emplace(known_text(part.before, row.key));
      said.emplace(row.key.empty() || part.deleted ? std::string_view() : known_text(part.values, row.key));
    }
    const auto owner = owners_.find(scoped(part, row.owner, after));
    if (part.deleted || after.empty() || owner == owners_.end())
      continue;
    parts_[{owner->second, row.part}].push_back(&part);
    if (row.told_with_owner)
      told_with_.emplace(&part, owner->second);
  }
}

bool Parts::says(const Resource& owner, std::string_view attribute, std::string_view key) const {
  const auto found = said_.find({&owner, attribute});
  return found != said_.end() && found->second.contains(std::string(key));
}

std::vector<const Resource*> Parts::parts(const Resource& owner, std::string_view type) const {
  const auto found = parts_.find({&owner, type});
  return found == parts_.end() ? std::vector<const Resource*>() : found->second;
}

const Resource* Parts::told_with(const Resource& part) const {
  const auto found = told_with_.find(&part);
  return found == told_with_.end() ? nullptr : found->second;
}

}  // namespace grantproof::sources::terraform
