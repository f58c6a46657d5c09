// SPDX-License-Identifier: Apache-2.0
//
// What the stacks of a set export, for Fn::ImportValue.
#pragma once

#include "sources/template_context.h"

namespace grantproof::sources {

// Fills TemplateContext::exports. REQUIRES: all stacks are there
void collect_exports(TemplateContext& context);

}  // namespace grantproof::sources
