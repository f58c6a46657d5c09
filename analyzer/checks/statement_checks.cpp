// SPDX-License-Identifier: Apache-2.0
#include "checks/statement_checks.h"

#include <algorithm>

#include "access/statement_evaluator.h"
#include "base/text.h"
#include "base/unknown_text.h"
#include "patterns/glob.h"
#include "policy/matching.h"

namespace grantproof::checks {
namespace {

using logic::Formula;
using policy::Effect;
using policy::PolicyType;
using policy::Statement;

access::Truth applies(const Statement& statement, const policy::Policy& policy,
                      const access::Request& request) {
  return access::evaluate_statement(statement, policy, access::RequestView(request, false)).applies();
}

access::Truth some_applies(const policy::Policy& policy, Effect effect, const access::Request& request) {
  access::Truth some = false;
  for (const Statement& statement : policy.statements) {
    if (statement.effect == effect && statement.understood)
      some = some || applies(statement, policy, request);
  }
  return some;
}

class DeadText {
 public:
  explicit DeadText(PolicyQuestions& questions) : questions_(questions), policy_(questions.policy()) {}

  std::vector<DeadStatement> find() {
    for (std::size_t i = 0; i < policy_.statements.size(); ++i) {
      const Statement& statement = policy_.statements[i];
      if (!statement.understood)
        continue;
      if (never_applies(i)) {
        dead_.push_back({"GP1101", i, {}});
        continue;
      }
      if (statement.effect == Effect::kAllow)
        check_allow(i);
      else
        check_deny(i);
    }
    return std::move(dead_);
  }

 private:
  bool proved(std::string name, Formula formula, Replay replay) {
    return questions_.ask(std::move(name), formula, std::move(replay)).verdict == VerdictKind::kProved;
  }

  bool never_applies(std::size_t index) {
    return proved("GP1101", questions_.statement(index), [&](const access::Request& witness) {
      return applies(policy_.statements[index], policy_, witness);
    });
  }

  bool has(Effect effect) const {
    return std::ranges::any_of(policy_.statements,
                               [&](const Statement& statement) { return statement.effect == effect; });
  }

  void check_allow(std::size_t index) {
    if (!has(Effect::kDeny))
      return;
    logic::FormulaStore& formulas = questions_.request().formulas();
    const auto left_by = [&](Formula denied, std::optional<std::size_t> deny) {
      return proved("GP1102", formulas.both(questions_.statement(index), formulas.not_(denied)),
                    [&, deny](const access::Request& witness) {
                      return applies(policy_.statements[index], policy_, witness) &&
                             (deny ? !applies(policy_.statements[*deny], policy_, witness)
                                   : !some_applies(policy_, Effect::kDeny, witness));
                    });
    };
    if (!left_by(questions_.denied(), std::nullopt))
      return;
    DeadStatement dead{"GP1102", index, {}};
    for (std::size_t i = 0; i < policy_.statements.size(); ++i) {
      const Statement& deny = policy_.statements[i];
      if (deny.effect != Effect::kDeny || !deny.understood)
        continue;
      // The one Deny that is enough, or all that take a part.
      if (left_by(questions_.statement(i), i)) {
        dead.because_of = {i};
        break;
      }
      if (!meets(index, i))
        continue;
      dead.because_of.push_back(i);
    }
    dead_.push_back(std::move(dead));
  }

  bool meets(std::size_t allow, std::size_t deny) {
    return !proved(
        "GP1102",
        questions_.request().formulas().both(questions_.statement(allow), questions_.statement(deny)),
        [&](const access::Request& witness) {
          return applies(policy_.statements[allow], policy_, witness) &&
                 applies(policy_.statements[deny], policy_, witness);
        });
  }

  // A document that grants: without an Allow that applies there is nothing a Deny could remove.
  void check_deny(std::size_t index) {
    if (policy_.type != PolicyType::kIdentity && policy_.type != PolicyType::kResource)
      return;
    if (!has(Effect::kAllow))
      return;
    logic::FormulaStore& formulas = questions_.request().formulas();
    const auto allowed = [&](const access::Request& witness) {
      return some_applies(policy_, Effect::kAllow, witness);
    };
    if (!proved("GP1103", formulas.both(questions_.statement(index), questions_.some_allow()),
                [&](const access::Request& witness) {
                  return allowed(witness) && applies(policy_.statements[index], policy_, witness);
                })) {
      return;
    }
    if (!some_allow_applies_)
      some_allow_applies_ =
          questions_.ask("GP1103", questions_.some_allow(), allowed).verdict == VerdictKind::kRefuted;
    if (*some_allow_applies_)
      dead_.push_back({"GP1103", index, {}});
  }

  PolicyQuestions& questions_;
  const policy::Policy& policy_;
  std::vector<DeadStatement> dead_;
  std::optional<bool> some_allow_applies_;
};

constexpr std::string_view kPutEvents = "events:PutEvents";

bool is_put_events(const access::Request& request) {
  return base::equals_ignoring_case(request.action, kPutEvents);
}

}  // namespace

std::vector<DeadStatement> dead_statements(PolicyQuestions& questions) {
  return DeadText(questions).find();
}

Blames put_events_by_wildcard(PolicyQuestions& questions) {
  Blames blames;
  const policy::Policy& policy = questions.policy();
  logic::SymbolicRequest& request = questions.request();
  for (std::size_t i = 0; i < policy.statements.size(); ++i) {
    const Statement& statement = policy.statements[i];
    if (statement.effect != Effect::kAllow || statement.action.negated)
      continue;
    std::optional<Blame> blame;
    for (std::size_t value = 0; value < statement.action.patterns.size(); ++value) {
      const policy::Text& pattern = statement.action.patterns[value];
      const bool wide = patterns::has_wildcard(pattern.text) || base::has_unknown(pattern.text);
      if (!wide || !policy::action_glob(pattern.text).matches(kPutEvents))
        continue;
      const Formula put_events =
          request.action(request.actions(std::vector<policy::Text>{{std::string(kPutEvents), {}}}));
      Answer answer = ask_of_roles_first(request, [&](Formula callers) {
        return questions.ask_reduced("GP2012", with_one_value(statement, Part::kAction, value),
                                     request.formulas().both(put_events, callers), is_put_events);
      });
      if (answer.verdict == VerdictKind::kUndecided) {
        if (blames.undecided.empty())
          blames.reason = answer.reason;
        if (blames.undecided.empty() || blames.undecided.back() != i)
          blames.undecided.push_back(i);
      }
      if (answer.verdict != VerdictKind::kRefuted)
        continue;
      if (blame) {
        blame->further_places.push_back(pattern.span);
        blame->values.push_back(value);
        continue;
      }
      blame = Blame{i, {value}, pattern.span, {}, std::move(*answer.witness)};
    }
    if (blame)
      blames.found.push_back(std::move(*blame));
  }
  return blames;
}

}  // namespace grantproof::checks
