// SPDX-License-Identifier: Apache-2.0
//
// What is looked at only for its mistakes: conditions and outputs that nothing uses, and DependsOn.
#pragma once

#include "sources/template_context.h"
#include "sources/template_stack.h"

namespace grantproof::sources {

void check_conditions(const TemplateStack& stack, TemplateContext& context);
void check_outputs(const TemplateStack& stack, TemplateContext& context);
void check_dependencies(const TemplateStack& stack, TemplateContext& context);

}  // namespace grantproof::sources
