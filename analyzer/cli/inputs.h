// SPDX-License-Identifier: Apache-2.0
//
// What every command that reads policies starts with: settings, reference, documents, policies. Owns them
// all; subjects() and world() borrow from it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "aws/reference.h"
#include "base/diagnostic.h"
#include "base/expected.h"
#include "base/source.h"
#include "checks/subject.h"
#include "cli/machine.h"
#include "cli/options.h"
#include "cli/policy_loader.h"
#include "cli/settings.h"
#include "cli/source_walk.h"
#include "reports/render_options.h"

namespace grantproof::cli {

struct Inputs {
  base::SourceMap sources;
  base::DiagnosticSink diagnostics;  // of the policies
  Settings settings;
  std::optional<aws::Reference> newer_reference;  // --reference
  SourceFiles files;
  std::vector<LoadedPolicy> policies;
  std::size_t documents = 0;  // that hold a policy, or a broken one

  const aws::Reference& reference() const {
    return newer_reference ? *newer_reference : aws::Reference::embedded();
  }
};

// Settings and reference; no documents yet.
base::Expected<std::unique_ptr<Inputs>> begin_inputs(const Options& options, const Machine& machine);
// The documents at these paths, and their policies.
base::Expected<void> read_policies(std::span<const std::string> paths, const Options& options,
                                   const Machine& machine, Inputs& inputs);
// Both. An error where there is no policy at all: a wrong path must not look like a clean result.
base::Expected<std::unique_ptr<Inputs>> read_inputs(std::span<const std::string> paths,
                                                    const Options& options, const Machine& machine);
// An error where a document could not be read as what it is (not JSON, too large, not UTF-8): for commands
// that answer a question about all policies together, and cannot answer it about some.
base::Expected<void> require_readable(const Inputs& inputs);

// One document by name, "-", or where there is no such file a git revision ("HEAD:policy.json").
base::Expected<void> read_one_document(const std::string& path, const Options& options,
                                       const Machine& machine, Inputs& inputs);

std::vector<checks::Subject> subjects(const Inputs& inputs);
checks::World world(const Inputs& inputs, const Options& options);
reports::RenderOptions render_options(const Options& options, const Machine& machine);

}  // namespace grantproof::cli
