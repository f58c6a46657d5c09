// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform_identity.h"

#include <fmt/format.h>

#include <array>

#include "aws/arn.h"
#include "aws/arn_format.h"
#include "base/unknown_text.h"
#include "config/event_bus.h"

namespace grantproof::sources::terraform {
namespace {

using syntax::NodeKind;

#define ARN(service, resource) "arn:${Partition}:" service ":${Region}:${Account}:" resource
#define IAM(resource) "arn:${Partition}:iam::${Account}:" resource

// hashicorp/aws, "Attribute Reference" of each resource; ARN formats of the service authorization reference.
// "${arn}" in a format is what AWS chooses.
constexpr std::array<IdentityRow, 30> kIdentities = {{
    {"aws_cloudwatch_event_api_destination", ARN("events", "api-destination/${name}/${arn}"), "name id",
     "arn", ""},
    {"aws_cloudwatch_event_archive", ARN("events", "archive/${name}"), "name id", "arn", ""},
    {"aws_cloudwatch_event_bus", ARN("events", "event-bus/${name}"), "name id", "arn", ""},
    {"aws_cloudwatch_event_connection", ARN("events", "connection/${name}/${arn}"), "name id", "arn", ""},
    {"aws_cloudwatch_event_endpoint", ARN("events", "endpoint/${name}"), "name id", "arn", ""},
    {"aws_cloudwatch_event_rule", "rule", "name", "arn", ""},  // see rule_arn
    {"aws_cloudwatch_log_group", ARN("logs", "log-group:${name}"), "name id", "arn", "", true},
    {"aws_dynamodb_table", ARN("dynamodb", "table/${name}"), "name id", "arn", "", true},
    {"aws_ecs_cluster", ARN("ecs", "cluster/${name}"), "name", "arn id", ""},
    {"aws_iam_group", IAM("group${path}${name}"), "name id", "arn", ""},
    {"aws_iam_policy", IAM("policy${path}${name}"), "name", "arn id", ""},
    {"aws_iam_role", IAM("role${path}${name}"), "name id", "arn", ""},
    {"aws_iam_user", IAM("user${path}${name}"), "name id", "arn", ""},
    {"aws_kinesis_firehose_delivery_stream", ARN("firehose", "deliverystream/${name}"), "name", "arn id", ""},
    {"aws_kinesis_stream", ARN("kinesis", "stream/${name}"), "name", "arn id", "", true},
    {"aws_kms_alias", ARN("kms", "${name}"), "name id", "arn", ""},
    {"aws_kms_key", ARN("kms", "key/${key_id}"), "", "arn", "key_id id"},
    {"aws_lambda_alias", "", "name", "arn id", ""},
    {"aws_lambda_function", ARN("lambda", "function:${function_name}"), "function_name id", "arn", "", true},
    {"aws_organizations_account", "", "id", "arn", ""},
    {"aws_organizations_organization", "", "id", "arn", ""},
    {"aws_organizations_organizational_unit", "", "id", "arn", ""},
    {"aws_organizations_policy", "", "id", "arn", ""},
    {"aws_pipes_pipe", ARN("pipes", "pipe/${name}"), "name id", "arn", ""},
    {"aws_s3_bucket", "arn:${Partition}:s3:::${bucket}", "bucket id", "arn", "", true},
    {"aws_scheduler_schedule", ARN("scheduler", "schedule/${group_name}/${name}"), "name", "arn", ""},
    {"aws_secretsmanager_secret", ARN("secretsmanager", "secret:${name}-${arn}"), "name", "arn id", ""},
    {"aws_sfn_state_machine", ARN("states", "stateMachine:${name}"), "name", "arn id", ""},
    {"aws_sns_topic", ARN("sns", "${name}"), "name", "arn id", ""},
    {"aws_sqs_queue", ARN("sqs", "${name}"), "name", "arn", "url id"},
}};
#undef ARN
#undef IAM

// What the provider takes where the attribute is not given.
std::string_view usual(std::string_view attribute) {
  if (attribute == "path")
    return "/";
  if (attribute == "group_name" || attribute == "event_bus_name")
    return "default";
  return {};
}

// Attributes that take the name of another resource, where others take its ARN.
constexpr std::string_view kTakeNames =
    "bucket event_bus_name function_name group group_name groups role role_name roles rule user user_name "
    "users";

bool takes_name(const Value& value) {
  // The role of a function is an ARN.
  const bool is_function = value.owner != nullptr && value.owner->type == "aws_lambda_function";
  return has_word(kTakeNames, value.path) && !is_function;
}

std::string_view known_text(const Value& value) {
  return value.known != nullptr && !value.is_unknown() && value.known->kind == NodeKind::kString
             ? std::string_view(value.known->text)
             : std::string_view();
}

}  // namespace

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t space = words.find(' ');
    if (words.substr(0, space) == word)
      return true;
    words.remove_prefix(space == std::string_view::npos ? words.size() : space + 1);
  }
  return false;
}

const IdentityRow* find_identity(std::string_view type) {
  for (const IdentityRow& row : kIdentities) {
    if (row.type == type)
      return &row;
  }
  return nullptr;
}

std::string_view own_arn(const Resource& resource) {
  constexpr std::string_view kData = "data.";
  std::string_view type = resource.type;
  if (type.starts_with(kData))
    type.remove_prefix(kData.size());
  return find_identity(type) == nullptr ? std::string_view() : known_text(resource.attribute("arn"));
}

std::string Identities::unknown(const std::string& what) const {
  const std::string full = place_.shown().empty() ? what : fmt::format("{} in {}", what, place_.shown());
  std::string text = base::unknown_text(full);
  std::map<std::string, std::size_t>& alike = alike_[text];
  const std::size_t which = alike.emplace(full, alike.size()).first->second;
  return which == 0 ? text : base::unknown_text(fmt::format("{} ({})", full, which + 1));
}

std::string Identities::unknown(const Value& value) const {
  return unknown(value.owner == nullptr ? value.path
                                        : fmt::format("{}.{}", value.owner->address, value.path));
}

std::string Identities::text(const Resource& resource, std::string_view attribute) const {
  const Value value = resource.attribute(attribute);
  if (const std::string_view known = known_text(value); !known.empty())
    return std::string(known);
  const bool is_given = value.is_unknown() && (resource.configuration == nullptr || value.is_written());
  if (!is_given && !usual(attribute).empty())
    return std::string(usual(attribute));
  // "name_prefix": the provider puts a number behind it.
  return std::string(known_text(resource.attribute(fmt::format("{}_prefix", attribute)))) + unknown(value);
}

std::string Identities::place_in(std::string_view format, const Resource& resource,
                                 const Where& where) const {
  std::string text;
  for (const aws::ArnFormatPart& part : aws::split_arn_format(format)) {
    if (part.kind != aws::ArnFormatPart::Kind::kPlaceholder)
      text += part.text;
    else if (part.text == "Partition")
      text += where.partition;
    else if (part.text == "Region")
      text += where.region;
    else if (part.text == "Account")
      text += where.account;
    else
      text += this->text(resource, part.text);
  }
  return text;
}

// The bus is a name, or the ARN of a bus that may be another account's; then the rule stands there. On the
// default bus the rule's ARN does not name it.
std::string Identities::rule_arn(const Resource& resource, const Where& where) const {
  const Value written = resource.attribute("event_bus_name");
  const auto referred_bus =
      written.is_unknown() ? referred(written, Taking::kReference, "aws_cloudwatch_event_bus") : std::nullopt;
  const std::string bus = referred_bus ? *referred_bus : text(resource, "event_bus_name");
  const std::string name = text(resource, "name");
  const auto parts = config::parse_bus_arn(bus);
  const std::string_view bus_name = parts ? parts->name : std::string_view(bus);
  std::string rule;
  if (base::has_unknown(bus_name))
    rule = unknown(fmt::format("{}.arn", resource.address));
  else
    rule = bus_name == "default" ? name : fmt::format("{}/{}", bus_name, name);
  if (parts)
    return fmt::format("arn:{}:events:{}:{}:rule/{}", parts->partition, parts->region, parts->account, rule);
  return fmt::format("arn:{}:events:{}:{}:rule/{}", where.partition, where.region, where.account, rule);
}

std::optional<std::string> Identities::meaning(const Value& value, const Value& referred, Taking taking,
                                               std::string_view type) const {
  // What is known would make the value known too, were it no more than this.
  if (referred.owner == nullptr || (!referred.path.empty() && !referred.is_unknown()))
    return std::nullopt;
  const Resource& owner = *referred.owner;
  const IdentityRow* row = find_identity(owner.type);
  const bool is_pattern = taking == Taking::kPattern || taking == Taking::kArnPattern;
  if (referred.path.empty()) {
    // Which attribute it is, the plan does not say: the one that is taken here, of what is taken here.
    const bool has_one_arn = row != nullptr && !row->arn.empty() && !row->extended;
    const bool is_meant = row != nullptr && (taking == Taking::kArnPattern ? has_one_arn
                                             : is_pattern                  ? false
                                             : type.empty()                ? has_one_arn
                                                                           : owner.type == type);
    if (!is_meant)
      return std::nullopt;
    const bool is_name = row->arn.empty() || (!row->names.empty() && takes_name(value));
    return is_name ? text(owner, row->names.substr(0, row->names.find(' '))) : arn(owner);
  }
  if (row == nullptr) {
    if (is_pattern || referred.path != "arn")
      return std::nullopt;
    return unknown(referred);
  }
  if (has_word(row->arns, referred.path) && !(is_pattern && row->extended))
    return arn(owner);
  if (is_pattern)
    return std::nullopt;
  if (has_word(row->ids, referred.path))
    return arn(owner);
  if (has_word(row->names, referred.path))
    return text(owner, row->names.substr(0, row->names.find(' ')));
  return std::nullopt;
}

std::optional<std::string> Identities::referred(const Value& value, Taking taking,
                                                std::string_view type) const {
  if (taking == Taking::kPlain)
    return std::nullopt;
  const auto found = follower_.follow(value);
  auto text = found ? meaning(value, *found, taking, type) : std::nullopt;
  if (text)
    count_taken(value, *found);
  return text;
}

std::vector<std::optional<std::string>> Identities::referred_items(const Value& list, std::size_t count,
                                                                   Taking taking,
                                                                   std::string_view type) const {
  std::vector<std::optional<std::string>> texts(count);
  const auto found = taking == Taking::kPlain ? std::nullopt : follower_.follow_each(list, count);
  for (std::size_t i = 0; found && i < count; ++i) {
    if (const std::optional<Value>& one = (*found)[i])
      texts[i] = meaning(list, *one, taking, type);
    if (texts[i])
      count_taken(list, *(*found)[i]);
  }
  return texts;
}

void Identities::count_taken(const Value& value, const Value& referred) const {
  if (value.owner != nullptr && referred.owner != nullptr)
    taken_.insert(fmt::format("{}.{} is {}{}{}", value.owner->address, value.path, referred.owner->address,
                              referred.path.empty() ? "" : ".", referred.path));
}

std::string Identities::arn(const Resource& resource) const {
  if (const std::string_view arn = own_arn(resource); !arn.empty())
    return std::string(arn);
  const IdentityRow* row = find_identity(resource.type);
  if (row == nullptr)
    return {};
  if (row->arn.empty())
    return unknown(fmt::format("{}.arn", resource.address));
  const Where& where = places_.where(resource);
  return row->type == "aws_cloudwatch_event_rule" ? rule_arn(resource, where)
                                                  : place_in(row->arn, resource, where);
}

}  // namespace grantproof::sources::terraform
