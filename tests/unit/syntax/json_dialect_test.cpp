// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "syntax/json_reader.h"
#include "syntax/json_writer.h"

namespace grantproof::syntax {
namespace {

// The tree as JSON, or the rules of what was reported.
std::string read(std::string_view text, const JsonDialect& dialect) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const std::optional<Node> node =
      read_json(sources, sources.add("a.json", std::string(text)), sink, {}, dialect);
  std::string result = node.has_value() ? write_json(*node) : "";
  for (const base::Diagnostic& diagnostic : sink.diagnostics())
    result += " " + diagnostic.rule;
  return result;
}

TEST(JsonDialect, OfPoliciesIsStrict) {
  struct Row {
    std::string_view text;
    std::string_view result;
  };
  for (const Row& row : {
           Row{"\xEF\xBB\xBF[1]", "[1]"},
           Row{R"({"a":1,"a":2})", R"({"a":1,"a":2} GP0002)"},
           Row{"[1] x", " GP0001"},
           Row{"[1e400]", " GP0001"},
       }) {
    EXPECT_EQ(read(row.text, {}), row.result) << row.text;
  }
}

TEST(JsonDialect, OfEventsTakesMore) {
  constexpr JsonDialect kDialect{
      .byte_order_mark = false, .duplicate_keys = true, .text_after_end = true, .large_numbers = true};
  struct Row {
    std::string_view text;
    std::string_view result;
  };
  for (const Row& row : {
           Row{"\xEF\xBB\xBF[1]", " GP0001"},
           Row{R"({"a":1,"a":2})", R"({"a":1,"a":2})"},
           Row{"[1] x", "[1]"},
           Row{"{}}", "{}"},
           Row{"[1", " GP0001"},
           Row{"", " GP0001"},
           Row{"[1e400,-1e309,\"1e400\",2.50]", "[1e400,-1e309,\"1e400\",2.50]"},
           Row{R"({"1e400":1e400,"a\"1e400":[ 1e400 , 0.5 ]})", R"({"1e400":1e400,"a\"1e400":[1e400,0.5]})"},
           Row{"[1e400,01]", " GP0001"},
           Row{"[1e400,1.]", " GP0001"},
           Row{"[1e400 1]", " GP0001"},
           Row{"[1e400] x", "[1e400]"},
       }) {
    EXPECT_EQ(read(row.text, kDialect), row.result) << row.text;
  }
}

}  // namespace
}  // namespace grantproof::syntax
