// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "report_fixture.h"
#include "reports/renderer.h"
#include "reports/sarif_message.h"
#include "reports/uri.h"
#include "syntax/json_reader.h"
#include "syntax/json_writer.h"
#include "validation.h"

namespace grantproof::reports {
namespace {

using syntax::Node;
using syntax::NodeKind;

class Sarif : public testing::Test {
 protected:
  void SetUp() override { read({}); }

  void read(const RenderOptions& options) {
    text_ = render_sarif(fixture_.report, options);
    base::SourceMap sources;
    base::DiagnosticSink sink;
    log_ = syntax::read_json(sources, sources.add("log", text_), sink);
    ASSERT_TRUE(log_.has_value());
  }
  const Node& run() const { return log_->find("runs")->items[0]; }
  const Node& driver() const { return *run().find("tool")->find("driver"); }
  const std::vector<Node>& rules() const { return driver().find("rules")->items; }
  const std::vector<Node>& results() const { return run().find("results")->items; }

  Fixture fixture_ = make_fixture();
  std::string text_;
  std::optional<Node> log_;
};

// A text at a path of keys that has to be there and not be empty.
void expect_text(const Node& node, const std::vector<std::string_view>& path) {
  const Node* at = &node;
  for (const std::string_view key : path) {
    at = at->find(key);
    ASSERT_NE(at, nullptr) << key;
  }
  EXPECT_EQ(at->kind, NodeKind::kString) << path.back();
  EXPECT_FALSE(at->text.empty()) << path.back();
}

void expect_location(const Node& location) {
  expect_text(location, {"physicalLocation", "artifactLocation", "uri"});
  const Node* region = location.find("physicalLocation")->find("region");
  ASSERT_NE(region, nullptr);
  for (const std::string_view key : {"startLine", "startColumn", "endLine", "endColumn"}) {
    ASSERT_NE(region->find(key), nullptr) << key;
    EXPECT_EQ(region->find(key)->kind, NodeKind::kNumber) << key;
  }
}

// ---- what GitHub's documentation lists as required

TEST_F(Sarif, RequiredFields) {
  expect_text(*log_, {"$schema"});
  EXPECT_EQ(log_->find("version")->text, "2.1.0");
  EXPECT_EQ(driver().find("name")->text, "grantproof");
  EXPECT_EQ(run().find("columnKind")->text, "unicodeCodePoints");
  ASSERT_FALSE(rules().empty());
  for (const Node& rule : rules()) {
    expect_text(rule, {"id"});
    expect_text(rule, {"shortDescription", "text"});
    expect_text(rule, {"fullDescription", "text"});
    expect_text(rule, {"help", "text"});
    EXPECT_LE(rule.find("fullDescription")->find("text")->text.size(), 1024U);
  }
  ASSERT_EQ(results().size(), 2U);
  for (const Node& result : results()) {
    expect_text(result, {"message", "text"});
    expect_text(result, {"ruleId"});
    ASSERT_EQ(result.find("locations")->items.size(), 1U);
    expect_location(result.find("locations")->items[0]);
    expect_text(result, {"partialFingerprints", "grantproofFinding/v1"});
    EXPECT_EQ(result.find("partialFingerprints")->find("primaryLocationLineHash"), nullptr);
    const std::size_t index = std::stoul(result.find("ruleIndex")->text);
    ASSERT_LT(index, rules().size());
    EXPECT_EQ(rules()[index].find("id")->text, result.find("ruleId")->text);
  }
}

TEST_F(Sarif, OpenBus) {
  const Node& result = results()[0];
  EXPECT_EQ(result.find("ruleId")->text, "GP2001");
  EXPECT_EQ(result.find("level")->text, "error");
  EXPECT_EQ(
      result.find("message")->find("text")->text,
      "Any AWS account can put events on this bus. In statement \"PartnerPut\". See [chosen by the sender; "
      "it "
      "does not say who the sender is](1). Witness: arn:aws:iam::999999999999:role/anyone, events:source = "
      "com.partner.orders. Name the partner account, or keep \"*\" and require your organization; with this "
      "change the claim is proved: \"Condition\": { \"StringEquals\": { \"aws:PrincipalOrgID\": "
      "\"o-exampleorgid\" }, \"StringLike\":   { \"events:source\": \"com.partner.*\" } }");
  EXPECT_EQ(syntax::write_json(*result.find("locations")->items[0].find("physicalLocation")),
            R"({"artifactLocation":{"uri":"policies/orders-bus.json"},)"
            R"("region":{"startLine":7,"startColumn":20,"endLine":7,"endColumn":23}})");
  const std::vector<Node>& related = result.find("relatedLocations")->items;
  ASSERT_EQ(related.size(), 1U);
  EXPECT_EQ(related[0].find("id")->text, "1");
  expect_location(related[0]);
  EXPECT_EQ(result.find("properties")->find("witness")->find("principal")->text,
            "arn:aws:iam::999999999999:role/anyone");
}

TEST_F(Sarif, RuleProperties) {
  const Node& open = rules()[1];
  EXPECT_EQ(open.find("id")->text, "GP2001");
  EXPECT_EQ(open.find("fullDescription")->find("text")->text,
            "Every request that may put events on the bus comes from a known account.");
  EXPECT_EQ(open.find("help")->find("markdown")->text, fixture_.report.rules[1].markdown);
  EXPECT_EQ(syntax::write_json(*open.find("properties")),
            R"({"security-severity":"8.0","precision":"very-high","problem.severity":"error",)"
            R"("tags":["security","iam","eventbridge"]})");
  EXPECT_EQ(rules()[0].find("properties")->find("security-severity"), nullptr);
}

// ---- suppressed findings would be alerts on GitHub

TEST_F(Sarif, SuppressedFindingsOnlyOnRequest) {
  EXPECT_EQ(text_.find("retired in Q1"), std::string::npos);
  RenderOptions options;
  options.include_suppressed = true;
  read(options);
  ASSERT_EQ(results().size(), 3U);
  const Node& suppression = results()[2].find("suppressions")->items[0];
  EXPECT_EQ(suppression.find("kind")->text, "external");
  EXPECT_EQ(suppression.find("justification")->text, "retired in Q1, OPS-812");
}

TEST_F(Sarif, OptionsOfTheRun) {
  EXPECT_EQ(run().find("automationDetails"), nullptr);
  EXPECT_EQ(syntax::write_json(run().find("invocations")->items[0]), R"({"executionSuccessful":true})");
  RenderOptions options;
  options.category = "grantproof/prod";
  options.exit_code = 1;
  options.lowest_severity = base::Severity::kError;
  read(options);
  EXPECT_EQ(run().find("automationDetails")->find("id")->text, "grantproof/prod");
  EXPECT_EQ(run().find("invocations")->items[0].find("exitCode")->text, "1");
  EXPECT_EQ(results().size(), 1U);
}

TEST_F(Sarif, UnlistedRuleAndBareFinding) {
  fixture_.report.rules.clear();
  checks::Finding bare;
  bare.rule = "GP0001";
  bare.severity = base::Severity::kNote;
  bare.primary = {{fixture_.bus, 0, 0}, ""};
  fixture_.report.findings = {bare};
  read({});
  EXPECT_EQ(rules()[0].find("id")->text, "GP0001");
  expect_text(rules()[0], {"help", "text"});
  expect_text(results()[0], {"message", "text"});
  expect_text(results()[0], {"partialFingerprints", "grantproofFinding/v1"});
}

TEST_F(Sarif, MostSevereFirstWhereThereAreTooMany) {
  checks::Finding warning = misspelt_finding(fixture_);
  checks::Finding error = warning;
  error.severity = base::Severity::kError;
  fixture_.report.findings.assign(25'000, warning);
  fixture_.report.findings.push_back(error);
  const std::string text = render_sarif(fixture_.report, {});
  EXPECT_NE(text.find("1 finding left out: code scanning takes 25000 results"), std::string::npos);
  std::size_t count = 0;
  for (std::size_t at = text.find("\"ruleId\""); at != std::string::npos;
       at = text.find("\"ruleId\"", at + 1))
    ++count;
  EXPECT_EQ(count, 25'000U);
  EXPECT_LT(text.find("\"level\": \"error\""), text.find("\"ruleId\"") + 100);
}

// ---- text

TEST(SarifMessage, LiteralText) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"plain", "plain"},
      {"${aws:username}", "${aws:username}"},
      {"a{0}b{12}", "a{{0}}b{{12}}"},
      {"{} {a} {1", "{} {a} {1"},
      {"[click](http://example.com)", "[click] (http://example.com)"},
  };
  for (const auto& [text, expected] : cases)
    EXPECT_EQ(literal_text(text), expected);
}

TEST(SarifMessage, LinkTextIsEscaped) {
  checks::Finding finding;
  finding.message = "events:PutEvents is open";
  finding.secondary = {{{}, R"(a[0]\b)"}, {{}, ""}};
  EXPECT_EQ(sarif_message(finding), R"(events:PutEvents is open. See [a\[0\]\\b](1). See [here](2).)");
}

TEST(SarifMessage, FirstCharacters) {
  EXPECT_EQ(first_characters("größe", 5), "größe");
  EXPECT_EQ(first_characters("größe", 4), "grö…");
  EXPECT_EQ(first_characters("", 4), "");
}

TEST(SarifMessage, FirstParagraph) {
  EXPECT_EQ(first_paragraph("# T\n\n## What\n\nOne\ntwo.  \n\nthree"), "One two.");
  EXPECT_EQ(first_paragraph("One\n# T"), "One");
  EXPECT_EQ(first_paragraph("# only"), "");
  EXPECT_EQ(first_paragraph("# T\n\nTitle.\n\n## What it proves\n\nThe claim.\n"), "The claim.");
}

TEST(Uri, Artifact) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"policies/orders-bus.json", "policies/orders-bus.json"},
      {"./a.json", "a.json"},
      {".//a.json", "a.json"},
      {"../a.json", "../a.json"},
      {"größe 1%.json", "gr%C3%B6%C3%9Fe%201%25.json"},
      {"a:b#c?d[e]", "a%3Ab%23c%3Fd%5Be%5D"},
      {"\xFF", "%FF"},
      {"/srv/a b.json", "file:///srv/a%20b.json"},
      {"<stdin>", "%3Cstdin%3E"},
      {"", "-"},
  };
  for (const auto& [path, expected] : cases)
    EXPECT_EQ(artifact_uri(path), expected) << path;
}

// ---- the schema

TEST_F(Sarif, FitsTheSchema) {
  RenderOptions options;
  options.include_suppressed = true;
  options.category = "grantproof";
  options.exit_code = 1;
  read(options);
  const Validation result = validate(GRANTPROOF_SOURCE_DIR "/tests/support/sarif-2.1.0.schema.json", text_);
  if (result == Validation::kNotPossible)
    GTEST_SKIP() << "python3 with jsonschema is not here";
  EXPECT_EQ(result, Validation::kValid);
}

TEST_F(Sarif, SchemaRefusesAResultWithoutMessage) {
  const std::size_t at = text_.find("\"message\"", text_.find("\"results\""));
  text_.replace(at, 9, "\"massage\"");
  const Validation result = validate(GRANTPROOF_SOURCE_DIR "/tests/support/sarif-2.1.0.schema.json", text_);
  if (result == Validation::kNotPossible)
    GTEST_SKIP() << "python3 with jsonschema is not here";
  EXPECT_EQ(result, Validation::kInvalid);
}

}  // namespace
}  // namespace grantproof::reports
