// SPDX-License-Identifier: Apache-2.0
//
// What the tests of SAM templates share: a template, what it becomes, and what was said about it.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>

#include "sources/serverless.h"
#include "syntax/json_writer.h"
#include "syntax/yaml_reader.h"

namespace grantproof::sources {

struct Expanded {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  Translation into{sources, sink, {}, {}, {}};
  syntax::Node root;

  const syntax::Node* resource(std::string_view logical_id) const {
    const syntax::Node* resources = root.find("Resources");
    return resources != nullptr ? resources->find(logical_id) : nullptr;
  }
  // Members of a resource as JSON; "" where there is none.
  std::string json(std::string_view logical_id, std::string_view member = "Properties") const {
    const syntax::Node* found = resource(logical_id);
    const syntax::Node* value = found != nullptr ? found->find(member) : nullptr;
    return value != nullptr ? syntax::write_json(*value) : std::string();
  }
  // The same of one property.
  std::string property(std::string_view logical_id, std::string_view name) const {
    const syntax::Node* found = resource(logical_id);
    const syntax::Node* properties = found != nullptr ? found->find("Properties") : nullptr;
    const syntax::Node* value = properties != nullptr ? properties->find(name) : nullptr;
    return value != nullptr ? syntax::write_json(*value) : std::string();
  }
  // "Handler AWS::Lambda::Function", one line a resource, sorted.
  std::string list() const {
    std::multimap<std::string, std::string> types;
    for (const syntax::Member& member : root.find("Resources")->members)
      types.emplace(member.key, member.value.find("Type")->text);
    std::string text;
    for (const auto& [logical_id, type] : types)
      text += fmt::format("{} {}\n", logical_id, type);
    return text;
  }
  // "GP0301 error 4:7 message | help", one line a diagnostic; gaps follow as "gap 4:7 message".
  std::string said() const {
    std::string text;
    for (const base::Diagnostic& one : sink.diagnostics()) {
      text += fmt::format("{} {} {} {}", one.rule, base::name(one.severity), place(one.primary.span),
                          one.message);
      text += one.help.empty() ? "\n" : fmt::format(" | {}\n", one.help);
    }
    for (const config::Gap& gap : into.gaps)
      text += fmt::format("gap {} {}\n", place(gap.span), gap.message);
    return text;
  }
  std::string place(base::Span span) const {
    const base::Location location = sources.locate(span);
    return fmt::format("{}:{}", location.begin.line, location.begin.column);
  }
  std::string written(base::Span span) const { return std::string(sources.text(span)); }
};

// Into `expanded`, because it refers to itself.
inline void expand(std::string text, Expanded& expanded) {
  const base::FileId file = expanded.sources.add("template.yaml", std::move(text));
  std::optional<syntax::Node> root = syntax::read_yaml(expanded.sources, file, expanded.sink);
  ASSERT_TRUE(root) << expanded.said();
  expanded.root = expand_serverless(std::move(*root), expanded.into);
}

// A template of one function, F, with these properties (one line each, without indentation).
inline std::string with_function(std::string_view properties) {
  std::string text =
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n"
      "    Properties:\n      Handler: a.b\n";
  std::size_t from = 0;
  while (from < properties.size()) {
    const std::size_t end = std::min(properties.find('\n', from), properties.size());
    text += fmt::format("      {}\n", properties.substr(from, end - from));
    from = end + 1;
  }
  return text;
}

}  // namespace grantproof::sources
