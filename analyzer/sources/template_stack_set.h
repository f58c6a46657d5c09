// SPDX-License-Identifier: Apache-2.0
//
// AWS::CloudFormation::StackSet: the template in its TemplateBody, and where its instances stand.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sources/template_context.h"
#include "sources/template_stack.h"
#include "syntax/node.h"

namespace grantproof::sources {

// One account and region. Empty: not said, or not known (organizational units).
struct StackSetInstance {
  std::string account;
  std::string region;
  std::map<std::string, const syntax::Node*, std::less<>> arguments;
};
// At least one.
std::vector<StackSetInstance> stack_set_instances(const TemplateResource& resource,
                                                  const TemplateStack& stack, TemplateContext& context);

// The template in the text of TemplateBody, JSON or YAML; its spans lead into the text. nullptr where there
// is none, or it cannot be read (reported).
const syntax::Node* stack_set_body(const TemplateResource& resource, const TemplateStack& stack,
                                   TemplateContext& context);

}  // namespace grantproof::sources
