// SPDX-License-Identifier: Apache-2.0
#include "aws/arn.h"

#include <array>
#include <cstddef>

namespace grantproof::aws {

std::optional<Arn> parse_arn(std::string_view text) {
  if (!text.starts_with("arn:"))
    return std::nullopt;
  text.remove_prefix(4);
  std::array<std::string_view, 4> fields;
  for (std::string_view& field : fields) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
      return std::nullopt;
    field = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  return Arn{fields[0], fields[1], fields[2], fields[3], text};
}

bool is_account_id(std::string_view text) {
  return text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace grantproof::aws
