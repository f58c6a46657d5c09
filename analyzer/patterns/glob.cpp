// SPDX-License-Identifier: Apache-2.0
#include "patterns/glob.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "patterns/units.h"

namespace grantproof::patterns {
namespace {

constexpr char16_t kReplacement = 0xFFFD;

GlobToken unit_token(char16_t unit, bool fold) {
  // A unit without case folds to itself: one spelling, so that equal globs have equal tokens.
  const bool folds = fold && has_case(unit);
  return {GlobToken::Kind::kUnit, UnitClass::kAny, folds, folds ? lower(unit) : unit};
}

GlobToken wildcard_token(GlobToken::Kind kind, UnitClass unit_class) {
  return {kind, unit_class, false, 0};
}

bool takes(const GlobToken& token, char16_t unit) {
  if (token.kind != GlobToken::Kind::kUnit) {
    return in_class(unit, token.unit_class);
  }
  return token.unit == unit || (token.fold && token.unit == lower(unit));
}

bool is_any_run(const GlobToken& token) {
  return token.kind == GlobToken::Kind::kRun && token.unit_class == UnitClass::kAny;
}

template <typename Unit>
char16_t unit_at(std::basic_string_view<Unit> subject, std::size_t index) {
  return static_cast<char16_t>(static_cast<std::make_unsigned_t<Unit>>(subject[index]));
}
template <>
char16_t unit_at<char16_t>(std::u16string_view subject, std::size_t index) {
  return subject[index];
}

// All runs take any unit: after a run, the earliest match of the tokens up to the next run is as good as any
// later one, so only the last run is ever widened.
template <typename Unit>
bool matches_any_runs(const std::vector<GlobToken>& tokens, std::basic_string_view<Unit> subject) {
  const std::size_t no_run = tokens.size();
  std::size_t token = 0;
  std::size_t at = 0;
  std::size_t last_run = no_run;
  std::size_t resume = 0;
  while (at < subject.size()) {
    if (token < tokens.size() && tokens[token].kind == GlobToken::Kind::kRun) {
      last_run = token++;
      resume = at;
    } else if (token < tokens.size() && takes(tokens[token], unit_at(subject, at))) {
      ++token;
      ++at;
    } else if (last_run != no_run) {
      token = last_run + 1;
      at = ++resume;
    } else {
      return false;
    }
    if (token == tokens.size() && last_run + 1 == token) {
      return true;  // a run at the end takes the rest
    }
  }
  while (token < tokens.size() && tokens[token].kind == GlobToken::Kind::kRun) {
    ++token;
  }
  return token == tokens.size();
}

// Runs of narrower classes can get stuck, and then an earlier run has to be wider: keep all token positions
// that the subject so far can have reached, in order and without repetition.
template <typename Unit>
bool matches_positions(const std::vector<GlobToken>& tokens, std::basic_string_view<Unit> subject) {
  std::vector<std::size_t> now;
  std::vector<std::size_t> next;
  const auto reach = [&tokens](std::vector<std::size_t>& positions, std::size_t position) {
    for (;; ++position) {
      if (positions.empty() || positions.back() < position) {
        if (position < tokens.size() && is_any_run(tokens[position])) {
          positions.clear();  // whatever an earlier position can still match, this one can
        }
        positions.push_back(position);
      }
      if (position == tokens.size() || tokens[position].kind != GlobToken::Kind::kRun) {
        return;
      }
    }
  };
  reach(now, 0);
  for (std::size_t at = 0; at < subject.size() && !now.empty(); ++at) {
    const char16_t unit = unit_at(subject, at);
    next.clear();
    for (const std::size_t position : now) {
      if (position < tokens.size() && takes(tokens[position], unit)) {
        reach(next, tokens[position].kind == GlobToken::Kind::kRun ? position : position + 1);
      }
    }
    now.swap(next);
  }
  return !now.empty() && now.back() == tokens.size();
}

template <typename Unit>
bool matches_units(const std::vector<GlobToken>& tokens, std::basic_string_view<Unit> subject) {
  const bool any_runs = std::all_of(tokens.begin(), tokens.end(), [](const GlobToken& token) {
    return token.kind != GlobToken::Kind::kRun || is_any_run(token);
  });
  return any_runs ? matches_any_runs(tokens, subject) : matches_positions(tokens, subject);
}

// One code point of UTF-8, or U+FFFD for one byte that starts none (overlong forms and surrogates are none).
char32_t decode(std::string_view utf8, std::size_t& at) {
  const auto byte = [&utf8](std::size_t index) -> unsigned {
    return static_cast<unsigned char>(utf8[index]);
  };
  const unsigned lead = byte(at);
  if (lead < 0x80) {
    ++at;
    return lead;
  }
  struct Form {
    unsigned mask;
    unsigned lead;
    std::size_t length;
    char32_t smallest;
  };
  constexpr std::array<Form, 3> kForms = {Form{0xE0, 0xC0, 2, 0x80}, Form{0xF0, 0xE0, 3, 0x800},
                                          Form{0xF8, 0xF0, 4, 0x10000}};
  for (const Form& form : kForms) {
    if ((lead & form.mask) != form.lead || at + form.length > utf8.size()) {
      continue;
    }
    char32_t point = lead & ~form.mask;
    bool whole = true;
    for (std::size_t i = 1; i < form.length; ++i) {
      whole = whole && (byte(at + i) & 0xC0U) == 0x80U;
      point = (point << 6U) | (byte(at + i) & 0x3FU);
    }
    if (whole && point >= form.smallest && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF)) {
      at += form.length;
      return point;
    }
  }
  ++at;
  return kReplacement;
}

template <typename Visit>
void each_unit(std::string_view utf8, Visit&& visit) {
  for (std::size_t at = 0; at < utf8.size();) {
    const auto byte = static_cast<unsigned char>(utf8[at]);
    const char32_t point = byte < 0x80 ? (++at, char32_t{byte}) : decode(utf8, at);
    if (point < 0x10000) {
      visit(static_cast<char16_t>(point));
    } else {
      visit(static_cast<char16_t>(0xD800U + ((point - 0x10000U) >> 10U)));
      visit(static_cast<char16_t>(0xDC00U + ((point - 0x10000U) & 0x3FFU)));
    }
  }
}

// Globs are put together from several texts: not one allocation for each.
void make_room(std::vector<GlobToken>& tokens, std::size_t more) {
  const std::size_t needed = tokens.size() + more;
  if (tokens.capacity() < needed)
    tokens.reserve(std::max<std::size_t>({needed, 2 * tokens.capacity(), 64}));
}

void encode(char32_t point, std::string& utf8) {
  const auto put = [&utf8](char32_t bits) {
    utf8.push_back(static_cast<char>(static_cast<unsigned char>(bits)));
  };
  if (point < 0x80) {
    put(point);
    return;
  }
  if (point < 0x800) {
    put(0xC0U | (point >> 6U));
  } else if (point < 0x10000) {
    put(0xE0U | (point >> 12U));
    put(0x80U | ((point >> 6U) & 0x3FU));
  } else {
    put(0xF0U | (point >> 18U));
    put(0x80U | ((point >> 12U) & 0x3FU));
    put(0x80U | ((point >> 6U) & 0x3FU));
  }
  put(0x80U | (point & 0x3FU));
}

}  // namespace

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

std::u16string to_units(std::string_view utf8) {
  std::u16string units;
  units.reserve(utf8.size());
  each_unit(utf8, [&units](char16_t unit) { units.push_back(unit); });
  return units;
}

std::string to_utf8(std::u16string_view units) {
  std::string utf8;
  utf8.reserve(units.size());
  for (std::size_t at = 0; at < units.size(); ++at) {
    const char16_t unit = units[at];
    if (is_high_surrogate(unit) && at + 1 < units.size() && is_low_surrogate(units[at + 1])) {
      encode(0x10000U + ((unit - 0xD800U) << 10U) + (units[at + 1] - 0xDC00U), utf8);
      ++at;
    } else {
      encode(is_surrogate(unit) ? kReplacement : unit, utf8);
    }
  }
  return utf8;
}

Glob& Glob::pattern(std::string_view utf8, bool fold, UnitClass wildcard_class) {
  make_room(tokens_, utf8.size());
  each_unit(utf8, [&](char16_t unit) {
    if (unit == u'*') {
      run(wildcard_class);
    } else if (unit == u'?') {
      one(wildcard_class);
    } else {
      tokens_.push_back(unit_token(unit, fold));
    }
  });
  return *this;
}

Glob& Glob::literal(std::string_view utf8, bool fold) {
  make_room(tokens_, utf8.size());
  each_unit(utf8, [&](char16_t unit) { tokens_.push_back(unit_token(unit, fold)); });
  return *this;
}

Glob& Glob::one(UnitClass unit_class) {
  const GlobToken token = wildcard_token(GlobToken::Kind::kOne, unit_class);
  const bool swap = !tokens_.empty() && tokens_.back() == wildcard_token(GlobToken::Kind::kRun, unit_class);
  tokens_.insert(swap ? tokens_.end() - 1 : tokens_.end(), token);
  return *this;
}

Glob& Glob::run(UnitClass unit_class) {
  // Classes are a chain, so of two adjacent runs the wider one is both; ones of its class between them do not
  // matter.
  if (!tokens_.empty() && tokens_.back().kind == GlobToken::Kind::kRun) {
    if (covers(tokens_.back().unit_class, unit_class)) {
      return *this;
    }
    tokens_.pop_back();
  }
  auto before_ones = tokens_.end();
  while (before_ones != tokens_.begin() &&
         *std::prev(before_ones) == wildcard_token(GlobToken::Kind::kOne, unit_class)) {
    --before_ones;
  }
  if (before_ones != tokens_.begin() && std::prev(before_ones)->kind == GlobToken::Kind::kRun &&
      covers(unit_class, std::prev(before_ones)->unit_class)) {
    tokens_.erase(std::prev(before_ones));
  }
  tokens_.push_back(wildcard_token(GlobToken::Kind::kRun, unit_class));
  return *this;
}

Glob& Glob::append(const Glob& tail) {
  make_room(tokens_, tail.tokens_.size());
  for (const GlobToken& token : tail.tokens_) {
    append(token);
  }
  return *this;
}

Glob& Glob::append(const GlobToken& token) {
  switch (token.kind) {
    case GlobToken::Kind::kUnit:
      tokens_.push_back(unit_token(token.unit, token.fold));
      return *this;
    case GlobToken::Kind::kOne:
      return one(token.unit_class);
    case GlobToken::Kind::kRun:
      return run(token.unit_class);
  }
  return *this;
}

bool Glob::has_wildcard() const {
  return std::any_of(tokens_.begin(), tokens_.end(),
                     [](const GlobToken& token) { return token.kind != GlobToken::Kind::kUnit; });
}

bool Glob::matches(std::u16string_view subject) const {
  return matches_units(tokens_, subject);
}

bool Glob::matches(std::string_view utf8_subject) const {
  return base::is_ascii(utf8_subject) ? matches_units(tokens_, utf8_subject)
                                      : matches_units<char16_t>(tokens_, to_units(utf8_subject));
}

std::string Glob::to_string() const {
  std::u16string text;
  for (const GlobToken& token : tokens_) {
    switch (token.kind) {
      case GlobToken::Kind::kUnit:
        text.push_back(token.unit);
        break;
      case GlobToken::Kind::kOne:
        text.push_back(u'?');
        break;
      case GlobToken::Kind::kRun:
        text.push_back(u'*');
        break;
    }
  }
  return to_utf8(text);
}

}  // namespace grantproof::patterns
