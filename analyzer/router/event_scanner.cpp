// SPDX-License-Identifier: Apache-2.0
//
// simdjson finds where tokens begin (and checks encoding and that strings end); the walk over them is ours,
// because it goes down the tree of fields and the event at once.
#include "router/event_scanner.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <cstring>

namespace grantproof::router {

struct EventScanner::Buffers {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> tokens;
  std::unique_ptr<char[]> text;
  std::size_t capacity = 0;
  std::string keys;                                // a key with escapes, decoded
  std::vector<std::unique_ptr<char[]>> unescaped;  // texts of leaves with escapes

  bool reserve(std::size_t length);
};

bool EventScanner::Buffers::reserve(std::size_t length) {
  if (tokens && length <= capacity)
    return true;
  const std::size_t wanted = std::max<std::size_t>({length, 2 * capacity, 4096});
  text = std::make_unique<char[]>(wanted + simdjson::SIMDJSON_PADDING + FieldTree::kPadding);
  capacity = wanted;
  if (tokens)
    return tokens->set_capacity(wanted) == simdjson::SUCCESS;
  return simdjson::get_active_implementation()->create_dom_parser_implementation(
             wanted, EventScanner::kMaxDepth, tokens) == simdjson::SUCCESS;
}

namespace {

using Tokens = simdjson::internal::dom_parser_implementation;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// Behind the bracket that closes the first one.
std::size_t end_of_object(std::string_view text) {
  std::size_t open = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == '{' || c == '[')) {
      ++open;
    } else if (!in_string && (c == '}' || c == ']') && (open == 0 || --open == 0)) {
      return i + 1;
    }
  }
  return text.size();
}

// The walk of one event. Every function returns false at the first mistake, which `mistake` and `at` then
// tell.
class Walk {
 public:
  Walk(const char* text, Tokens& tokens, const FieldTree& tree, ScannedEvent& scanned,
       std::string& key_buffer, std::vector<std::unique_ptr<char[]>>& unescaped)
      : text_(text),
        next_(tokens.structural_indexes.get()),
        end_(next_ + tokens.n_structural_indexes),
        tokens_(tokens),
        tree_(tree),
        scanned_(scanned),
        key_buffer_(key_buffer),
        unescaped_(unescaped) {}

  bool event() {
    if (peek() != '{')
      return wrong("an event is one JSON object");
    ++next_;
    return object(FieldTree::kRoot, kOutsideArrays, 1);
  }

  const char* mistake = nullptr;
  std::size_t at = 0;

 private:
  // Behind the last token stand the length of the text, where the padding holds no JSON, so nothing runs over
  // the end.
  char peek() const { return text_[*next_]; }

  bool wrong(const char* what) {
    mistake = what;
    at = *next_;
    return false;
  }

  // Behind '{'.
  bool object(FieldTree::NodeNumber node, ElementNumber element, unsigned depth) {
    if (depth > EventScanner::kMaxDepth)
      return wrong("nested too deeply");
    if (peek() == '}') {
      ++next_;
      return true;
    }
    while (true) {
      if (peek() != '"')
        return wrong("expected a key in quotes");
      const std::uint32_t key_at = *next_++;
      if (peek() != ':')
        return wrong("expected ':' after the key");
      const std::string_view key = quoted(key_at);
      ++next_;
      FieldTree::NodeNumber below = tree_.child(node, key);
      if (below == FieldTree::kNone && is_unusual(key) && !unusual_key(node, key, below))
        return false;
      if (!(below == FieldTree::kNone ? skip() : value(below, element, depth)))
        return false;
      const char c = peek();
      if (c != ',' && c != '}')
        return wrong("expected ',' or '}'");
      ++next_;
      if (c == '}')
        return true;
    }
  }

  // Behind '['.
  bool array(FieldTree::NodeNumber node, ElementNumber element, unsigned depth) {
    if (depth > EventScanner::kMaxDepth)
      return wrong("nested too deeply");
    if (peek() == ']') {
      ++next_;
      return true;
    }
    // Where no path goes on below, nothing in one element can contradict another.
    const bool tell_elements_apart = tree_.has_children(node);
    const std::uint32_t number = tell_elements_apart ? scanned_.begin_array(node) : 0;
    while (true) {
      const char begin = peek();
      if (tell_elements_apart && (begin == '{' || begin == '[')) {
        const ElementNumber inner = scanned_.begin_element(element, number);
        if (!value(node, inner, depth))
          return false;
        scanned_.end_element(inner);
      } else if (!value(node, element, depth)) {
        return false;
      }
      const char c = peek();
      if (c != ',' && c != ']')
        return wrong("expected ',' or ']'");
      ++next_;
      if (c == ']')
        break;
    }
    if (tell_elements_apart)
      scanned_.end_array(number);
    return true;
  }

  bool value(FieldTree::NodeNumber node, ElementNumber element, unsigned depth) {
    switch (peek()) {
      case '{':
        if (!tree_.has_children(node))
          return skip();
        ++next_;
        return object(node, element, depth + 1);
      case '[':
        ++next_;
        return array(node, element, depth + 1);
      default:
        return tree_.field_of(node) == kNoField ? skip() : leaf(tree_.field_of(node), element);
    }
  }

  // One value that no rule names.
  bool skip() {
    const char c = peek();
    if (c == ',' || c == ':' || c == ']' || c == '}' || next_ >= end_)
      return wrong("expected a value");
    ++next_;
    if (c != '{' && c != '[')
      return true;
    std::uint32_t open = 1;
    while (next_ < end_) {
      const char token = text_[*next_++];
      // '[' '{' and ']' '}' differ from all others in these bits.
      open += (token & 0xdf) == 0x5b ? 1U : 0U;
      open -= (token & 0xdf) == 0x5d ? 1U : 0U;
      if (open == 0)
        return true;
    }
    return wrong("the event ends too early");
  }

  bool leaf(FieldNumber field, ElementNumber element) {
    const std::uint32_t begin = *next_;
    const char c = text_[begin];
    if (c == '"') {
      ++next_;
      std::string_view text = quoted(begin);
      if (std::memchr(text.data(), '\\', text.size()) != nullptr && !unescape(begin, text))
        return wrong_at(begin, "an escape in this string is not valid, or half of a surrogate pair");
      scanned_.add_leaf(field, {events::Leaf::Kind::kString, text}, element);
      return true;
    }
    ++next_;
    std::uint32_t end = *next_;
    while (end > begin && is_space(text_[end - 1]))
      --end;
    const std::string_view text(text_ + begin, end - begin);
    if (text == "true" || text == "false" || text == "null") {
      scanned_.add_leaf(field, {events::Leaf::Kind::kLiteral, text}, element);
      return true;
    }
    if (!is_number(text))
      return wrong_at(begin, "expected a value");
    scanned_.add_leaf(field, {events::Leaf::Kind::kNumber, text}, element);
    return true;
  }

  bool wrong_at(std::uint32_t where, const char* what) {
    mistake = what;
    at = where;
    return false;
  }

  // The text between the quotes of the string at `begin`; `next_` is the token behind it. Between its end and
  // that token can only be space, or the token would stand earlier.
  std::string_view quoted(std::uint32_t begin) const {
    std::uint32_t end = *next_ - 1;
    while (end > begin && is_space(text_[end]))
      --end;
    return {text_ + begin + 1, end > begin ? end - begin - 1 : 0};
  }

  static bool is_unusual(std::string_view key) {
    return std::memchr(key.data(), '.', key.size()) != nullptr ||
           std::memchr(key.data(), '\\', key.size()) != nullptr;
  }

  bool unusual_key(FieldTree::NodeNumber node, std::string_view key, FieldTree::NodeNumber& below) {
    key_buffer_.assign(key);
    if (key.find('\\') != std::string_view::npos) {
      key_buffer_.resize(key.size() + simdjson::SIMDJSON_PADDING);
      auto* const begin = reinterpret_cast<std::uint8_t*>(key_buffer_.data());
      const std::uint8_t* const end =
          tokens_.parse_string(reinterpret_cast<const std::uint8_t*>(key.data()), begin);
      if (end == nullptr)
        return wrong("an escape in this key is not valid, or half of a surrogate pair");
      key_buffer_.resize(static_cast<std::size_t>(end - begin));
    }
    below = tree_.descend(node, key_buffer_);
    return true;
  }

  bool unescape(std::uint32_t begin, std::string_view& text) {
    unescaped_.push_back(std::make_unique<char[]>(text.size() + simdjson::SIMDJSON_PADDING));
    auto* const out = reinterpret_cast<std::uint8_t*>(unescaped_.back().get());
    const std::uint8_t* const end =
        tokens_.parse_string(reinterpret_cast<const std::uint8_t*>(text_ + begin + 1), out);
    if (end == nullptr)
      return false;
    text = {unescaped_.back().get(), static_cast<std::size_t>(end - out)};
    return true;
  }

  static bool is_number(std::string_view text) {
    std::size_t i = 0;
    const auto digits = [&] {
      const std::size_t from = i;
      while (i < text.size() && text[i] >= '0' && text[i] <= '9')
        ++i;
      return i - from;
    };
    if (i < text.size() && text[i] == '-')
      ++i;
    const bool zero = i < text.size() && text[i] == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (zero && whole > 1))
      return false;
    if (i < text.size() && text[i] == '.') {
      ++i;
      if (digits() == 0)
        return false;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
      ++i;
      if (i < text.size() && (text[i] == '+' || text[i] == '-'))
        ++i;
      if (digits() == 0)
        return false;
    }
    return i == text.size();
  }

  const char* text_;
  const std::uint32_t* next_;
  const std::uint32_t* end_;
  Tokens& tokens_;
  const FieldTree& tree_;
  ScannedEvent& scanned_;
  std::string& key_buffer_;
  std::vector<std::unique_ptr<char[]>>& unescaped_;
};

}  // namespace

EventScanner::EventScanner() : buffers_(std::make_unique<Buffers>()) {}
EventScanner::~EventScanner() = default;

base::Expected<void> EventScanner::scan(std::string_view event, const FieldTree& tree,
                                        ScannedEvent& scanned) {
  scanned.clear(tree.field_count());
  if (event.empty())
    return base::error("the event is empty");
  Buffers& buffers = *buffers_;
  buffers.unescaped.clear();
  if (!buffers.reserve(event.size()))
    return base::error("the event is too large");
  std::memcpy(buffers.text.get(), event.data(), event.size());
  std::memset(buffers.text.get() + event.size(), ' ', simdjson::SIMDJSON_PADDING);
  auto* const bytes = reinterpret_cast<std::uint8_t*>(buffers.text.get());
  simdjson::error_code code = buffers.tokens->stage1(bytes, event.size(), simdjson::stage1_mode::regular);
  if (code != simdjson::SUCCESS && code != simdjson::EMPTY) {
    // It may be the text behind the event that is at fault, and that is nobody's.
    const std::size_t end = end_of_object(event);
    if (end < event.size()) {
      std::memset(bytes + end, ' ', event.size() - end);
      code = buffers.tokens->stage1(bytes, end, simdjson::stage1_mode::regular);
    }
  }
  if (code != simdjson::SUCCESS) {
    if (code == simdjson::EMPTY)
      return base::error("the event is empty");
    return base::error(fmt::format("the event is no JSON: {}", simdjson::error_message(code)));
  }
  Walk walk(buffers.text.get(), *buffers.tokens, tree, scanned, buffers.keys, buffers.unescaped);
  if (!walk.event())
    return base::error(fmt::format("the event is no JSON object: {} at byte {}", walk.mistake, walk.at + 1));
  return {};
}

}  // namespace grantproof::router
