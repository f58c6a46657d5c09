// SPDX-License-Identifier: Apache-2.0
//
// .grantproof.yaml: what the organisation says about itself and about its findings. The nearest one counts,
// from the current folder up to the root of the repository; nothing is read from the home directory. Flags
// win over it. Reference: docs/reference/configuration-file.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/expected.h"
#include "base/source.h"
#include "cli/machine.h"
#include "cli/options.h"
#include "logic/request_space.h"

namespace grantproof::cli {

inline constexpr std::string_view kSettingsFile = ".grantproof.yaml";

struct Suppression {
  std::string rule;         // id
  std::string path;         // pattern, from the folder of the settings; empty: any
  std::string sid;          // empty: any
  std::string fingerprint;  // empty: any
  std::string reason;
  std::string until;  // last day; empty: for good
  base::Span span;
};

struct RuleSetting {
  std::string rule;  // id
  bool off = false;
  std::optional<base::Severity> severity;
};

struct Settings {
  std::string file;  // as shown; empty: there is none
  std::string
      folder;  // that its paths begin at: of the file, else the root of the repository; "" is the current one
  logic::Facts facts;
  std::vector<std::string> include;  // empty: by the ends of names
  std::vector<std::string> exclude;
  std::vector<RuleSetting> rules;
  std::vector<Suppression> suppressions;
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::optional<FailOn> fail_on;
};

// The folder of the repository around the current one, as a path from there ("", "..", "../.."); nothing
// where there is none.
std::optional<std::string> repository_root(const Machine& machine);

// The settings in force, with the flags of `options` laid over them. Mistakes of the file are errors, with
// file, line and column.
base::Expected<Settings> load_settings(const Options& options, const Machine& machine,
                                       base::SourceMap& sources);

}  // namespace grantproof::cli
