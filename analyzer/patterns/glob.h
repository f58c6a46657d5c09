// SPDX-License-Identifier: Apache-2.0
//
// A wildcard pattern as a row of tokens over UTF-16 units (captured from AWS: '?' stands for one UTF-16 unit,
// '*' also for line ends, '[', ']' and '\' for themselves). Parsed once; matched directly here, and compiled
// together with other globs in automaton.h.
//
// The meaning of a policy text (which parts are wildcards, where case counts, where '*' stops at a colon) is
// decided by policy/matching.h, which builds the Glob.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace grantproof::patterns {

// Which units a wildcard token takes.
enum class UnitClass : unsigned char {
  kAny,
  kNotColon,         // inside one of the first five fields of an ARN
  kNotSlashOrColon,  // inside one path component
  kDigit,            // account ids
  kLowerAlnum,       // a-z 0-9 and '-': regions, organisation ids
};

bool in_class(char16_t unit, UnitClass unit_class);

struct GlobToken {
  enum class Kind : unsigned char {
    kUnit,  // exactly `unit` (without regard to case where `fold`)
    kOne,   // one unit of `unit_class`
    kRun,   // any number of units of `unit_class`, also none
  };
  Kind kind = Kind::kUnit;
  UnitClass unit_class = UnitClass::kAny;  // kOne, kRun
  bool fold = false;                       // kUnit
  char16_t unit = 0;                       // kUnit; stored in lower case where `fold`
  friend auto operator<=>(const GlobToken&, const GlobToken&) = default;
};

// Lower case of one unit as AWS compares it: ASCII, Latin-1 and the few characters whose lower case falls
// there (U+0178, U+1E9E, U+212A, U+212B), Greek and Cyrillic capitals. Not Unicode case folding.
char16_t lower(char16_t unit);

// Does a text of a policy have a '*' or a '?'?
bool has_wildcard(std::string_view text);

std::u16string to_units(std::string_view utf8);  // invalid bytes become U+FFFD
std::string to_utf8(std::u16string_view units);

class Glob {
 public:
  Glob() = default;  // matches only the empty string

  // Appends text; '*' and '?' are wildcards of `wildcard_class`.
  Glob& pattern(std::string_view utf8, bool fold = false, UnitClass wildcard_class = UnitClass::kAny);
  // Appends text that is never a wildcard.
  Glob& literal(std::string_view utf8, bool fold = false);
  Glob& one(UnitClass unit_class);
  Glob& run(UnitClass unit_class);
  // Appends the tokens of another glob. A unit outside the BMP is two tokens, which must both come, in order.
  Glob& append(const Glob& tail);
  Glob& append(const GlobToken& token);

  // Adjacent runs of one class are one run, and a run stands after kOne tokens of its class: equal globs that
  // are written differently ("**", "*?") have equal tokens.
  const std::vector<GlobToken>& tokens() const { return tokens_; }
  bool has_wildcard() const;
  // Linear in subject times tokens at the worst, without recursion.
  bool matches(std::u16string_view subject) const;
  bool matches(std::string_view utf8_subject) const;
  // For people and SMT-LIB comments: '*' for runs, '?' for ones.
  std::string to_string() const;

  friend auto operator<=>(const Glob&, const Glob&) = default;

 private:
  std::vector<GlobToken> tokens_;
};

}  // namespace grantproof::patterns
