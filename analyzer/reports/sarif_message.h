// SPDX-License-Identifier: Apache-2.0
//
// Text for SARIF. A message is plain text in which "[words](1)" is a link (SARIF 2.1.0, 3.11.6) and "{0}" a
// placeholder (3.11.5); text of a document must become neither.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "checks/finding.h"

namespace grantproof::reports {

// The finding in whole sentences, with a link "(n)" for each of linked_labels(), counted from 1.
std::string sarif_message(const checks::Finding& finding);
// Secondary labels, at most as many as GitHub keeps.
std::vector<base::Label> linked_labels(const checks::Finding& finding);

// Text that is no link and no placeholder.
std::string literal_text(std::string_view text);

// The first paragraph under "What it proves" of a Markdown page, or else of the page, on one line.
std::string first_paragraph(std::string_view markdown);
// At most so many code points; the last is "…" where text was cut.
std::string first_characters(std::string_view text, std::size_t most);

}  // namespace grantproof::reports
