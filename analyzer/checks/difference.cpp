// SPDX-License-Identifier: Apache-2.0
#include "checks/difference.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/document.h"
#include "access/statement_evaluator.h"
#include "checks/blame.h"
#include "checks/policy_questions.h"
#include "checks/shown_witness.h"
#include "checks/words.h"
#include "logic/encode_statement.h"
#include "logic/request_space.h"
#include "policy/policy_writer.h"
#include "prover/smt2_writer.h"

namespace grantproof::checks {
namespace {

using logic::Formula;
using policy::Effect;
using policy::Policy;
using policy::Statement;

constexpr std::size_t kMostChanges = 8;
// Lists longer than this are told as a whole.
constexpr std::size_t kMostValues = 32;

// Formulas of one of the two policies.
struct Side {
  const Subject* subject = nullptr;
  const Policy& policy() const { return *subject->policy; }
  std::vector<Formula> statements;
  Formula allow = Formula::kFalse;
  Formula deny = Formula::kFalse;
};

// What `wide` allows and `narrow` does not; the word for it depends on which of them is the new one.
class OneWay {
 public:
  OneWay(Workbench& bench, logic::SymbolicRequest& request, const World& world, const Side& wide,
         const Side& narrow, bool added, Beside beside)
      : bench_(bench),
        request_(request),
        formulas_(request.formulas()),
        world_(world),
        setting_(*wide.subject),
        wide_(wide),
        narrow_(narrow),
        added_(added),
        others_(beside == Beside::kOthers) {}

  Formula question() {
    const Formula not_allowed = formulas_.not_(narrow_.allow);
    return formulas_.all_of({setting_.encode(request_), formulas_.not_(wide_.deny),
                             others_
                                 ? formulas_.either(narrow_.deny, formulas_.both(wide_.allow, not_allowed))
                                 : formulas_.both(wide_.allow, formulas_.either(not_allowed, narrow_.deny))});
  }

  DifferenceSide find() {
    DifferenceSide side;
    Answer whole = ask(question());
    side.verdict = whole.verdict;
    side.reason = whole.reason;
    if (whole.verdict == VerdictKind::kProved)
      return side;
    blame_allows(side);
    blame_denies(side);
    if (!side.changes.empty()) {
      side.verdict = VerdictKind::kRefuted;
      side.reason.clear();
    } else if (whole.witness) {
      // The question was refuted; that nobody could say by which statement does not take that back.
      side.changes.push_back(unattributed(*whole.witness));
    }
    return side;
  }

 private:
  Answer ask(Formula formula) {
    return checks::ask(
        bench_, request_, world_, added_ ? "widened" : "narrowed", formula,
        [&](const access::Request& witness) { return setting_.holds(witness) && holds(witness); });
  }

  // The concrete twin of the question, without the setting.
  access::Truth holds(const access::Request& witness) const {
    const access::DocumentDecision wide = access::decide_document(witness, wide_.policy());
    const access::DocumentDecision narrow = access::decide_document(witness, narrow_.policy());
    if (others_)
      return !wide.deny && (narrow.deny || (wide.allow && !narrow.allow));
    return wide.allowed && !narrow.allowed;
  }

  Answer ask_readable(Formula formula) {
    return ask_of_roles_first(request_,
                              [&](Formula callers) { return ask(formulas_.both(formula, callers)); });
  }

  // A request that only this Allow grants: no Allow of the other version applies.
  Answer ask_allow(const Statement& allow) {
    return ask_readable(
        formulas_.all_of({setting_.encode(request_), logic::encode_statement(request_, allow, wide_.policy()),
                          formulas_.not_(wide_.deny), formulas_.not_(narrow_.allow)}));
  }

  void blame_allows(DifferenceSide& side) {
    const std::vector<Statement>& statements = wide_.policy().statements;
    for (std::size_t i = 0; i < statements.size() && side.changes.size() < kMostChanges; ++i) {
      if (statements[i].effect != Effect::kAllow)
        continue;
      const Answer answer = ask_allow(statements[i]);
      if (answer.verdict != VerdictKind::kRefuted)
        continue;
      DifferenceSide::Change change;
      change.statement = statement_label(wide_.policy(), i);
      change.statement_name = statement_name(wide_.policy(), i);
      change.summary = words(narrowed(statements[i]));
      change.witness = shown(*answer.witness, i);
      side.changes.push_back(std::move(change));
    }
  }

  // The statement with only those values that take part in the change.
  Statement narrowed(const Statement& statement) {
    Statement result = statement;
    for (const Part part : {Part::kPrincipal, Part::kAction, Part::kResource}) {
      const std::size_t count = places_of(result, part).size();
      if (is_negated(result, part) || count < 2 || count > kMostValues)
        continue;
      std::vector<std::size_t> changed;
      for (std::size_t value = 0; value < count; ++value) {
        if (ask_allow(with_one_value(result, part, value)).verdict == VerdictKind::kRefuted)
          changed.push_back(value);
      }
      if (changed.empty() || changed.size() == count)
        continue;
      keep(result, part, changed);
    }
    return result;
  }

  static void keep(Statement& statement, Part part, const std::vector<std::size_t>& values) {
    const Statement all = statement;
    const auto pick = [&](auto& into, const auto& from) {
      into.clear();
      for (const std::size_t value : values)
        into.push_back(from[value]);
    };
    switch (part) {
      case Part::kPrincipal:
        pick(statement.principal->principals, all.principal->principals);
        break;
      case Part::kAction:
        pick(statement.action.patterns, all.action.patterns);
        break;
      case Part::kResource:
        pick(statement.resource->patterns, all.resource->patterns);
        break;
    }
  }

  // "events:PutEvents on event-bus/orders by principals of account 444455556666, when events:source is …"
  std::string words(const Statement& statement) const {
    std::string text = actions_words(statement.action);
    if (statement.resource)
      text += " on " + resources_words(statement);
    if (statement.principal)
      text += " by " + principals_words(*statement.principal);
    if (!statement.conditions.empty())
      text += ", when " + conditions_words(statement.conditions);
    return text;
  }

  // Requests that both versions grant, or others may, and that a Deny of the narrower one takes away.
  void blame_denies(DifferenceSide& side) {
    const std::vector<Statement>& statements = narrow_.policy().statements;
    for (std::size_t i = 0; i < statements.size() && side.changes.size() < kMostChanges; ++i) {
      if (statements[i].effect != Effect::kDeny)
        continue;
      const Answer answer = ask_readable(formulas_.all_of(
          {setting_.encode(request_), formulas_.not_(wide_.deny), narrow_.statements[i],
           others_ ? Formula::kTrue : wide_.allow, others_ ? Formula::kTrue : narrow_.allow}));
      if (answer.verdict != VerdictKind::kRefuted)
        continue;
      DifferenceSide::Change change;
      change.statement = statement_label(narrow_.policy(), i);
      change.statement_name = statement_name(narrow_.policy(), i);
      change.summary =
          fmt::format("{}: {} by {}", words(statements[i]), added_ ? "no longer denied" : "denied now",
                      quoted_statement_name(change.statement_name));
      change.witness =
          others_ ? shown_denied(*answer.witness, i) : shown(*answer.witness, deciding(*answer.witness));
      side.changes.push_back(std::move(change));
    }
  }

  std::size_t deciding(const access::Request& witness) const {
    return access::decide_document(witness, wide_.policy()).allows.front();
  }

  // With the keys that the other version asks for: the difference may lie in them.
  FindingWitness shown(const access::Request& witness, std::size_t allow) const {
    std::vector<policy::Condition> more;
    const access::RequestView view(witness, false);
    for (const Statement& statement : narrow_.policy().statements) {
      if (access::might_apply(statement, narrow_.policy(), view))
        more.insert(more.end(), statement.conditions.begin(), statement.conditions.end());
    }
    FindingWitness shown = shown_witness(witness, wide_.policy(), allow, more);
    shown.decision =
        fmt::format("{} by {} of the {} version", added_ ? "allowed now" : "allowed before",
                    quoted_statement_name(statement_name(wide_.policy(), allow)), added_ ? "new" : "old");
    return shown;
  }

  FindingWitness shown_denied(const access::Request& witness, std::size_t deny) const {
    FindingWitness shown = shown_witness(witness, narrow_.policy(), deny);
    shown.decision =
        fmt::format("{} by {} of the {} version", added_ ? "no longer denied" : "denied now",
                    quoted_statement_name(statement_name(narrow_.policy(), deny)), added_ ? "old" : "new");
    return shown;
  }

  // By a statement that nobody found to be the one: some Allow of the wider version, or a Deny of the other.
  DifferenceSide::Change unattributed(const access::Request& witness) const {
    DifferenceSide::Change change;
    if (access::decide_document(witness, wide_.policy()).allows.empty()) {
      const std::size_t deny = access::decide_document(witness, narrow_.policy()).denies.front();
      change.statement = statement_label(narrow_.policy(), deny);
      change.statement_name = statement_name(narrow_.policy(), deny);
      change.summary = words(narrow_.policy().statements[deny]);
      change.witness = shown_denied(witness, deny);
      return change;
    }
    const std::size_t allow = deciding(witness);
    change.statement = statement_label(wide_.policy(), allow);
    change.statement_name = statement_name(wide_.policy(), allow);
    change.summary = words(wide_.policy().statements[allow]);
    change.witness = shown(witness, allow);
    return change;
  }

  Workbench& bench_;
  logic::SymbolicRequest& request_;
  logic::FormulaStore& formulas_;
  const World& world_;
  Setting setting_;
  const Side& wide_;
  const Side& narrow_;
  bool added_;
  bool others_;
};

Side encode_side(logic::SymbolicRequest& request, const Subject& subject) {
  Side side;
  side.subject = &subject;
  std::vector<Formula> allows, denies;
  for (const Statement& statement : subject.policy->statements) {
    side.statements.push_back(logic::encode_statement(request, statement, *subject.policy));
    (statement.effect == Effect::kAllow ? allows : denies).push_back(side.statements.back());
  }
  if (!subject.policy->understood)
    allows.push_back(request.unknown("the document was not understood as a whole"));
  side.allow = request.formulas().any_of(allows);
  side.deny = request.formulas().any_of(denies);
  return side;
}

// The same text is the same policy, whatever was not understood in it. What a template says elsewhere (the
// default of a parameter) is in what was read of it, as far as it was understood.
bool same_text(const Subject& old_policy, const Subject& new_policy, const World& world) {
  const Policy& before = *old_policy.policy;
  const Policy& after = *new_policy.policy;
  const std::string_view text = world.sources->text(before.span);
  if (before.type != after.type || text.empty() || text != world.sources->text(after.span) ||
      !std::ranges::equal(before.statements, after.statements, {}, &Statement::when, &Statement::when) ||
      policy::write_policy(before) != policy::write_policy(after))
    return false;
  const bool understood = before.understood && after.understood &&
                          std::ranges::all_of(before.statements, &Statement::understood) &&
                          std::ranges::all_of(after.statements, &Statement::understood);
  return understood || world.sources->text(before.span.file) == world.sources->text(after.span.file);
}

}  // namespace

Difference compare(const Subject& old_policy, const Subject& new_policy, const World& world, Beside beside) {
  if (same_text(old_policy, new_policy, world)) {
    Difference nothing;
    nothing.added.verdict = nothing.removed.verdict = VerdictKind::kProved;
    return nothing;
  }
  Workbench bench(world);
  logic::SymbolicRequest request(bench.patterns, *world.reference);
  const Side before = encode_side(request, old_policy);
  const Side after = encode_side(request, new_policy);
  Difference difference;
  difference.added = OneWay(bench, request, world, after, before, true, beside).find();
  difference.removed = OneWay(bench, request, world, before, after, false, beside).find();
  return difference;
}

std::string difference_smt2(const Subject& old_policy, const Subject& new_policy, const World& world,
                            bool widened, Beside beside) {
  Workbench bench(world);
  logic::SymbolicRequest request(bench.patterns, *world.reference);
  const Side before = encode_side(request, old_policy);
  const Side after = encode_side(request, new_policy);
  OneWay way(bench, request, world, widened ? after : before, widened ? before : after, widened, beside);
  const Formula question = way.question();
  const Formula space = logic::request_space(request, world.facts);
  return prover::write_smt2(request, request.formulas().both(question, space),
                            widened ? "widened" : "narrowed");
}

}  // namespace grantproof::checks
