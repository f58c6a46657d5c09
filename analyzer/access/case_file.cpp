// SPDX-License-Identifier: Apache-2.0
#include "access/case_file.h"

#include <array>
#include <utility>

#include "access/layers.h"
#include "policy/policy_reader.h"
#include "syntax/json_reader.h"

namespace grantproof::access {
namespace {

using policy::PolicyType;
using syntax::Node;
using syntax::NodeKind;

// The members that are a list of policies of one layer.
struct PolicyList {
  std::string_view member;
  PolicyType type;
  std::vector<const policy::Policy*> PolicySet::*list;
};
constexpr std::array<PolicyList, 4> kPolicyLists = {{
    {"identityPolicies", PolicyType::kIdentity, &PolicySet::identity},
    {"permissionBoundaryPolicies", PolicyType::kPermissionsBoundary, &PolicySet::permissions_boundaries},
    {"sessionPolicies", PolicyType::kSession, &PolicySet::session},
    {"vpcEndpointPolicies", PolicyType::kVpcEndpoint, &PolicySet::vpc_endpoint},
}};

// The members that are a list of levels of an organisation.
struct LevelList {
  std::string_view member;
  PolicyType type;
  std::vector<OrganizationLevel> PolicySet::*levels;
};
constexpr std::array<LevelList, 2> kLevelLists = {{
    {"serviceControlPolicies", PolicyType::kServiceControl, &PolicySet::service_control},
    {"resourceControlPolicies", PolicyType::kResourceControl, &PolicySet::resource_control},
}};

std::optional<Outcome> find_outcome(std::string_view text) {
  for (const Outcome outcome : {Outcome::kAllowed, Outcome::kImplicitlyDenied, Outcome::kExplicitlyDenied}) {
    if (text == name(outcome))
      return outcome;
  }
  return std::nullopt;
}

class CaseReader {
 public:
  explicit CaseReader(base::DiagnosticSink& sink) : sink_(sink) {}

  std::optional<Case> read(const Node& node) {
    if (node.kind != NodeKind::kMap) {
      mistake(node, "a case is " + std::string(syntax::describe(node.kind)),
              "write an object with a \"request\"");
      return std::nullopt;
    }
    if (const Node* id = node.find("id"))
      case_.id = id->text;
    const Node* request = node.find("request");
    if (request == nullptr) {
      mistake(node, "no \"request\" in this case");
      return std::nullopt;
    }
    std::optional<Request> read = read_request(*request, sink_);
    if (!read.has_value())
      return std::nullopt;
    case_.request = std::move(*read);

    for (const PolicyList& row : kPolicyLists) {
      policies(node.find(row.member), row.type, case_.policies.*row.list);
    }
    for (const LevelList& row : kLevelLists) {
      levels(node.find(row.member), row.type, case_.policies.*row.levels);
    }
    if (const Node* resource = node.find("resourcePolicy"); present(resource)) {
      case_.policies.resource = policy(*resource, resource_policy_type(case_.request));
    }
    if (const Node* expected = node.find("expected"); present(expected))
      expectation(*expected);
    if (failed_)
      return std::nullopt;
    return std::move(case_);
  }

 private:
  static bool present(const Node* node) { return node != nullptr && node->kind != NodeKind::kNull; }

  void mistake(const Node& node, std::string message, std::string help = {}) {
    failed_ = true;
    sink_.report({.rule = "GP0005",
                  .severity = base::Severity::kError,
                  .message = std::move(message),
                  .primary = {.span = node.span, .text = {}},
                  .secondary = {},
                  .help = std::move(help)});
  }

  bool is_list(const Node& node) {
    if (node.kind == NodeKind::kList)
      return true;
    mistake(node, std::string(syntax::describe(node.kind)) + " where a list stands in a case");
    return false;
  }

  const policy::Policy* policy(const Node& node, PolicyType type) {
    case_.owned.push_back(std::make_unique<const policy::Policy>(
        policy::read_policy(node, type, policy::PolicyReaderOptions{}, sink_)));
    return case_.owned.back().get();
  }

  void policies(const Node* node, PolicyType type, std::vector<const policy::Policy*>& list) {
    if (!present(node) || !is_list(*node))
      return;
    for (const Node& item : node->items)
      list.push_back(policy(item, type));
  }

  void levels(const Node* node, PolicyType type, std::vector<OrganizationLevel>& levels) {
    if (!present(node) || !is_list(*node))
      return;
    for (const Node& item : node->items) {
      OrganizationLevel& level = levels.emplace_back();
      if (item.kind != NodeKind::kMap) {
        mistake(item, "a level of an organisation is " + std::string(syntax::describe(item.kind)),
                R"(write {"orgIdentifier": …, "policies": […]})");
        return;
      }
      if (const Node* entity = item.find("orgIdentifier"))
        level.entity = entity->text;
      policies(item.find("policies"), type, level.policies);
    }
  }

  void expectation(const Node& node) {
    const Node* result = node.find("result");
    if (result != nullptr)
      case_.expected = find_outcome(result->text);
    if (!case_.expected.has_value()) {
      mistake(node, "the expected result of a case is not readable",
              R"(write {"result": "Allowed"}, "ImplicitlyDenied" or "ExplicitlyDenied")");
    }
  }

  base::DiagnosticSink& sink_;
  Case case_;
  bool failed_ = false;
};

}  // namespace

std::optional<Case> read_case(const Node& node, base::DiagnosticSink& sink) {
  return CaseReader(sink).read(node);
}

std::optional<Case> read_case_line(base::SourceMap& sources, std::string name, std::string text,
                                   base::DiagnosticSink& sink) {
  const base::FileId file = sources.add(std::move(name), std::move(text));
  const std::optional<Node> node = syntax::read_json(sources, file, sink);
  if (!node.has_value())
    return std::nullopt;
  return read_case(*node, sink);
}

}  // namespace grantproof::access
