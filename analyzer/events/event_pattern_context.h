// SPDX-License-Identifier: Apache-2.0
//
// What the readers of a pattern's parts share. Internal to events/: event_pattern_reader makes one for each
// reading of a pattern and hands it down.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "events/event_pattern_rules.h"
#include "syntax/json_token.h"

namespace grantproof::events {

using syntax::quoted;

struct EventPatternContext {
  // The service reads a pattern whose $or is not one (or that has any mistake) once more by its older
  // language: $or is a field like others, and anything-but has no wildcards and no lists of prefixes or
  // suffixes.
  bool or_is_field = false;
  base::DiagnosticSink* sink = nullptr;

  void report(EventPatternRuleId rule, base::Span span, std::string message, std::string help = {},
              std::vector<base::Label> secondary = {}) const;
};

}  // namespace grantproof::events
