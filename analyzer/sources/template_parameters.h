// SPDX-License-Identifier: Apache-2.0
//
// Declarations of parameters, and what is taken for granted where one has its default.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/template_context.h"
#include "syntax/node.h"

namespace grantproof::sources {

struct TemplateParameterType {
  bool is_list = false;
  bool is_stored = false;  // in Systems Manager: the value that is given is the name of the stored one
};
TemplateParameterType parameter_type(const syntax::Node& declared);
bool has_no_echo(const syntax::Node& declared);
// Texts of AllowedValues.
std::vector<std::string> allowed_values(const syntax::Node& declared);

// "parameter Stage of orders.yaml has its default, dev", for all that were asked for.
void assume_parameters(TemplateContext& context);

}  // namespace grantproof::sources
