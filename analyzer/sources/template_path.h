// SPDX-License-Identifier: Apache-2.0
//
// Paths and URLs of templates.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grantproof::sources {

// "a/./b/../c" to "a/c"; what stands in front of the root stays ("../c").
std::string normal_path(std::string_view path);
// A path that is said in a file: from the file's directory on.
std::string path_from(std::string_view file, std::string_view path);
// "stacks/orders.template.json" to "orders"
std::string template_name(std::string_view path);
std::vector<std::string_view> path_components(std::string_view path);

}  // namespace grantproof::sources
