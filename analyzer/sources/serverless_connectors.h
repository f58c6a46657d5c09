// SPDX-License-Identifier: Apache-2.0
//
// SAM connectors: resources of their own, and the Connectors attribute of others. They are expanded last,
// because they look at the resources that SAM made.
#pragma once

#include "sources/serverless_expansion.h"
#include "syntax/node.h"

namespace grantproof::sources {

// The Connectors attribute of a resource; each becomes a connector of its own.
void postpone_embedded_connectors(const std::string& source, syntax::Node connectors,
                                  ServerlessExpansion& expansion);

void expand_connector(const SamResource& connector, ServerlessExpansion& expansion);

}  // namespace grantproof::sources
