// SPDX-License-Identifier: Apache-2.0
//
// A rule is data: the page rules/GPnnnn-slug.md, its front matter and its text. Pages are embedded in the
// binary. A rule with a claim is asked as it stands; the others name findings that the reader or a C++ check
// makes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "checks/claim.h"

namespace grantproof::checks {

struct Rule {
  std::string id;    // "GP2001"
  std::string slug;  // "putevents-open-to-all"
  std::string title;
  base::Severity severity = base::Severity::kWarning;
  std::string security_severity;
  std::string precision;
  std::vector<std::string> tags;
  std::string markdown;  // the page without its front matter
  std::optional<Claim> claim;
};

// Every rule, by id. Read from the embedded pages at first use.
const std::vector<Rule>& rules();
// By id or slug; nullptr where there is none.
const Rule* find_rule(std::string_view id_or_slug);

}  // namespace grantproof::checks
