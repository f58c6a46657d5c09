// SPDX-License-Identifier: Apache-2.0
#include "reports/xml.h"

#include <algorithm>
#include <array>

#include "reports/terminal_text.h"

namespace grantproof::reports {
namespace {

struct Reference {
  char character;
  std::string_view in_text;
  std::string_view in_attribute;
};

// '>' too, so that "]]>" cannot occur. Line breaks in attributes would be read as spaces.
constexpr auto kReferences = std::to_array<Reference>({
    {'&', "&amp;", "&amp;"},
    {'<', "&lt;", "&lt;"},
    {'>', "&gt;", "&gt;"},
    {'"', "\"", "&quot;"},
    {'\'', "'", "&apos;"},
    {'\n', "\n", "&#10;"},
});

std::string write(std::string_view text, bool attribute) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string line = printable(text.substr(0, end), false);
    if (end < text.size())
      line += '\n';
    text.remove_prefix(std::min(text.size(), end + 1));
    for (const char character : line) {
      std::string_view written(&character, 1);
      for (const Reference& row : kReferences) {
        if (row.character == character)
          written = attribute ? row.in_attribute : row.in_text;
      }
      result += written;
    }
  }
  return result;
}

}  // namespace

std::string xml_text(std::string_view text) {
  return write(text, false);
}
std::string xml_attribute(std::string_view text) {
  return write(text, true);
}

}  // namespace grantproof::reports
