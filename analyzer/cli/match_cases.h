// SPDX-License-Identifier: Apache-2.0
//
// grantproof match --cases: event patterns and events with the verdicts that EventBridge gives, one JSON
// object a line. Two shapes:
//   {"id": …, "pattern": TEXT, "event": TEXT, "valid": true, "matches": false}
//   {"id": …, "rules": [TEXT, …], "events": [TEXT, …], "matches": [[0, 2], …]}
// Patterns and events are JSON text in strings, since duplicate keys and spellings of numbers are part of
// them.
#pragma once

#include <string>

#include "base/expected.h"
#include "cli/machine.h"

namespace grantproof::cli {

// The exit code; verdicts go to machine.output, one line a case, in the order of the file.
base::Expected<int> match_cases(const std::string& path, bool quiet, const Machine& machine);

}  // namespace grantproof::cli
