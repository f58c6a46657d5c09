// SPDX-License-Identifier: Apache-2.0
#include "support/random_event_pattern.h"

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "syntax/json_writer.h"

namespace grantproof::tests {
namespace {

using syntax::json_quoted;

constexpr std::string_view kCommonKeys[] = {"a", "b", "c", "d"};
// The last two sort the other way round as UTF-16.
constexpr std::string_view kOddKeys[] = {"", "A", "é", "$", "x-y", "\uFFFD", "\U00010000"};

constexpr std::string_view kWords[] = {"a", "b", "ab", "ba", "abb", "aab"};
constexpr std::string_view kOddTexts[] = {
    "", "A", "aB", "é", "É", "straße", "STRASSE", "🚀", "a*b", "a\\b", "x\"y", "true", "null", "5", "\u212A",
    "k", "10.0.0.1", "010.0.0.1", "::ffff:a00:1", "10.0.0.255", "10.1.0.0", "::1", "2001:db8::1",
    // Addresses to events or to IAM, and not to the other.
    "::00001", "0000000010.0.0.1", "::ffff:10.0.0.1", ":::1", "2001:db8:::"};
constexpr std::string_view kNumbers[] = {"0", "1", "5", "0.5", "-1", "300"};
constexpr std::string_view kOddNumbers[] = {
    "-0", "1.0", "10e-1", "3e2", "0.0", "1e400", "1E400", "9007199254740993", "9007199254740992", "5.00"};
// In the order of their values.
constexpr std::string_view kBounds[] = {"-1", "0", "0.5", "1", "5", "300"};
constexpr std::string_view kLiterals[] = {"true", "false", "null"};
constexpr std::string_view kWildcards[] = {"*",  "a*",    "*b",     "a*b",    "*a*", "*ab*b", "",
                                           "*é", "a\\*b", "*\\\\*", "10.*.1", "s*e", "ab"};
constexpr std::string_view kNetworks[] = {"10.0.0.0/24", "10.0.0.0/8",    "0.0.0.0/0",
                                          "10.0.0.0/31", "2001:db8::/32", "::/0"};

// {"key": value}
std::string object(std::string_view key, const std::string& value) {
  return "{" + json_quoted(key) + ":" + value + "}";
}

std::string quoted_text(Random& random) {
  return json_quoted(random_event_text(random));
}

// One element, or a list of them.
template <typename Make>
std::string one_or_more(Random& random, Make&& make) {
  if (random.chance(50))
    return make();
  std::string list = "[" + make();
  for (std::size_t more = random.below(3); more > 0; --more)
    list += "," + make();
  return list + "]";
}

std::string random_number(Random& random) {
  return std::string(random.chance(70) ? random.pick(kNumbers) : random.pick(kOddNumbers));
}

std::string random_numeric(Random& random) {
  const auto comparison = [&random](char sign) {
    return "\"" + std::string(1, sign) + (random.chance(50) ? "=" : "") + "\",";
  };
  if (random.chance(20))
    return "[\"=\"," + std::string(random.pick(kBounds)) + "]";
  const std::size_t lower = random.below(std::size(kBounds) - 1);
  const std::size_t upper = lower + 1 + random.below(std::size(kBounds) - 1 - lower);
  const std::string from = comparison('>') + std::string(kBounds[lower]);
  const std::string to = comparison('<') + std::string(kBounds[upper]);
  switch (random.below(3)) {
    case 0:
      return "[" + from + "]";
    case 1:
      return "[" + to + "]";
    default:
      return "[" + from + "," + to + "]";
  }
}

std::string random_anything_but(Random& random) {
  constexpr std::string_view kComparableNumbers[] = {"0", "1", "5", "-0", "10e-1", "300"};
  const auto text = [&random] { return quoted_text(random); };
  const auto some_text = [&random] { return json_quoted(random.pick(kWords)); };
  switch (random.below(6)) {
    case 0:
      return one_or_more(random, text);
    case 1:
      return one_or_more(random, [&] { return std::string(random.pick(kComparableNumbers)); });
    case 2:
      return object("prefix", one_or_more(random, some_text));
    case 3:
      return object("suffix", one_or_more(random, some_text));
    case 4:
      return object("equals-ignore-case", one_or_more(random, text));
    default:
      return object("wildcard", one_or_more(random, [&] { return json_quoted(random.pick(kWildcards)); }));
  }
}

// An element of a field's list.
std::string random_matcher(Random& random) {
  const auto affix = [&random] {
    const std::string text = quoted_text(random);
    return random.chance(50) ? text : object("equals-ignore-case", text);
  };
  switch (random.below(16)) {
    case 0:
    case 1:
    case 2:
      return random_event_value(random);
    case 3:
    case 4:
      return object("prefix", affix());
    case 5:
      return object("suffix", affix());
    case 6:
      return object("equals-ignore-case", quoted_text(random));
    case 7:
    case 8:
      return object("wildcard", json_quoted(random.pick(kWildcards)));
    case 9:
    case 10:
      return object("numeric", random_numeric(random));
    case 11:
      return object("cidr", json_quoted(random.pick(kNetworks)));
    case 12:
      return object("exists", "true");
    case 13:
      return object("exists", "false");
    case 14:
      return random.chance(20) ? object("exactly", quoted_text(random))
                               : object("anything-but", random_anything_but(random));
    default:
      return object("anything-but", random_anything_but(random));
  }
}

std::string random_list(Random& random) {
  std::string list = "[" + random_matcher(random);
  while (random.chance(30))
    list += "," + random_matcher(random);
  return list + "]";
}

// Fields of one object with few values, which events find in several elements of a list.
std::string random_siblings(Random& random) {
  constexpr std::string_view kLists[] = {"[\"a\"]", "[\"a\",\"b\"]", "[1]", "[{\"exists\":false}]",
                                         "[{\"exists\":true}]"};
  std::string text = "{";
  for (const std::string_view key : kCommonKeys) {
    if (text.size() > 1 && random.chance(30))
      continue;
    text += (text.size() > 1 ? "," : "") + json_quoted(key) + ":";
    text += random.chance(85) ? std::string(random.pick(kLists)) : random_siblings(random);
  }
  return text + "}";
}

// `ors_left`: so many $or may come, so that a pattern does not explode.
std::string random_object(Random& random, std::size_t depth, int& ors_left) {
  std::string text = "{";
  const std::size_t count = 1 + random.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0)
      text += ",";
    if (depth > 0 && random.chance(20) && ors_left-- > 0) {
      text += "\"$or\":[" + random_object(random, depth - 1, ors_left);
      for (std::size_t more = 1 + random.below(2); more > 0; --more)
        text += "," + random_object(random, depth - 1, ors_left);
      text += "]";
      continue;
    }
    std::string key(random_event_key(random));
    while (random.chance(15))
      key += "." + std::string(random_event_key(random));
    text += json_quoted(key) + ":";
    text += depth > 0 && random.chance(40) ? random_object(random, depth - 1, ors_left) : random_list(random);
  }
  return text + "}";
}

}  // namespace

std::string_view random_event_key(Random& random) {
  return random.chance(93) ? random.pick(kCommonKeys) : random.pick(kOddKeys);
}

std::string_view random_event_text(Random& random) {
  return random.chance(55) ? random.pick(kWords) : random.pick(kOddTexts);
}

std::string random_event_value(Random& random) {
  if (random.chance(60))
    return quoted_text(random);
  return random.chance(70) ? random_number(random) : std::string(random.pick(kLiterals));
}

std::string random_event_pattern(Random& random) {
  if (random.chance(20))
    return object(random_event_key(random), random_siblings(random));
  int ors_left = 4;
  return random_object(random, 1 + random.below(2), ors_left);
}

}  // namespace grantproof::tests
