// SPDX-License-Identifier: Apache-2.0
#include "patterns/readable.h"

#include <algorithm>
#include <array>

#include "patterns/units.h"

namespace grantproof::patterns {
namespace {

using Kind = GlobToken::Kind;
using Words = std::vector<std::u16string>;

constexpr std::size_t kMostFillings = 64;
constexpr std::u16string_view kArn = u"arn:";
constexpr std::size_t kArnColons = 5;  // arn:partition:service:region:account:resource

// Words by field of an ARN, for a field without text of its own. "111122223333" and its like are the account
// ids of AWS documentation.
Words field_words(std::size_t field) {
  switch (field) {
    case 1:
      return {u"aws", u"aws-cn", u"aws-us-gov"};
    case 2:
      return {u"events", u"s3", u"sqs", u"example"};
    case 3:
      return {u"us-east-1", u"eu-west-1", u""};
    case 4:
      return {u"111122223333", u"444455556666", u"999999999999", u""};
    default:
      return {u"example", u"orders", u"a", u"1", u"A", u"x-1", u""};
  }
}

// Words that complete a field which has text already: "arn:aws*", "us-*", "prod*".
Words rest_words(std::size_t field, bool after_word) {
  switch (field) {
    case 1:
      return {u"", u"-cn", u"-us-gov"};
    case 3:
      return {u"east-1", u"west-1", u"1", u""};
    case 4:
      return {u"1", u"4", u""};
    default:
      return after_word ? Words{u"-example", u"example", u"-orders", u"1", u"a", u""}
                        : field_words(kArnColons);
  }
}

// One wildcard part of a glob: ones of a class, then perhaps a run of it.
struct Gap {
  UnitClass unit_class;
  std::size_t ones;
  bool run;
};

bool fits(std::u16string_view word, const Gap& gap) {
  return (gap.run ? word.size() >= gap.ones : word.size() == gap.ones) &&
         std::all_of(word.begin(), word.end(),
                     [&gap](char16_t unit) { return in_class(unit, gap.unit_class); });
}

// Words for ones without a run: as long as there are ones.
Words fixed_words(const Gap& gap) {
  Words words;
  for (const std::u16string_view start : {u"abcdefghij", u"1234567890", u"xyzxyzxyzx", u"9876543210"}) {
    std::u16string word;
    while (word.size() < gap.ones) {
      word += start.substr(0, gap.ones - word.size());
    }
    words.push_back(std::move(word));
  }
  return words;
}

// Where a gap stands.
struct Place {
  bool in_arn = false;
  std::size_t field = 0;           // of the ARN
  std::size_t colons_to_span = 0;  // colons of the ARN that no text has
  bool starts_field = true;
  bool after_word = false;  // right after a letter or digit whose case counts
};

Words gap_words(const Gap& gap, const Place& place) {
  Words words;
  const bool in_fields = place.in_arn && place.field < kArnColons;
  if (in_fields && place.colons_to_span > 0) {
    for (std::size_t variant = 0; variant < 2; ++variant) {
      std::u16string span;
      for (std::size_t field = place.field; field <= place.field + place.colons_to_span; ++field) {
        const Words choices = field == place.field && !place.starts_field
                                  ? rest_words(field, place.after_word)
                                  : field_words(field);
        span += (span.empty() && field == place.field ? u"" : u":") + choices[field < 3 ? 0 : variant];
      }
      words.push_back(std::move(span));
    }
  }
  // Twelve digits are an account id wherever they stand.
  if (gap.ones == 12 && gap.unit_class == UnitClass::kDigit) {
    words = field_words(4);
  }
  const std::size_t field = in_fields ? place.field : kArnColons;
  for (const Words& more :
       {place.starts_field && in_fields ? field_words(field) : rest_words(field, place.after_word),
        fixed_words(gap)}) {
    words.insert(words.end(), more.begin(), more.end());
  }
  words.erase(std::remove_if(words.begin(), words.end(),
                             [&gap](const std::u16string& word) { return !fits(word, gap); }),
              words.end());
  return words;
}

bool is_word_unit(char16_t unit) {
  return (unit >= u'a' && unit <= u'z') || (unit >= u'A' && unit <= u'Z') || (unit >= u'0' && unit <= u'9');
}

// A glob as text and gaps in turn: text[0] gap[0] text[1] … text[n].
struct Parts {
  std::vector<std::u16string> texts{1};
  std::vector<Words> words;
};

std::size_t count_colons(std::u16string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), u':'));
}

Parts split(const Glob& glob) {
  const std::vector<GlobToken>& tokens = glob.tokens();
  const auto all_colons =
      static_cast<std::size_t>(std::count_if(tokens.begin(), tokens.end(), [](const GlobToken& token) {
        return token.kind == Kind::kUnit && token.unit == u':';
      }));
  Parts parts;
  Place place;
  place.colons_to_span = kArnColons - std::min(all_colons, kArnColons);
  for (std::size_t at = 0; at < tokens.size();) {
    const GlobToken& token = tokens[at];
    if (token.kind == Kind::kUnit) {
      parts.texts.back().push_back(token.unit);
      place.field += token.unit == u':' ? 1 : 0;
      place.starts_field = token.unit == u':';
      place.after_word = !token.fold && is_word_unit(token.unit);
      ++at;
      continue;
    }
    Gap gap{token.unit_class, 0, false};
    for (; at < tokens.size() && !gap.run && tokens[at].kind != Kind::kUnit &&
           tokens[at].unit_class == gap.unit_class;
         ++at) {
      gap.run = tokens[at].kind == Kind::kRun;
      gap.ones += gap.run ? 0 : 1;
    }
    place.in_arn = std::u16string_view(parts.texts.front()).substr(0, kArn.size()) == kArn;
    parts.words.push_back(gap_words(gap, place));
    parts.texts.emplace_back();
    if (place.in_arn && gap.run && gap.unit_class == UnitClass::kAny && place.field < kArnColons) {
      place.field += place.colons_to_span;  // the first wildcard that can spans them
      place.colons_to_span = 0;
    }
    place.starts_field = false;
    place.after_word = false;
  }
  return parts;
}

bool separates(char16_t unit) {
  return std::u16string_view(u"/:-._").find(unit) != std::u16string_view::npos;
}

}  // namespace

std::vector<std::u16string> readable_fillings(const Glob& glob) {
  const Parts parts = split(glob);
  const std::size_t gaps = parts.words.size();
  std::size_t most_words = 0;
  for (const Words& words : parts.words) {
    if (words.empty()) {
      return {};
    }
    most_words = std::max(most_words, words.size());
  }
  std::vector<std::u16string> fillings;
  const auto propose = [&](const std::vector<std::size_t>& choice) {
    std::u16string filling = parts.texts.front();
    for (std::size_t gap = 0; gap < gaps; ++gap) {
      const Words& words = parts.words[gap];
      filling += words[std::min(choice[gap], words.size() - 1)];
      filling += parts.texts[gap + 1];
    }
    if (fillings.size() < kMostFillings &&
        std::find(fillings.begin(), fillings.end(), filling) == fillings.end()) {
      fillings.push_back(std::move(filling));
    }
  };
  propose(std::vector<std::size_t>(gaps, 0));
  // One word changed, at the end first: there people vary a name. Then all of them.
  for (std::size_t gap = gaps; gap-- > 0;) {
    for (std::size_t word = 1; word < parts.words[gap].size(); ++word) {
      std::vector<std::size_t> choice(gaps, 0);
      choice[gap] = word;
      propose(choice);
    }
  }
  for (std::size_t word = 1; word < most_words; ++word) {
    propose(std::vector<std::size_t>(gaps, word));
  }
  return fillings;
}

std::size_t specificity(const Glob& glob) {
  return static_cast<std::size_t>(
      std::count_if(glob.tokens().begin(), glob.tokens().end(),
                    [](const GlobToken& token) { return token.kind == Kind::kUnit; }));
}

std::u16string with_ordinary_parts(std::u16string word,
                                   const std::function<bool(std::u16string_view)>& accepted) {
  for (std::size_t start = 0; start <= word.size(); ++start) {
    const auto end = static_cast<std::size_t>(
        std::find_if(word.begin() + static_cast<std::ptrdiff_t>(start), word.end(), separates) -
        word.begin());
    const std::u16string_view part = std::u16string_view(word).substr(start, end - start);
    const bool ordinary =
        part.find_first_not_of(part.empty() ? u'\0' : part.front()) != std::u16string_view::npos;
    std::size_t length = part.size();
    if (!ordinary) {
      const std::u16string_view before = std::u16string_view(word).substr(0, start);
      const bool in_arn = before.substr(0, kArn.size()) == kArn;
      const std::size_t field = in_arn ? std::min(count_colons(before), kArnColons) : kArnColons;
      for (const std::u16string& better : field_words(field)) {
        const std::u16string changed = std::u16string(before) + better + word.substr(end);
        if (better.size() >= std::max<std::size_t>(length, 2) && accepted(changed)) {
          word = changed;
          length = better.size();
          break;
        }
      }
    }
    start += length;
  }
  return word;
}

}  // namespace grantproof::patterns
