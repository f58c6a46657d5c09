// SPDX-License-Identifier: Apache-2.0
//
// A document to the policies in it. A policy arrives as a JSON or YAML object, as a JSON string, URL-encoded,
// or under "Policy" or "PolicyDocument" of an object around it; other wrappers are not read yet.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "aws/reference.h"
#include "base/diagnostic.h"
#include "base/expected.h"
#include "base/source.h"
#include "cli/options.h"
#include "policy/policy.h"

namespace grantproof::cli {

struct LoadedPolicy {
  std::unique_ptr<const policy::Policy> policy;  // does not move when a list of these grows
  std::string path;
  std::string attached_to;
};

// Could this text hold a policy at all? Answered without parsing, so that a walk over a repository is quick:
// no policy lacks the word.
bool mentions_policy(std::string_view text);

class PolicyLoader {
 public:
  // All borrowed.
  PolicyLoader(const Options& options, const aws::Reference& reference, base::SourceMap& sources,
               base::DiagnosticSink& sink)
      : options_(options), reference_(reference), sources_(sources), sink_(sink) {}

  // Adds the document's policies to `policies`; true where it holds one, or a broken one (then the sink says
  // so). A named document without one is an error; a walked one is passed over, unless it reads like a policy
  // that is broken.
  base::Expected<bool> load(const std::string& path, std::string text, bool named,
                            std::vector<LoadedPolicy>& policies);

 private:
  const Options& options_;
  const aws::Reference& reference_;
  base::SourceMap& sources_;
  base::DiagnosticSink& sink_;
};

}  // namespace grantproof::cli
