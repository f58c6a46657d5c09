// SPDX-License-Identifier: Apache-2.0
#include "patterns/units.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace grantproof::patterns {
namespace {

// Capitals at a fixed distance from their lower case. `step` 2: capital and small letter alternate.
// Source: Unicode simple lower case mappings of these blocks.
struct CapitalRange {
  char16_t first;
  char16_t last;
  unsigned step;
  int distance;
};
constexpr std::array kCapitals = {
    CapitalRange{u'A', u'Z', 1, 32},
    CapitalRange{0x00C0, 0x00D6, 1, 32},
    CapitalRange{0x00D8, 0x00DE, 1, 32},
    CapitalRange{0x0178, 0x0178, 1, 0x00FF - 0x0178},
    CapitalRange{0x0370, 0x0372, 2, 1},
    CapitalRange{0x0376, 0x0376, 1, 1},
    CapitalRange{0x037F, 0x037F, 1, 0x74},
    CapitalRange{0x0386, 0x0386, 1, 38},
    CapitalRange{0x0388, 0x038A, 1, 37},
    CapitalRange{0x038C, 0x038C, 1, 64},
    CapitalRange{0x038E, 0x038F, 1, 63},
    CapitalRange{0x0391, 0x03A1, 1, 32},
    CapitalRange{0x03A3, 0x03AB, 1, 32},
    CapitalRange{0x03CF, 0x03CF, 1, 8},
    CapitalRange{0x03D8, 0x03EE, 2, 1},
    CapitalRange{0x03F4, 0x03F4, 1, 0x03B8 - 0x03F4},
    CapitalRange{0x03F7, 0x03F7, 1, 1},
    CapitalRange{0x03F9, 0x03F9, 1, 0x03F2 - 0x03F9},
    CapitalRange{0x03FA, 0x03FA, 1, 1},
    CapitalRange{0x03FD, 0x03FF, 1, 0x037B - 0x03FD},
    CapitalRange{0x0400, 0x040F, 1, 80},
    CapitalRange{0x0410, 0x042F, 1, 32},
    CapitalRange{0x0460, 0x0480, 2, 1},
    CapitalRange{0x048A, 0x04BE, 2, 1},
    CapitalRange{0x04C0, 0x04C0, 1, 15},
    CapitalRange{0x04C1, 0x04CD, 2, 1},
    CapitalRange{0x04D0, 0x052E, 2, 1},
    CapitalRange{0x1E9E, 0x1E9E, 1, 0x00DF - 0x1E9E},
    CapitalRange{0x2126, 0x2126, 1, 0x03C9 - 0x2126},  // OHM SIGN is a capital omega
    CapitalRange{0x212A, 0x212A, 1, u'k' - 0x212A},    // KELVIN SIGN
    CapitalRange{0x212B, 0x212B, 1, 0x00E5 - 0x212B},  // ANGSTROM SIGN
};

char16_t shifted(char16_t unit, int distance) {
  return static_cast<char16_t>(static_cast<int>(unit) + distance);
}

struct Variants {
  char16_t lower_unit;
  std::u16string uppers;
};

std::vector<Variants> make_variants() {
  std::vector<Variants> all;
  for (const CapitalRange& range : kCapitals) {
    for (unsigned unit = range.first; unit <= range.last; unit += range.step) {
      const char16_t capital = static_cast<char16_t>(unit);
      const char16_t small = shifted(capital, range.distance);
      const auto found = std::find_if(
          all.begin(), all.end(), [small](const Variants& variants) { return variants.lower_unit == small; });
      if (found == all.end()) {
        all.push_back({small, std::u16string(1, capital)});
      } else {
        found->uppers.push_back(capital);
      }
    }
  }
  std::sort(all.begin(), all.end(),
            [](const Variants& left, const Variants& right) { return left.lower_unit < right.lower_unit; });
  return all;
}

constexpr std::u16string_view kOrdinary =
    u"abcdefghijklmnopqrstuvwxyz0123456789-/._ABCDEFGHIJKLMNOPQRSTUVWXYZ:@+=,~!#$%&'()*;<>?[]^`{|}\"\\ ";

}  // namespace

bool in_class(char16_t unit, UnitClass unit_class) {
  return (kinds_of(unit_class) & mask_of(kind_of(unit))) != 0;
}

char16_t lower(char16_t unit) {
  if (unit < 0x80) {
    return unit >= u'A' && unit <= u'Z' ? shifted(unit, 32) : unit;
  }
  const auto after =
      std::upper_bound(kCapitals.begin(), kCapitals.end(), unit,
                       [](char16_t wanted, const CapitalRange& range) { return wanted < range.first; });
  const CapitalRange& range = *std::prev(after);  // the first range starts below U+0080
  const bool capital = unit <= range.last && (unit - range.first) % static_cast<int>(range.step) == 0;
  return capital ? shifted(unit, range.distance) : unit;
}

std::u16string_view upper_variants(char16_t lower_unit) {
  static const std::vector<Variants> variants_by_lower = make_variants();
  const auto found = std::lower_bound(
      variants_by_lower.begin(), variants_by_lower.end(), lower_unit,
      [](const Variants& variants, char16_t wanted) { return variants.lower_unit < wanted; });
  return found != variants_by_lower.end() && found->lower_unit == lower_unit
             ? std::u16string_view(found->uppers)
             : std::u16string_view();
}

unsigned ordinary_rank(char16_t unit) {
  static const std::array<unsigned char, 128> ranks_of_ascii = [] {
    std::array<unsigned char, 128> ranks{};
    ranks.fill(0);
    for (std::size_t i = 0; i < kOrdinary.size(); ++i) {
      ranks[kOrdinary[i]] = static_cast<unsigned char>(i + 1);
    }
    return ranks;
  }();
  if (unit < 0x80 && ranks_of_ascii[unit] != 0) {
    return ranks_of_ascii[unit];
  }
  const bool control = unit < 0xA0;
  return (control ? 0x20000U : 0x100U) + unit;
}

std::u16string_view ordinary_units() {
  return kOrdinary;
}

std::u16string_view ordinary_units(UnitKind kind) {
  static const std::array<std::u16string, kUnitKinds> units_by_kind = [] {
    std::array<std::u16string, kUnitKinds> by_kind;
    for (const char16_t unit : kOrdinary) {
      by_kind[static_cast<std::size_t>(kind_of(unit))].push_back(unit);
    }
    return by_kind;
  }();
  return units_by_kind[static_cast<std::size_t>(kind)];
}

}  // namespace grantproof::patterns
