// SPDX-License-Identifier: Apache-2.0
//
// What can be wrong with the policy variables of one text.
#pragma once

#include "policy/reader_context.h"
#include "policy/variable.h"
#include "syntax/node.h"

namespace grantproof::policy {

enum class VariablePlace { kResource, kValue };

// `node` is a string of an element that has variables.
void check_variables(ReaderContext& context, const syntax::Node& node, VariablePlace place, bool& understood);

}  // namespace grantproof::policy
