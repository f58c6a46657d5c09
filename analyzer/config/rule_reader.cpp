// SPDX-License-Identifier: Apache-2.0
#include "config/rule_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

#include "base/unknown_text.h"
#include "config/target_reader.h"
#include "events/event_pattern_reader.h"
#include "syntax/document_reader.h"
#include "syntax/json_reader.h"
#include "syntax/json_writer.h"
#include "syntax/string_offsets.h"

namespace grantproof::config {
namespace {

using syntax::Node;
using syntax::NodeKind;

// Service quotas and API limits, EventBridge user guide and API reference.
constexpr std::size_t kTargetsPerRule = 5;
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestArchiveName = 48;

class RuleReader : private syntax::DocumentReader {
  friend class syntax::DocumentReader;
  template <typename Into>
  using KeyOf = Key<RuleReader, Into>;

 public:
  RuleReader(const EventBus& bus, base::SourceMap& sources, base::DiagnosticSink& sink)
      : DocumentReader(sink), bus_(bus), sources_(sources) {}

  void rule(const Node& node, Rule& rule) {
    static constexpr std::array<KeyOf<Rule>, 12> kKeys = {{
        {"Name", &RuleReader::rule_name},
        {"Arn", &RuleReader::rule_arn},
        {"State", &RuleReader::state},
        {"EventPattern", &RuleReader::rule_pattern},
        {"ScheduleExpression", &RuleReader::schedule},
        {"Targets", &RuleReader::targets},
        {"Description"},
        {"RoleArn"},
        {"ManagedBy"},
        {"EventBusName"},
        {"CreatedBy"},
        {"Tags"},
    }};
    const std::size_t errors = sink_.errors();
    map<RuleReader, Rule>(node, "a rule", kKeys, rule);
    if (node.kind != NodeKind::kMap || sink_.errors() != errors)
      return;
    const base::Span begin{node.span.file, node.span.begin, node.span.begin + 1};
    if (rule.name.empty())
      mistake(begin, "this rule has no Name",
              fmt::format("add Name: up to {} letters, digits, '.', '-' and '_'", kLongestName));
    if (!rule.event_pattern && rule.schedule_expression.empty() && rule.unknown.empty())
      mistake(begin, fmt::format("rule {} has neither EventPattern nor ScheduleExpression", rule.name),
              "PutRule asks for one of them");
    if (!rule.schedule_expression.empty() && !bus_.name.empty() && bus_.name != "default")
      mistake(node.find("ScheduleExpression")->span,
              "ScheduleExpression is supported only on the default event bus");
    const std::string arn = bus_.name == "default"
                                ? fmt::format("arn:{}:events:{}:{}:rule/{}", partition_of(bus_.region),
                                              bus_.region, bus_.account, rule.name)
                                : fmt::format("arn:{}:events:{}:{}:rule/{}/{}", partition_of(bus_.region),
                                              bus_.region, bus_.account, bus_.name, rule.name);
    if (rule.arn.empty())
      rule.arn = arn;
    else if (rule.arn != arn && !bus_.arn.empty() && !base::has_unknown(arn))
      mistake(node.find("Arn")->span, fmt::format("the ARN of this rule would be {}", arn),
              "leave Arn out, or write this one");
    for (std::size_t i = 0; i < rule.targets.size(); ++i) {
      if (rule.targets[i].arn == bus_.arn)
        mistake(rule.targets[i].span, "a rule cannot have its own bus as its target");
    }
  }

 private:
  void rule_name(const Node& node, Rule& rule) {
    if (text(node, "Name", rule.name) && !base::has_unknown(rule.name) &&
        (!is_resource_name(rule.name) || rule.name.size() > kLongestName))
      mistake(node.span, fmt::format("\"{}\" is no name of a rule", rule.name),
              fmt::format("up to {} letters, digits, '.', '-' and '_'", kLongestName));
  }

  void rule_arn(const Node& node, Rule& rule) { text(node, "Arn", rule.arn); }

  void state(const Node& node, Rule& rule) {
    std::vector<std::string_view> names;
    for (const RuleState state :
         {RuleState::kEnabled, RuleState::kDisabled, RuleState::kEnabledWithAllCloudTrailManagementEvents}) {
      names.push_back(name(state));
      if (node.text == name(state)) {
        rule.state = state;
        return;
      }
    }
    if (base::has_unknown(node.text))
      note_unknown(base::list_unknowns(node.text), rule);
    else
      unknown(node.span, "state", node.text, names);
  }

  void schedule(const Node& node, Rule& rule) {
    if (text(node, "ScheduleExpression", rule.schedule_expression) && !base::has_unknown(node.text) &&
        !rule.schedule_expression.starts_with("rate(") && !rule.schedule_expression.starts_with("cron("))
      mistake(node.span, "this is no schedule expression", "write rate(5 minutes) or cron(0 12 * * ? *)");
  }

  void rule_pattern(const Node& node, Rule& rule) {
    std::string unknowns;
    collect_unknowns(node, unknowns);
    // Text that is not JSON, as far as it is known, is no mistake: the rest of it may make it so.
    base::DiagnosticSink mistakes;
    rule.event_pattern = read_pattern(node, sources_, unknowns.empty() ? sink_ : mistakes);
    if (!unknowns.empty())
      note_unknown(base::list_unknowns(unknowns), rule);
    rule.event_pattern_json = sorted_json(node);
  }

  // Sources write members in different orders (Terraform sorts them); one pattern has one text here.
  static std::string sorted_json(const Node& node) {
    if (node.kind != NodeKind::kString)
      return syntax::write_json(sorted(node));
    base::SourceMap sources;
    base::DiagnosticSink mistakes;
    const auto read = syntax::read_json(sources, sources.add("EventPattern", node.text), mistakes);
    return read ? syntax::write_json(sorted(*read)) : node.text;
  }

  static Node sorted(Node node) {
    for (Node& item : node.items)
      item = sorted(std::move(item));
    for (syntax::Member& member : node.members)
      member.value = sorted(std::move(member.value));
    std::stable_sort(
        node.members.begin(), node.members.end(),
        [](const syntax::Member& left, const syntax::Member& right) { return left.key < right.key; });
    return node;
  }

  static void collect_unknowns(const Node& node, std::string& unknowns) {
    unknowns += base::has_unknown(node.text) ? node.text : std::string();
    for (const Node& item : node.items)
      collect_unknowns(item, unknowns);
    for (const syntax::Member& member : node.members) {
      unknowns += base::has_unknown(member.key) ? member.key : std::string();
      collect_unknowns(member.value, unknowns);
    }
  }

  static void note_unknown(const std::string& what, Rule& rule) {
    rule.unknown += (rule.unknown.empty() ? "" : ", ") + what;
  }

  void targets(const Node& node, Rule& rule) {
    if (!is_list(node, "Targets"))
      return;
    std::set<std::string> ids;
    for (const Node& item : node.items) {
      if (auto target = read_target(item, sink_)) {
        if (!ids.insert(target->id).second)
          mistake(item.span, fmt::format("two targets of this rule have the Id {}", target->id),
                  "PutTargets would replace the first one");
        rule.targets.push_back(std::move(*target));
      }
    }
    if (node.items.size() > kTargetsPerRule)
      mistake(node.items[kTargetsPerRule].span,
              fmt::format("a rule has up to {} targets, this one has {}", kTargetsPerRule, node.items.size()),
              "send the event to a bus or a topic, or make a second rule with the same pattern");
  }

  // ---- archives

 public:
  void archive(const Node& node, Archive& archive) {
    static constexpr std::array<KeyOf<Archive>, 13> kKeys = {{
        {"ArchiveName", &RuleReader::archive_name},
        {"EventPattern", &RuleReader::archive_pattern},
        {"ArchiveArn"},
        {"EventSourceArn"},
        {"SourceArn"},
        {"Description"},
        {"KmsKeyIdentifier"},
        {"RetentionDays"},
        {"State"},
        {"StateReason"},
        {"SizeBytes"},
        {"EventCount"},
        {"CreationTime"},
    }};
    map<RuleReader, Archive>(node, "an archive", kKeys, archive);
    if (node.kind == NodeKind::kMap && node.find("ArchiveName") == nullptr)
      mistake(
          {node.span.file, node.span.begin, node.span.begin + 1}, "this archive has no ArchiveName",
          fmt::format("add ArchiveName: up to {} letters, digits, '.', '-' and '_'", kLongestArchiveName));
  }

 private:
  void archive_name(const Node& node, Archive& archive) {
    if (text(node, "ArchiveName", archive.name) && !base::has_unknown(archive.name) &&
        (!is_resource_name(archive.name) || archive.name.size() > kLongestArchiveName))
      mistake(node.span, fmt::format("\"{}\" is no name of an archive", archive.name),
              fmt::format("up to {} letters, digits, '.', '-' and '_'", kLongestArchiveName));
  }
  void archive_pattern(const Node& node, Archive& archive) {
    archive.event_pattern = read_pattern(node, sources_, sink_);
    archive.event_pattern_json = sorted_json(node);
  }

  const EventBus& bus_;
  base::SourceMap& sources_;
};

}  // namespace

bool is_resource_name(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '.' || byte == '-' || byte == '_';
  });
}

std::string_view partition_of(std::string_view region) {
  return region.starts_with("cn-") ? "aws-cn" : region.starts_with("us-gov-") ? "aws-us-gov" : "aws";
}

std::optional<events::EventPattern> read_pattern(const Node& node, base::SourceMap& sources,
                                                 base::DiagnosticSink& sink) {
  if (node.kind != NodeKind::kString)
    return events::read_event_pattern(node, sink);
  return events::read_event_pattern(
      sources, sources.add_embedded(node.span, node.text, syntax::offsets_in_source(sources, node)), sink);
}

Rule read_rule(const Node& node, const EventBus& bus, base::SourceMap& sources, base::DiagnosticSink& sink) {
  Rule rule;
  rule.span = node.span;
  RuleReader(bus, sources, sink).rule(node, rule);
  return rule;
}

Archive read_archive(const Node& node, base::SourceMap& sources, base::DiagnosticSink& sink) {
  Archive archive;
  archive.span = node.span;
  RuleReader(EventBus{}, sources, sink).archive(node, archive);
  return archive;
}

}  // namespace grantproof::config
