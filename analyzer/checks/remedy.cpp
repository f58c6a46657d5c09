// SPDX-License-Identifier: Apache-2.0
#include "checks/remedy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "access/document.h"
#include "aws/arn.h"
#include "base/text.h"
#include "checks/words.h"
#include "policy/matching.h"
#include "policy/policy_writer.h"
#include "syntax/json_writer.h"

namespace grantproof::checks {
namespace {

using policy::PrincipalType;
using policy::Statement;

constexpr std::string_view kProvedWith = "; with this change the claim is proved:";

policy::Condition string_equals(std::string_view key, std::vector<std::string> values) {
  policy::Condition condition;
  condition.op = policy::find_condition_operator("StringEquals");
  condition.key = {std::string(key), base::fold_case(key)};
  for (std::string& value : values)
    condition.values.push_back({std::move(value), {}});
  return condition;
}

// With the line, in place of every line on that key.
Statement with_condition(const Statement& statement, policy::Condition condition) {
  Statement changed = statement;
  std::erase_if(changed.conditions,
                [&](const policy::Condition& known) { return known.key.folded == condition.key.folded; });
  changed.conditions.push_back(std::move(condition));
  return changed;
}

// On one line, as people write short policies: { "StringEquals": { "aws:PrincipalOrgID": "o-exampleorgid" } }
std::string one_line(const syntax::Node& node) {
  std::vector<std::string> parts;
  if (node.kind == syntax::NodeKind::kList) {
    for (const syntax::Node& item : node.items)
      parts.push_back(one_line(item));
    return fmt::format("[{}]", fmt::join(parts, ", "));
  }
  if (node.kind == syntax::NodeKind::kMap) {
    for (const syntax::Member& member : node.members)
      parts.push_back(fmt::format("{}: {}", syntax::json_quoted(member.key), one_line(member.value)));
    return fmt::format("{{ {} }}", fmt::join(parts, ", "));
  }
  return syntax::write_json(node, -1);
}

// The element of the statement; a long one has a line for each of its members.
std::vector<std::string> element_lines(const Statement& statement, std::string_view element) {
  constexpr std::size_t kLongLine = 96;
  const syntax::Node node = policy::statement_node(statement);
  const syntax::Node* value = node.find(element);
  if (value == nullptr)
    return {};
  const std::string begin = fmt::format("\"{}\": ", element);
  std::string whole = begin + one_line(*value);
  if (whole.size() <= kLongLine || (value->items.size() < 2 && value->members.size() < 2))
    return {std::move(whole)};
  const bool list = value->kind == syntax::NodeKind::kList;
  std::vector<std::string> lines{begin + (list ? "[" : "{")};
  for (const syntax::Node& item : value->items)
    lines.push_back("  " + one_line(item) + ",");
  for (const syntax::Member& member : value->members)
    lines.push_back(fmt::format("  {}: {},", syntax::json_quoted(member.key), one_line(member.value)));
  lines.back().pop_back();
  lines.emplace_back(list ? "]" : "}");
  return lines;
}

class RemedySearch {
 public:
  RemedySearch(PolicyQuestions& questions, const ClaimQuestion& claim, const Blame& blame)
      : questions_(questions),
        claim_(claim),
        statement_(questions.policy().statements[blame.statement]),
        blame_(blame) {}

  // The claim is bound anew: the changed policy may name others.
  bool proved(const Statement& changed) {
    policy::Policy policy = questions_.policy();
    policy.statements[blame_.statement] = changed;
    Subject subject = questions_.subject();
    subject.policy = &policy;
    const ClaimQuestion claim(claim_.claim(), subject, questions_.world().facts);
    return questions_
               .ask_reduced("remedy", changed, claim.forbidden(questions_.request()),
                            [&](const access::Request& request) { return claim.is_forbidden(request); })
               .verdict == VerdictKind::kProved;
  }

  // The account that the blamed value names; empty for "*" and the like.
  std::string blamed_account() const {
    if (!statement_.principal || statement_.principal->negated || blame_.values.empty())
      return {};
    const policy::Principal& principal = statement_.principal->principals[blame_.values.front()];
    if (principal.type == PrincipalType::kAccount)
      return principal.value;
    const auto arn = aws::parse_arn(principal.value);
    return principal.type == PrincipalType::kAws && arn ? std::string(arn->account) : std::string();
  }

  Remedy limit_to_organization() {
    const std::string& known = questions_.world().facts.organization;
    const Statement changed = with_condition(
        statement_, string_equals("aws:PrincipalOrgID", {known.empty() ? "o-exampleorgid" : known}));
    if (proved(changed)) {
      return {fmt::format("name the accounts that are meant, or require {}{}",
                          known.empty() ? "your organization, by its id" : "your organization", kProvedWith),
              element_lines(changed, "Condition")};
    }
    return {"name the accounts that are meant as Principal", {}};
  }

  Remedy outside_organization() {
    const std::string account = blamed_account();
    if (!account.empty()) {
      return {fmt::format("remove account {}, or list it under `partners` in .grantproof.yaml if it is meant",
                          account),
              {}};
    }
    return limit_to_organization();
  }

  Remedy limit_source() {
    const Statement changed =
        with_condition(statement_, string_equals("events:source", {"com.example.orders"}));
    if (proved(changed)) {
      return {fmt::format("name the sources that this sender uses, as here{}", kProvedWith),
              element_lines(changed, "Condition")};
    }
    return {"limit events:source to the sources that this sender uses", {}};
  }

  Remedy name_buses() const {
    return {"name the event buses that this principal sends to, by name or by a common prefix", {}};
  }

  Remedy limit_resource_account() {
    std::vector<std::string> accounts = questions_.world().facts.accounts;
    const std::string what = accounts.empty() ? "account of the caller" : "accounts that are yours";
    if (accounts.empty())
      accounts = {"${aws:PrincipalAccount}"};
    const Statement changed =
        with_condition(statement_, string_equals("aws:ResourceAccount", std::move(accounts)));
    const bool variables = questions_.policy().version == policy::Version::k2012;
    if ((variables || what.starts_with("accounts")) && proved(changed)) {
      return {fmt::format("write the account into the ARN, or keep to the {}{}", what, kProvedWith),
              element_lines(changed, "Condition")};
    }
    return {"write the account into the ARN of the bus", {}};
  }

 private:
  PolicyQuestions& questions_;
  const ClaimQuestion& claim_;
  const Statement& statement_;
  const Blame& blame_;
};

}  // namespace

Remedy find_remedy(std::string_view rule, PolicyQuestions& questions, const ClaimQuestion& claim,
                   const Blame& blame) {
  RemedySearch search(questions, claim, blame);
  if (rule == "GP2001")
    return search.limit_to_organization();
  if (rule == "GP2002")
    return search.outside_organization();
  if (rule == "GP2003")
    return search.limit_source();
  if (rule == "GP2010")
    return search.name_buses();
  if (rule == "GP2011")
    return search.limit_resource_account();
  return {};
}

Remedy find_action_remedy(PolicyQuestions& questions, const Blame& blame) {
  const Statement& statement = questions.policy().statements[blame.statement];
  const aws::Reference& reference = *questions.world().reference;
  constexpr std::size_t kMostActions = 16;
  Statement changed = statement;
  changed.action.patterns.clear();
  for (std::size_t i = 0; i < statement.action.patterns.size(); ++i) {
    const policy::Text& pattern = statement.action.patterns[i];
    if (std::ranges::find(blame.values, i) == blame.values.end()) {
      changed.action.patterns.push_back(pattern);
      continue;
    }
    for (const aws::ActionId action : reference.match(pattern.text)) {
      if (reference.action(action) != "events:PutEvents")
        changed.action.patterns.push_back({std::string(reference.action(action)), pattern.span});
      if (changed.action.patterns.size() > kMostActions)
        return {"name the actions that are meant, without events:PutEvents", {}};
    }
  }
  const auto put_events = [](const access::Request& request) {
    return base::equals_ignoring_case(request.action, "events:PutEvents");
  };
  logic::SymbolicRequest& request = questions.request();
  const logic::Formula region =
      request.action(request.actions(std::vector<policy::Text>{{"events:PutEvents", {}}}));
  if (changed.action.patterns.empty() ||
      questions.ask_reduced("remedy", changed, region, put_events).verdict != VerdictKind::kProved) {
    return {"name the actions that are meant, without events:PutEvents", {}};
  }
  return {fmt::format("name the actions that are meant{}", kProvedWith), element_lines(changed, "Action")};
}

}  // namespace grantproof::checks
