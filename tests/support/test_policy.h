// SPDX-License-Identifier: Apache-2.0
//
// Policies and requests from JSON text, as tests write them. A TestPolicy keeps the sources and diagnostics
// of its policy, so spans in it can be looked up.
#pragma once

#include <optional>
#include <string_view>

#include "access/request.h"
#include "base/diagnostic.h"
#include "base/source.h"
#include "policy/policy.h"
#include "policy/policy_reader.h"

namespace grantproof::tests {

struct TestPolicy {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  policy::Policy policy;
};

// Mistakes in the policy are in `sink`. Throws std::invalid_argument where the text is no JSON: that is a
// mistake in the test.
TestPolicy read_policy_text(std::string_view json, std::optional<policy::PolicyType> type = std::nullopt,
                            const policy::PolicyReaderOptions& options = {});

// The JSON form of access/request.h. Throws std::invalid_argument where the text is no request.
access::Request read_request_text(std::string_view json);

}  // namespace grantproof::tests
