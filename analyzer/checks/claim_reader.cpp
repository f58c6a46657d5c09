// SPDX-License-Identifier: Apache-2.0
//
// Claims from a tree of YAML or JSON. A region is written like a statement, so the readers of policy/ read
// its parts; docs/reference/claims-file.md says what there is.
#include <algorithm>

#include "aws/arn.h"
#include "checks/claim.h"
#include "checks/scope_names.h"
#include "policy/condition_reader.h"
#include "policy/principal_reader.h"
#include "policy/reader_context.h"

namespace grantproof::checks {
namespace {

using policy::GrammarRuleId;
using syntax::Node;
using syntax::NodeKind;
using syntax::quoted;

class ClaimReader {
 public:
  explicit ClaimReader(base::DiagnosticSink& sink) {
    // The widest grammar: principals, resources, every operator, variables.
    context_.type = policy::PolicyType::kResource;
    context_.version = policy::Version::k2012;
    context_.reference = &aws::Reference::embedded();
    context_.sink = &sink;
  }

  std::optional<Claim> read(const Node& node, std::string name) {
    Claim claim;
    claim.name = std::move(name);
    if (const Node* value = node.find("applies-to"))
      read_applies_to(*value, claim);
    if (const Node* value = node.find("requires-facts"))
      read_requires_facts(*value, claim);
    if (const Node* value = node.find("unless"))
      claim.unless = value->text;
    if (const Node* value = node.find("never-allowed"))
      claim.never_allowed = read_region(*value);
    if (const Node* value = node.find("only-allowed"))
      claim.only_allowed = read_region(*value);
    if (claim.never_allowed.has_value() == claim.only_allowed.has_value()) {
      const bool both = claim.never_allowed.has_value();
      if (both || understood_) {
        wrong(both ? GrammarRuleId::kElementCombination : GrammarRuleId::kElementMissing, node.span,
              both ? "a claim has both `never-allowed` and `only-allowed`"
                   : "a claim has neither `never-allowed` nor `only-allowed`",
              "write one of the two");
      }
    }
    if (!understood_)
      return std::nullopt;
    return claim;
  }

  void wrong(GrammarRuleId rule, base::Span span, std::string message, std::string help = {}) {
    understood_ = false;
    context_.report(rule, span, std::move(message), std::move(help));
  }

  void check_keys(const Node& map, std::string_view where, const std::vector<std::string_view>& known) {
    (void)policy::find_elements(context_, map, known, where, understood_);
  }

 private:
  std::vector<std::string> texts(std::string_view key, const Node& node) {
    std::vector<std::string> result;
    for (const Node* item : policy::strings_of(context_, key, node, understood_))
      result.push_back(item->text);
    return result;
  }

  std::vector<policy::Text> patterns(std::string_view key, const Node& node) {
    std::vector<policy::Text> result;
    for (const Node* item : policy::strings_of(context_, key, node, understood_)) {
      result.push_back({item->text, item->span});
    }
    if (result.empty() && understood_)
      wrong(GrammarRuleId::kElementEmpty, node.span, "`" + std::string(key) + "` has no value");
    return result;
  }

  void read_applies_to(const Node& node, Claim& claim) {
    for (std::string& name : texts("applies-to", node)) {
      if (name == "any")
        continue;
      if (!policy::find_policy_type(name)) {
        wrong(GrammarRuleId::kElementUnknown, node.span, quoted(name) + " is no type of policy",
              "write a type as `--as` takes it: identity, trust, event-bus, queue, …");
        continue;
      }
      claim.applies_to.push_back(std::move(name));
    }
  }

  // `true`: any fact will do.
  void read_requires_facts(const Node& node, Claim& claim) {
    if (node.kind == NodeKind::kBool) {
      if (node.boolean)
        claim.requires_facts = {"organization", "accounts", "partners"};
      return;
    }
    claim.requires_facts = texts("requires-facts", node);
    for (const std::string& name : claim.requires_facts) {
      if (name != "organization" && name != "accounts" && name != "partners") {
        wrong(GrammarRuleId::kElementUnknown, node.span, quoted(name) + " is no fact",
              "facts are organization, accounts and partners");
      }
    }
  }

  std::vector<std::string> scopes(std::string_view key, const Node& node) {
    std::vector<std::string> names = texts(key, node);
    for (const std::string& name : names) {
      if (is_scope(name))
        continue;
      wrong(GrammarRuleId::kElementUnknown, node.span, quoted(name) + " is no scope",
            "a scope is organization, accounts, partners, own-account, named, an account id or an "
            "organization id");
    }
    if (names.empty() && understood_)
      wrong(GrammarRuleId::kElementEmpty, node.span, "`" + std::string(key) + "` has no scope");
    return names;
  }

  static bool is_scope_map(const Node& node) {
    return node.kind == NodeKind::kMap &&
           (node.find("outside") != nullptr || node.find("inside") != nullptr ||
            node.find("without-facts") != nullptr);
  }

  void read_principal(const Node& node, PrincipalScope& scope) {
    if (is_scope_map(node)) {
      check_keys(node, "a scope of principals", {"outside", "inside"});
      if (const Node* value = node.find("outside"))
        scope.outside = scopes("outside", *value);
      if (const Node* value = node.find("inside"))
        scope.inside = scopes("inside", *value);
      return;
    }
    scope.element = policy::read_principal(context_, node, false, understood_);
    for (const policy::Principal& principal : scope.element->principals) {
      scope.named.push_back(principal.type == policy::PrincipalType::kEveryone ? "*" : principal.value);
    }
  }

  void read_resource(const Node& node, ClaimRegion& region) {
    if (!is_scope_map(node)) {
      region.resource = patterns("resource", node);
      return;
    }
    check_keys(node, "a scope of resources", {"outside", "inside", "without-facts"});
    if (const Node* value = node.find("outside"))
      region.resource_scope.outside = scopes("outside", *value);
    if (const Node* value = node.find("inside"))
      region.resource_scope.inside = scopes("inside", *value);
    if (const Node* value = node.find("without-facts"))
      region.resource_scope.without_facts = scopes("without-facts", *value);
  }

  ClaimRegion read_region(const Node& node) {
    ClaimRegion region;
    region.span = node.span;
    if (node.kind != NodeKind::kMap) {
      wrong(GrammarRuleId::kElementKind, node.span,
            "a region is " + std::string(syntax::describe(node.kind)) + ", not an object",
            "write principal, action, resource or condition");
      return region;
    }
    check_keys(node, "a region",
               {"principal", "action", "not-action", "resource", "not-resource", "condition"});
    if (const Node* value = node.find("principal"))
      read_principal(*value, region.principal);
    if (const Node* value = node.find("action"))
      region.action = patterns("action", *value);
    if (const Node* value = node.find("not-action"))
      region.not_action = patterns("not-action", *value);
    if (const Node* value = node.find("resource"))
      read_resource(*value, region);
    if (const Node* value = node.find("not-resource"))
      region.not_resource = patterns("not-resource", *value);
    if (const Node* value = node.find("condition"))
      region.conditions = policy::read_conditions(context_, *value, understood_);
    return region;
  }

  policy::ReaderContext context_;
  bool understood_ = true;
};

}  // namespace

std::optional<Claim> read_claim(const Node& node, std::string name, base::DiagnosticSink& sink) {
  return ClaimReader(sink).read(node, std::move(name));
}

std::vector<Claim> read_claims(const Node& node, base::DiagnosticSink& sink) {
  std::vector<Claim> claims;
  ClaimReader document(sink);
  const Node* list = node.find("claims");
  if (list == nullptr || list->kind != NodeKind::kList) {
    document.wrong(GrammarRuleId::kElementMissing, node.span, "a claims file has no list `claims`",
                   "write `claims:` and a list of claims");
    return claims;
  }
  document.check_keys(node, "a claims file", {"version", "claims"});
  if (const Node* version = node.find("version"); version != nullptr && version->text != "1") {
    document.wrong(GrammarRuleId::kVersionInvalid, version->span,
                   "the version of a claims file is 1, not " + quoted(version->text));
  }
  for (const Node& item : list->items) {
    ClaimReader reader(sink);
    if (item.kind != NodeKind::kMap) {
      reader.wrong(GrammarRuleId::kElementKind, item.span, "a claim is no object");
      continue;
    }
    const Node* name = item.find("name");
    if (name == nullptr || name->kind != NodeKind::kString || name->text.empty()) {
      reader.wrong(GrammarRuleId::kElementMissing, item.span, "a claim has no name");
      continue;
    }
    if (std::ranges::any_of(claims, [&](const Claim& claim) { return claim.name == name->text; })) {
      reader.wrong(GrammarRuleId::kSidDuplicate, name->span,
                   "two claims have the name " + quoted(name->text));
      continue;
    }
    reader.check_keys(item, "a claim",
                      {"name", "description", "applies-to", "never-allowed", "only-allowed"});
    if (std::optional<Claim> claim = reader.read(item, name->text))
      claims.push_back(std::move(*claim));
  }
  return claims;
}

}  // namespace grantproof::checks
