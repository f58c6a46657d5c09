// SPDX-License-Identifier: Apache-2.0
//
// A mistake in the user's input, said at the place where it was made, with what to write instead. Readers put
// diagnostics into a DiagnosticSink and go on reading: one file has many mistakes, and users want all of
// them. The check engine turns them into findings of the rule they name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace grantproof::base {

enum class Severity { kError, kWarning, kNote };

// "error", "warning", "note"
std::string_view name(Severity severity);

struct Label {
  Span span;
  std::string text;  // may be empty
};

struct Diagnostic {
  std::string rule;  // rule id, "GP1003"
  Severity severity = Severity::kError;
  std::string message;           // what was found, in the author's terms; no full stop
  Label primary;                 // as narrow as the fact
  std::vector<Label> secondary;  // only where it adds a reason
  std::string help;              // what to write instead; may be empty
};

class DiagnosticSink {
 public:
  void report(Diagnostic diagnostic) {
    if (diagnostic.severity == Severity::kError)
      ++errors_;
    diagnostics_.push_back(std::move(diagnostic));
  }
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  std::size_t errors() const { return errors_; }

 private:
  std::vector<Diagnostic> diagnostics_;
  std::size_t errors_ = 0;
};

}  // namespace grantproof::base
