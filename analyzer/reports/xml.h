// SPDX-License-Identifier: Apache-2.0
//
// Text for XML 1.0, by hand: there is one format that needs it.
#pragma once

#include <string>
#include <string_view>

namespace grantproof::reports {

// For text and for attributes in double quotes. Line breaks are kept (as references in attributes);
// characters that XML 1.0 cannot hold, or that a reader would not see, are written as escapes, \u001b.
std::string xml_text(std::string_view text);
std::string xml_attribute(std::string_view text);

}  // namespace grantproof::reports
