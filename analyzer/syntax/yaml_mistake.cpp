// SPDX-License-Identifier: Apache-2.0
#include "syntax/yaml_mistake.h"

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/reader_checks.h"

namespace grantproof::syntax {
namespace {

struct Wording {
  std::string_view library;  // yaml-cpp's message, or its beginning
  std::string_view message;
  std::string_view help;
};

constexpr std::string_view kIndentation =
    "check the indentation, and quote texts that have ': ', '#' or quotes in them";
constexpr std::string_view kClose = "close the bracket, or put a ',' between the values";

// yaml-cpp's constants are not constexpr.
const std::array<Wording, 20> kWordings{
    {{YAML::ErrorMsg::MAP_VALUE, "found ':' where no key can stand", kIndentation},
     {YAML::ErrorMsg::MAP_KEY, "found a key where none can stand", kIndentation},
     {YAML::ErrorMsg::BLOCK_ENTRY, "found '-' where no item of a list can stand", kIndentation},
     {YAML::ErrorMsg::END_OF_MAP_FLOW, "expected ',' or '}' before this", kClose},
     {YAML::ErrorMsg::END_OF_SEQ_FLOW, "expected ',' or ']' before this", kClose},
     {YAML::ErrorMsg::END_OF_MAP, "this does not fit into the object above it", kIndentation},
     {YAML::ErrorMsg::END_OF_SEQ, "this does not fit into the list above it", kIndentation},
     {YAML::ErrorMsg::FLOW_END, "found a closing bracket where none is open", ""},
     {YAML::ErrorMsg::TAB_IN_INDENTATION, "found a tab in the indentation", "YAML indents with spaces"},
     {YAML::ErrorMsg::EOF_IN_SCALAR, "found the end of the text inside a string", "close the quote"},
     {YAML::ErrorMsg::DOC_IN_SCALAR, "found the end of the document inside a string", "close the quote"},
     {YAML::ErrorMsg::INVALID_ESCAPE, "this is no escape that YAML knows",
      "a backslash itself is written \\\\, or use single quotes"},
     {YAML::ErrorMsg::INVALID_HEX, "this escape needs more hexadecimal digits", ""},
     {YAML::ErrorMsg::INVALID_UNICODE, "this escape is no character", ""},
     {YAML::ErrorMsg::UNKNOWN_ANCHOR, "this alias has no anchor before it", "define it with &name"},
     {YAML::ErrorMsg::MULTIPLE_ANCHORS, "found a second anchor for one value", ""},
     {YAML::ErrorMsg::MULTIPLE_TAGS, "found a second tag for one value", ""},
     {YAML::ErrorMsg::ALIAS_CONTENT, "an alias has no tag, anchor or content of its own", ""},
     {YAML::ErrorMsg::ANCHOR_NOT_FOUND, "found '&' without a name", "quote texts that begin with '&'"},
     {YAML::ErrorMsg::ALIAS_NOT_FOUND, "found '*' without a name", "quote texts that begin with '*'"}}};

}  // namespace

base::Diagnostic yaml_mistake(base::FileId file, std::string_view text, std::size_t at,
                              const std::string& message, std::size_t depth_limit) {
  at = std::min(at, text.size());
  std::size_t length = at < text.size() ? base::code_point_at(text, at).length : 0;
  // For escapes yaml-cpp tells where they end.
  if (message.starts_with(YAML::ErrorMsg::INVALID_ESCAPE) ||
      message.starts_with(YAML::ErrorMsg::INVALID_UNICODE) ||
      message.starts_with(YAML::ErrorMsg::INVALID_HEX)) {
    const std::size_t backslash = at < 2 ? std::string_view::npos : text.rfind('\\', at - 2);
    if (backslash != std::string_view::npos) {
      length = std::max<std::size_t>(at - backslash, 2);
      at = backslash;
    }
  }
  const base::Span span{file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)};
  if (message.starts_with(YAML::ErrorMsg::BAD_FILE))
    return too_deep(span, depth_limit);
  if (message == YAML::ErrorMsg::UNKNOWN_TOKEN)
    return reader_error("GP0001", span,
                        fmt::format("found {}, with which no unquoted text begins", text.substr(at, length)),
                        "put the text in quotes");
  for (const Wording& wording : kWordings)
    if (message.starts_with(wording.library))
      return reader_error("GP0001", span, std::string(wording.message), std::string(wording.help));
  return reader_error("GP0001", span, fmt::format("the text is not YAML: {}", message));
}

}  // namespace grantproof::syntax
