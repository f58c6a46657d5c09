// SPDX-License-Identifier: Apache-2.0
//
// A Configuration as `diff` compares it: every policy once for each that holds it.
#pragma once

#include <functional>
#include <string>

#include "checks/policy_pairs.h"
#include "config/configuration.h"

namespace grantproof::cli {

// Borrows from the configuration. `place_of`: the path of a document within what is compared.
checks::Estate estate_of(const config::Configuration& configuration,
                         const std::function<std::string(const std::string& path)>& place_of);

}  // namespace grantproof::cli
