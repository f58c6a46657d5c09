// SPDX-License-Identifier: Apache-2.0
//
// What one text of a policy means as a set of strings: an action pattern, a resource pattern, a value of a
// condition. The meaning is written once, here; access/ asks whether a request's value is in the set, logic/
// makes the set an atom of its formula.
//
// Variables: the caller gives a function from key to text. access/ looks into the request; logic/ first asks
// with every variable as '*' (a necessary condition), then with proposed values.
//
// Unknown parts: the set of what the text could match whatever they stand for (a necessary condition), or, as
// written, of what it matches for sure: texts with the same unknown parts in them (access/unknown_match.h).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "patterns/glob.h"
#include "policy/condition.h"
#include "policy/policy.h"
#include "policy/variable.h"

namespace grantproof::policy {

// What stands for a variable when a text becomes a set.
struct Substitution {
  // The literal text for a variable; nothing where it has no value (the key is absent or multivalued, no
  // default).
  using Lookup = std::function<std::optional<std::string>(const TextPart& variable)>;
  Lookup lookup;
  bool any = false;  // every variable stands for any text ('*'); lookup is not used
  // Unknown parts, also in values of variables, stand for themselves and not for any text.
  bool unknown_as_written = false;
};

// Action and NotAction. Case does not count; nothing is trimmed; a pattern without exactly one colon matches
// nothing real but is kept as a glob ("*" is every action). An unknown part is any text.
patterns::Glob action_glob(std::string_view pattern);

// Resource and NotResource of a policy type. Partition, service, region and account compare without regard to
// case, the rest with it; '*' crosses '/' and ':'. A short ARN is padded with '*' in identity, session and
// boundary policies, and in the others only where it has a wildcard; otherwise it matches nothing. Nothing: a
// variable has no value, or the text can match no ARN. Source: IAM User Guide, "IAM JSON policy elements:
// Resource"; behaviour by type captured.
std::optional<patterns::Glob> resource_glob(const TextWithVariables& text, PolicyType type,
                                            const Substitution& substitution);

// ---- condition values
// -----------------------------------------------------------------------------------------

struct Decimal {  // an exact decimal, normalised: digits without leading and trailing zeros, value = 0.digits
                  // × 10^exponent
  bool negative = false;
  std::string digits;
  std::int64_t exponent = 0;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) = default;
};
std::optional<Decimal> parse_decimal(std::string_view text);

// Milliseconds since 1970. ISO 8601 as W3C writes it, or seconds since 1970.
std::optional<std::int64_t> parse_date(std::string_view text);

struct Address {
  bool v6 = false;
  std::uint64_t high = 0;  // v6
  std::uint64_t low = 0;   // v4 in the low 32 bits
  friend auto operator<=>(const Address&, const Address&) = default;
};
// A v4-mapped IPv6 address is its IPv4 address. Leading zeros in octets and AWS's lenient IPv6 spellings are
// read.
std::optional<Address> parse_address(std::string_view text);

// Standard base64 with its padding; nothing where the text is none.
std::optional<std::string> decode_base64(std::string_view text);

struct NumberTest {
  Relation relation = Relation::kEqual;
  Decimal value;
};
struct DateTest {
  Relation relation = Relation::kEqual;
  std::int64_t value = 0;
};
struct AddressTest {  // first <= request address <= last, same family
  Address first;
  Address last;
};
// A policy value of IpAddress: an address or a CIDR range. Host bits of an IPv4 range are ignored; an IPv6
// range with host bits is nothing. A v4-mapped range stays IPv6 and so holds no request address.
std::optional<AddressTest> parse_address_range(std::string_view text);
struct BinaryTest {
  std::string bytes;
};
// The set of request values that one policy value matches. A Glob covers text, Bool and ARN comparisons.
using ValueTest = std::variant<patterns::Glob, NumberTest, DateTest, AddressTest, BinaryTest>;

// Is the request value in the set? For `Bool`: does it count as "true"?
bool holds(const ValueTest& test, std::string_view request_value);
// Is the request value one that the comparison can be asked about at all? A malformed ARN or address never
// matches, not even a negated operator; text and unconvertible numbers are no obstacle.
bool comparable(Comparison comparison, std::string_view request_value);

// The set of one policy value under an operator. For `Bool` it is the set of request values that count as
// "true", also where the policy value says "false": that is its complement, see bool_value. Nothing: the
// value can match no request (malformed number, IPv6 range with host bits, variable without a value). Of a
// value with unknown parts only text and ARN operators have a set: whoever asks for others looks first.
std::optional<ValueTest> value_test(const ConditionOperator& op, const TextWithVariables& value,
                                    const Substitution& substitution);
// For Comparison::kBool and kNull: what the value says; nothing where it is neither "true" nor "false".
std::optional<bool> bool_value(std::string_view text);

// Do variables count in values of this operator? (text and ARN operators)
bool has_variables(const ConditionOperator& op);
// A policy value cut into parts as this operator reads it: with variables, or as one kPattern part.
TextWithVariables value_text(const ConditionOperator& op, std::string_view text, Version version);

// A multivalued key under an operator without ForAllValues or ForAnyValue never matches when it is present,
// whatever the operator. The keys of EventBridge (events:source, events:detail-type, …) are the exception:
// supplied with exactly one value they behave as single-valued. Source: captured (aws:TagKeys; PutEvents);
// EventBridge User Guide, "Using IAM policy conditions".
bool single_when_one(std::string_view folded_key);

}  // namespace grantproof::policy
