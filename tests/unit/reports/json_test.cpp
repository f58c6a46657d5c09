// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "access/request.h"
#include "report_fixture.h"
#include "reports/renderer.h"
#include "syntax/json_reader.h"
#include "syntax/json_writer.h"
#include "validation.h"

namespace grantproof::reports {
namespace {

using syntax::Node;

// Reads what was rendered. Views into `sources`.
std::optional<Node> parse(const std::string& text) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add("report", text);
  std::optional<Node> node = syntax::read_json(sources, file, sink);
  EXPECT_TRUE(sink.diagnostics().empty());
  return node;
}

TEST(Json, Members) {
  const Fixture fixture = make_fixture();
  const std::optional<Node> report = parse(render_json(fixture.report, {}));
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->find("format")->text, "grantproof-report/1");
  EXPECT_EQ(report->find("tool")->find("reference_date")->text, "2026-08-01");
  const Node& summary = *report->find("summary");
  const std::pair<std::string_view, std::string_view> expected[] = {
      {"files", "2"},      {"policies", "2"}, {"errors", "1"},  {"warnings", "1"}, {"notes", "0"},
      {"suppressed", "1"}, {"proved", "2"},   {"refuted", "2"}, {"undecided", "1"}};
  for (const auto& [key, value] : expected)
    EXPECT_EQ(summary.find(key)->text, value) << key;
  EXPECT_EQ(report->find("findings")->items.size(), 3U) << "a record holds suppressed findings, too";
  EXPECT_EQ(report->find("claims")->items.size(), 5U);
  ASSERT_EQ(report->find("diagnostics")->items.size(), 1U);
  EXPECT_EQ(report->find("diagnostics")->items[0].text, "2");
}

TEST(Json, Finding) {
  const Fixture fixture = make_fixture();
  const std::string text = render_json(fixture.report, {});
  const std::size_t begin = text.find("    {\n      \"rule\": \"GP2003\"");
  const std::size_t end = text.find("    {\n      \"rule\": \"GP1002\"");
  ASSERT_NE(begin, std::string::npos);
  EXPECT_EQ(text.substr(begin, end - begin), R"(    {
      "rule": "GP2003",
      "slug": "putevents-any-detail-type",
      "severity": "note",
      "message": "events of every detail-type are accepted",
      "location": {
        "file": "policies/orders-bus.json",
        "line": 8,
        "column": 17,
        "end_line": 8,
        "end_column": 35
      },
      "related": [],
      "statement": "PartnerPut",
      "assumed": [],
      "fingerprint": "ffeeddccbbaa99887766554433221100",
      "suppressed": true,
      "suppression_reason": "retired in Q1, OPS-812"
    },
)");
}

TEST(Json, SuppressedAndHiddenFindingsStay) {
  const Fixture fixture = make_fixture();
  RenderOptions options;
  options.lowest_severity = base::Severity::kError;
  EXPECT_EQ(render_json(fixture.report, options), render_json(fixture.report, {}));
}

// What `simulate` reads is what was written, once for each request.
TEST(Json, WitnessesAreRequests) {
  const Fixture fixture = make_fixture();
  const std::optional<Node> report = parse(render_json(fixture.report, {}));
  ASSERT_TRUE(report.has_value());
  const Node* witnesses = report->find("witnesses");
  ASSERT_EQ(witnesses->items.size(), 1U) << "the finding's and the claim's are the same";
  const std::string expected = syntax::write_json(access::write_request(open_bus_witness().request));
  const Node& inline_witness = *report->find("findings")->items[0].find("witness");
  for (const Node* node : {witnesses->items.data(), inline_witness.find("request")}) {
    base::DiagnosticSink sink;
    const std::optional<access::Request> request = access::read_request(*node, sink);
    ASSERT_TRUE(request.has_value());
    EXPECT_TRUE(sink.diagnostics().empty());
    EXPECT_EQ(syntax::write_json(access::write_request(*request)), expected);
  }
}

TEST(Json, FitsItsSchema) {
  const Fixture fixture = make_fixture();
  const Validation result =
      validate(GRANTPROOF_SOURCE_DIR "/docs/reference/report.schema.json", render_json(fixture.report, {}));
  if (result == Validation::kNotPossible)
    GTEST_SKIP() << "python3 with jsonschema is not here";
  EXPECT_EQ(result, Validation::kValid);
}

// The schema is no rubber stamp.
TEST(Json, SchemaRefusesAnotherFormat) {
  const Fixture fixture = make_fixture();
  std::string text = render_json(fixture.report, {});
  text.replace(text.find("report/1"), 8, "report/2");
  const Validation result = validate(GRANTPROOF_SOURCE_DIR "/docs/reference/report.schema.json", text);
  if (result == Validation::kNotPossible)
    GTEST_SKIP() << "python3 with jsonschema is not here";
  EXPECT_EQ(result, Validation::kInvalid);
}

}  // namespace
}  // namespace grantproof::reports
