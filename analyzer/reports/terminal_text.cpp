// SPDX-License-Identifier: Apache-2.0
#include "reports/terminal_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace grantproof::reports {
namespace {

constexpr std::size_t kTabStop = 4;

struct Range {
  char32_t first;
  char32_t last;
};

// What a terminal would obey, or a reader would not see: C0, DEL, C1; zero-width and direction-changing
// characters (Unicode TR 36 and TR 39; CVE-2021-42574), line and paragraph separators, interlinear
// annotation, tag characters.
constexpr auto kHidden = std::to_array<Range>({
    {0x00, 0x1F},
    {0x7F, 0x9F},
    {0xAD, 0xAD},
    {0x061C, 0x061C},
    {0x115F, 0x1160},
    {0x17B4, 0x17B5},
    {0x180B, 0x180F},
    {0x200B, 0x200F},
    {0x2028, 0x202E},
    {0x2060, 0x206F},
    {0x3164, 0x3164},
    {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0},
    {0xFFF9, 0xFFFB},
    {0xFFFE, 0xFFFF},
    {0xE0000, 0xE007F},
});

bool is_hidden(char32_t code_point) {
  return std::any_of(kHidden.begin(), kHidden.end(), [&](const Range& range) {
    return range.first <= code_point && code_point <= range.last;
  });
}

struct Character {
  char32_t code_point = 0;
  std::size_t bytes = 1;
  bool valid = true;  // otherwise code_point is the byte
};

// The character at `offset`; a byte that begins none is a character of its own.
Character character_at(std::string_view text, std::size_t offset) {
  const base::CodePoint found = base::code_point_at(text, offset);
  const auto byte = static_cast<std::uint8_t>(text[offset]);
  if (found.length == 1 && byte >= 0x80)
    return {byte, 1, false};
  return {found.value, found.length, true};
}

std::string escaped(const Character& character) {
  const auto code_point = static_cast<std::uint32_t>(character.code_point);
  if (!character.valid)
    return fmt::format("\\x{:02x}", code_point);
  return code_point > 0xFFFF ? fmt::format("\\U{:08x}", code_point) : fmt::format("\\u{:04x}", code_point);
}

Cell cell_at(std::string_view text, std::size_t offset, const Character& character, bool ascii) {
  const bool plain = 0x20 <= character.code_point && character.code_point < 0x7F;
  const bool shown = character.valid && (plain || (!ascii && !is_hidden(character.code_point)));
  if (!shown) {
    std::string escape = escaped(character);
    const std::size_t width = escape.size();
    return {std::move(escape), width, offset};
  }
  return {std::string(text.substr(offset, character.bytes)), base::display_width(character.code_point),
          offset};
}

}  // namespace

std::vector<Cell> lay_out(std::string_view line, bool ascii) {
  std::vector<Cell> cells;
  cells.reserve(line.size());
  std::size_t column = 0;
  for (std::size_t offset = 0; offset < line.size();) {
    const Character character = character_at(line, offset);
    Cell cell;
    if (character.code_point == '\t') {
      const std::size_t width = kTabStop - column % kTabStop;
      cell = {std::string(width, ' '), width, offset};
    } else {
      cell = cell_at(line, offset, character, ascii);
    }
    column += cell.columns;
    offset += character.bytes;
    cells.push_back(std::move(cell));
  }
  return cells;
}

std::string printable(std::string_view text, bool ascii) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const Character character = character_at(text, offset);
    result += cell_at(text, offset, character, ascii).text;
    offset += character.bytes;
  }
  return result;
}

std::size_t columns(std::string_view text) {
  return base::display_width(text);
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t taken = columns(text);
  if (taken < width)
    text.append(width - taken, ' ');
  return text;
}

std::string escape_json_for_terminals(std::string_view json) {
  std::string result;
  result.reserve(json.size());
  for (std::size_t offset = 0; offset < json.size();) {
    const Character character = character_at(json, offset);
    // Below 0x20 stand only the line breaks between JSON's tokens; beyond ASCII everything is inside a
    // string.
    const bool hidden = character.code_point >= 0x7F && is_hidden(character.code_point);
    if (hidden && character.code_point > 0xFFFF) {
      const auto rest = static_cast<std::uint32_t>(character.code_point) - 0x10000U;
      result += fmt::format("\\u{:04x}\\u{:04x}", 0xD800U + (rest >> 10U), 0xDC00U + (rest & 0x3FFU));
    } else if (hidden) {
      result += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(character.code_point));
    } else {
      result += json.substr(offset, character.bytes);
    }
    offset += character.bytes;
  }
  return result;
}

Ink ink(base::Severity severity) {
  switch (severity) {
    case base::Severity::kError:
      return Ink::kError;
    case base::Severity::kWarning:
      return Ink::kWarning;
    case base::Severity::kNote:
      break;
  }
  return Ink::kNote;
}

std::string paint(std::string_view text, Ink ink, bool colour) {
  constexpr auto kCodes =
      std::to_array<std::string_view>({"", "1", "1;31", "1;33", "1;36", "1;34", "34", "1;32"});
  const std::string_view code = kCodes[static_cast<std::size_t>(ink)];
  if (!colour || code.empty() || text.empty())
    return std::string(text);
  return fmt::format("\033[{}m{}\033[0m", code, text);
}

}  // namespace grantproof::reports
