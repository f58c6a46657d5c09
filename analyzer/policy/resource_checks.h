// SPDX-License-Identifier: Apache-2.0
//
// What can be wrong with one text of Resource or NotResource.
#pragma once

#include "policy/reader_context.h"
#include "syntax/node.h"

namespace grantproof::policy {

// `node` is a string.
void check_resource(ReaderContext& context, const syntax::Node& node, bool& understood);

}  // namespace grantproof::policy
