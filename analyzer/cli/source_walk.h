// SPDX-License-Identifier: Apache-2.0
//
// Paths to the files that are read: files as they are named, folders walked in byte order. Ignore files and
// the settings' `sources` decide about walked files; about named ones only with --force-exclude.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/expected.h"
#include "cli/machine.h"
#include "cli/options.h"
#include "cli/settings.h"

namespace grantproof::cli {

struct SourceFile {
  std::string path;    // as shown; "-" is standard input
  bool named = false;  // somebody meant this very file: that it is no policy is a mistake
};

struct SourceFiles {
  std::vector<SourceFile> files;     // each once
  std::vector<std::string> folders;  // that were walked
};

// Without a path: the repository, or the current folder where there is none.
base::Expected<SourceFiles> find_sources(std::span<const std::string> paths, const Options& options,
                                         const Settings& settings, const Machine& machine);

}  // namespace grantproof::cli
