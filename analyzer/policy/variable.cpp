// SPDX-License-Identifier: Apache-2.0
#include "policy/variable.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/text.h"
#include "base/unknown_text.h"

namespace grantproof::policy {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// A list of parts in which neighbouring pattern texts are one part.
class Parts {
 public:
  void pattern(std::string_view text) {
    if (text.empty())
      return;
    if (parts_.empty() || parts_.back().kind != TextPart::Kind::kPattern) {
      parts_.push_back(TextPart{
          .kind = TextPart::Kind::kPattern, .text = {}, .key = {}, .folded_key = {}, .default_text = {}});
    }
    parts_.back().text += text;
  }
  void add(TextPart part) { parts_.push_back(std::move(part)); }
  void unknown(std::string_view written) {
    parts_.push_back(TextPart{.kind = TextPart::Kind::kUnknown,
                              .text = std::string(written),
                              .key = {},
                              .folded_key = {},
                              .default_text = {}});
  }
  TextWithVariables take() { return TextWithVariables{.parts = std::move(parts_)}; }

 private:
  std::vector<TextPart> parts_;
};

struct Scan {
  std::size_t end = 0;  // one past the '}' (of a mistake: where plain text goes on)
  std::optional<TextPart> part;
  VariableMistake mistake;  // where there is no part; offset within the whole text
};

Scan mistake(std::size_t end, std::size_t offset, std::string message, std::string help) {
  return Scan{.end = end,
              .part = std::nullopt,
              .mistake = {.offset = offset, .message = std::move(message), .help = std::move(help)}};
}

// The default of "${key, 'default'}". `comma` is the byte of the comma. Source: IAM User Guide, "Specifying
// default values": single quotes, comma and space before them.
Scan scan_default(std::string_view text, std::size_t begin, std::size_t comma) {
  std::string_view key = text.substr(begin + 2, comma - begin - 2);
  const std::size_t brace = text.find('}', comma);
  const std::size_t after = brace == std::string_view::npos ? text.size() : brace + 1;
  const std::string example = "write ${" + std::string(key) + ", 'default'}";
  if (comma + 1 >= text.size() || text[comma + 1] != ' ') {
    return mistake(after, comma, "no space between the comma and the default value of a policy variable",
                   example);
  }
  const std::size_t quote = comma + 2;
  if (quote >= text.size() || text[quote] != '\'') {
    return mistake(after, std::min(quote, text.size() - 1),
                   "the default value of a policy variable does not begin with a single quote", example);
  }
  const std::size_t closing = text.find('\'', quote + 1);
  if (closing == std::string_view::npos) {
    return mistake(after, quote, "the default value of a policy variable does not end with a single quote",
                   example);
  }
  if (closing + 1 >= text.size() || text[closing + 1] != '}') {
    return mistake(after, closing, "no closing brace after the default value of a policy variable", example);
  }
  return Scan{.end = closing + 2,
              .part = TextPart{.kind = TextPart::Kind::kVariable,
                               .text = {},
                               .key = std::string(key),
                               .folded_key = base::fold_case(key),
                               .default_text = std::string(text.substr(quote + 1, closing - quote - 1))},
              .mistake = {}};
}

// One "${…}" that begins at `begin`.
Scan scan_variable(std::string_view text, std::size_t begin) {
  // An opening brace before the closing one: "${aws:username/${…}" has lost its brace. Looking no further
  // than that keeps a text of opening braces linear.
  const std::size_t next = text.find("${", begin + 2);
  const std::size_t stop = text.substr(0, next).find_first_of("},", begin + 2);
  if (stop == std::string_view::npos) {
    return mistake(begin + 2, begin, "a policy variable without a closing brace",
                   "write ${key}; for a dollar sign followed by a brace write ${$}{");
  }
  const std::string_view key = text.substr(begin + 2, stop - begin - 2);
  if (std::all_of(key.begin(), key.end(), is_space)) {
    return mistake(stop + 1, begin, "an empty policy variable",
                   "name a condition key, as in ${aws:username}");
  }
  const auto space = std::find_if(key.begin(), key.end(), is_space);
  if (space != key.end()) {
    std::string without(key);
    std::erase_if(without, is_space);
    return mistake(stop + 1, begin + 2 + static_cast<std::size_t>(space - key.begin()),
                   "a space inside a policy variable", "write ${" + without + "}");
  }
  if (text[stop] == ',')
    return scan_default(text, begin, stop);
  if (key == "*" || key == "?" || key == "$") {
    return Scan{.end = stop + 1,
                .part = TextPart{.kind = TextPart::Kind::kLiteral,
                                 .text = std::string(key),
                                 .key = {},
                                 .folded_key = {},
                                 .default_text = {}},
                .mistake = {}};
  }
  return Scan{.end = stop + 1,
              .part = TextPart{.kind = TextPart::Kind::kVariable,
                               .text = {},
                               .key = std::string(key),
                               .folded_key = base::fold_case(key),
                               .default_text = std::nullopt},
              .mistake = {}};
}

// What is not known in a text, before it is cut into parts.
struct Unknowns {
  std::vector<std::size_t> begins;  // of unknown parts
  // Where variables begin to count for sure. One that begins before it may be text as well.
  std::size_t certain = 0;
  bool some_between(std::size_t begin, std::size_t end) const {
    const auto next = std::lower_bound(begins.begin(), begins.end(), begin);
    return next != begins.end() && *next < end;
  }
};

TextWithVariables parse_from(std::string_view text, std::size_t first, const Unknowns& unknowns,
                             std::vector<VariableMistake>* mistakes) {
  Parts parts;
  std::size_t plain = 0;
  std::size_t brace = 0;  // the next closing one
  for (std::size_t at = text.find("${", first); at != std::string_view::npos;) {
    Scan scan = scan_variable(text, at);
    std::size_t end = scan.end;
    if (!scan.part.has_value() && !unknowns.begins.empty()) {
      if (brace < at)
        brace = text.find('}', at);
      end = brace == std::string_view::npos ? text.size() : brace + 1;
    }
    if (at < unknowns.certain || unknowns.some_between(at, end)) {
      // What it names, or whether it is one, depends on what is not known.
      parts.pattern(text.substr(plain, at - plain));
      parts.unknown(text.substr(at, end - at));
      plain = scan.end = end;
    } else if (scan.part.has_value()) {
      parts.pattern(text.substr(plain, at - plain));
      parts.add(std::move(*scan.part));
      plain = scan.end;
    } else if (mistakes != nullptr) {
      mistakes->push_back(std::move(scan.mistake));
    }
    at = text.find("${", scan.end);
  }
  parts.pattern(text.substr(plain));
  return parts.take();
}

// The byte after the fifth colon; npos where there are fewer.
std::size_t resource_begin(std::string_view text) {
  std::size_t resource = 0;
  for (int colon = 0; colon < 5; ++colon) {
    resource = text.find(':', resource);
    if (resource == std::string_view::npos)
      return resource;
    ++resource;
  }
  return resource;
}

// Puts the names back, and cuts texts at unknown parts.
TextWithVariables named(TextWithVariables parsed, const std::vector<base::TextSegment>& segments) {
  std::vector<std::string> names;
  for (const base::TextSegment& segment : segments) {
    if (segment.unknown)
      names.push_back(base::unknown_text(segment.text));
  }
  std::size_t number = 0;
  Parts parts;
  for (TextPart& part : parsed.parts) {
    if (part.kind != TextPart::Kind::kPattern && part.kind != TextPart::Kind::kUnknown) {
      parts.add(std::move(part));
      continue;
    }
    std::string written;
    for (const base::TextSegment& segment : base::cut_at_unknowns(part.text)) {
      if (part.kind == TextPart::Kind::kUnknown) {
        written += segment.unknown ? names[number++] : std::string(segment.text);
      } else if (segment.unknown) {
        parts.unknown(names[number++]);
      } else {
        parts.pattern(segment.text);
      }
    }
    if (part.kind == TextPart::Kind::kUnknown)
      parts.unknown(written);
  }
  return parts.take();
}

TextWithVariables plain_text(std::string_view text) {
  Parts parts;
  parts.pattern(text);
  TextWithVariables parsed = parts.take();
  return base::has_unknown(text) ? named(std::move(parsed), base::cut_at_unknowns(text)) : parsed;
}

enum class Place { kAnywhere, kResource };

TextWithVariables parse(std::string_view text, Place place, std::vector<VariableMistake>* mistakes) {
  if (!base::has_unknown(text)) {
    const std::size_t first = place == Place::kResource ? resource_begin(text) : 0;
    return first == std::string_view::npos ? plain_text(text) : parse_from(text, first, {}, mistakes);
  }
  const std::vector<base::TextSegment> segments = base::cut_at_unknowns(text);
  // Names of unknown parts may look like parts of a variable: they are numbered while the text is cut.
  std::string numbered;
  Unknowns unknowns;
  for (const base::TextSegment& segment : segments) {
    if (segment.unknown)
      unknowns.begins.push_back(numbered.size());
    numbered += segment.unknown ? base::unknown_text(std::to_string(unknowns.begins.size()))
                                : std::string(segment.text);
  }
  unknowns.certain = place == Place::kResource ? resource_begin(numbered) : 0;
  // Behind an unknown part nobody knows which field of an ARN it is.
  const std::size_t first = std::min(unknowns.certain, unknowns.begins.front());
  return named(parse_from(numbered, first, unknowns, mistakes), segments);
}

}  // namespace

bool TextWithVariables::has_variable() const {
  return std::any_of(parts.begin(), parts.end(),
                     [](const TextPart& part) { return part.kind == TextPart::Kind::kVariable; });
}

bool TextWithVariables::has_unknown() const {
  return std::any_of(parts.begin(), parts.end(),
                     [](const TextPart& part) { return part.kind == TextPart::Kind::kUnknown; });
}

TextWithVariables parse_variables(std::string_view text, Version version,
                                  std::vector<VariableMistake>* mistakes) {
  if (version == Version::k2008)
    return plain_text(text);
  return parse(text, Place::kAnywhere, mistakes);
}

TextWithVariables parse_resource_variables(std::string_view text, Version version,
                                           std::vector<VariableMistake>* mistakes) {
  if (version == Version::k2008)
    return plain_text(text);
  return parse(text, Place::kResource, mistakes);
}

}  // namespace grantproof::policy
