// SPDX-License-Identifier: Apache-2.0
#include "reports/graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "aws/arn.h"
#include "policy/matching.h"

namespace grantproof::reports {
namespace {

using config::Configuration;

// The last part of an ARN that people know something by: "event-bus/orders", "role/forward".
std::string short_name(const std::string& id) {
  const auto arn = aws::parse_arn(id);
  return arn ? std::string(arn->resource) : id;
}

std::string account_of(const std::string& id) {
  const auto arn = aws::parse_arn(id);
  return arn ? std::string(arn->account) : std::string();
}

std::string id_of(const policy::Principal& principal) {
  switch (principal.type) {
    case policy::PrincipalType::kEveryone:
      return "*";
    case policy::PrincipalType::kAccount:
      return "account " + principal.value;
    default:
      return principal.value;
  }
}

std::string kind_of_target(const std::string& arn) {
  return config::parse_bus_arn(arn) ? "event bus" : "target";
}

class GraphMaker {
 public:
  GraphMaker(const Configuration& configuration, GraphPart part)
      : configuration_(configuration), part_(part) {}

  Graph make() {
    if (wants(GraphPart::kRoutes))
      routes();
    if (wants(GraphPart::kGrants))
      grants();
    if (wants(GraphPart::kTrust))
      trust();
    return sorted();
  }

 private:
  bool wants(GraphPart part) const { return part_ == GraphPart::kAll || part_ == part; }

  std::size_t node(const std::string& id, std::string_view kind, std::string label = {}) {
    const auto [at, fresh] = by_id_.emplace(id, graph_.nodes.size());
    if (fresh)
      graph_.nodes.push_back(
          {id, label.empty() ? short_name(id) : std::move(label), std::string(kind), account_of(id)});
    return at->second;
  }

  void edge(std::size_t from, std::size_t to, std::string_view kind, std::string label = {}) {
    if (seen_.emplace(from, to, std::string(kind), label).second)
      graph_.edges.push_back({from, to, std::string(kind), std::move(label)});
  }

  void routes() {
    for (const config::EventBus& bus : configuration_.event_buses) {
      const std::size_t of = node(bus.arn, "event bus");
      if (!bus.dead_letter_queue.empty())
        edge(of, node(bus.dead_letter_queue, "target"), "dead letter");
      for (const config::Rule& rule : bus.rules)
        add_rule(of, rule);
      for (const config::Archive& archive : bus.archives)
        edge(of, node(bus.arn + " archive " + archive.name, "archive", "archive/" + archive.name), "archive");
    }
    for (const config::Sender& sender : configuration_.senders) {
      const std::size_t of = node(sender.arn, "sender");
      if (!sender.source_arn.empty())
        edge(node(sender.source_arn, "target"), of, "source");
      edge(of, node(sender.target_arn, kind_of_target(sender.target_arn)), "target", sender.event_source);
      if (!sender.role_arn.empty())
        edge(of, node(sender.role_arn, "principal"), "as");
    }
  }

  void add_rule(std::size_t bus, const config::Rule& rule) {
    const std::size_t of = node(rule.arn, "rule", "rule/" + rule.name);
    edge(bus, of, "rule", rule.state == config::RuleState::kDisabled ? "disabled" : rule.when);
    for (const config::Target& target : rule.targets) {
      edge(of, node(target.arn, kind_of_target(target.arn)), "target", target.when);
      if (!target.role_arn.empty())
        edge(of, node(target.role_arn, "principal"), "as");
      if (!target.dead_letter_queue.empty())
        edge(of, node(target.dead_letter_queue, "target"), "dead letter");
    }
  }

  static std::string label_of(const policy::Statement& statement) {
    std::string label = statement.sid.value_or("");
    if (statement.conditions.empty())
      return label;
    return label + (label.empty() ? "with conditions" : ", with conditions");
  }

  // Allow statements of resource policies, and of identity policies that name a bus or resource at hand.
  void grants() {
    for (const config::BusPolicies& policies : configuration_.bus_policies) {
      for (const config::PolicyId id : policies.policies)
        add_grants(configuration_.policy(id).policy, policies.bus_arn, "event bus");
    }
    for (const config::TargetResource& resource : configuration_.target_resources) {
      for (const config::PolicyId id : resource.policies)
        add_grants(configuration_.policy(id).policy, resource.arn, "target");
    }
    for (const config::Principal& principal : configuration_.principals) {
      for (const config::PolicyId id : principal.identity_policies)
        add_identity_grants(configuration_.policy(id).policy, principal);
    }
  }

  void add_grants(const policy::Policy& policy, const std::string& resource, std::string_view kind) {
    for (const policy::Statement& statement : policy.statements) {
      if (statement.effect != policy::Effect::kAllow || !statement.principal)
        continue;
      const std::size_t to = node(resource, kind);
      if (statement.principal->negated)
        edge(node("*", "principal"), to, "may use", label_of(statement) + " except some");
      else
        for (const policy::Principal& principal : statement.principal->principals)
          edge(node(id_of(principal), "principal"), to, "may use", label_of(statement));
    }
  }

  void add_identity_grants(const policy::Policy& policy, const config::Principal& principal) {
    for (const policy::Statement& statement : policy.statements) {
      if (statement.effect != policy::Effect::kAllow || !statement.resource || statement.resource->negated ||
          !puts_events(statement.action))
        continue;
      for (const policy::Text& pattern : statement.resource->patterns) {
        const auto glob =
            policy::resource_glob(policy::parse_resource_variables(pattern.text, policy.version), policy.type,
                                  {.lookup = {}, .any = true});
        for (const config::EventBus& bus : configuration_.event_buses) {
          if (glob && (pattern.text == bus.arn || glob->matches(bus.arn)))
            edge(node(principal.arn, "principal"), node(bus.arn, "event bus"), "may use",
                 label_of(statement));
        }
      }
    }
  }

  static bool puts_events(const policy::ActionElement& element) {
    const bool listed =
        std::any_of(element.patterns.begin(), element.patterns.end(), [](const policy::Text& pattern) {
          return policy::action_glob(pattern.text).matches("events:PutEvents");
        });
    return listed != element.negated;
  }

  void trust() {
    for (const config::Principal& role : configuration_.principals) {
      for (const config::PolicyId id : role.trust) {
        for (const policy::Statement& statement : configuration_.policy(id).policy.statements) {
          if (statement.effect != policy::Effect::kAllow || !statement.principal)
            continue;
          for (const policy::Principal& principal : statement.principal->principals)
            edge(node(id_of(principal), "principal"), node(role.arn, "principal"), "may assume",
                 label_of(statement));
        }
      }
    }
  }

  // Nodes by account and id, whatever the order in which they were met.
  Graph sorted() {
    std::vector<std::size_t> order(graph_.nodes.size());
    for (std::size_t i = 0; i < order.size(); ++i)
      order[i] = i;
    std::sort(order.begin(), order.end(), [this](std::size_t left, std::size_t right) {
      const GraphNode& a = graph_.nodes[left];
      const GraphNode& b = graph_.nodes[right];
      return std::tie(a.account, a.id) < std::tie(b.account, b.id);
    });
    std::vector<std::size_t> place(order.size());
    Graph result;
    for (std::size_t i = 0; i < order.size(); ++i) {
      place[order[i]] = i;
      result.nodes.push_back(std::move(graph_.nodes[order[i]]));
    }
    for (GraphEdge& edge : graph_.edges)
      result.edges.push_back({place[edge.from], place[edge.to], std::move(edge.kind), std::move(edge.label)});
    std::sort(result.edges.begin(), result.edges.end(), [](const GraphEdge& a, const GraphEdge& b) {
      return std::tie(a.from, a.to, a.kind, a.label) < std::tie(b.from, b.to, b.kind, b.label);
    });
    return result;
  }

  const Configuration& configuration_;
  GraphPart part_;
  Graph graph_;
  std::map<std::string, std::size_t> by_id_;
  std::set<std::tuple<std::size_t, std::size_t, std::string, std::string>> seen_;
};

}  // namespace

Graph make_graph(const Configuration& configuration, GraphPart part) {
  return GraphMaker(configuration, part).make();
}

}  // namespace grantproof::reports
