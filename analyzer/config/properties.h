// SPDX-License-Identifier: Apache-2.0
//
// The properties of a Resource by name, for the readers of this room. A property that is absent, null or of a
// wrong kind reads as empty; a wrong kind is a diagnostic (GP0301).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "config/resource.h"
#include "syntax/node.h"

namespace grantproof::config {

struct Text {
  std::string text;
  base::Span span;
};

class Properties {
 public:
  // Both borrowed.
  Properties(const syntax::Node& node, base::DiagnosticSink& sink) : node_(node), sink_(sink) {}

  const syntax::Node* find(std::string_view name) const;
  // A string or a number, as written.
  std::string text(std::string_view name) const;
  // true, or "true".
  bool flag(std::string_view name) const;
  // A list of them, or one by itself.
  std::vector<Text> texts(std::string_view name) const;
  // The items of a list.
  std::vector<const syntax::Node*> items(std::string_view name) const;
  // The properties of a property that is an object; of an empty one where it is absent.
  Properties object(std::string_view name) const;

  void mistake(base::Span span, std::string message, std::string help = {}) const;

 private:
  // A value that is not known stands for a list or an object: a gap (GP0302).
  void not_known(const syntax::Node& node, std::string_view name) const;

  const syntax::Node& node_;
  base::DiagnosticSink& sink_;
};

}  // namespace grantproof::config
