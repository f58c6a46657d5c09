// SPDX-License-Identifier: Apache-2.0
//
// What every command that reads policies starts with: settings, reference, documents, and the Configuration
// that they make. Owns them all; subjects() and world() borrow from it.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
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
#include "cli/settings.h"
#include "cli/source_walk.h"
#include "config/configuration.h"
#include "reports/render_options.h"
#include "sources/source_reader.h"

namespace grantproof::cli {

struct Inputs {
  base::SourceMap sources;
  base::DiagnosticSink diagnostics;  // of the documents
  Settings settings;
  std::optional<aws::Reference> newer_reference;  // --reference
  SourceFiles files;
  config::Configuration configuration;
  // `diff`: where one of two versions is read, what both share, and what a document is called in both.
  std::optional<sources::OtherVersion> other_version;
  std::function<std::string(const std::string& path)> called;
  std::vector<config::Resource> resources;  // as the documents have them; for `dump` only
  std::size_t documents = 0;                // that say something, or are broken
  std::deque<policy::Policy> stand_ins;     // for policies that are not there, or only under a condition

  const aws::Reference& reference() const {
    return newer_reference ? *newer_reference : aws::Reference::embedded();
  }
};

// Settings and reference; no documents yet.
base::Expected<std::unique_ptr<Inputs>> begin_inputs(const Options& options, const Machine& machine);
// The documents at these paths, and their Configuration.
base::Expected<void> read_sources(std::span<const std::string> paths, const Options& options,
                                  const Machine& machine, Inputs& inputs);
// Both. An error where there is no source at all: a wrong path must not look like a clean result.
base::Expected<std::unique_ptr<Inputs>> read_inputs(std::span<const std::string> paths,
                                                    const Options& options, const Machine& machine);
// An error where a document could not be read as what it is (not JSON, too large, not UTF-8): for commands
// that answer a question about all policies together, and cannot answer it about some.
base::Expected<void> require_readable(const Inputs& inputs);

// Files and folders like read_sources; where there is no such file, one of a git revision
// ("HEAD:policy.json").
base::Expected<void> read_version(const std::string& path, const Options& options, const Machine& machine,
                                  Inputs& inputs);

// Every policy document once.
std::vector<checks::Subject> subjects(const Inputs& inputs);
// A policy once for each principal that holds it, with boundaries and policies of organisations where they
// belong: for questions about all policies together.
std::vector<checks::Subject> subjects_by_holder(Inputs& inputs);
checks::World world(const Inputs& inputs, const Options& options);
reports::RenderOptions render_options(const Options& options, const Machine& machine);

}  // namespace grantproof::cli
