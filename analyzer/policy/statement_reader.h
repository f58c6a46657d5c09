// SPDX-License-Identifier: Apache-2.0
//
// One statement: a tree to a Statement. The grammar of the elements around the principal, the action, the
// resource and the condition, which have readers of their own.
#pragma once

#include "policy/reader_context.h"
#include "policy/statement.h"
#include "syntax/node.h"

namespace grantproof::policy {

// `node` is an object.
Statement read_statement(ReaderContext& context, const syntax::Node& node);

}  // namespace grantproof::policy
