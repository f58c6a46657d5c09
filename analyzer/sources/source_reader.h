// SPDX-License-Identifier: Apache-2.0
//
// Documents to a Configuration: the way from text to config/. A document is recognised by its keys
// (source_kind.h), translated by the reader of its kind, and handed to the ConfigurationBuilder. Templates
// wait for one another; bundles come first, since they say where other files belong.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "aws/reference.h"
#include "base/diagnostic.h"
#include "base/expected.h"
#include "base/source.h"
#include "config/configuration.h"
#include "config/configuration_builder.h"
#include "policy/policy.h"
#include "sources/bundle.h"
#include "sources/source_kind.h"
#include "sources/template_set.h"
#include "sources/translation.h"

namespace grantproof::sources {

// What two versions of the same documents share.
class OtherVersion {
 public:
  OtherVersion();
  ~OtherVersion();
  TemplateUnknowns& templates() { return *templates_; }

 private:
  std::unique_ptr<TemplateUnknowns> templates_;
};

struct SourceOptions {
  const aws::Reference* reference = nullptr;  // borrowed
  std::string account;                        // of documents that do not say it
  std::string region;
  std::map<std::string, std::string> parameters;  // of templates
  std::string attached_to;                        // of loose policies
  // --as: what the document at this path is said to be
  std::function<std::optional<policy::PolicyType>(const std::string& path)> type_of;
  // The text of a file that a bundle names.
  std::function<base::Expected<std::string>(const std::string& path)> read_file;
  // Does this path match the pattern of a bundle's Files?
  std::function<bool(std::string_view pattern, std::string_view path)> matches;
  // Where these documents are one of two versions: what the versions share (borrowed), and what a document is
  // called in both.
  OtherVersion* other_version = nullptr;
  std::function<std::string(const std::string& path)> called;
};

class SourceReader {
 public:
  // The map and the sink are borrowed.
  SourceReader(SourceOptions options, base::SourceMap& sources, base::DiagnosticSink& sink);

  // True where the document says something, or is a broken one (then the sink says so). A named document of
  // no known kind is an error; a walked one is passed over, unless it reads like a policy that is broken.
  // REQUIRES: bundles are added before other documents (mentions_bundle).
  base::Expected<bool> add(const std::string& path, std::string text, bool named);

  // Keep the resources as the documents have them, for take_resources() after finish().
  void keep_resources() { keep_ = true; }
  std::vector<config::Resource> take_resources() { return std::move(kept_); }

  config::Configuration finish();

 private:
  bool read(SourceKind kind, syntax::Node root, const Place& place);
  void hand_over(Translation& translation);
  Place place_of(const std::string& path) const;
  std::optional<syntax::Node> read_bundled(const std::string& folder, const std::string& path,
                                           base::Span from);

  SourceOptions options_;
  base::SourceMap& sources_;
  base::DiagnosticSink& sink_;
  config::ConfigurationBuilder builder_;
  TemplateSet templates_;
  std::set<std::string> bundled_;  // documents that stand in a bundle, by path
  std::vector<std::pair<std::string, Place>> bundle_places_;
  bool keep_ = false;
  std::vector<config::Resource> kept_;
};

}  // namespace grantproof::sources
