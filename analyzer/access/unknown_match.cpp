// SPDX-License-Identifier: Apache-2.0
#include "access/unknown_match.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/unknown_text.h"

namespace grantproof::access {
namespace {

using patterns::Glob;
using patterns::GlobToken;
using patterns::UnitClass;

// The tokens that may come next, after what was read of the subject.
class Places {
 public:
  explicit Places(const Glob& glob) : tokens_(glob.tokens()), here_(tokens_.size() + 1) { here_[0] = true; }

  void read(char16_t unit) {
    leave_runs();
    std::vector<bool> next(here_.size());
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (here_[i] && takes(tokens_[i], unit))
        next[is_run(i) ? i : i + 1] = true;
    }
    here_ = std::move(next);
  }

  // An unknown part, written so: only '*' takes whatever it is, or the same part.
  void read_unknown(std::u16string_view written) {
    leave_runs();
    std::vector<bool> next(here_.size());
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!here_[i])
        continue;
      const bool wide =
          tokens_[i].unit_class == UnitClass::kAny || tokens_[i].unit_class == UnitClass::kNotColon;
      if (is_run(i) && wide)
        next[i] = true;
      if (same_part(i, written))
        next[i + written.size()] = true;
    }
    here_ = std::move(next);
  }

  // Any text at all.
  void read_anything() {
    const auto first = std::find(here_.begin(), here_.end(), true);
    std::fill(first, here_.end(), true);
  }

  bool at_end() {
    leave_runs();
    return here_.back();
  }

 private:
  bool is_run(std::size_t i) const { return tokens_[i].kind == GlobToken::Kind::kRun; }

  static bool takes(const GlobToken& token, char16_t unit) {
    if (token.kind == GlobToken::Kind::kUnit)
      return token.unit == (token.fold ? patterns::lower(unit) : unit);
    return patterns::in_class(unit, token.unit_class);
  }

  void leave_runs() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (here_[i] && is_run(i))
        here_[i + 1] = true;
    }
  }

  bool same_part(std::size_t first, std::u16string_view written) const {
    if (written.size() > tokens_.size() - first)
      return false;
    for (std::size_t i = 0; i < written.size(); ++i) {
      const GlobToken& token = tokens_[first + i];
      if (token.kind != GlobToken::Kind::kUnit || !takes(token, written[i]))
        return false;
    }
    return true;
  }

  const std::vector<GlobToken>& tokens_;
  std::vector<bool> here_;
};

bool matches(const Glob& glob, std::string_view subject, bool surely) {
  if (!base::has_unknown(subject))
    return glob.matches(subject);
  Places places(glob);
  for (const base::TextSegment& segment : base::cut_at_unknowns(subject)) {
    if (segment.unknown) {
      if (surely)
        places.read_unknown(patterns::to_units(base::unknown_text(segment.text)));
      else
        places.read_anything();
      continue;
    }
    for (const char16_t unit : patterns::to_units(segment.text))
      places.read(unit);
  }
  return places.at_end();
}

Glob any_of(std::string_view text) {
  Glob glob;
  for (const base::TextSegment& segment : base::cut_at_unknowns(text)) {
    if (segment.unknown)
      glob.run(UnitClass::kAny);
    else
      glob.literal(segment.text);
  }
  return glob;
}

}  // namespace

std::string dependence(std::span<const std::string_view> texts) {
  std::string unknown;
  std::vector<std::string> list;
  for (const std::string_view text : texts) {
    if (base::has_unknown(text))
      unknown += text;
    else if (!text.empty())
      list.push_back((text == kNotUnderstood ? "" : "the condition ") + std::string(text));
  }
  if (!unknown.empty())
    list.insert(list.begin(), base::list_unknowns(unknown));
  return fmt::format("depends on {}", fmt::join(list, " and "));
}

std::string dependence(const Truth& unknown) {
  const std::string_view texts[] = {unknown.text(),
                                    base::has_unknown(unknown.and_text()) ? unknown.and_text() : ""};
  return dependence(texts);
}

bool surely_matches(const Glob& glob, std::string_view subject) {
  return matches(glob, subject, true);
}

bool possibly_matches(const Glob& glob, std::string_view subject) {
  return matches(glob, subject, false);
}

Truth depends_on_either(std::string_view a, std::string_view b) {
  return base::has_unknown(a) ? Truth::depends_on(a, b) : Truth::depends_on(b);
}

Truth same_text(std::string_view a, std::string_view b) {
  if (a == b)
    return true;
  if (!base::has_unknown(a) && !base::has_unknown(b))
    return false;
  if (is_made_up(a) != is_made_up(b) || !possibly_matches(any_of(a), b))
    return false;
  return depends_on_either(a, b);
}

bool is_made_up(std::string_view text) {
  if (text == kMadeUpAccount)
    return true;
  return base::fold_case(text).find(kMadeUpWord) != std::string::npos;
}

}  // namespace grantproof::access
