// SPDX-License-Identifier: Apache-2.0
//
// What was understood of the documents, as JSON: `grantproof dump`. For people who look for what was left
// out, and for reports of mistakes. Documented in docs/reference/dump.md.
#pragma once

#include <span>
#include <string>

#include "base/source.h"
#include "config/configuration.h"
#include "config/resource.h"

namespace grantproof::reports {

// {"format": "grantproof-configuration/1", …}; policies are numbered, and referred to by number.
std::string configuration_json(const config::Configuration& configuration, const base::SourceMap& sources);

// {"format": "grantproof-sources/1", "resources": […], "gaps": […], "assumptions": […]}
std::string resources_json(std::span<const config::Resource> resources,
                           const config::Configuration& configuration, const base::SourceMap& sources);

}  // namespace grantproof::reports
