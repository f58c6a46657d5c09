// SPDX-License-Identifier: Apache-2.0
//
// From template files to stacks: which template is deployed where, which are nested in others, and what stack
// sets deploy.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sources/cdk_manifest.h"
#include "sources/template_context.h"
#include "sources/template_library.h"

namespace grantproof::sources {

// Fills TemplateContext::stacks. A template that others nest is no stack by itself.
void make_stacks(const std::vector<TemplateFile>& files, const std::vector<CdkStack>& cdk_stacks,
                 const std::map<std::string, std::string>& parameters, TemplateContext& context);

}  // namespace grantproof::sources
