// SPDX-License-Identifier: Apache-2.0
//
// The text of a file to a tree: JSON, YAML or URL-encoded JSON, told apart by name and first bytes; and
// whether a text can be any source at all, answered without reading it, so that a walk over a repository is
// quick.
#pragma once

#include <optional>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source.h"
#include "syntax/node.h"

namespace grantproof::sources {

// No policy lacks the word Statement, or a Version.
bool mentions_policy(std::string_view text);
// Policies, templates, plans, manifests, bundles; answers of the AWS CLI name an ARN or a policy.
bool mentions_source(std::string_view text);
// Of a text that is no document: was it meant as a source? A policy has Statement and Effect, the others keys
// and types that stand nowhere else.
bool reads_like_broken_source(std::string_view text);
bool mentions_bundle(std::string_view text);

std::optional<syntax::Node> read_document(std::string_view path, base::FileId file, base::SourceMap& sources,
                                          base::DiagnosticSink& mistakes);

}  // namespace grantproof::sources
