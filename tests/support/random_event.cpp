// SPDX-License-Identifier: Apache-2.0
#include "support/random_event.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "events/matcher.h"
#include "support/random_event_pattern.h"
#include "syntax/json_writer.h"

namespace grantproof::tests {
namespace {

using events::Matcher;
using events::MatcherKind;
using syntax::json_quoted;

// ---- values

std::string number_text(double number) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
  return std::string(text.data(), end);
}

// In random case, ASCII only.
std::string random_case(Random& random, std::string text) {
  for (char& letter : text) {
    const bool small = letter >= 'a' && letter <= 'z';
    const bool capital = letter >= 'A' && letter <= 'Z';
    if ((small || capital) && random.chance(50))
      letter = static_cast<char>(letter ^ 0x20);
  }
  return text;
}

// A text that the wildcard matches.
std::string fill_wildcard(Random& random, std::string_view wildcard) {
  std::string text;
  for (std::size_t at = 0; at < wildcard.size(); ++at) {
    if (wildcard[at] == '*') {
      if (random.chance(70))
        text += random_event_text(random);
      continue;
    }
    if (wildcard[at] == '\\')
      ++at;
    text += wildcard[at];
  }
  return text;
}

std::string random_address(Random& random) {
  constexpr std::string_view kAddresses[] = {"10.0.0.1",    "10.0.0.0",   "10.0.0.200",
                                             "10.77.0.1",   "11.0.0.0",   "::ffff:a00:1",
                                             "2001:db8::1", "2001:db9::", "::1"};
  return std::string(random.pick(kAddresses));
}

std::string number_in(Random& random, const events::NumericRange& range) {
  const bool has_both = range.lower.has_value() && range.upper.has_value();
  if (has_both && random.chance(40))
    return number_text((range.lower->value + range.upper->value) / 2);
  if (range.lower.has_value() && (!range.upper.has_value() || random.chance(50)))
    return number_text(range.lower->value + (range.upper.has_value() || random.chance(40) ? 0 : 1));
  return number_text(range.upper->value - (range.lower.has_value() || random.chance(40) ? 0 : 1));
}

// JSON text of a value that the matcher probably takes.
std::string value_near(Random& random, const Matcher& matcher) {
  const auto text = [&matcher] { return matcher.texts.at(0); };
  switch (matcher.kind) {
    case MatcherKind::kString:
      return json_quoted(matcher.network.has_value() && random.chance(40) ? random_address(random) : text());
    case MatcherKind::kNumber:
    case MatcherKind::kLiteral:
      return text();
    case MatcherKind::kPrefix:
      return json_quoted(text() + std::string(random_event_text(random)));
    case MatcherKind::kSuffix:
      return json_quoted(std::string(random_event_text(random)) + text());
    case MatcherKind::kEqualsIgnoreCase:
      return json_quoted(random_case(random, text()));
    case MatcherKind::kPrefixIgnoreCase:
      return json_quoted(random_case(random, text()) + std::string(random_event_text(random)));
    case MatcherKind::kSuffixIgnoreCase:
      return json_quoted(std::string(random_event_text(random)) + random_case(random, text()));
    case MatcherKind::kWildcard:
      return json_quoted(fill_wildcard(random, text()));
    case MatcherKind::kNumeric:
      return number_in(random, matcher.range);
    case MatcherKind::kCidr:
      return json_quoted(random_address(random));
    case MatcherKind::kAnythingButStrings:
    case MatcherKind::kAnythingButPrefix:
    case MatcherKind::kAnythingButSuffix:
    case MatcherKind::kAnythingButIgnoreCase:
      return random.chance(25) ? json_quoted(text()) : random_event_value(random);
    case MatcherKind::kAnythingButWildcard:
      return random.chance(25) ? json_quoted(fill_wildcard(random, text())) : random_event_value(random);
    case MatcherKind::kAnythingButNumbers:
      return random.chance(25) ? number_text(matcher.numbers.at(0)) : random_event_value(random);
    case MatcherKind::kExists:
    case MatcherKind::kDoesNotExist:
      return random_event_value(random);
  }
  return random_event_value(random);
}

// ---- shapes

// A JSON value that is put together.
struct Shape {
  enum class Kind { kText, kObject, kList };
  Kind kind = Kind::kText;
  std::string text;               // kText: the whole value
  std::vector<std::string> keys;  // kObject: of each item
  std::vector<Shape> items;
};

Shape text_shape(std::string text) {
  Shape shape;
  shape.text = std::move(text);
  return shape;
}

Shape object_shape() {
  Shape shape;
  shape.kind = Shape::Kind::kObject;
  return shape;
}

Shape list_shape() {
  Shape shape;
  shape.kind = Shape::Kind::kList;
  return shape;
}

std::string write(const Shape& shape) {
  if (shape.kind == Shape::Kind::kText)
    return shape.text;
  const bool object = shape.kind == Shape::Kind::kObject;
  std::string text(1, object ? '{' : '[');
  for (std::size_t i = 0; i < shape.items.size(); ++i) {
    text += i > 0 ? "," : "";
    text += object ? json_quoted(shape.keys[i]) + ":" : "";
    text += write(shape.items[i]);
  }
  return text + (object ? "}" : "]");
}

// A value as a leaf: alone, or in lists with others.
Shape leaf_shape(Random& random, const std::string& value) {
  Shape shape = text_shape(value);
  while (random.chance(20)) {
    Shape list = list_shape();
    if (random.chance(50))
      list.items.push_back(text_shape(random_event_value(random)));
    list.items.push_back(std::move(shape));
    if (random.chance(20))
      list.items.push_back(random.chance(50) ? object_shape() : list_shape());
    shape = std::move(list);
  }
  return shape;
}

// An empty object, or a list in which there are some.
Shape container_shape(Random& random, std::size_t depth) {
  if (depth == 0 || random.chance(35))
    return object_shape();
  Shape list = list_shape();
  for (std::size_t count = 1 + random.below(3); count > 0; --count) {
    list.items.push_back(random.chance(10) ? text_shape(random_event_value(random))
                                           : container_shape(random, depth - 1));
  }
  return list;
}

// Where in a list a field goes: mostly all fields that a pattern asks for go into one element.
enum class Element { kMostlyFirst, kAny };

// An object inside of the shape; nullptr where there is none.
Shape* object_in(Random& random, Shape& shape, Element element) {
  if (shape.kind == Shape::Kind::kObject)
    return &shape;
  if (shape.items.empty())
    return nullptr;
  const std::size_t start =
      element == Element::kMostlyFirst && random.chance(75) ? 0 : random.below(shape.items.size());
  for (std::size_t i = start; i < shape.items.size(); ++i) {
    if (Shape* found = object_in(random, shape.items[i], element))
      return found;
  }
  return nullptr;
}

// Puts the value where the keys lead, through objects and lists that are there or that it makes.
void put(Random& random, Shape& object, const std::vector<std::string>& keys, std::size_t at, Shape value,
         Element element) {
  // Two keys may be one with a dot.
  std::string key = keys[at];
  while (at + 1 < keys.size() && random.chance(12))
    key += "." + keys[++at];
  if (at + 1 == keys.size()) {
    object.keys.push_back(key);
    object.items.push_back(std::move(value));
    return;
  }
  Shape* inner = nullptr;
  const bool join = random.chance(92);
  for (std::size_t i = 0; i < object.items.size() && join && inner == nullptr; ++i) {
    if (object.keys[i] == key)
      inner = object_in(random, object.items[i], element);
  }
  if (inner == nullptr) {
    object.keys.push_back(key);
    Shape& container = object.items.emplace_back(container_shape(random, 2));
    inner = object_in(random, container, element);
    if (inner == nullptr) {
      container = object_shape();
      inner = &container;
    }
  }
  put(random, *inner, keys, at + 1, std::move(value), element);
}

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> keys(1);
  for (const char letter : path) {
    if (letter == '.') {
      keys.emplace_back();
    } else {
      keys.back() += letter;
    }
  }
  return keys;
}

void put_field(Random& random, Shape& event, const events::FieldTest& field) {
  const Matcher& matcher = random.pick(field.matchers);
  const bool absent = matcher.kind == MatcherKind::kDoesNotExist ? random.chance(55) : random.chance(5);
  if (absent)
    return;
  const std::string value = random.chance(76) ? value_near(random, matcher) : random_event_value(random);
  put(random, event, split_path(field.path), 0, leaf_shape(random, value),
      matcher.kind == MatcherKind::kDoesNotExist ? Element::kAny : Element::kMostlyFirst);
  // The same field once more: in another element, under a duplicate key.
  if (random.chance(25))
    put(random, event, split_path(field.path), 0, leaf_shape(random, random_event_value(random)),
        Element::kAny);
}

void put_noise(Random& random, Shape& event) {
  std::vector<std::string> keys;
  do {
    keys.emplace_back(random_event_key(random));
  } while (keys.size() < 4 && random.chance(50));
  put(random, event, keys, 0, leaf_shape(random, random_event_value(random)), Element::kAny);
}

}  // namespace

std::string random_event(Random& random, const events::EventPattern& near) {
  Shape event = object_shape();
  // In random order: what comes first shapes the lists.
  events::Alternative fields = random.pick(near.alternatives);
  for (std::size_t i = fields.size(); i > 1; --i)
    std::swap(fields[i - 1], fields[random.below(i)]);
  for (const std::uint32_t field : fields)
    put_field(random, event, near.tests[field]);
  while (random.chance(40))
    put_noise(random, event);
  return write(event);
}

}  // namespace grantproof::tests
