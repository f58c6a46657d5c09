// SPDX-License-Identifier: Apache-2.0
//
// One request against policies that were given as files: which policy has a say in which way, the decision,
// and how it is told.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/authorizer.h"
#include "access/case_file.h"
#include "base/expected.h"
#include "base/source.h"
#include "checks/subject.h"
#include "reports/render_options.h"

namespace grantproof::cli {

struct Simulation {
  access::Decision decision;
  std::vector<std::string> assumed;  // clauses
  bool relied_on() const { return access::is_relied_on(decision); }
};

// Adds policies to those of the case, each as what its type says; of those that are attached to somebody the
// ones that are the caller's and the resource's. An error where two policies claim to be the
// one of the resource.
base::Expected<void> add_policies(std::span<const checks::Subject> subjects, access::Case& to);

// Decides. Where no identity policy is given at all, a caller of another account is taken to be allowed by
// its own, and that is said: a bus policy by itself could otherwise let nobody in.
Simulation simulate(access::Case& of);

// "allowed", "implicitly denied", "explicitly denied", "undecided"
std::string_view verdict(const Simulation& simulation);
std::string simulation_text(const Simulation& simulation, const access::Case& of,
                            const base::SourceMap& sources, const reports::RenderOptions& options);
std::string simulation_json(const Simulation& simulation, const access::Case& of,
                            const base::SourceMap& sources);

}  // namespace grantproof::cli
