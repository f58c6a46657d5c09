// SPDX-License-Identifier: Apache-2.0
//
// What can be wrong with the values of one line of a Condition.
#pragma once

#include <vector>

#include "policy/reader_context.h"
#include "policy/statement.h"
#include "syntax/node.h"

namespace grantproof::policy {

// `nodes` are the values as written, strings, numbers and Booleans: nodes[i] is condition.values[i].
void check_values(ReaderContext& context, const Condition& condition,
                  const std::vector<const syntax::Node*>& nodes, bool& understood);

}  // namespace grantproof::policy
