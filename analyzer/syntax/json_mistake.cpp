// SPDX-License-Identifier: Apache-2.0
#include "syntax/json_mistake.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "syntax/json_scan.h"
#include "syntax/json_token.h"

namespace grantproof::syntax {
namespace {

using base::Diagnostic;
using base::Label;
using base::Span;

std::string_view expected_at(JsonPlace place) {
  switch (place) {
    case JsonPlace::kDocumentStart:
      return "a JSON document";
    case JsonPlace::kObjectStart:
      return "a key in double quotes or '}'";
    case JsonPlace::kListStart:
      return "a value or ']'";
    case JsonPlace::kKey:
      return "':' after the key";
    case JsonPlace::kColon:
    case JsonPlace::kItemComma:
      return "a value";
    case JsonPlace::kMember:
      return "',' or '}'";
    case JsonPlace::kMemberComma:
      return "a key in double quotes";
    case JsonPlace::kItem:
      return "',' or ']'";
    case JsonPlace::kDocumentEnd:
      return "nothing more";
  }
  return "a value";
}

bool expects_key(JsonPlace place) {
  return place == JsonPlace::kObjectStart || place == JsonPlace::kMemberComma;
}

bool expects_value(JsonPlace place) {
  return place == JsonPlace::kDocumentStart || place == JsonPlace::kListStart || place == JsonPlace::kColon ||
         place == JsonPlace::kItemComma;
}

bool expects_comma(JsonPlace place) {
  return place == JsonPlace::kMember || place == JsonPlace::kItem;
}

// Words of other languages for what JSON has.
struct Spelling {
  std::string_view found, json;
};
constexpr std::array<Spelling, 9> kSpellings{{{"True", "true"},
                                              {"TRUE", "true"},
                                              {"False", "false"},
                                              {"FALSE", "false"},
                                              {"None", "null"},
                                              {"Null", "null"},
                                              {"NULL", "null"},
                                              {"nil", "null"},
                                              {"undefined", "null"}}};

bool is_literal(std::string_view word) {
  return word == "true" || word == "false" || word == "null";
}

class MistakeFinder {
 public:
  MistakeFinder(base::FileId file, std::string_view text, const JsonProgress& progress)
      : file_(file), text_(text), progress_(progress) {}

  std::optional<Diagnostic> find() const {
    JsonPlace place = progress_.place;
    std::size_t at = progress_.at;
    if (const auto glued = glued_to_last_token())
      return glued;
    // At most three rounds: a colon or a comma may be in order, and what follows it is not.
    std::size_t comma = 0;
    while (true) {
      const Scanned next = scan_token(text_, skip_json_space(text_, at));
      if (place == JsonPlace::kKey && next.token == Token::kColon) {
        place = JsonPlace::kColon;
      } else if (expects_comma(place) && next.token == Token::kComma) {
        place = place == JsonPlace::kMember ? JsonPlace::kMemberComma : JsonPlace::kItemComma;
        comma = next.begin;
      } else {
        return judge(place, next, comma);
      }
      at = next.end;
    }
  }

 private:
  Span span(std::size_t begin, std::size_t end) const {
    return Span{file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  Diagnostic mistake(std::size_t begin, std::size_t end, std::string message, std::string help = {}) const {
    Diagnostic diagnostic;
    diagnostic.rule = "GP0001";
    diagnostic.message = std::move(message);
    diagnostic.primary = Label{span(begin, end), {}};
    diagnostic.help = std::move(help);
    return diagnostic;
  }

  // "01", "1.", "12ab", "truex": the reader took the part in front for a token of its own.
  std::optional<Diagnostic> glued_to_last_token() const {
    const std::size_t at = progress_.at;
    if (at == 0 || at >= text_.size() || !is_word_byte(text_[at]) || !is_word_byte(text_[at - 1]))
      return std::nullopt;
    std::size_t begin = at;
    while (begin > 0 && is_word_byte(text_[begin - 1]))
      --begin;
    return judge_word(JsonPlace::kColon, Scanned{Token::kWord, begin, word_end(text_, at)});
  }

  std::optional<Diagnostic> judge(JsonPlace place, const Scanned& next, std::size_t comma) const {
    switch (next.token) {
      case Token::kEnd:
        return judge_end(place);
      case Token::kString:
        if (auto problem = judge_string(next))
          return problem;
        if (expects_key(place) || expects_value(place))
          return std::nullopt;
        break;
      case Token::kNumber:
        // In order for the grammar: the reader refused its value.
        if (expects_value(place))
          return mistake(next.begin, next.end,
                         fmt::format("{} is out of range", describe_token(text_, next)));
        break;
      case Token::kWord:
        if (!is_literal(text_.substr(next.begin, next.end - next.begin)))
          return judge_word(place, next);
        if (expects_value(place))
          return std::nullopt;
        break;
      case Token::kOpen:
        if (expects_value(place))
          return std::nullopt;
        break;
      case Token::kClose:
        if (auto answer = judge_close(place, next, comma))
          return *answer;
        break;
      case Token::kOther:
        if (auto problem = judge_other(place, next))
          return problem;
        break;
      case Token::kComma:
      case Token::kColon:
        break;
    }
    return unexpected(place, next);
  }

  // The outer optional: whether there is an answer; the inner: whether it is a mistake.
  std::optional<std::optional<Diagnostic>> judge_close(JsonPlace place, const Scanned& next,
                                                       std::size_t comma) const {
    const bool object = text_[next.begin] == '}';
    const bool fits = progress_.open_bracket && (text_[*progress_.open_bracket] == '{') == object;
    if (!fits)
      return std::nullopt;
    if (place == JsonPlace::kObjectStart || place == JsonPlace::kListStart || expects_comma(place))
      return std::optional<Diagnostic>();
    if (place == JsonPlace::kMemberComma || place == JsonPlace::kItemComma)
      return mistake(comma, comma + 1,
                     fmt::format("found ',' with nothing between it and '{}'", text_[next.begin]),
                     "remove the comma");
    return std::nullopt;
  }

  Diagnostic unexpected(JsonPlace place, const Scanned& next) const {
    if (place == JsonPlace::kDocumentEnd)
      return mistake(next.begin, next.end,
                     fmt::format("found {} after the end of the document", describe_token(text_, next)),
                     next.token == Token::kOpen ? "a file holds one document; put several into a list" : "");
    std::string help;
    const bool starts_value = next.token == Token::kString || next.token == Token::kNumber ||
                              next.token == Token::kWord || next.token == Token::kOpen;
    if (expects_comma(place) && starts_value)
      help = "put a comma before it";
    Diagnostic diagnostic =
        mistake(next.begin, next.end,
                fmt::format("found {}, expected {}", describe_token(text_, next), expected_at(place)),
                std::move(help));
    if (next.token == Token::kClose)
      add_open_bracket(diagnostic);
    return diagnostic;
  }

  void add_open_bracket(Diagnostic& diagnostic) const {
    if (!progress_.open_bracket)
      return;
    const std::size_t bracket = *progress_.open_bracket;
    diagnostic.secondary.push_back(
        Label{span(bracket, bracket + 1), fmt::format("this '{}' is not closed", text_[bracket])});
  }

  std::optional<Diagnostic> judge_end(JsonPlace place) const {
    if (place == JsonPlace::kDocumentEnd)
      return std::nullopt;
    if (place == JsonPlace::kDocumentStart) {
      const bool blank = progress_.at < text_.size();
      return mistake(text_.size(), text_.size(),
                     blank ? "the text holds only white space" : "the text is empty");
    }
    Diagnostic diagnostic =
        mistake(text_.size(), text_.size(),
                fmt::format("found the end of the text, expected {}", expected_at(place)));
    add_open_bracket(diagnostic);
    return diagnostic;
  }

  std::optional<Diagnostic> judge_string(const Scanned& next) const {
    const StringScan scan = scan_json_string(text_, next.begin);
    const std::string_view part = text_.substr(scan.problem_begin, scan.end - scan.problem_begin);
    Diagnostic diagnostic = mistake(scan.problem_begin, scan.end, {});
    const auto add_start = [&] {
      diagnostic.secondary.push_back(Label{span(next.begin, next.begin + 1), "the string starts here"});
    };
    switch (scan.problem) {
      case StringProblem::kNone:
        return std::nullopt;
      case StringProblem::kEnd:
        diagnostic.message = "found the end of the text inside a string, expected '\"'";
        add_start();
        break;
      case StringProblem::kControlCharacter:
        if (part == "\n" || part == "\r") {
          diagnostic.message = "found the end of the line inside a string, expected '\"'";
          diagnostic.help = "close the string; a line break inside it is written \\n";
          add_start();
        } else {
          const auto value = static_cast<unsigned>(static_cast<unsigned char>(part[0]));
          diagnostic.message =
              value == '\t' ? "found a tab inside a string"
                            : fmt::format("found the control character U+{:04X} inside a string", value);
          diagnostic.help = value == '\t' ? "write \\t" : fmt::format("write \\u{:04x}", value);
        }
        break;
      case StringProblem::kEscape:
        diagnostic.message = fmt::format("{} is no JSON escape", part);
        diagnostic.help = "a backslash itself is written \\\\";
        break;
      case StringProblem::kUnicodeEscape:
        diagnostic.message = "found \\u without four hexadecimal digits behind it";
        break;
      case StringProblem::kHighSurrogate:
        diagnostic.message =
            fmt::format("{} is the first half of a character and its second half does not follow", part);
        diagnostic.help =
            "a character over U+FFFF is two escapes, \\ud800 to \\udbff and then \\udc00 to \\udfff";
        break;
      case StringProblem::kLowSurrogate:
        diagnostic.message =
            fmt::format("{} is the second half of a character and no first half stands before it", part);
        diagnostic.help =
            "a character over U+FFFF is two escapes, \\ud800 to \\udbff and then \\udc00 to \\udfff";
        break;
    }
    return diagnostic;
  }

  std::optional<Diagnostic> judge_word(JsonPlace place, const Scanned& next) const {
    const std::string_view word = text_.substr(next.begin, next.end - next.begin);
    const std::string found = fmt::format("found {}, expected {}", shortened_token(word), expected_at(place));
    for (const Spelling& spelling : kSpellings)
      if (word == spelling.found && expects_value(place))
        return mistake(next.begin, next.end, found, fmt::format("write {}", spelling.json));
    const bool negative = word.starts_with('-');
    const std::string_view digits = word.substr(negative ? 1 : 0);
    const bool number = digits.find_first_not_of("0123456789.eE+-") == std::string_view::npos &&
                        digits.find_first_of("0123456789") != std::string_view::npos;
    if (number && expects_value(place)) {
      if (digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9')
        return mistake(next.begin, next.end,
                       fmt::format("the number {} starts with 0", shortened_token(word)),
                       "an identifier such as an account id stands in double quotes");
      return mistake(next.begin, next.end,
                     fmt::format("{} is no number as JSON writes them", shortened_token(word)),
                     "write 1, -1, 0.5 or 1e3; other texts stand in double quotes");
    }
    if (expects_key(place) || expects_value(place))
      return mistake(next.begin, next.end, found,
                     fmt::format("put it in double quotes: \"{}\"", shortened_token(word)));
    return unexpected(place, next);
  }

  std::optional<Diagnostic> judge_other(JsonPlace place, const Scanned& next) const {
    const std::string_view rest = text_.substr(next.begin);
    if (rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with('#'))
      return mistake(next.begin, next.begin + (rest[0] == '#' ? 1 : 2),
                     "found a comment, and JSON has no comments",
                     "remove it; a Sid can say what a statement is for");
    Diagnostic diagnostic = unexpected(place, next);
    const char32_t value = base::code_point_at(rest, 0).value;
    const bool quote = value == U'\'' || value == U'`' || (value >= 0x2018 && value <= 0x201F);
    if (quote)
      diagnostic.help = "strings stand in straight double quotes: \"";
    if (rest.starts_with("\\\""))
      diagnostic.help = "this is JSON inside a string: remove the backslashes before the quotes";
    if (rest.starts_with('=') && place == JsonPlace::kKey)
      diagnostic.help = "write ':'";
    return diagnostic;
  }

  base::FileId file_;
  std::string_view text_;
  const JsonProgress& progress_;
};

}  // namespace

std::optional<Diagnostic> find_json_mistake(base::FileId file, std::string_view text,
                                            const JsonProgress& progress) {
  return MistakeFinder(file, text, progress).find();
}

}  // namespace grantproof::syntax
