// SPDX-License-Identifier: Apache-2.0
//
// From the text of rules/aws/reference.txt to the block of tables that a Reference reads. Used twice: by the
// generator at build time and by Reference::parse at run time.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "aws/reference_text.h"
#include "base/expected.h"

namespace grantproof::aws {

// Words, so that the block is aligned for every row.
using Block = std::vector<std::uint64_t>;

// The text must be read without error before.
Block compile(ReferenceText reference);

// Reads and compiles. Error: what is wrong with the text, beginning "line 12: ".
base::Expected<Block> compile_text(std::string_view text);

}  // namespace grantproof::aws
