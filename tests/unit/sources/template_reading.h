// SPDX-License-Identifier: Apache-2.0
//
// What the tests of templates share: texts of templates, and what becomes of them, as people would see it.
#pragma once

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "sources/template_set.h"
#include "sources/translation.h"
#include "syntax/json_reader.h"
#include "syntax/json_writer.h"
#include "syntax/yaml_reader.h"

namespace grantproof::sources {

class TemplateReading {
 public:
  explicit TemplateReading(std::map<std::string, std::string> parameters = {})
      : set_(std::move(parameters)) {}

  TemplateReading& add(const std::string& path, std::string text, const std::string& account = {},
                       const std::string& region = {}) {
    const base::FileId file = sources.add(path, std::move(text));
    auto root = path.ends_with("json") ? syntax::read_json(sources, file, sink)
                                       : syntax::read_yaml(sources, file, sink);
    if (!root)
      return *this;
    if (is_cdk_manifest(*root))
      set_.add_cdk_manifest(std::move(*root), {path, account, region});
    else
      set_.add_template(std::move(*root), {path, account, region});
    return *this;
  }
  TemplateReading& add_file(const std::string& path, const std::string& account = {},
                            const std::string& region = {}) {
    std::ifstream file(GRANTPROOF_SOURCE_DIR "/tests/unit/sources/formats/" + path);
    std::stringstream text;
    text << file.rdbuf();
    return add(path, text.str(), account, region);
  }
  TemplateReading& translate() {
    set_.translate(into);
    return *this;
  }

  // The properties of a resource as JSON; of all its descriptions, "WHEN: JSON" lines.
  std::string properties(std::string_view name) const {
    std::string text;
    for (const config::Resource& resource : into.resources) {
      if (resource.name != name)
        continue;
      text += text.empty() ? "" : "\n";
      text += resource.when.empty() ? "" : resource.when + ": ";
      text += syntax::write_json(resource.properties);
    }
    return text;
  }
  // One property.
  std::string property(std::string_view name, std::string_view key) const {
    for (const config::Resource& resource : into.resources) {
      const syntax::Node* value = resource.name == name ? resource.properties.find(key) : nullptr;
      if (value != nullptr)
        return syntax::write_json(*value);
    }
    return "(none)";
  }
  std::string arn(std::string_view name) const {
    for (const config::Resource& resource : into.resources) {
      if (resource.name == name)
        return resource.arn;
    }
    return "(none)";
  }
  // "NAME when WHEN", one line a resource
  std::string resources() const {
    std::string text;
    for (const config::Resource& resource : into.resources)
      text += fmt::format("{}{}{}\n", resource.name, resource.when.empty() ? "" : " when ", resource.when);
    return text;
  }
  // "GP0301 LINE:COLUMN message", one line each
  std::string said() const {
    std::string text;
    for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
      const base::Location location = sources.locate(diagnostic.primary.span);
      text += fmt::format("{} {}:{} {}\n", diagnostic.rule, location.begin.line, location.begin.column,
                          diagnostic.message);
    }
    return text;
  }
  std::string gaps() const {
    std::string text;
    for (const config::Gap& gap : into.gaps)
      text += gap.message + "\n";
    return text;
  }
  std::string assumptions() const {
    std::string text;
    for (const std::string& clause : into.assumptions)
      text += clause + "\n";
    return text;
  }

  // On the heap, so that what refers to them stays right when this is moved.
  std::unique_ptr<base::SourceMap> source_map = std::make_unique<base::SourceMap>();
  std::unique_ptr<base::DiagnosticSink> diagnostic_sink = std::make_unique<base::DiagnosticSink>();
  base::SourceMap& sources = *source_map;
  base::DiagnosticSink& sink = *diagnostic_sink;
  Translation into{sources, sink, {}, {}, {}};

 private:
  TemplateSet set_;
};

}  // namespace grantproof::sources
