// SPDX-License-Identifier: Apache-2.0
//
// What can be wrong with one text of Action or NotAction: its form, and whether the service reference knows
// it.
#pragma once

#include "policy/reader_context.h"
#include "syntax/node.h"

namespace grantproof::policy {

// `node` is a string.
void check_action(ReaderContext& context, const syntax::Node& node);

}  // namespace grantproof::policy
