// SPDX-License-Identifier: Apache-2.0
#include "checks/finding.h"

namespace grantproof::checks {

std::string_view name(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::kProved:
      return "proved";
    case VerdictKind::kRefuted:
      return "refuted";
    case VerdictKind::kUndecided:
      break;
  }
  return "undecided";
}

}  // namespace grantproof::checks
