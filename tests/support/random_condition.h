// SPDX-License-Identifier: Apache-2.0
//
// Random Condition blocks and texts with variables, for random_policy.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/request.h"
#include "support/random.h"
#include "syntax/node.h"

namespace grantproof::tests {

// A Condition block of 1 to 3 lines. `variables`: texts may hold policy variables (they count in Version
// 2012-10-17).
syntax::Node random_condition(Random& random, const access::Request& request, bool variables);

// The text with one part of it replaced: by '*', by '?', by its beginning and '*', or by another character.
std::string widened(Random& random, std::string_view text);
// "${key}" or "${key, 'default'}" of a key that could have a value here; sometimes an escape.
std::string random_variable(Random& random);
// A list of one text is as often written as the text alone.
syntax::Node text_or_list(Random& random, std::vector<std::string> texts);

}  // namespace grantproof::tests
