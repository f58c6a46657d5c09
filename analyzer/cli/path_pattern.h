// SPDX-License-Identifier: Apache-2.0
//
// Paths and patterns of paths, as ignore files, settings and --as write them: '*' and '?' stay within a name,
// '**' as a whole name stands for any number of folders, [a-z] is one character of a set.
#pragma once

#include <string>
#include <string_view>

namespace grantproof::cli {

// The whole path. "policies/**/*.json" matches "policies/a.json" and "policies/x/y/a.json".
bool path_matches(std::string_view pattern, std::string_view path);
// The way of .gitignore: a pattern without '/' is about the name of the file, wherever it lies.
bool name_or_path_matches(std::string_view pattern, std::string_view path);

// The last name of a path.
std::string_view base_name(std::string_view path);
// Without "." and "x/..", and without '/' at the end. "" and "." are ".".
std::string tidy(std::string_view path);
// `path` (from `current`, an absolute folder) as seen from `folder` (also from `current`); as an absolute
// path where it lies outside. The folder itself is "".
std::string path_from(std::string_view current, std::string_view folder, std::string_view path);

}  // namespace grantproof::cli
