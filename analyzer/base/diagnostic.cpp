// SPDX-License-Identifier: Apache-2.0
#include "base/diagnostic.h"

namespace grantproof::base {

std::string_view name(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      return "note";
  }
  return "error";
}

}  // namespace grantproof::base
