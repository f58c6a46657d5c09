// SPDX-License-Identifier: Apache-2.0
//
// Each type of SAM resource to the CloudFormation resources that SAM makes of it. Source: AWS SAM developer
// guide, "AWS SAM resource and property reference" and "Generated AWS CloudFormation resources".
#pragma once

#include "sources/serverless_expansion.h"

namespace grantproof::sources {

void expand_function(SamResource function, ServerlessExpansion& expansion);
void expand_state_machine(SamResource state_machine, ServerlessExpansion& expansion);
void expand_api(SamResource api, ServerlessExpansion& expansion);
void expand_http_api(SamResource api, ServerlessExpansion& expansion);
void expand_simple_table(SamResource table, ServerlessExpansion& expansion);
void expand_layer_version(SamResource layer, ServerlessExpansion& expansion);
void expand_application(SamResource application, ServerlessExpansion& expansion);

// {Name: value} as AWS writes tags, behind the one that SAM adds.
syntax::Node tag_list(const syntax::Node& tags, std::string_view created_by, const NodeBuilder& make,
                      ServerlessExpansion& expansion);
// Letters and digits only: what a name becomes in a logical id.
std::string alphanumeric(std::string_view name);

}  // namespace grantproof::sources
