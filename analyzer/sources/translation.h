// SPDX-License-Identifier: Apache-2.0
//
// What every reader of a source makes of a document: resources in the vocabulary of config/resource.h, gaps,
// and what was taken for granted. Mistakes go to the sink as diagnostics of the GP03xx rules.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "config/resource.h"

namespace grantproof::sources {

// Where a document's resources stand, as far as its path or the flags say:
// "dumps/111122223333/eu-west-1/x.json". What the document says itself comes first. Empty: not known.
struct Place {
  std::string path;     // as shown
  std::string account;  // twelve digits
  std::string region;
  // What unknown parts call the document instead of its path; empty: they do not.
  std::string called = {};

  const std::string& shown() const { return called.empty() ? path : called; }
};

struct Translation {
  base::SourceMap& sources;
  base::DiagnosticSink& sink;
  std::vector<config::Resource> resources;
  std::vector<config::Gap> gaps;
  std::vector<std::string> assumptions;  // one clause each: "parameter Stage of x.yaml has its default, dev"
};

}  // namespace grantproof::sources
