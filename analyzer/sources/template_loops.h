// SPDX-License-Identifier: Apache-2.0
//
// Fn::ForEach of AWS::LanguageExtensions: a fragment of a template, once for each value of a collection. In
// Conditions, Resources (their properties included) and Outputs.
#pragma once

#include <string_view>

#include "sources/template_context.h"

namespace grantproof::sources {

// "Fn::ForEach::NAME"
bool is_loop(std::string_view key);

// The section with its loops expanded; itself where it has none. A loop over something unknown stays. What is
// made is owned by the stack.
const syntax::Node& expand_loops(const syntax::Node& section, TemplateStack& stack, TemplateContext& context);

}  // namespace grantproof::sources
