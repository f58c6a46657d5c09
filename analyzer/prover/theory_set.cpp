// SPDX-License-Identifier: Apache-2.0
//
// Values for a multivalued key: each "some value" needs an element of its own, which every "every value"
// holds of. No bound on the number of elements is needed.
#include "prover/theory_check.h"

namespace grantproof::prover {

using logic::Atom;
using logic::AttributeId;
using logic::Literal;
using logic::Projection;
using patterns::RegionAnswer;
using patterns::RegionResult;

TheoryCheck::Outcome TheoryCheck::solve_set(AttributeId id, const std::vector<Literal>& literals,
                                            Closing closing) {
  SetCloser& closer = theory_.closer_;
  const auto closed = [&](const Literal& literal, bool positive) {
    const logic::ValueSetId set = atom(literal).values;
    if (closing == Closing::kExact)
      return closer.close(set, Projection::kNone, values_);
    return positive ? closer.upper(set, Projection::kNone) : closer.lower(set, Projection::kNone);
  };
  // A relaxed set must admit more: "some value is in S" with S larger, "every value is in S" with S larger
  // too.
  TextRegion every(request_.patterns());
  if (const auto format = attribute(id).format)
    every.in(closer.close(*format, Projection::kNone));
  std::vector<Literal> every_literals;
  std::optional<bool> one;
  Literal one_literal{};
  for (const Literal& literal : literals) {
    const Atom& said = atom(literal);
    if (said.kind == Atom::Kind::kOne) {
      one = literal.positive;
      one_literal = literal;
    } else if (!literal.positive) {
      every_literals.push_back(literal);
      if (said.kind == Atom::Kind::kSomeIn) {
        every.out(closed(literal, false));
      } else {
        every.in(closed(literal, true));
      }
    }
  }
  const auto conflict = [&](std::vector<Literal> extra) {
    extra.insert(extra.end(), every_literals.begin(), every_literals.end());
    return Outcome{TheoryAnswer::kConflict, std::move(extra), {}, {}};
  };
  const auto add = [&](TextRegion& region, const Literal& literal) {
    if (atom(literal).kind == Atom::Kind::kSomeIn) {
      region.in(closed(literal, true));
    } else {
      region.out(closed(literal, false));
    }
  };
  const auto unknown = [&] { return Outcome{TheoryAnswer::kUnknown, {}, reason_undecided(id, every), {}}; };

  std::vector<std::string> values;
  std::vector<Literal> some;
  for (const Literal& literal : literals) {
    if (literal.positive && atom(literal).kind != Atom::Kind::kOne)
      some.push_back(literal);
  }
  const std::vector<std::string> preferred = this->preferred(id);
  if (one.value_or(false)) {
    // One value is every value and each "some value".
    TextRegion region = every;
    for (const Literal& literal : some)
      add(region, literal);
    const RegionResult found = region.find_readable(preferred);
    if (found.answer == RegionAnswer::kUndecided)
      return unknown();
    if (found.answer == RegionAnswer::kEmpty) {
      some.push_back(one_literal);
      return conflict(std::move(some));
    }
    values.push_back(found.member);
  } else {
    for (const Literal& literal : some) {
      TextRegion region = every;
      add(region, literal);
      bool has_one = false;
      for (const std::string& value : values)
        has_one |= region.contains(value);
      if (has_one)
        continue;
      const RegionResult found = region.find_readable(preferred);
      if (found.answer == RegionAnswer::kUndecided)
        return unknown();
      if (found.answer == RegionAnswer::kEmpty)
        return conflict({literal});
      values.push_back(found.member);
    }
    if (one.has_value() && values.size() == 1) {
      // Not exactly one: a second value, which must be another one.
      TextRegion region = every;
      region.out(request_.patterns().intern({patterns::Glob().literal(values.front())}));
      const RegionResult found = region.find_readable(preferred);
      if (found.answer == RegionAnswer::kUndecided)
        return unknown();
      if (found.answer == RegionAnswer::kEmpty) {
        some.push_back(one_literal);
        return conflict(std::move(some));
      }
      values.push_back(found.member);
    }
  }
  assignment_.sets[id] = std::move(values);
  return {TheoryAnswer::kFound, {}, {}, {}};
}

}  // namespace grantproof::prover
