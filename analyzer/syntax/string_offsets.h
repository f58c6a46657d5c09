// SPDX-License-Identifier: Apache-2.0
//
// Where each byte of a string's value stands in the document: through the escapes of JSON, and through the
// quotes, escapes, indentation and folding of YAML.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "syntax/node.h"

namespace grantproof::syntax {

// `written` starts where the string starts (quote or block header included) and may be longer than the
// string. value.size() + 1 offsets into `written`: of every byte, and of what ends the value (the closing
// quote, the line break). Nothing where the text does not spell the value.
std::optional<std::vector<std::uint32_t>> json_string_offsets(std::string_view written,
                                                              std::string_view value);
std::optional<std::vector<std::uint32_t>> yaml_string_offsets(std::string_view written,
                                                              std::string_view value);

// Where the bytes of a string node stand in the source that it was read from: value.size() + 1 offsets into
// that source. Where the spelling is not known (an alias of YAML, a text made of several) every byte leads to
// the whole string.
std::vector<std::uint32_t> offsets_in_source(const base::SourceMap& sources, const Node& string);

}  // namespace grantproof::syntax
