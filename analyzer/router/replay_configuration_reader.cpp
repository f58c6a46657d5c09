// SPDX-License-Identifier: Apache-2.0
#include "router/replay_configuration_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "aws/arn.h"
#include "config/delivery_error.h"
#include "config/rule_reader.h"
#include "config/target_reader.h"
#include "syntax/document_reader.h"

namespace grantproof::router {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

// Service quotas and API limits, EventBridge user guide and API reference.
constexpr std::size_t kRulesPerBus = 300;  // raised on request

class ConfigurationReader : private syntax::DocumentReader {
  friend class syntax::DocumentReader;
  template <typename Into>
  using KeyOf = Key<ConfigurationReader, Into>;

 public:
  ConfigurationReader(base::SourceMap& sources, base::DiagnosticSink& sink)
      : DocumentReader(sink), sources_(sources) {}

  ReplayConfiguration read(const Node& node) {
    static constexpr std::array<KeyOf<ReplayConfiguration>, 2> kKeys = {{
        {"EventBuses", &ConfigurationReader::event_buses},
        {"FailingTargets", &ConfigurationReader::failing_targets},
    }};
    ReplayConfiguration configuration;
    map<ConfigurationReader, ReplayConfiguration>(node, "the configuration", kKeys, configuration);
    if (node.kind == NodeKind::kMap && node.find("EventBuses") == nullptr) {
      mistake({node.span.file, node.span.begin, node.span.begin + 1}, "there are no EventBuses",
              "write EventBuses: [{Name: …, Account: …, Region: …, Rules: […]}]");
    }
    mark_failing(configuration);
    return configuration;
  }

 private:
  // ---- buses

  void event_buses(const Node& node, ReplayConfiguration& configuration) {
    if (!is_list(node, "EventBuses"))
      return;
    std::set<std::string> arns;
    for (const Node& item : node.items) {
      EventBus bus;
      bus.span = item.span;
      const std::size_t errors = sink_.errors();
      event_bus(item, bus);
      if (sink_.errors() == errors && !arns.insert(bus.arn).second)
        mistake(item.span, fmt::format("the bus {} stands here twice", bus.arn), "put its rules together");
      configuration.event_buses.push_back(std::move(bus));
    }
  }

  void event_bus(const Node& node, EventBus& bus) {
    static constexpr std::array<KeyOf<EventBus>, 14> kKeys = {{
        {"Name", &ConfigurationReader::bus_name},
        {"Arn", &ConfigurationReader::bus_arn},
        {"Account", &ConfigurationReader::account},
        {"Region", &ConfigurationReader::region},
        {"Rules", &ConfigurationReader::rules_later},
        {"Archives", &ConfigurationReader::archives},
        {"Policy"},
        {"Description"},
        {"KmsKeyIdentifier"},
        {"DeadLetterConfig"},
        {"LogConfig"},
        {"Tags"},
        {"CreationTime"},
        {"LastModifiedTime"},
    }};
    const std::size_t errors = sink_.errors();
    map<ConfigurationReader, EventBus>(node, "an event bus", kKeys, bus);
    if (node.kind != NodeKind::kMap)
      return;
    if (sink_.errors() == errors)
      whole_bus(node, bus);
    // Mistakes of its rules are said also where the bus has some of its own.
    if (const Node* list = node.find("Rules"))
      rules(*list, bus);
  }

  void whole_bus(const Node& node, EventBus& bus) {
    const base::Span begin{node.span.file, node.span.begin, node.span.begin + 1};
    if (bus.name.empty())
      mistake(begin, "this event bus has no Name", "give it, or the Arn of the bus");
    if (bus.account.empty() || bus.region.empty())
      mistake(begin, "this event bus has no Account or no Region", "give both, or its Arn");
    if (bus.arn.empty())
      bus.arn = fmt::format("arn:{}:events:{}:{}:event-bus/{}", config::partition_of(bus.region), bus.region,
                            bus.account, bus.name);
  }

  void bus_name(const Node& node, EventBus& bus) {
    std::string name;
    if (!text(node, "Name", name))
      return;
    // The names of partner buses have slashes.
    std::string without_slashes = name;
    without_slashes.erase(std::remove(without_slashes.begin(), without_slashes.end(), '/'),
                          without_slashes.end());
    if (!config::is_resource_name(without_slashes) || name.size() > 256)
      mistake(node.span, fmt::format("\"{}\" is no name of an event bus", name),
              "up to 256 letters, digits, '.', '-' and '_'");
    else if (!bus.name.empty() && bus.name != name)
      mistake(node.span, fmt::format("the Arn says that this bus is \"{}\"", bus.name), leave_out("Name"));
    else
      bus.name = std::move(name);
  }

  void bus_arn(const Node& node, EventBus& bus) {
    std::string arn;
    if (!text(node, "Arn", arn))
      return;
    if (arn.find(":event-busv2/") != std::string::npos) {
      mistake(node.span,
              "a bus of the newer kind (event-busv2) has subscribers instead of rules; replay routes classic "
              "buses",
              "write arn:aws:events:REGION:ACCOUNT:event-bus/NAME");
      return;
    }
    const auto parts = config::parse_bus_arn(arn);
    if (!parts || !aws::is_account_id(parts->account) || parts->region.empty() || parts->name.empty()) {
      mistake(node.span, fmt::format("\"{}\" is no ARN of an event bus", arn),
              "write arn:aws:events:REGION:ACCOUNT:event-bus/NAME");
      return;
    }
    agree(node, "Name", parts->name, bus.name);
    agree(node, "Account", parts->account, bus.account);
    agree(node, "Region", parts->region, bus.region);
    bus.arn = std::move(arn);
  }

  // Takes what an ARN says, or complains where it was said otherwise.
  void agree(const Node& node, std::string_view what, std::string_view in_arn, std::string& said) {
    if (said.empty())
      said = in_arn;
    else if (said != in_arn)
      mistake(node.span, fmt::format("the {} in this ARN is {}, but {} is given", what, in_arn, said),
              leave_out(what));
  }
  static std::string leave_out(std::string_view what) {
    return fmt::format("leave {} out, or write the one of the Arn", what);
  }

  void account(const Node& node, EventBus& bus) {
    std::string account;
    if (!text(node, "Account", account))
      return;
    if (!aws::is_account_id(account))
      mistake(node.span, fmt::format("\"{}\" is no account id", account),
              "they have twelve digits; in quotes, so that leading zeros stay");
    else if (!bus.account.empty() && bus.account != account)
      mistake(node.span, fmt::format("the Arn says that this bus is in account {}", bus.account),
              leave_out("Account"));
    else
      bus.account = std::move(account);
  }

  void region(const Node& node, EventBus& bus) {
    std::string region;
    if (!text(node, "Region", region))
      return;
    if (!bus.region.empty() && bus.region != region)
      mistake(node.span, fmt::format("the Arn says that this bus is in region {}", bus.region),
              leave_out("Region"));
    else
      bus.region = std::move(region);
  }

  // ---- rules

  void rules_later(const Node& /*node*/, EventBus& /*bus*/) {}  // they need the bus's own ARN

  void rules(const Node& node, EventBus& bus) {
    if (!is_list(node, "Rules"))
      return;
    std::set<std::string> names;
    for (const Node& item : node.items) {
      const std::size_t errors = sink_.errors();
      Rule rule = config::read_rule(item, bus, sources_, sink_);
      if (sink_.errors() == errors && !names.insert(rule.name).second)
        mistake(item.span, fmt::format("the rule {} stands on this bus twice", rule.name),
                "PutRule would replace the first one");
      bus.rules.push_back(std::move(rule));
    }
    if (bus.rules.size() > kRulesPerBus)
      warning(node.span,
              fmt::format("this bus has {} rules; the quota is {}", bus.rules.size(), kRulesPerBus),
              "AWS raises it on request");
  }

  // ---- archives

  void archives(const Node& node, EventBus& bus) {
    if (!is_list(node, "Archives"))
      return;
    for (const Node& item : node.items)
      bus.archives.push_back(config::read_archive(item, sources_, sink_));
  }

  // ---- targets that are said to fail

  void failing_targets(const Node& node, ReplayConfiguration& configuration) {
    if (node.kind != NodeKind::kMap) {
      mistake(node.span, fmt::format("FailingTargets is {}, expected ARNs with errors", describe(node.kind)),
              "write FailingTargets: {arn:aws:sqs:…: {Error: THROTTLING}}");
      return;
    }
    for (const Member& member : node.members) {
      failing_spans_.emplace_back(member.key, member.key_span);
      if (auto failing = config::read_failing(member.value, sink_))
        configuration.failing_targets.emplace(member.key, std::move(*failing));
    }
  }

  // What is said of an ARN holds for every target that has it and says nothing of its own.
  void mark_failing(ReplayConfiguration& configuration) {
    std::set<std::string, std::less<>> used;
    for (EventBus& bus : configuration.event_buses) {
      for (Rule& rule : bus.rules) {
        for (Target& target : rule.targets) {
          used.insert(target.arn);
          used.insert(target.dead_letter_queue);
          const auto found = configuration.failing_targets.find(target.arn);
          if (found != configuration.failing_targets.end() && !target.failing)
            target.failing = found->second;
        }
      }
    }
    for (const auto& [arn, span] : failing_spans_) {
      if (used.find(arn) == used.end())
        mistake(span, fmt::format("no rule has the target or dead-letter queue {}", arn),
                "FailingTargets names targets by their Arn");
    }
  }

  base::SourceMap& sources_;
  std::vector<std::pair<std::string, base::Span>> failing_spans_;
};

}  // namespace

ReplayConfiguration read_replay_configuration(const Node& node, base::SourceMap& sources,
                                              base::DiagnosticSink& sink) {
  return ConfigurationReader(sources, sink).read(node);
}

}  // namespace grantproof::router
