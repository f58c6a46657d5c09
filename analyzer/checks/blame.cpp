// SPDX-License-Identifier: Apache-2.0
#include "checks/blame.h"

namespace grantproof::checks {
namespace {

using policy::Effect;
using policy::Statement;

// A list longer than this is blamed as a whole: a question for each value would cost more than it says.
constexpr std::size_t kMostValues = 64;

Answer ask_one(PolicyQuestions& questions, std::string_view name, const Statement& statement,
               logic::Formula region, const Replay& region_holds) {
  logic::SymbolicRequest& request = questions.request();
  return ask_of_roles_first(request, [&](logic::Formula callers) {
    return questions.ask_reduced(std::string(name), statement, request.formulas().both(region, callers),
                                 region_holds);
  });
}

Blame blame_statement(PolicyQuestions& questions, std::string_view name, std::size_t index,
                      logic::Formula region, const Replay& region_holds, Part part, access::Request witness) {
  const Statement& statement = questions.policy().statements[index];
  const std::vector<base::Span> places = places_of(statement, part);
  Blame blame;
  blame.statement = index;
  blame.place = places.size() == 1 ? places.front() : statement.sid_span;
  blame.witness = std::move(witness);
  if (is_negated(statement, part)) {
    blame.place = places.front();
    return blame;
  }
  if (places.size() == 1)
    blame.values = {0};
  if (places.size() < 2 || places.size() > kMostValues)
    return blame;
  for (std::size_t value = 0; value < places.size(); ++value) {
    Answer answer = ask_one(questions, name, with_one_value(statement, part, value), region, region_holds);
    if (answer.verdict != VerdictKind::kRefuted)
      continue;
    if (blame.values.empty()) {
      blame.place = places[value];
      blame.witness = std::move(*answer.witness);
    } else {
      blame.further_places.push_back(places[value]);
    }
    blame.values.push_back(value);
  }
  return blame;
}

}  // namespace

bool is_negated(const Statement& statement, Part part) {
  switch (part) {
    case Part::kPrincipal:
      return statement.principal && statement.principal->negated;
    case Part::kAction:
      return statement.action.negated;
    case Part::kResource:
      break;
  }
  return statement.resource && statement.resource->negated;
}

std::vector<base::Span> places_of(const Statement& statement, Part part) {
  std::vector<base::Span> places;
  switch (part) {
    case Part::kPrincipal:
      if (statement.principal) {
        for (const policy::Principal& principal : statement.principal->principals)
          places.push_back(principal.span);
      }
      break;
    case Part::kAction:
      for (const policy::Text& pattern : statement.action.patterns)
        places.push_back(pattern.span);
      break;
    case Part::kResource:
      if (statement.resource) {
        for (const policy::Text& pattern : statement.resource->patterns)
          places.push_back(pattern.span);
      }
      break;
  }
  if (is_negated(statement, part) && places.size() != 1) {
    const base::Span whole = part == Part::kPrincipal  ? statement.principal->span
                             : part == Part::kResource ? statement.resource->span
                                                       : statement.action.span;
    return {whole};
  }
  return places;
}

Statement with_one_value(const Statement& statement, Part part, std::size_t index) {
  Statement narrowed = statement;
  switch (part) {
    case Part::kPrincipal:
      narrowed.principal->principals = {statement.principal->principals[index]};
      break;
    case Part::kAction:
      narrowed.action.patterns = {statement.action.patterns[index]};
      break;
    case Part::kResource:
      narrowed.resource->patterns = {statement.resource->patterns[index]};
      break;
  }
  return narrowed;
}

Blames find_blames(PolicyQuestions& questions, std::string_view name, logic::Formula region,
                   const Replay& region_holds, Part part) {
  Blames blames;
  const policy::Policy& policy = questions.policy();
  for (std::size_t index = 0; index < policy.statements.size(); ++index) {
    const Statement& statement = policy.statements[index];
    if (statement.effect != Effect::kAllow)
      continue;
    Answer answer = ask_one(questions, name, statement, region, region_holds);
    if (answer.verdict == VerdictKind::kUndecided) {
      if (blames.undecided.empty())
        blames.reason = std::move(answer.reason);
      blames.undecided.push_back(index);
    }
    if (answer.verdict != VerdictKind::kRefuted)
      continue;
    blames.found.push_back(
        blame_statement(questions, name, index, region, region_holds, part, std::move(*answer.witness)));
  }
  return blames;
}

}  // namespace grantproof::checks
