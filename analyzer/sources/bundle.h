// SPDX-License-Identifier: Apache-2.0
//
// Our own format: an estate described by hand, for teams without dumps or templates. It ties loose files to
// accounts, buses, roles and queues, and says in CloudFormation's words what no file says. Documented in
// docs/reference/bundle.md. The configuration file of `replay` is a bundle, too.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sources/translation.h"
#include "syntax/node.h"

namespace grantproof::sources {

bool is_bundle(const syntax::Node& root);

// A file that a bundle refers to, by its path from the bundle's folder.
struct BundleFile {
  std::string path;  // may be a pattern where it stands under Files
  Place place;       // account and region that it belongs to
  bool document =
      false;  // {File: …}: one document that stands at this place; otherwise a file like any other
  base::Span span;
};
std::vector<BundleFile> bundle_files(const syntax::Node& root, const Place& place);

// The document in a file; nothing, and a diagnostic at `from`, where there is none.
using ReadDocument = std::function<std::optional<syntax::Node>(const std::string& path, base::Span from)>;

void read_bundle(const syntax::Node& root, const Place& place, const ReadDocument& read_document,
                 Translation& into);

}  // namespace grantproof::sources
