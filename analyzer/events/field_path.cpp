// SPDX-License-Identifier: Apache-2.0
#include "events/field_path.h"

#include <algorithm>

namespace grantproof::events {
namespace {

// UTF-8 orders as code points do. In UTF-16 the code points beyond the BMP (from 0xF0 in UTF-8) begin with a
// surrogate, which is less than U+E000 to U+FFFF (0xEE and 0xEF in UTF-8).
unsigned char order(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  if (value >= 0xF0)
    return 0xEE;
  return value >= 0xEE ? 0xFF : value;
}

}  // namespace

bool path_less(std::string_view left, std::string_view right) {
  const auto [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  if (r == right.end())
    return false;
  if (l == left.end())
    return true;
  return order(*l) != order(*r) ? order(*l) < order(*r)
                                : static_cast<unsigned char>(*l) < static_cast<unsigned char>(*r);
}

}  // namespace grantproof::events
