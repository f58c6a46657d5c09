// SPDX-License-Identifier: Apache-2.0
#include "prover/theory_check.h"

#include <algorithm>

#include "logic/formats.h"

namespace grantproof::prover {

using logic::Atom;
using logic::AttributeId;
using logic::Literal;
using logic::Projection;
using patterns::RegionAnswer;

namespace {

patterns::Glob anything() {
  return patterns::Glob().run(patterns::UnitClass::kAny);
}

}  // namespace

TheoryCheck::TheoryCheck(Theory& theory, std::span<const Literal> literals)
    : theory_(theory), request_(*theory.request_), literals_(literals) {
  for (const Literal& literal : literals) {
    const Atom& said = atom(literal);
    switch (said.kind) {
      case Atom::Kind::kPresent:
        by_attribute_[said.attribute].present = literal.positive;
        by_attribute_[said.attribute].present_literal = literal;
        break;
      case Atom::Kind::kIn:
        if (beyond_model(request_, said)) {
          unknown_literals_.push_back(literal);
          break;
        }
        [[fallthrough]];
      case Atom::Kind::kSomeIn:
      case Atom::Kind::kSomeOut:
      case Atom::Kind::kOne:
        by_root_[root_of(request_, said.attribute)].push_back(literal);
        break;
      case Atom::Kind::kAction:
        action_literals_.push_back(literal);
        break;
      case Atom::Kind::kUnknown:
        unknown_literals_.push_back(literal);
        break;
    }
  }
}

bool TheoryCheck::open(const Literal& literal) const {
  const Atom& said = atom(literal);
  return said.kind != Atom::Kind::kOne && theory_.closer_.is_open(said.values);
}

std::optional<TheoryResult> TheoryCheck::conflict_of_presence() const {
  // An absent key has no value, so nothing positive is true of it.
  for (const auto& [id, said] : by_attribute_) {
    if (said.present.value_or(true))
      continue;
    const auto values = by_root_.find(id);
    if (values == by_root_.end())
      continue;
    for (const Literal& literal : values->second) {
      if (!literal.positive)
        continue;
      TheoryResult result;
      result.answer = TheoryAnswer::kConflict;
      result.conflict = {*said.present_literal, literal};
      return result;
    }
  }
  return std::nullopt;
}

void TheoryCheck::collect_variables() {
  for (const auto& [root, literals] : by_root_) {
    for (const Literal& literal : literals) {
      if (!open(literal))
        continue;
      for (const logic::OpenText& text : request_.value_set(atom(literal).values).open) {
        for (const policy::TextPart& part : text.text.parts) {
          if (part.kind != policy::TextPart::Kind::kVariable)
            continue;
          if (std::ranges::find(variables_, part.folded_key) == variables_.end()) {
            variables_.push_back(part.folded_key);
          }
        }
      }
    }
  }
}

TheoryResult TheoryCheck::run() {
  if (auto conflict = conflict_of_presence())
    return *conflict;
  collect_variables();

  TheoryResult result;
  Outcome outcome = solve_all(variables_.empty() ? Closing::kExact : Closing::kRelaxed);
  if (outcome.answer == TheoryAnswer::kFound && !variables_.empty())
    outcome = search_variables();
  if (outcome.answer == TheoryAnswer::kFound && !unknown_literals_.empty()) {
    outcome.answer = TheoryAnswer::kUnknown;
    outcome.conflict.clear();
    const Atom& said = atom(unknown_literals_.front());
    outcome.reason = said.kind == Atom::Kind::kUnknown
                         ? request_.unknown_reason(said)
                         : attribute(said.attribute).name + " is compared as a number, date or address";
  }
  result.answer = outcome.answer;
  result.conflict = std::move(outcome.conflict);
  result.reason = std::move(outcome.reason);
  if (result.answer == TheoryAnswer::kFound)
    result.assignment = std::move(assignment_);
  return result;
}

TextRegion TheoryCheck::region(AttributeId root, std::span<const Literal> literals, Closing closing) const {
  SetCloser& closer = theory_.closer_;
  TextRegion region(request_.patterns());
  if (const auto format = attribute(root).format)
    region.in(closer.close(*format, Projection::kNone));
  for (const Literal& literal : literals) {
    const Atom& said = atom(literal);
    const Projection projection = attribute(said.attribute).projection;
    if (closing == Closing::kRelaxed) {
      literal.positive ? region.in(closer.upper(said.values, projection))
                       : region.out(closer.lower(said.values, projection));
    } else {
      const ClosedSet set = closer.close(said.values, projection, values_);
      literal.positive ? region.in(set) : region.out(set);
    }
  }
  if (closing == Closing::kExact)
    add_variable_constraints(root, region);
  return region;
}

void TheoryCheck::add_variable_constraints(AttributeId root, TextRegion& region) const {
  for (const auto& [variable, value] : values_) {
    const auto key = request_.find_key(variable);
    if (!key)
      continue;
    AttributeId id = *key;
    if (attribute(id).same_as)
      id = *attribute(id).same_as;
    if (attribute(id).kind == logic::AttributeKind::kSet)
      continue;
    if (attribute(id).part_of) {
      // The value stands in the other attribute where that has the part: the part is what counts, and where
      // it is missing the attribute's own value.
      const AttributeId part = *attribute(id).part_of;
      if (root == attribute(part).base && value) {
        std::vector<patterns::Glob> globs =
            logic::project(attribute(part).projection, {patterns::Glob().literal(*value)});
        for (patterns::Glob& glob : logic::without_part(attribute(part).projection))
          globs.push_back(std::move(glob));
        region.in(request_.patterns().intern(std::move(globs)));
      }
      if (root == id && value)
        region.in(request_.patterns().intern({patterns::Glob().literal(*value)}));
      continue;
    }
    if (root != root_of(request_, id))
      continue;
    const Projection projection = attribute(id).projection;
    if (value) {
      region.in(request_.patterns().intern(logic::project(projection, {patterns::Glob().literal(*value)})));
    } else if (projection != Projection::kNone) {
      region.out(request_.patterns().intern(logic::project(projection, {anything()})));
    } else if (id == request_.principal()) {
      region.out(
          request_.patterns().intern({patterns::Glob().literal("arn:").run(patterns::UnitClass::kAny)}));
    }
  }
}

std::vector<std::string> TheoryCheck::preferred(AttributeId root) const {
  const auto at = theory_.preferred_.find(root);
  return at == theory_.preferred_.end() ? std::vector<std::string>() : at->second;
}

std::vector<Literal> TheoryCheck::shrink(AttributeId root, std::vector<Literal> literals, Closing closing) {
  // One literal alone, then with each other one: most conflicts are pairs.
  const auto empty = [&](std::span<const Literal> some) {
    return region(root, some, closing).decide() == RegionAnswer::kEmpty;
  };
  if (literals.size() > 2) {
    for (std::size_t i = 0; i < literals.size(); ++i) {
      for (std::size_t j = i + 1; j < literals.size() && literals.size() <= 24; ++j) {
        const Literal pair[] = {literals[i], literals[j]};
        if (empty(pair))
          return {pair[0], pair[1]};
      }
    }
  }
  for (std::size_t i = literals.size(); i-- > 0;) {
    std::vector<Literal> without = literals;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    if (empty(without))
      literals = std::move(without);
  }
  return literals;
}

std::string TheoryCheck::reason_undecided(AttributeId root, const TextRegion& region) const {
  const std::string& name = attribute(root).name;
  return region.has_typed() ? name + " is compared both as text and as a number, date, address or bytes"
                            : "the patterns on " + name + " exceed the budget";
}

TheoryCheck::Outcome TheoryCheck::solve_text(AttributeId root, const std::vector<Literal>& literals,
                                             Closing closing) {
  const TextRegion asked = region(root, literals, closing);
  const RegionAnswer decided = asked.decide();
  if (decided == RegionAnswer::kEmpty)
    return {TheoryAnswer::kConflict, shrink(root, literals, closing), {}, {}};
  if (decided == RegionAnswer::kUndecided) {
    return {TheoryAnswer::kUnknown, {}, reason_undecided(root, asked), {}};
  }
  return {TheoryAnswer::kFound, {}, {}, {}};
}

TheoryCheck::Outcome TheoryCheck::solve_all(Closing closing) {
  assignment_ = {};
  // Which attributes need a value: those that something positive is said of, and those that are always there.
  std::set<AttributeId> roots{request_.principal(), request_.owner()};
  for (const auto& [id, said] : by_attribute_) {
    if (said.present.value_or(false))
      roots.insert(id);
  }
  const auto absent = [&](AttributeId id) {
    const auto at = by_attribute_.find(id);
    return at != by_attribute_.end() && !at->second.present.value_or(true);
  };
  for (const auto& [root, literals] : by_root_) {
    const bool positive =
        std::ranges::any_of(literals, [](const Literal& literal) { return literal.positive; });
    if (positive || !attribute(root).is_key)
      roots.insert(root);
  }
  if (closing == Closing::kExact) {
    for (const auto& [variable, value] : values_) {
      const auto key = request_.find_key(variable);
      if (!key || !value)
        continue;
      AttributeId id = *key;
      if (attribute(id).same_as)
        id = *attribute(id).same_as;
      if (attribute(id).kind == logic::AttributeKind::kSet)
        continue;
      if (absent(*key))
        return {TheoryAnswer::kConflict, {}, {}, *key};
      roots.insert(root_of(request_, id));
    }
    for (const auto& [variable, value] : values_) {
      // Said to be absent, yet something positive is said of it.
      const auto key = request_.find_key(variable);
      if (key && !value && attribute(*key).is_key && !attribute(*key).same_as &&
          attribute(*key).kind != logic::AttributeKind::kSet &&
          attribute(*key).projection == Projection::kNone && roots.contains(*key)) {
        return {TheoryAnswer::kConflict, {}, {}, *key};
      }
    }
  }
  roots.erase(request_.resource());

  static const std::vector<Literal> kNone;
  const auto literals_of = [&](AttributeId root) -> const std::vector<Literal>& {
    const auto at = by_root_.find(root);
    return at == by_root_.end() ? kNone : at->second;
  };
  std::optional<Outcome> unknown;
  for (AttributeId root : roots) {
    if (absent(root))
      continue;
    Outcome outcome = attribute(root).kind == logic::AttributeKind::kSet
                          ? solve_set(root, literals_of(root), closing)
                          : solve_text(root, literals_of(root), closing);
    outcome.root = root;
    if (outcome.answer == TheoryAnswer::kConflict)
      return outcome;
    if (outcome.answer == TheoryAnswer::kUnknown && !unknown)
      unknown = std::move(outcome);
  }
  Outcome outcome = solve_action_and_resource(closing);
  outcome.root = request_.resource();
  if (outcome.answer == TheoryAnswer::kConflict || (outcome.answer == TheoryAnswer::kUnknown && !unknown)) {
    return outcome;
  }
  if (unknown)
    return *unknown;
  if (closing == Closing::kRelaxed)
    return outcome;
  for (AttributeId root : roots) {
    if (absent(root) || attribute(root).kind == logic::AttributeKind::kSet)
      continue;
    assignment_.texts[root] = region(root, literals_of(root), closing).find_readable(preferred(root)).member;
  }
  return outcome;
}

}  // namespace grantproof::prover
