// SPDX-License-Identifier: Apache-2.0
//
// Resources to a Configuration. add() reads a resource at once (its policies, patterns and targets become
// types, its tree is dropped); finish() puts together what belongs together and stands in several resources
// (the statements of a bus policy, rules and their bus, attached policies) and tells what is missing.
#pragma once

#include <memory>
#include <vector>

#include "aws/reference.h"
#include "base/diagnostic.h"
#include "base/source.h"
#include "config/configuration.h"
#include "config/resource.h"

namespace grantproof::config {

class ConfigurationBuilder {
 public:
  // All borrowed. `reference`: for the diagnostics of the policy reader.
  ConfigurationBuilder(base::SourceMap& sources, base::DiagnosticSink& sink, const aws::Reference* reference);
  ~ConfigurationBuilder();

  // Types that have no part in what is proved are passed over.
  void add(const Resource& resource);
  void add(Gap gap);
  // A policy of which nobody said where it belongs, or --attached-to did.
  void add(PolicyDocument document);
  void assume(std::string clause);

  Configuration finish() &&;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace grantproof::config
