// SPDX-License-Identifier: Apache-2.0
#include "aws/arn_format.h"

#include <cstddef>

namespace grantproof::aws {

std::vector<ArnFormatPart> split_arn_format(std::string_view format) {
  using Kind = ArnFormatPart::Kind;
  std::vector<ArnFormatPart> parts;
  std::size_t literal = 0;
  const auto close_literal = [&](std::size_t end) {
    if (end > literal)
      parts.push_back({Kind::kLiteral, format.substr(literal, end - literal)});
  };
  for (std::size_t i = 0; i < format.size();) {
    if (format[i] == '*') {
      close_literal(i);
      parts.push_back({Kind::kAnyText, format.substr(i, 1)});
      literal = ++i;
      continue;
    }
    const std::size_t close = format.substr(i, 2) == "${" ? format.find('}', i) : std::string_view::npos;
    if (close == std::string_view::npos) {
      ++i;
      continue;
    }
    close_literal(i);
    parts.push_back({Kind::kPlaceholder, format.substr(i + 2, close - i - 2)});
    literal = i = close + 1;
  }
  close_literal(format.size());
  return parts;
}

}  // namespace grantproof::aws
