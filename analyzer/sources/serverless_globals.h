// SPDX-License-Identifier: Apache-2.0
//
// The Globals of a SAM template, merged into the properties of its resources. Source: AWS SAM developer
// guide, "Globals section of the AWS SAM template".
#pragma once

#include "sources/serverless_expansion.h"
#include "syntax/node.h"

namespace grantproof::sources {

// Says what may not stand in Globals, and takes it out.
void check_globals(syntax::Node& globals, ServerlessExpansion& expansion);

// The properties of a resource of that type ("AWS::Serverless::Function") with the globals: objects are
// merged, lists appended, everything else is the resource's own. `ignored`: the resource's IgnoreGlobals.
syntax::Node with_globals(const syntax::Node& globals, std::string_view type, syntax::Node properties,
                          const syntax::Node* ignored, ServerlessExpansion& expansion);

}  // namespace grantproof::sources
