// SPDX-License-Identifier: Apache-2.0
#include "policy/statement_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "base/unknown_text.h"
#include "policy/action_checks.h"
#include "policy/condition_checks.h"
#include "policy/condition_reader.h"
#include "policy/document_checks.h"
#include "policy/principal_reader.h"
#include "policy/resource_checks.h"

namespace grantproof::policy {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

enum Element {
  kSid,
  kEffect,
  kPrincipal,
  kNotPrincipal,
  kAction,
  kNotAction,
  kResource,
  kNotResource,
  kCondition,
};

const std::vector<std::string_view>& element_names() {
  static const std::vector<std::string_view> kNames = {"Sid",          "Effect",      "Principal",
                                                       "NotPrincipal", "Action",      "NotAction",
                                                       "Resource",     "NotResource", "Condition"};
  return kNames;
}

class StatementReader {
 public:
  StatementReader(ReaderContext& context, const Node& node) : context_(context), node_(node) {
    statement_.span = node.span;
    statement_.sid_span = brace();
    statement_.effect_span = node.span;
    statement_.action.span = node.span;
    members_ = find_elements(context, node, element_names(), "a statement", statement_.understood);
  }

  Statement read() {
    read_sid();
    read_effect();
    read_principal_element();
    read_action();
    read_resource();
    if (const Member* member = members_[kCondition]) {
      statement_.conditions = read_conditions(context_, member->value, statement_.understood);
      check_conditions(context_, statement_.conditions, statement_.effect, statement_.understood);
    }
    check_bus_sid();
    return std::move(statement_);
  }

 private:
  // Captured: PutPermission answers "Missing required field Sid". An endpoint's policy for EventBridge looks
  // the same, but speaks of "*".
  void check_bus_sid() {
    if (context_.type != PolicyType::kResource || members_[kSid] != nullptr ||
        !statement_.resource.has_value())
      return;
    const auto of_events = [](const Text& text) {
      return base::starts_with_ignoring_case(text.text, "events:");
    };
    const auto everything = [](const Text& text) { return text.text == "*"; };
    const std::vector<Text>& actions = statement_.action.patterns;
    const std::vector<Text>& resources = statement_.resource->patterns;
    if (actions.empty() || !std::all_of(actions.begin(), actions.end(), of_events))
      return;
    if (std::any_of(resources.begin(), resources.end(), everything))
      return;
    context_.report(
        GrammarRuleId::kSidMissing, brace(), "this statement of an event bus policy has no Sid",
        "add \"Sid\" with a name that is unique in the policy; EventBridge refuses the policy without it");
  }

  void read_sid() {
    const Member* member = members_[kSid];
    if (member == nullptr)
      return;
    if (member->value.kind != NodeKind::kString) {
      wrong_kind(*member, "a string");
      return;
    }
    statement_.sid = member->value.text;
    statement_.sid_span = member->value.span;
    check_sid(context_, member->value);
  }

  void read_effect() {
    const Member* member = members_[kEffect];
    if (member == nullptr) {
      missing("Effect", "add \"Effect\": \"Allow\" or \"Effect\": \"Deny\"");
      return;
    }
    const Node& value = member->value;
    statement_.effect_span = value.span;
    if (value.kind != NodeKind::kString) {
      wrong_kind(*member, "\"Allow\" or \"Deny\"");
      return;
    }
    if (value.text == "Allow" || value.text == "Deny") {
      statement_.effect = value.text == "Deny" ? Effect::kDeny : Effect::kAllow;
      return;
    }
    statement_.understood = false;
    if (context_.report_unknown("this Effect", value.span, value.text)) {
      statement_.effect_span = statement_.span;  // as where there is none: it may deny
      return;
    }
    std::optional<std::string_view> meant;
    if (context_.may_suggest(value.text))
      meant = nearest(value.text, {"Allow", "Deny"});
    if (meant == "Deny")
      statement_.effect = Effect::kDeny;
    context_.report(
        GrammarRuleId::kEffectInvalid, value.span, quoted(value.text) + " is no Effect",
        meant.has_value() ? "did you mean \"" + std::string(*meant) + "\"?" : "write \"Allow\" or \"Deny\"");
  }

  // The one of two elements that exclude each other; of both, the first named.
  const Member* one_of(Element element, Element negation) {
    const Member* first = members_[element];
    const Member* second = members_[negation];
    if (first == nullptr)
      return second;
    if (second == nullptr)
      return first;
    statement_.understood = false;
    const std::string name(element_names()[element]);
    const std::string other(element_names()[negation]);
    context_.report(GrammarRuleId::kElementCombination, second->key_span, other + " stands beside " + name,
                    "keep one of the two, or write two statements",
                    {base::Label{.span = first->key_span, .text = name + " is here"}});
    return first;
  }

  void read_principal_element() {
    const Member* member = one_of(kPrincipal, kNotPrincipal);
    if (!has_principal(context_.type)) {
      if (member != nullptr)
        unwanted_principal(*member);
      return;
    }
    if (member == nullptr) {
      statement_.understood = false;
      context_.report(
          GrammarRuleId::kPrincipalMissing, brace(), "this statement has no Principal",
          "add \"Principal\": {\"AWS\": \"ACCOUNT OR ARN\"}; a policy without principals is attached to one");
      return;
    }
    const bool negated = member == members_[kNotPrincipal];
    statement_.principal = read_principal(context_, member->value, negated, statement_.understood);
    if (negated && context_.type == PolicyType::kTrust) {
      not_allowed(*member, "a trust policy has no NotPrincipal",
                  "name the principals that may assume the role");
    }
    if (context_.type == PolicyType::kResourceControl)
      check_control_principal(*member, negated);
  }

  // Source: Organizations User Guide, "RCP syntax".
  void check_control_principal(const Member& member, bool negated) {
    const std::vector<Principal>& principals = statement_.principal->principals;
    // An unknown one can only be everyone, or AWS refuses the policy.
    const bool everyone = principals.size() == 1 && (principals.front().type == PrincipalType::kEveryone ||
                                                     base::wholly_unknown(principals.front().value));
    if (!negated && (everyone || !statement_.understood))
      return;
    not_allowed(member, "an RCP speaks of every principal",
                "write \"Principal\": \"*\" and limit it with a condition");
  }

  void read_action() {
    const Member* member = one_of(kAction, kNotAction);
    if (member == nullptr) {
      missing("Action", "add \"Action\" or \"NotAction\"");
      return;
    }
    statement_.action.negated = member == members_[kNotAction];
    statement_.action.span = member->value.span;
    for (const Node* item : read_strings(*member, statement_.action.negated)) {
      check_action(context_, *item);
      statement_.action.patterns.push_back(Text{.text = item->text, .span = item->span});
    }
    if (context_.type == PolicyType::kResourceControl)
      check_control_action(*member);
  }

  // The policy that AWS attaches itself, RCPFullAWSAccess, is the one RCP that allows.
  void check_control_action(const Member& member) {
    const bool all = statement_.action.patterns.size() == 1 && statement_.action.patterns.front().text == "*";
    if (statement_.effect == Effect::kAllow) {
      if (all && !statement_.action.negated)
        return;
      base::Span span = statement_.effect_span;
      context_.report(GrammarRuleId::kElementNotAllowed, span, "an RCP cannot allow",
                      "write \"Effect\": \"Deny\"");
      return;
    }
    if (statement_.action.negated) {
      not_allowed(member, "an RCP has no NotAction", "name the actions");
      return;
    }
    for (const Text& text : statement_.action.patterns) {
      if (text.text != "*")
        continue;
      context_.report(GrammarRuleId::kElementNotAllowed, text.span, "an RCP cannot speak of every action",
                      "name a service, as in \"s3:*\"");
    }
  }

  void read_resource() {
    const Member* member = one_of(kResource, kNotResource);
    if (member == nullptr) {
      if (needs_resource(context_.type))
        missing("Resource", "add \"Resource\" or \"NotResource\"");
      return;
    }
    const bool negated = member == members_[kNotResource];
    statement_.resource = ResourceElement{.negated = negated, .patterns = {}, .span = member->value.span};
    for (const Node* item : read_strings(*member, negated)) {
      check_resource(context_, *item, statement_.understood);
      statement_.resource->patterns.push_back(Text{.text = item->text, .span = item->span});
    }
    if (context_.type == PolicyType::kTrust) {
      not_allowed(*member,
                  "a trust policy has no " + member->key + ": it speaks of the role that it is attached to",
                  "remove " + member->key);
    }
  }

  // Some services' policies speak of the resource that they are attached to, and have no Resource (ECR).
  static bool needs_resource(PolicyType type) {
    switch (type) {
      case PolicyType::kIdentity:
      case PolicyType::kPermissionsBoundary:
      case PolicyType::kSession:
      case PolicyType::kServiceControl:
      case PolicyType::kResourceControl:
      case PolicyType::kKey:
        return true;
      case PolicyType::kResource:
      case PolicyType::kTrust:
      case PolicyType::kVpcEndpoint:
        return false;
    }
    return false;
  }

  std::vector<const Node*> read_strings(const Member& member, bool negated) {
    if (member.value.kind == NodeKind::kList && member.value.items.empty()) {
      // Whether "all but nothing" is everything is written nowhere.
      if (negated)
        statement_.understood = false;
      context_.report(GrammarRuleId::kElementEmpty, member.value.span, member.key + " is empty",
                      negated ? "name what is excluded" : "name at least one, or remove the statement");
    }
    return strings_of(context_, member.key, member.value, statement_.understood);
  }

  void unwanted_principal(const Member& member) {
    statement_.understood = false;
    // A misspelt element was reported as such; what was meant decides what the policy is.
    if (member.key != "Principal" && member.key != "NotPrincipal")
      return;
    context_.report(GrammarRuleId::kPrincipalInIdentity, member.key_span,
                    std::string(context_.type == PolicyType::kServiceControl ? "an SCP" : "this policy") +
                        " has no " + member.key + ": it speaks of the principals that it is attached to",
                    "remove " + member.key + ", or attach the policy to a resource");
  }

  // What AWS refuses, so that its meaning is written nowhere.
  void not_allowed(const Member& member, std::string message, std::string help) {
    statement_.understood = false;
    context_.report(GrammarRuleId::kElementNotAllowed, member.key_span, std::move(message), std::move(help));
  }

  void wrong_kind(const Member& member, std::string_view wanted) {
    statement_.understood = false;
    context_.report(GrammarRuleId::kElementKind, member.value.span,
                    member.key + " holds " + std::string(syntax::describe(member.value.kind)),
                    "write " + std::string(wanted));
  }

  // The place of what is not there: the opening brace of the statement.
  void missing(std::string_view element, std::string help) {
    statement_.understood = false;
    context_.report(GrammarRuleId::kElementMissing, brace(), "this statement has no " + std::string(element),
                    std::move(help));
  }

  base::Span brace() const {
    base::Span span = node_.span;
    span.end = std::min(span.end, span.begin + 1);
    return span;
  }

  ReaderContext& context_;
  const Node& node_;
  std::vector<const Member*> members_;
  Statement statement_;
};

}  // namespace

Statement read_statement(ReaderContext& context, const Node& node) {
  return StatementReader(context, node).read();
}

}  // namespace grantproof::policy
