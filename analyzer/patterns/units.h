// SPDX-License-Identifier: Apache-2.0
//
// UTF-16 units as the automata see them: five kinds, which no UnitClass splits, and the units that compare
// equal without regard to case. Internal to patterns/; stateless.
#pragma once

#include <cstddef>
#include <string_view>

#include "patterns/glob.h"

namespace grantproof::patterns {

// Every unit is of one kind. A UnitClass is a union of kinds, so an automaton state needs one transition for
// all units of a kind that its literal tokens do not name.
enum class UnitKind : unsigned char {
  kLower,  // a-z and '-'
  kDigit,
  kOther,  // all the rest
  kSlash,
  kColon,
};
inline constexpr std::size_t kUnitKinds = 5;
using KindMask = unsigned char;
inline constexpr KindMask kAllKinds = (1U << kUnitKinds) - 1;

constexpr KindMask mask_of(UnitKind kind) {
  return static_cast<KindMask>(1U << static_cast<unsigned>(kind));
}

constexpr UnitKind kind_of(char16_t unit) {
  if ((unit >= u'a' && unit <= u'z') || unit == u'-') {
    return UnitKind::kLower;
  }
  if (unit >= u'0' && unit <= u'9') {
    return UnitKind::kDigit;
  }
  if (unit == u'/') {
    return UnitKind::kSlash;
  }
  return unit == u':' ? UnitKind::kColon : UnitKind::kOther;
}

constexpr KindMask kinds_of(UnitClass unit_class) {
  constexpr KindMask kAlnum = mask_of(UnitKind::kLower) | mask_of(UnitKind::kDigit);
  constexpr KindMask kPart = kAlnum | mask_of(UnitKind::kOther);
  constexpr KindMask kField = kPart | mask_of(UnitKind::kSlash);
  switch (unit_class) {
    case UnitClass::kAny:
      return kAllKinds;
    case UnitClass::kNotColon:
      return kField;
    case UnitClass::kNotSlashOrColon:
      return kPart;
    case UnitClass::kDigit:
      return mask_of(UnitKind::kDigit);
    case UnitClass::kLowerAlnum:
      return kAlnum;
  }
  return kAllKinds;
}

// Is every unit of `narrow` in `wide`? The classes are a chain: digits, lower alphanumerics, no slash or
// colon, no colon, any.
constexpr bool covers(UnitClass wide, UnitClass narrow) {
  return (kinds_of(narrow) & ~static_cast<unsigned>(kinds_of(wide))) == 0;
}

// The other units whose lower() is `lower_unit`: "K" and U+212A for 'k'. Empty for a unit without case.
std::u16string_view upper_variants(char16_t lower_unit);
// Does another unit compare equal to it without regard to case?
inline bool has_case(char16_t unit) {
  if (unit < 0x80) {
    return (unit >= u'a' && unit <= u'z') || (unit >= u'A' && unit <= u'Z');
  }
  return lower(unit) != unit || !upper_variants(unit).empty();
}

inline bool is_high_surrogate(char16_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
inline bool is_low_surrogate(char16_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}
inline bool is_surrogate(char16_t unit) {
  return unit >= 0xD800 && unit <= 0xDFFF;
}

// Order in which units are chosen where several would do: what people write in names comes first.
// Lower-case letters, digits, '-', '/', '.', the rest of printable ASCII, Latin-1, everything else, controls.
unsigned ordinary_rank(char16_t unit);
// Printable ASCII by ordinary_rank: all of it, or the units of one kind.
std::u16string_view ordinary_units();
std::u16string_view ordinary_units(UnitKind kind);

}  // namespace grantproof::patterns
