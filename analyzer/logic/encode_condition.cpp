// SPDX-License-Identifier: Apache-2.0
#include "logic/encode_condition.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iterator>

#include "base/unknown_text.h"
#include "logic/encode_unknown.h"

namespace grantproof::logic {
namespace {

using policy::Comparison;
using policy::Relation;
using policy::SetQualifier;

// The values of a line: those that are known, as the set of request values that some of them matches in the
// positive sense of the operator, and those with unknown parts.
struct Values {
  ValueSet known;
  std::vector<OpenText> unknown;
};

Values values_of(SymbolicRequest& request, const policy::Condition& condition, policy::Version version) {
  Values values;
  std::vector<patterns::Glob> globs;
  for (const policy::ConditionValue& value : condition.values) {
    policy::TextWithVariables text = policy::value_text(*condition.op, value.text, version);
    OpenText open{std::move(text), condition.op, policy::PolicyType::kIdentity};
    if (open.text.has_unknown()) {
      values.unknown.push_back(std::move(open));
      continue;
    }
    if (open.text.has_variable()) {
      for (const policy::TextPart& part : open.text.parts) {
        if (part.kind == policy::TextPart::Kind::kVariable)
          request.key(part.key);
      }
      values.known.open.push_back(std::move(open));
      continue;
    }
    const auto test = policy::value_test(*condition.op, open.text, {});
    if (!test)
      continue;  // a value that no request can match
    if (const auto* glob = std::get_if<patterns::Glob>(&*test)) {
      globs.push_back(*glob);
    } else {
      values.known.typed.push_back(*test);
    }
  }
  values.known.text = request.patterns().intern(std::move(globs));
  return values;
}

ValueSetId anything(SymbolicRequest& request) {
  return request.text_set({patterns::Glob().run(patterns::UnitClass::kAny)});
}

// ${aws:TagKeys, 'none'}: a multivalued key never expands, but its default counts where the key is absent. In
// a set of values of a multivalued key the model does not say both.
bool depends_on_presence_of_a_set(SymbolicRequest& request, const policy::Condition& condition,
                                  policy::Version version) {
  if (!policy::has_variables(*condition.op))
    return false;
  for (const policy::ConditionValue& value : condition.values) {
    for (const policy::TextPart& part : policy::parse_variables(value.text, version).parts) {
      if (part.kind == policy::TextPart::Kind::kVariable && part.default_text &&
          request.attribute(request.key(part.key)).kind == AttributeKind::kSet)
        return true;
    }
  }
  return false;
}

// Bool: "true" matches requests that say true, "false" all others.
struct BoolValues {
  bool says_true = false;
  bool says_false = false;
};

BoolValues bool_values(const policy::Condition& condition) {
  BoolValues values;
  for (const policy::ConditionValue& value : condition.values) {
    const auto says = policy::bool_value(value.text);
    if (!says)
      continue;
    (*says ? values.says_true : values.says_false) = true;
  }
  return values;
}

// The values of a line as written, those with unknown parts or all.
std::string texts_of(const policy::Condition& condition, bool all) {
  std::string texts;
  for (const policy::ConditionValue& value : condition.values) {
    if (all || base::has_unknown(value.text))
      texts += std::to_string(value.text.size()) + ":" + value.text;
  }
  return texts;
}

bool has_unknown(const policy::Condition& condition) {
  return std::ranges::any_of(
      condition.values, [](const policy::ConditionValue& value) { return base::has_unknown(value.text); });
}

// What the unknown values of a line make of a question about it.
Formula unknown_line(SymbolicRequest& request, const policy::Condition& condition, policy::Version version,
                     std::string_view question) {
  std::string identity = std::string(question) + " " + condition.key.folded + " " +
                         std::to_string(static_cast<int>(condition.op->comparison)) + " " +
                         std::to_string(static_cast<int>(condition.op->relation));
  identity += condition.op->wildcards ? " w" : " -";
  identity += condition.op->ignore_case ? "i" : "-";
  identity += version == policy::Version::k2008 ? " 2008 " : " 2012 ";
  return depends_on(request, identity + texts_of(condition, true), texts_of(condition, false));
}

// "The value of a text attribute matches" or "some value of a set attribute matches", and the like for "does
// not".
class ValueFormula {
 public:
  ValueFormula(SymbolicRequest& request, const policy::Condition& condition, policy::Version version,
               AttributeId key)
      : request_(request),
        condition_(condition),
        version_(version),
        key_(key),
        bool_(condition.op->comparison == Comparison::kBool),
        unknown_(has_unknown(condition)) {
    if (bool_) {
      says_ = bool_values(condition);
      set_ = request.text_set({patterns::Glob().literal("true", true)});
    } else {
      values_ = values_of(request, condition, version);
      set_ = request.values(values_.known);
    }
  }

  Formula value_matches() {
    if (bool_) {
      const Formula says_true = request_.in(key_, set_);
      return or_unknown(select(says_true, request_.formulas().not_(says_true)), Formula::kTrue);
    }
    Formula any = request_.in(key_, set_);
    for (const OpenText& text : values_.unknown)
      any = request_.formulas().either(any, in_unknown(request_, key_, text));
    return any;
  }
  Formula some_value_matches() {
    if (bool_)
      return or_unknown(select(request_.some_in(key_, set_), request_.some_out(key_, set_)), some_value());
    Formula any = request_.some_in(key_, set_);
    for (const OpenText& text : values_.unknown)
      any = request_.formulas().either(any, some_in_unknown(request_, key_, text));
    return any;
  }
  Formula some_value_does_not() {
    if (bool_)
      return bool_does_not();
    if (!unknown_)
      return request_.some_out(key_, set_);
    // For sure where it is in none that could be meant; perhaps where it is in none that is known.
    ValueSet all = values_.known;
    const auto known = request_.patterns().globs(all.text);
    std::vector<patterns::Glob> globs(known.begin(), known.end());
    for (const OpenText& text : values_.unknown) {
      ValueSet upper = upper_set(request_, text);
      const auto more = request_.patterns().globs(upper.text);
      globs.insert(globs.end(), more.begin(), more.end());
      std::ranges::move(upper.open, std::back_inserter(all.open));
    }
    all.text = request_.patterns().intern(std::move(globs));
    return request_.formulas().either(
        request_.some_out(key_, request_.values(std::move(all))),
        request_.formulas().both(request_.some_out(key_, set_),
                                 unknown_line(request_, condition_, version_, "some out")));
  }

 private:
  Formula select(Formula when_true, Formula when_false) {
    return request_.formulas().either(says_.says_true ? when_true : Formula::kFalse,
                                      says_.says_false ? when_false : Formula::kFalse);
  }
  // Or an unknown value matches, which it can where `possible`.
  Formula or_unknown(Formula known, Formula possible) {
    if (!unknown_)
      return known;
    return request_.formulas().either(
        known, request_.formulas().both(possible, unknown_line(request_, condition_, version_, "matches")));
  }
  Formula some_value() { return request_.some_in(key_, anything(request_)); }
  Formula bool_does_not() {
    Formula known = some_value();
    if (says_.says_true && says_.says_false)
      known = Formula::kFalse;
    else if (says_.says_true)
      known = request_.some_out(key_, set_);
    else if (says_.says_false)
      known = request_.some_in(key_, set_);
    return unknown_
               ? request_.formulas().both(known, unknown_line(request_, condition_, version_, "some out"))
               : known;
  }

  SymbolicRequest& request_;
  const policy::Condition& condition_;
  policy::Version version_;
  AttributeId key_;
  bool bool_;
  bool unknown_;  // some value has unknown parts
  BoolValues says_;
  Values values_;
  ValueSetId set_{};
};

// A malformed ARN or address in the request matches nothing, not even a negated operator.
std::optional<ValueSetId> comparable_values(SymbolicRequest& request, Comparison comparison) {
  if (comparison == Comparison::kArn) {
    patterns::Glob arn = patterns::Glob().literal("arn:");
    for (int field = 0; field < 4; ++field)
      arn.run(patterns::UnitClass::kNotColon).literal(":");
    arn.run(patterns::UnitClass::kAny);
    return request.text_set({arn});
  }
  if (comparison == Comparison::kAddress) {
    ValueSet addresses;
    addresses.text = request.patterns().intern({});
    addresses.typed.emplace_back(policy::AddressTest{{false, 0, 0}, {false, 0, 0xffffffffULL}});
    addresses.typed.emplace_back(policy::AddressTest{{true, 0, 0}, {true, ~0ULL, ~0ULL}});
    return request.values(std::move(addresses));
  }
  return std::nullopt;
}

Formula comparable(SymbolicRequest& request, AttributeId key, Comparison comparison) {
  const auto values = comparable_values(request, comparison);
  return values ? request.in(key, *values) : Formula::kTrue;
}

Formula every_value_comparable(SymbolicRequest& request, AttributeId key, Comparison comparison) {
  const auto values = comparable_values(request, comparison);
  return values ? request.formulas().not_(request.some_out(key, *values)) : Formula::kTrue;
}

bool needs_comparable(Comparison comparison) {
  return comparison == Comparison::kArn || comparison == Comparison::kAddress;
}

// There is one clock: aws:EpochTime is aws:CurrentTime in whole seconds. What a policy says of the one as a
// number or a date is said of the other as a date. Nothing where the operator or a value says something else.
class EpochTime {
 public:
  EpochTime(SymbolicRequest& request, const policy::Condition& condition, policy::Version version)
      : request_(request), condition_(condition), version_(version), clock_(request.key("aws:CurrentTime")) {}

  std::optional<Formula> some_value_matches() {
    std::vector<Formula> any;
    for (const policy::ConditionValue& value : condition_.values) {
      if (base::has_unknown(value.text))
        continue;
      if (condition_.op->comparison == Comparison::kDate) {
        if (const auto date = policy::parse_date(value.text))
          any.push_back(compared(*date));
        continue;
      }
      if (condition_.op->comparison != Comparison::kNumber)
        return std::nullopt;
      if (!policy::parse_decimal(value.text))
        continue;  // a malformed number matches nothing
      std::int64_t seconds = 0;
      const char* const end = value.text.data() + value.text.size();
      const auto read = std::from_chars(value.text.data(), end, seconds);
      if (read.ec != std::errc() || read.ptr != end || std::abs(seconds) > kMostSeconds)
        return std::nullopt;
      any.push_back(compared(seconds * 1000));
    }
    if (has_unknown(condition_))
      any.push_back(unknown_line(request_, condition_, version_, "matches"));
    return request_.formulas().any_of(any);
  }

 private:
  static constexpr std::int64_t kMostSeconds = 100'000'000'000;

  // Whole seconds of the clock against milliseconds.
  Formula compared(std::int64_t milliseconds) {
    const std::int64_t rest = ((milliseconds % 1000) + 1000) % 1000;
    const std::int64_t second = milliseconds - rest;
    const std::int64_t next = second + 1000;
    switch (condition_.op->relation) {
      case Relation::kEqual:
        return rest != 0 ? Formula::kFalse
                         : request_.formulas().both(clock(Relation::kGreaterOrEqual, second),
                                                    clock(Relation::kLess, next));
      case Relation::kLess:
        return clock(Relation::kLess, rest == 0 ? second : next);
      case Relation::kLessOrEqual:
        return clock(Relation::kLess, next);
      case Relation::kGreater:
        return clock(Relation::kGreaterOrEqual, next);
      case Relation::kGreaterOrEqual:
        return clock(Relation::kGreaterOrEqual, rest == 0 ? second : next);
    }
    return Formula::kFalse;
  }

  Formula clock(Relation relation, std::int64_t milliseconds) {
    ValueSet set;
    set.text = request_.patterns().intern({});
    set.typed.emplace_back(policy::DateTest{relation, milliseconds});
    return request_.in(clock_, request_.values(std::move(set)));
  }

  SymbolicRequest& request_;
  const policy::Condition& condition_;
  policy::Version version_;
  AttributeId clock_;
};

}  // namespace

Formula encode_condition(SymbolicRequest& request, const policy::Condition& condition,
                         policy::Version version) {
  FormulaStore& formulas = request.formulas();
  const policy::ConditionOperator& op = *condition.op;
  if (base::has_unknown(condition.key.name)) {
    // Any key: nothing is known of the line.
    return depends_on(
        request,
        std::string("line ") + std::string(op.name) + std::to_string(static_cast<int>(condition.qualifier)) +
            (condition.if_exists ? "? " : " ") + condition.key.folded + " " + texts_of(condition, true),
        condition.key.name);
  }
  const AttributeId key = request.key(condition.key.name, condition.qualifier != SetQualifier::kNone);
  const Formula present = request.present(key);

  if (op.comparison == Comparison::kNull) {
    const BoolValues values = bool_values(condition);
    const Formula known = formulas.either(values.says_true ? formulas.not_(present) : Formula::kFalse,
                                          values.says_false ? present : Formula::kFalse);
    return has_unknown(condition) ? formulas.either(known, unknown_line(request, condition, version, "null"))
                                  : known;
  }

  const bool set = request.attribute(key).kind == AttributeKind::kSet;
  if (condition.values.empty()) {
    // Nothing can match an empty list; only what has no value to match gets past it.
    if (condition.qualifier == SetQualifier::kForAllValues) {
      const Formula some_value = set ? request.some_in(key, anything(request)) : Formula::kTrue;
      return formulas.not_(formulas.both(present, some_value));
    }
    return condition.if_exists ? formulas.not_(present) : Formula::kFalse;
  }
  if (set && depends_on_presence_of_a_set(request, condition, version)) {
    return request.unknown("a default for a multivalued key in the values of " + condition.key.name);
  }
  const bool when_missing = condition.if_exists || condition.qualifier == SetQualifier::kForAllValues ||
                            (op.negated && condition.qualifier == SetQualifier::kNone);
  if (condition.key.folded == "aws:epochtime") {
    const std::optional<Formula> matches = EpochTime(request, condition, version).some_value_matches();
    if (!matches)
      return request.unknown("\"" + std::string(op.name) + "\" on aws:EpochTime");
    const Formula holds = op.negated ? formulas.not_(*matches) : *matches;
    return when_missing ? formulas.either(formulas.not_(present), holds) : formulas.both(present, holds);
  }
  ValueFormula values(request, condition, version, key);
  // What must hold where the key is present.
  Formula matches{};
  if (set && condition.qualifier == SetQualifier::kForAllValues) {
    matches = formulas.not_(op.negated ? values.some_value_matches() : values.some_value_does_not());
    if (op.negated)
      matches = formulas.both(matches, every_value_comparable(request, key, op.comparison));
  } else if (set && condition.qualifier == SetQualifier::kForAnyValue && op.negated &&
             needs_comparable(op.comparison)) {
    // "Some value that is comparable and matches none" is no atom of the model.
    matches = request.unknown("\"ForAnyValue:" + std::string(op.name) + "\" on " + condition.key.name);
  } else if (set && condition.qualifier == SetQualifier::kForAnyValue) {
    matches = op.negated ? values.some_value_does_not() : values.some_value_matches();
  } else if (set) {
    // A multivalued key under a scalar operator: one value counts where the service supplies it so, nothing
    // matches otherwise (captured).
    matches =
        policy::single_when_one(request.attribute(key).folded) || !request.attribute(key).known_key
            ? formulas.both(request.one(key),
                            op.negated ? formulas.both(every_value_comparable(request, key, op.comparison),
                                                       formulas.not_(values.some_value_matches()))
                                       : values.some_value_matches())
            : Formula::kFalse;
  } else {
    matches = op.negated ? formulas.both(comparable(request, key, op.comparison),
                                         formulas.not_(values.value_matches()))
                         : values.value_matches();
  }

  return when_missing ? formulas.either(formulas.not_(present), matches) : formulas.both(present, matches);
}

}  // namespace grantproof::logic
