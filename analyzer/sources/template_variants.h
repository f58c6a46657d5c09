// SPDX-License-Identifier: Apache-2.0
//
// From a resource of a template to config::Resource: once, or once for each way in which the conditions that
// it depends on may turn out.
#pragma once

#include "sources/template_context.h"
#include "sources/template_stack.h"

namespace grantproof::sources {

// Appends to Translation::resources. Whether the resource may exist at all.
bool describe_resource(const TemplateResource& resource, const TemplateStack& stack,
                       TemplateContext& context);

}  // namespace grantproof::sources
