// SPDX-License-Identifier: Apache-2.0
//
// Configuration items of AWS Config: snapshots, get-resource-config-history, batch-get-resource-config and
// select-resource-config. Source: AWS Config Developer Guide, "Components of a Configuration Item". The
// configuration is what the service's API describes, in lower camel case and with IAM's documents
// URL-encoded; newer types are recorded by their CloudFormation schema.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "aws/arn.h"
#include "sources/aws_dump_answer.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

void read_items(const Node& value, AnswerReader& reader);
void read_results(const Node& value, AnswerReader& reader);
constexpr Description kItems = {
    .type = {}, .one = "configuration item", .many = "configuration items", .arn = {}, .read = read_items};
constexpr Description kResults = {
    .type = {}, .one = "configuration item", .many = "configuration items", .arn = {}, .read = read_results};

// A type that AWS Config records, and the row that reads its configuration: the one of `table` with that
// type of resource. `policy`: where supplementaryConfiguration has its policy.
struct RecordedType {
  std::string_view recorded;
  std::string_view type;
  std::span<const Row> (*table)();
  std::string_view arn;     // member that the configuration would have
  std::string_view policy;  // in supplementaryConfiguration
};
constexpr std::array<RecordedType, 18> kTypes = {{
    {"AWS::IAM::Role", "AWS::IAM::Role", iam_rows, "Arn", {}},
    {"AWS::IAM::User", "AWS::IAM::User", iam_rows, "Arn", {}},
    {"AWS::IAM::Group", "AWS::IAM::Group", iam_rows, "Arn", {}},
    {"AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", iam_rows, "Arn", {}},
    {"AWS::Events::EventBus", "AWS::Events::EventBus", event_rows, "Arn", {}},
    {"AWS::Events::Rule", "AWS::Events::Rule", event_rows, "Arn", {}},
    {"AWS::Events::Archive", "AWS::Events::Archive", event_rows, "ArchiveArn", {}},
    {"AWS::Events::Connection", "AWS::Events::Connection", event_rows, "ConnectionArn", {}},
    {"AWS::Events::ApiDestination", "AWS::Events::ApiDestination", event_rows, "ApiDestinationArn", {}},
    {"AWS::Events::Endpoint", "AWS::Events::Endpoint", event_rows, "Arn", {}},
    {"AWS::Pipes::Pipe", "AWS::Pipes::Pipe", event_rows, "Arn", {}},
    {"AWS::Scheduler::Schedule", "AWS::Scheduler::Schedule", event_rows, "Arn", {}},
    {"AWS::SQS::Queue", "AWS::SQS::Queue", target_rows, "QueueArn", {}},
    {"AWS::SNS::Topic", "AWS::SNS::Topic", target_rows, "TopicArn", {}},
    {"AWS::Lambda::Function", "AWS::Lambda::Function", target_rows, "FunctionArn", "Policy"},
    {"AWS::KMS::Key", "AWS::KMS::Key", target_rows, "Arn", "Policy"},
    {"AWS::StepFunctions::StateMachine",
     "AWS::StepFunctions::StateMachine",
     target_rows,
     "stateMachineArn",
     {}},
    {"AWS::SecretsManager::Secret", "AWS::SecretsManager::Secret", target_rows, "ARN", {}},
}};

const RecordedType* find_type(std::string_view recorded) {
  const auto found = std::find_if(kTypes.begin(), kTypes.end(),
                                  [&](const RecordedType& type) { return type.recorded == recorded; });
  return found == kTypes.end() ? nullptr : &*found;
}

const Description* description_of(const RecordedType& type) {
  for (const Row& row : type.table()) {
    if (row.description->type == type.type && row.description->arn == type.arn &&
        row.description->read == nullptr)
      return row.description;
  }
  return nullptr;
}

void add_member(Node& map, std::string_view name, const Node* value) {
  if (value != nullptr && find_member(map, name) == nullptr)
    map.members.push_back({std::string(name), value->span, *value});
}

// The configuration, as the service would describe it.
std::optional<Node> configuration_of(const Node& item, AnswerReader& reader) {
  const Node* value = find_member(item, "configuration");
  if (value == nullptr)
    return std::nullopt;
  if (value->kind == NodeKind::kMap)
    return *value;
  const std::string whose = fmt::format("the configuration of {}", text_of(item, "arn"));
  if (value->kind != NodeKind::kString) {
    reader.mistake(value->span,
                   fmt::format("{} is {}, expected an object", whose, syntax::describe(value->kind)));
    return std::nullopt;
  }
  auto found = reader.embedded(*value, whose);
  if (found && found->kind != NodeKind::kMap)
    return std::nullopt;
  return found;
}

// `partial`: a query chose the properties.
void read_item(const Node& item, AnswerReader& reader, bool partial) {
  const RecordedType* type = find_type(text_of(item, "resourceType"));
  if (type == nullptr)
    return;  // of no part in what is proved
  const Description* description = description_of(*type);
  const std::string_view status = text_of(item, "configurationItemStatus");
  if (description == nullptr || status.starts_with("ResourceDeleted"))
    return;
  std::optional<Node> configuration = configuration_of(item, reader);
  if (!configuration) {
    partial = true;
    configuration.emplace();
    configuration->kind = NodeKind::kMap;
  }
  configuration->span = item.span;
  add_member(*configuration, type->arn, find_member(item, "arn"));
  const Node* supplement = find_member(item, "supplementaryConfiguration");
  if (!type->policy.empty() && supplement != nullptr)
    add_member(*configuration, type->policy, find_member(*supplement, type->policy));

  const Place before = reader.place();
  Place place = before;
  if (const std::string_view account = text_of(item, "accountId"); aws::is_account_id(account))
    place.account = account;
  if (const std::string_view region = text_of(item, "awsRegion"); !region.empty())
    place.region = region == "global" ? std::string_view() : region;
  reader.set_place(std::move(place));
  Row row = {{}, description};
  if (!type->policy.empty() && supplement == nullptr)
    row.lacks[0] = type->policy;
  describe(row, *configuration, reader, partial);
  reader.set_place(before);
}

// Later of two times, which are all epochs or all ISO 8601 in one time zone.
bool is_later(const Node& left, const Node& right) {
  if (left.kind == NodeKind::kNumber && right.kind == NodeKind::kNumber) {
    const std::size_t left_whole = left.text.find('.');
    const std::size_t right_whole = right.text.find('.');
    const std::size_t left_digits = std::min(left_whole, left.text.size());
    const std::size_t right_digits = std::min(right_whole, right.text.size());
    if (left_digits != right_digits)
      return left_digits > right_digits;
  }
  return left.text > right.text;
}

// A history has a resource once for each time that it changed: the last is what there is.
void read_items(const Node& value, AnswerReader& reader) {
  std::map<std::string, const Node*, std::less<>> latest;
  std::set<const Node*> chosen;
  for (const Node& item : entries_of(value)) {
    if (item.kind != NodeKind::kMap) {
      reader.unreadable(
          item.span, kItems,
          fmt::format("{} among configuration items, expected an object", syntax::describe(item.kind)));
      continue;
    }
    std::string identity(text_of(item, "arn"));
    if (identity.empty())
      identity = fmt::format("{} {}", text_of(item, "resourceType"), text_of(item, "resourceId"));
    const auto [at, fresh] = latest.emplace(std::move(identity), &item);
    if (fresh)
      continue;
    const Node* time = find_member(item, "configurationItemCaptureTime");
    const Node* other_time = find_member(*at->second, "configurationItemCaptureTime");
    if (time == nullptr || other_time == nullptr || time->kind != other_time->kind || !is_text(*time))
      chosen.insert(&item);  // which of them is the last nobody says: all may be
    else if (is_later(*time, *other_time))
      at->second = &item;
  }
  for (const auto& [identity, item] : latest)
    chosen.insert(item);
  for (const Node& item : entries_of(value)) {
    if (chosen.find(&item) != chosen.end())
      read_item(item, reader, false);
  }
}

// select-resource-config: each result is the JSON text of what the query chose.
void read_results(const Node& value, AnswerReader& reader) {
  for (const Node& result : entries_of(value)) {
    if (result.kind == NodeKind::kMap) {
      read_item(result, reader, true);
    } else if (result.kind == NodeKind::kString) {
      const auto item = reader.embedded(result, "a result of select-resource-config");
      if (item && item->kind == NodeKind::kMap)
        read_item(*item, reader, true);
      else
        reader.gap(result.span, "configuration items are missing, as this could not be read", {}, {});
    } else {
      reader.unreadable(result.span, kResults,
                        fmt::format("{} among Results, expected text", syntax::describe(result.kind)));
    }
  }
}

constexpr std::array<Row, 7> kRows = {{
    {"configurationItems", &kItems, {{{"resourceType"}, {"configuration"}}}},
    {"baseConfigurationItems", &kItems, {{{"resourceType"}, {"configuration"}}}},
    {"configurationItem", &kItems, {{{"resourceType"}, {"configuration"}}}},
    {"configurationItems", &kItems, {{{"resourceType"}, {"configurationItemStatus"}}}},
    {"Results", &kResults, {}, {}, "QueryInfo"},
    {"", &kItems, {{{"resourceType"}, {"configuration"}}}},
    {"", &kItems, {{{"resourceType"}, {"configurationItemStatus"}}}},
}};

}  // namespace

std::span<const Row> recorded_rows() {
  return kRows;
}

}  // namespace grantproof::sources
