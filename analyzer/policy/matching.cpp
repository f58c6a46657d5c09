// SPDX-License-Identifier: Apache-2.0
#include "policy/matching.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "aws/arn.h"
#include "base/unknown_text.h"

namespace grantproof::policy {
namespace {

using patterns::Glob;
using patterns::has_wildcard;
using patterns::UnitClass;

constexpr int kArnColons = 5;
constexpr std::string_view kArnBegin = "arn:";

bool only_stars(std::string_view text) {
  return !text.empty() && text.find_first_not_of('*') == std::string_view::npos;
}

// The text of a value without variables; nothing where a variable or an unknown part stands in it.
std::optional<std::string> plain(const TextWithVariables& value) {
  std::string text;
  for (const TextPart& part : value.parts) {
    if (part.kind == TextPart::Kind::kVariable || part.kind == TextPart::Kind::kUnknown)
      return std::nullopt;
    text += part.text;
  }
  return text;
}

// Is it "*", or could it be: where nothing else is known?
bool only_stars(const TextWithVariables& value, const Substitution& substitution) {
  return !value.parts.empty() && std::ranges::all_of(value.parts, [&](const TextPart& part) {
    return part.kind == TextPart::Kind::kPattern
               ? only_stars(part.text)
               : part.kind == TextPart::Kind::kUnknown && !substitution.unknown_as_written;
  });
}

bool begins_with_unknown(const TextWithVariables& value) {
  return !value.parts.empty() && value.parts.front().kind == TextPart::Kind::kUnknown;
}

// How the first five fields of an ARN are compared; the sixth always takes '*' and '?' for any unit.
struct ArnFields {
  bool fold = false;
  // "If * is the last character of a resource ARN segment, it can expand to match beyond the colon
  // boundaries." (IAM User Guide, "IAM JSON policy elements: Resource")
  bool last_star_crosses = false;
};
constexpr ArnFields kResourceFields = {.fold = true, .last_star_crosses = true};
constexpr ArnFields kConditionFields = {.fold = false, .last_star_crosses = false};

// Builds the glob of an ARN from left to right, counting colons.
class ArnGlob {
 public:
  explicit ArnGlob(ArnFields fields) : fields_(fields) {}

  void pattern(std::string_view text) {
    each_field(text, [this](std::string_view field) {
      if (in_resource() || loose_) {
        glob_.pattern(field, !in_resource() && fields_.fold, UnitClass::kAny);
        return;
      }
      const std::size_t stars = field.size() - (field.find_last_not_of('*') + 1);
      if (fields_.last_star_crosses && stars != 0) {
        glob_.pattern(field.substr(0, field.size() - stars), fields_.fold, UnitClass::kNotColon);
        glob_.run(UnitClass::kAny);
      } else {
        glob_.pattern(field, fields_.fold, UnitClass::kNotColon);
      }
    });
  }
  void literal(std::string_view text) {
    each_field(text,
               [this](std::string_view field) { glob_.literal(field, !in_resource() && fields_.fold); });
  }
  // A variable that stands for any text may hold colons: what follows it may be in any field.
  void any() {
    glob_.run(UnitClass::kAny);
    colons_ = kArnColons;
  }
  // So may an unknown part; but it may also hold none, and then the fields go on.
  void unknown() {
    glob_.run(UnitClass::kAny);
    loose_ = true;
  }
  // An unknown part that stands for itself at the beginning is an ARN, or the beginning of one.
  void begins_with_unknown() { loose_ = true; }
  bool complete() const { return in_resource(); }
  // Nobody knows which field an end is in, or whether there are enough of them.
  bool loose() const { return loose_; }
  Glob take() { return std::move(glob_); }

 private:
  bool in_resource() const { return colons_ >= kArnColons; }

  template <typename Append>
  void each_field(std::string_view text, Append append) {
    while (!in_resource()) {
      const std::size_t colon = text.find(':');
      append(text.substr(0, colon));
      if (colon == std::string_view::npos)
        return;
      glob_.literal(":");
      ++colons_;
      text.remove_prefix(colon + 1);
    }
    append(text);
  }

  ArnFields fields_;
  int colons_ = 0;
  bool loose_ = false;
  Glob glob_;
};

// Text that is never a wildcard, perhaps with unknown parts.
template <typename Builder>
void append_literal(Builder& builder, std::string_view text, const Substitution& substitution) {
  if (substitution.unknown_as_written || !base::has_unknown(text)) {
    builder.literal(text);
    return;
  }
  for (const base::TextSegment& segment : base::cut_at_unknowns(text)) {
    if (segment.unknown)
      builder.unknown();
    else
      builder.literal(segment.text);
  }
}

// False: a variable has no value.
template <typename Builder>
bool append_parts(Builder& builder, const TextWithVariables& text, const Substitution& substitution) {
  for (const TextPart& part : text.parts) {
    switch (part.kind) {
      case TextPart::Kind::kPattern:
        builder.pattern(part.text);
        break;
      case TextPart::Kind::kLiteral:
        builder.literal(part.text);
        break;
      case TextPart::Kind::kVariable: {
        if (substitution.any) {
          builder.any();
          break;
        }
        const std::optional<std::string> value = substitution.lookup(part);
        if (!value.has_value())
          return false;
        append_literal(builder, *value, substitution);
        break;
      }
      case TextPart::Kind::kUnknown:
        // A variable with an unknown part in it never stands for itself.
        if (substitution.unknown_as_written && !base::wholly_unknown(part.text))
          return false;
        if (substitution.unknown_as_written)
          builder.literal(part.text);
        else
          builder.unknown();
        break;
    }
  }
  return true;
}

class TextGlob {
 public:
  explicit TextGlob(const ConditionOperator& op) : op_(op) {}
  void pattern(std::string_view text) {
    if (op_.wildcards) {
      glob_.pattern(text, op_.ignore_case);
    } else {
      glob_.literal(text, op_.ignore_case);
    }
  }
  void literal(std::string_view text) { glob_.literal(text, op_.ignore_case); }
  void any() { glob_.run(UnitClass::kAny); }
  void unknown() { any(); }
  Glob take() { return std::move(glob_); }

 private:
  const ConditionOperator& op_;
  Glob glob_;
};

std::optional<Glob> text_glob(const ConditionOperator& op, const TextWithVariables& value,
                              const Substitution& substitution) {
  TextGlob builder(op);
  if (!append_parts(builder, value, substitution))
    return std::nullopt;
  return builder.take();
}

// A value of an ARN operator with fewer than six fields matches nothing, but "*" matches every ARN
// (captured).
std::optional<Glob> arn_value_glob(const TextWithVariables& value, const Substitution& substitution) {
  if (only_stars(value, substitution))
    return Glob().run(UnitClass::kAny);
  ArnGlob builder(kConditionFields);
  if (begins_with_unknown(value))
    builder.begins_with_unknown();
  if (!append_parts(builder, value, substitution) || !(builder.complete() || builder.loose()))
    return std::nullopt;
  return builder.take();
}

bool related(Relation relation, std::strong_ordering request_to_policy) {
  switch (relation) {
    case Relation::kEqual:
      return request_to_policy == 0;
    case Relation::kLess:
      return request_to_policy < 0;
    case Relation::kLessOrEqual:
      return request_to_policy <= 0;
    case Relation::kGreater:
      return request_to_policy > 0;
    case Relation::kGreaterOrEqual:
      return request_to_policy >= 0;
  }
  return false;
}

struct Holds {
  std::string_view request_value;

  bool operator()(const Glob& glob) const { return glob.matches(request_value); }
  bool operator()(const NumberTest& test) const {
    const std::optional<Decimal> value = parse_decimal(request_value);
    return value.has_value() && related(test.relation, *value <=> test.value);
  }
  bool operator()(const DateTest& test) const {
    const std::optional<std::int64_t> value = parse_date(request_value);
    return value.has_value() && related(test.relation, *value <=> test.value);
  }
  bool operator()(const AddressTest& test) const {
    const std::optional<Address> value = parse_address(request_value);
    return value.has_value() && test.first <= *value && *value <= test.last;
  }
  bool operator()(const BinaryTest& test) const {
    const std::optional<std::string> value = decode_base64(request_value);
    return value.has_value() && *value == test.bytes;
  }
};

}  // namespace

patterns::Glob action_glob(std::string_view pattern) {
  if (only_stars(pattern))
    return Glob().run(UnitClass::kAny);
  // An action has one colon. A wildcard does not stand for it: IAM wants the service written out, and
  // "s3Get*" is no pattern for "s3:GetObject".
  if (!base::has_unknown(pattern))
    return Glob().pattern(pattern, true, UnitClass::kNotColon);
  Glob glob;
  for (const base::TextSegment& segment : base::cut_at_unknowns(pattern)) {
    if (segment.unknown)
      glob.run(UnitClass::kAny);
    else
      glob.pattern(segment.text, true, UnitClass::kNotColon);
  }
  return glob;
}

std::optional<patterns::Glob> resource_glob(const TextWithVariables& text, PolicyType type,
                                            const Substitution& substitution) {
  if (only_stars(text, substitution))
    return Glob().run(UnitClass::kAny);
  if (text.parts.empty())
    return std::nullopt;
  const bool unknown_first = begins_with_unknown(text);
  const std::string_view written = text.parts.front().text;
  // Where an unknown part follows "ar" it may go on with "n:".
  const bool may_begin = text.parts.size() > 1 && text.parts[1].kind == TextPart::Kind::kUnknown &&
                         kArnBegin.starts_with(written);
  if (!unknown_first && (text.parts.front().kind != TextPart::Kind::kPattern ||
                         !(written.starts_with(kArnBegin) || may_begin))) {
    return std::nullopt;
  }
  ArnGlob builder(kResourceFields);
  if (unknown_first)
    builder.begins_with_unknown();
  if (!append_parts(builder, text, substitution))
    return std::nullopt;
  if (builder.complete())
    return builder.take();
  if (builder.loose()) {
    // Whole or short.
    Glob glob = builder.take();
    if (!substitution.unknown_as_written)
      glob.run(UnitClass::kAny);
    return glob;
  }
  // Short ARNs have no variables: those count only after the fifth colon.
  const bool padded = type == PolicyType::kIdentity || type == PolicyType::kSession ||
                      type == PolicyType::kPermissionsBoundary || has_wildcard(written);
  if (!padded)
    return std::nullopt;
  const TextPart& last = text.parts.back();
  if (last.kind != TextPart::Kind::kPattern || !last.text.ends_with('*')) {
    builder.literal(":");
    Glob glob = builder.take();
    return glob.run(UnitClass::kAny);
  }
  return builder.take();
}

bool holds(const ValueTest& test, std::string_view request_value) {
  return std::visit(Holds{request_value}, test);
}

bool comparable(Comparison comparison, std::string_view request_value) {
  switch (comparison) {
    case Comparison::kArn:
      return aws::parse_arn(request_value).has_value();
    case Comparison::kAddress:
      return parse_address(request_value).has_value();
    default:
      return true;
  }
}

std::optional<ValueTest> value_test(const ConditionOperator& op, const TextWithVariables& value,
                                    const Substitution& substitution) {
  if (op.comparison == Comparison::kText) {
    if (std::optional<Glob> glob = text_glob(op, value, substitution))
      return ValueTest(std::move(*glob));
    return std::nullopt;
  }
  if (op.comparison == Comparison::kArn) {
    if (std::optional<Glob> glob = arn_value_glob(value, substitution))
      return ValueTest(std::move(*glob));
    return std::nullopt;
  }
  const std::optional<std::string> text = plain(value);
  if (!text.has_value())
    return std::nullopt;
  switch (op.comparison) {
    case Comparison::kNumber:
      if (std::optional<Decimal> number = parse_decimal(*text)) {
        return ValueTest(NumberTest{.relation = op.relation, .value = std::move(*number)});
      }
      return std::nullopt;
    case Comparison::kDate:
      if (const std::optional<std::int64_t> date = parse_date(*text)) {
        return ValueTest(DateTest{.relation = op.relation, .value = *date});
      }
      return std::nullopt;
    case Comparison::kAddress:
      if (const std::optional<AddressTest> range = parse_address_range(*text))
        return ValueTest(*range);
      return std::nullopt;
    case Comparison::kBinary:
      if (std::optional<std::string> bytes = decode_base64(*text)) {
        return ValueTest(BinaryTest{.bytes = std::move(*bytes)});
      }
      return std::nullopt;
    case Comparison::kBool:
      if (!bool_value(*text).has_value())
        return std::nullopt;
      return ValueTest(Glob().literal("true", true));
    case Comparison::kText:
    case Comparison::kArn:
    case Comparison::kNull:
      break;
  }
  return std::nullopt;
}

std::optional<bool> bool_value(std::string_view text) {
  const auto is = [text](std::string_view word) {
    return std::equal(text.begin(), text.end(), word.begin(), word.end(), [](char c, char lower) {
      return c == lower || (c >= 'A' && c <= 'Z' && c - 'A' + 'a' == lower);
    });
  };
  if (is("true"))
    return true;
  if (is("false"))
    return false;
  return std::nullopt;
}

bool has_variables(const ConditionOperator& op) {
  return op.comparison == Comparison::kText || op.comparison == Comparison::kArn;
}

TextWithVariables value_text(const ConditionOperator& op, std::string_view text, Version version) {
  // In a 2008 policy the whole text is one part.
  return parse_variables(text, has_variables(op) ? version : Version::k2008);
}

bool single_when_one(std::string_view folded_key) {
  static constexpr std::array<std::string_view, 1> kPrefixes = {"events:"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [folded_key](std::string_view prefix) { return folded_key.starts_with(prefix); });
}

}  // namespace grantproof::policy
