// SPDX-License-Identifier: Apache-2.0
//
// What concerns the document as a whole: which characters it has, how large it is, and which elements its
// type has.
#pragma once

#include "policy/reader_context.h"
#include "policy/statement.h"
#include "syntax/node.h"

namespace grantproof::policy {

void check_characters(ReaderContext& context, const syntax::Node& node);
// `statements` tell which quota applies.
void check_size(ReaderContext& context, const syntax::Node& policy, const std::vector<Statement>& statements);
// Letters and digits, and no second statement of that name, where the type asks for it.
void check_sid(ReaderContext& context, const syntax::Node& sid);

// Characters of the document without white space, as IAM counts them.
std::size_t counted_size(const syntax::Node& node);

}  // namespace grantproof::policy
