// SPDX-License-Identifier: Apache-2.0
//
// What the tests of AWS answers share: a document, what was made of it, one line each, and what was said.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "sources/aws_dump.h"
#include "syntax/json_reader.h"
#include "syntax/json_writer.h"
#include "syntax/yaml_reader.h"

namespace grantproof::sources {

struct ReadDump {
  explicit ReadDump(std::string text, Place place = {.path = "answer.json", .account = {}, .region = {}}) {
    base::DiagnosticSink reading;
    const base::FileId file = sources.add(place.path, std::move(text));
    tree = place.path.ends_with(".yaml") ? syntax::read_yaml(sources, file, reading)
                                         : syntax::read_json(sources, file, reading);
    if (!tree) {
      ADD_FAILURE() << "the document of the test is none: " << reading.diagnostics().front().message;
      return;
    }
    recognised = is_aws_dump(*tree);
    read_aws_dump(*tree, place, translation);
  }
  ReadDump(const ReadDump&) = delete;
  ReadDump& operator=(const ReadDump&) = delete;

  // "AWS::SQS::Queue dlq 123456789012 us-east-1 arn:… {properties} without Policy", one line each
  std::string resources() const {
    std::string text;
    for (const config::Resource& resource : translation.resources) {
      text += fmt::format("{} {}", resource.type, resource.name);
      for (const std::string& place : {resource.account, resource.region, resource.arn})
        text += place.empty() ? std::string() : " " + place;
      text += " " + syntax::write_json(resource.properties);
      for (const std::string& property : resource.not_told)
        text += (&property == &resource.not_told.front() ? " without " : ", ") + property;
      text += "\n";
    }
    return text;
  }
  // "1:5 GP0301 message | help", one line each
  std::string said() const {
    std::string text;
    for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
      text += fmt::format("{} {} {}", place(diagnostic.primary.span), diagnostic.rule, diagnostic.message);
      text += diagnostic.help.empty() ? "\n" : fmt::format(" | {}\n", diagnostic.help);
    }
    return text;
  }
  // "1:5 AWS::Events::Rule message", one line each
  std::string gaps() const {
    std::string text;
    for (const config::Gap& gap : translation.gaps)
      text += fmt::format("{} {} {}\n", place(gap.span), gap.about.empty() ? "-" : gap.about, gap.message);
    return text;
  }
  std::string place(base::Span span) const {
    const base::LineColumn at = sources.locate(span).begin;
    return fmt::format("{}:{}", at.line, at.column);
  }
  // What the file has at the place of a node.
  std::string written(const syntax::Node& node) const {
    return std::string(sources.text(sources.outermost(node.span)));
  }
  const syntax::Node& property(std::size_t index, std::string_view name) const {
    static const syntax::Node kNone;
    if (index >= translation.resources.size())
      return kNone;
    const syntax::Node* found = translation.resources[index].properties.find(name);
    return found == nullptr ? kNone : *found;
  }

  base::SourceMap sources;
  base::DiagnosticSink sink;
  Translation translation{sources, sink, {}, {}, {}};
  std::optional<syntax::Node> tree;
  bool recognised = false;
};

// One row of a table: a document, and all that comes of it.
struct DumpCase {
  std::string text;
  std::string resources;
  std::string said = {};
  std::string gaps = {};
  std::string path = "answer.json";
};

template <typename Table>
void expect_dumps(const Table& table) {
  for (const DumpCase& test : table) {
    SCOPED_TRACE(test.path + " " + test.text);
    const ReadDump dump(test.text, {.path = test.path, .account = {}, .region = {}});
    EXPECT_TRUE(dump.recognised);
    EXPECT_EQ(dump.resources(), test.resources);
    EXPECT_EQ(dump.said(), test.said);
    EXPECT_EQ(dump.gaps(), test.gaps);
  }
}

inline std::string format_file(const std::string& name) {
  std::ifstream file(std::string(GRANTPROOF_SOURCE_DIR "/tests/unit/sources/formats/cli/") + name);
  EXPECT_TRUE(file) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace grantproof::sources
