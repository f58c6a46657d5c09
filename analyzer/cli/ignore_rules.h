// SPDX-License-Identifier: Apache-2.0
//
// .gitignore and .grantproofignore: which files a walk leaves out. A line is a pattern; '!' takes one back; a
// '/' at the end means folders only; a '/' before that ties it to the folder of the file. The last line that
// matches counts, and the files of inner folders count after those of outer ones.
//
// Source: gitignore(5). Not read: core.excludesFile and .git/info/exclude, which belong to one machine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grantproof::cli {

class IgnoreRules {
 public:
  // `folder`: where the ignore file lies; "" is where paths begin.
  void add(std::string_view folder, std::string_view text);
  // REQUIRES: the folders above `path` are not ignored themselves (a walk does not enter them).
  bool ignores(std::string_view path, bool is_directory) const;

 private:
  struct Line {
    std::string folder;   // "" or with '/' at the end
    std::string pattern;  // without '!' and slashes at its ends
    bool takes_back = false;
    bool folders_only = false;
    bool tied = false;  // matches from `folder` on; otherwise a name at any depth
  };
  std::vector<Line> lines_;
};

}  // namespace grantproof::cli
