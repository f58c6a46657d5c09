// SPDX-License-Identifier: Apache-2.0
//
// Policies in plans: as text, as data source, and as neither.
#include <gtest/gtest.h>

#include "unit/sources/terraform_reading.h"

namespace grantproof::sources {
namespace {

const char* const kConsumer = "aws_cloudwatch_event_bus_policy.p";

// A queue, a bucket and a role to be, and the bus policy that takes a document.
std::vector<std::string> world() {
  return {
      created("aws_sqs_queue.q", R"({"name":"q"})", R"({"arn":true,"id":true})"),
      created("aws_s3_bucket.b", R"({"bucket":"b"})", R"({"arn":true})"),
      created("aws_iam_role.r", R"({"name":"r","path":"/"})", R"({"arn":true,"unique_id":true})"),
      created(kConsumer, R"({"event_bus_name":"hub"})", R"({"policy":true})"),
  };
}

std::string written(const TerraformReading& reading) {
  const config::Resource* resource = reading.find(kConsumer);
  const syntax::Node* document = resource == nullptr ? nullptr : resource->properties.find("PolicyDocument");
  return document == nullptr ? "none" : syntax::write_json(*document);
}

// The document of the data source doc, of which these are after, after_unknown and the expressions.
std::string document(std::string_view after, std::string_view unknown, std::string_view expressions,
                     const std::vector<std::string>& more_changes = {},
                     const std::vector<std::string>& more_configuration = {}) {
  auto changes = world();
  changes.push_back(created("data.aws_iam_policy_document.doc", after, unknown));
  changes.insert(changes.end(), more_changes.begin(), more_changes.end());
  std::vector<std::string> configuration = {
      configured(kConsumer,
                 fmt::format(R"({{"policy":{}}})", refers_to("data.aws_iam_policy_document.doc.json",
                                                             "data.aws_iam_policy_document.doc"))),
      configured("data.aws_iam_policy_document.doc", expressions),
  };
  configuration.insert(configuration.end(), more_configuration.begin(), more_configuration.end());
  const TerraformReading reading(plan_of(changes, configuration));
  EXPECT_EQ(reading.sink.errors(), 0u);
  EXPECT_EQ(reading.translation.gaps.size(), written(reading).starts_with("\"‹") ? 1u : 0u);
  return written(reading);
}

TEST(TerraformPolicy, IsReadFromItsText) {
  const struct {
    std::string_view policy;
    std::string_view document;
  } kCases[] = {
      {R"("{\"Version\":\"2012-10-17\",\"Statement\":{}}")", R"({"Version":"2012-10-17","Statement":{}})"},
      {R"("")", "none"},
      {"null", "none"},
      // A mistake, and nothing that could pass for a policy.
      {R"("not JSON")", R"("‹aws_cloudwatch_event_bus_policy.p.policy›")"},
      {R"({"Statement":[]})", R"("‹aws_cloudwatch_event_bus_policy.p.policy›")"},
      {"[]", R"("‹aws_cloudwatch_event_bus_policy.p.policy›")"},
      {"7", R"("‹aws_cloudwatch_event_bus_policy.p.policy›")"},
  };
  for (const auto& test : kCases) {
    const TerraformReading reading(plan_of(
        {created(kConsumer, fmt::format(R"({{"event_bus_name":"hub","policy":{}}})", test.policy))}, {}));
    EXPECT_EQ(written(reading), test.document) << test.policy;
    EXPECT_EQ(reading.sink.errors(), test.document.starts_with("\"‹") ? 1u : 0u) << test.policy;
  }
}

TEST(TerraformPolicy, TextWithSomethingUnknownIsAGap) {
  const std::string_view kExpressions[] = {
      // jsonencode({… aws_sqs_queue.q.arn …})
      R"({"policy":{"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q"]}})",
      R"({"policy":{"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q","var.org_id"]}})",
      R"({"policy":{"references":["data.aws_iam_policy_document.nowhere.json","data.aws_iam_policy_document.nowhere"]}})",
      R"({"policy":{"references":["local.policy"]}})",
      R"({"policy":{}})",
  };
  for (const std::string_view expressions : kExpressions) {
    const TerraformReading reading(plan_of(world(), {configured(kConsumer, expressions)}));
    EXPECT_EQ(written(reading), R"("‹aws_cloudwatch_event_bus_policy.p.policy›")") << expressions;
    ASSERT_EQ(reading.translation.gaps.size(), 1u) << expressions;
    const config::Gap& gap = reading.translation.gaps[0];
    EXPECT_EQ(gap.message, "policy of aws_cloudwatch_event_bus_policy.p is known only after apply");
    EXPECT_NE(gap.help.find("aws_iam_policy_document"), std::string::npos);
    EXPECT_EQ(gap.about, "AWS::Events::EventBusPolicyDocument");
  }
}

TEST(TerraformPolicy, StatementsOfADocument) {
  const struct {
    std::string_view what;
    std::string_view statement;
    std::string_view document;
  } kCases[] = {
      {"the effect is Allow unless said", R"({"sid":"s","effect":null,"actions":["a:B"],"resources":["*"]})",
       R"({"Sid":"s","Effect":"Allow","Action":["a:B"],"Resource":["*"]})"},
      {"Deny, NotAction, NotResource",
       R"({"sid":"","effect":"Deny","not_actions":["a:B"],"not_resources":["*","x"]})",
       R"({"Effect":"Deny","NotAction":["a:B"],"NotResource":["*","x"]})"},
      {"everybody", R"({"principals":[{"type":"*","identifiers":["*"]}]})",
       R"({"Effect":"Allow","Principal":"*"})"},
      {"every AWS principal", R"({"principals":[{"type":"AWS","identifiers":["*"]}]})",
       R"({"Effect":"Allow","Principal":{"AWS":["*"]}})"},
      {"principals of one type in two blocks",
       R"({"principals":[{"type":"AWS","identifiers":["1"]},{"type":"Service","identifiers":["s"]},{"type":"AWS","identifiers":["2"]}]})",
       R"({"Effect":"Allow","Principal":{"AWS":["1","2"],"Service":["s"]}})"},
      {"nobody but", R"({"not_principals":[{"type":"AWS","identifiers":["1"]}]})",
       R"({"Effect":"Allow","NotPrincipal":{"AWS":["1"]}})"},
      {"conditions with the same key",
       R"({"condition":[{"test":"StringEquals","variable":"k","values":["a"]},{"test":"StringEquals","variable":"k","values":["b"]},{"test":"StringEquals","variable":"l","values":["c"]},{"test":"Bool","variable":"k","values":["true"]}]})",
       R"({"Effect":"Allow","Condition":{"StringEquals":{"k":["a","b"],"l":["c"]},"Bool":{"k":["true"]}}})"},
      {"policy variables", R"({"resources":["a/&{aws:username}/&{x}"],"actions":["&{x}"]})",
       R"({"Effect":"Allow","Action":["&{x}"],"Resource":["a/${aws:username}/${x}"]})"},
  };
  for (const auto& test : kCases)
    EXPECT_EQ(document(fmt::format(R"({{"statement":[{}]}})", test.statement), R"({"json":true})", "{}"),
              fmt::format(R"({{"Version":"2012-10-17","Statement":[{}]}})", test.document))
        << test.what;
}

TEST(TerraformPolicy, UnknownPartsOfAStatement) {
  const struct {
    std::string_view what;
    std::string_view after;
    std::string_view unknown;
    std::string_view expressions;
    std::string_view statement;  // empty: the document is not known
  } kCases[] = {
      {"an ARN", R"({"resources":[null]})", R"({"resources":[true]})",
       R"({"resources":{"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q"]}})",
       R"({"Effect":"Allow","Resource":["arn:aws:sqs:eu-west-1:111122223333:q"]})"},
      {"an ARN among others", R"({"resources":[null,"x"]})", R"({"resources":[true,false]})",
       R"({"resources":{"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q"]}})",
       R"({"Effect":"Allow","Resource":["arn:aws:sqs:eu-west-1:111122223333:q","x"]})"},
      {"without its place in after", R"({})", R"({"resources":[true]})",
       R"({"resources":{"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q"]}})",
       R"({"Effect":"Allow","Resource":["arn:aws:sqs:eu-west-1:111122223333:q"]})"},
      {"one reference each, of which one may be a bucket's objects", R"({"resources":[null,null]})",
       R"({"resources":[true,true]})",
       R"({"resources":{"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q","aws_s3_bucket.b.arn","aws_s3_bucket.b"]}})",
       R"({"Effect":"Allow","Resource":["arn:aws:sqs:eu-west-1:111122223333:q","‹data.aws_iam_policy_document.doc.statement[0].resources[1]›"]})"},
      {"two references in one text", R"({"resources":[null]})", R"({"resources":[true]})",
       R"({"resources":{"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q","var.x"]}})",
       R"({"Effect":"Allow","Resource":["‹data.aws_iam_policy_document.doc.statement[0].resources[0]›"]})"},
      {"a list of nobody knows how many", R"({})", R"({"resources":true})",
       R"({"resources":{"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q"]}})",
       R"({"Effect":"Allow","Resource":["‹data.aws_iam_policy_document.doc.statement[0].resources›"]})"},
      {"a name in an action", R"({"actions":[null]})", R"({"actions":[true]})",
       R"({"actions":{"references":["aws_sqs_queue.q.arn","aws_sqs_queue.q"]}})",
       R"({"Effect":"Allow","Action":["‹data.aws_iam_policy_document.doc.statement[0].actions[0]›"]})"},
      {"a principal", R"({"principals":[{"type":"AWS","identifiers":[null]}]})",
       R"({"principals":[{"identifiers":[true]}]})",
       R"({"principals":[{"type":{"constant_value":"AWS"},"identifiers":{"references":["aws_iam_role.r.arn","aws_iam_role.r"]}}]})",
       R"({"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:role/r"]}})"},
      {"a principal's other id", R"({"principals":[{"type":"AWS","identifiers":[null]}]})",
       R"({"principals":[{"identifiers":[true]}]})",
       R"({"principals":[{"type":{"constant_value":"AWS"},"identifiers":{"references":["aws_iam_role.r.unique_id","aws_iam_role.r"]}}]})",
       R"({"Effect":"Allow","Principal":{"AWS":["‹data.aws_iam_policy_document.doc.statement[0].principals[0].identifiers[0]›"]}})"},
      {"conditions stand in another order than written",
       R"({"condition":[{"test":"ArnLike","variable":"v","values":[null]},{"test":"StringEquals","variable":"w","values":["x"]}]})",
       R"({"condition":[{"values":[true]},{"values":[false]}]})",
       R"({"condition":[{"test":{"constant_value":"StringEquals"},"variable":{"constant_value":"w"},"values":{"constant_value":["x"]}},
                        {"test":{"constant_value":"ArnLike"},"variable":{"constant_value":"v"},"values":{"references":["aws_iam_role.r.arn","aws_iam_role.r"]}}]})",
       R"({"Effect":"Allow","Condition":{"ArnLike":{"v":["arn:aws:iam::111122223333:role/r"]},"StringEquals":{"w":["x"]}}})"},
      {"which of two blocks it is",
       R"({"condition":[{"test":"ArnLike","variable":"v","values":[null]},{"test":"ArnLike","variable":"v","values":["x"]}]})",
       R"({"condition":[{"values":[true]},{"values":[false]}]})",
       R"({"condition":[{"test":{"constant_value":"ArnLike"},"variable":{"constant_value":"v"},"values":{"references":["aws_iam_role.r.arn","aws_iam_role.r"]}},
                        {"test":{"constant_value":"ArnLike"},"variable":{"constant_value":"v"},"values":{"constant_value":["x"]}}]})",
       R"({"Effect":"Allow","Condition":{"ArnLike":{"v":["‹data.aws_iam_policy_document.doc.statement[0].condition[0].values[0]›","x"]}}})"},
      {"blocks that are not written are of a dynamic block",
       R"({"condition":[{"test":"ArnLike","variable":"v","values":[null]},{"test":"ArnLike","variable":"w","values":[null]}]})",
       R"({"condition":[{"values":[true]},{"values":[true]}]})",
       R"({"condition":[{"test":{"constant_value":"ArnLike"},"variable":{"references":["local.v"]},"values":{"references":["aws_iam_role.r.arn","aws_iam_role.r"]}}]})",
       R"({"Effect":"Allow","Condition":{"ArnLike":{"v":["‹data.aws_iam_policy_document.doc.statement[0].condition[0].values[0]›"],"w":["‹data.aws_iam_policy_document.doc.statement[0].condition[1].values[0]›"]}}})"},
      {"the effect", R"({"actions":["a:B"]})", R"({"effect":true})", "{}", ""},
      {"the Sid", R"({"actions":["a:B"]})", R"({"sid":true})", "{}", ""},
      {"who", R"({"actions":["a:B"]})", R"({"principals":true})", "{}", ""},
      {"of which type", R"({"principals":[{"identifiers":["1"]}]})", R"({"principals":[{"type":true}]})",
       "{}", ""},
      {"whether there are conditions", R"({"actions":["a:B"]})", R"({"condition":true})", "{}", ""},
      {"a condition's operator", R"({"condition":[{"variable":"v","values":["x"]}]})",
       R"({"condition":[{"test":true}]})", "{}", ""},
      {"a condition's key", R"({"condition":[{"test":"Bool","values":["x"]}]})",
       R"({"condition":[{"variable":true}]})", "{}", ""},
  };
  for (const auto& test : kCases) {
    const std::string expected =
        test.statement.empty()
            ? R"("‹aws_cloudwatch_event_bus_policy.p.policy›")"
            : fmt::format(R"({{"Version":"2012-10-17","Statement":[{}]}})", test.statement);
    EXPECT_EQ(document(fmt::format(R"({{"statement":[{}]}})", test.after),
                       fmt::format(R"({{"json":true,"statement":[{}]}})", test.unknown),
                       fmt::format(R"({{"statement":[{}]}})", test.expressions)),
              expected)
        << test.what;
  }
  EXPECT_EQ(document("{}", R"({"json":true,"statement":true})", "{}"),
            R"("‹aws_cloudwatch_event_bus_policy.p.policy›")");
  EXPECT_EQ(document(R"({"statement":[null]})", R"({"json":true,"statement":[true]})", "{}"),
            R"("‹aws_cloudwatch_event_bus_policy.p.policy›")");
}

TEST(TerraformPolicy, DocumentsOfDocuments) {
  const std::string base = created(
      "data.aws_iam_policy_document.base",
      R"({"policy_id":"base","version":"2008-10-17","statement":[{"sid":"a","actions":["base:A"]},{"actions":["base:B"]}]})",
      R"({"json":true})");
  const std::string refers =
      refers_to("data.aws_iam_policy_document.base.json", "data.aws_iam_policy_document.base");
  const std::string text = R"("{\"Statement\":{\"Sid\":\"b\",\"Effect\":\"Deny\",\"Action\":\"text:C\"}}")";
  const std::string a = R"({"Sid":"a","Effect":"Allow","Action":["base:A"]})";
  const std::string b = R"({"Effect":"Allow","Action":["base:B"]})";
  const std::string own = R"({"Sid":"a","Effect":"Allow","Action":["own:A"]})";
  const std::string c = R"({"Sid":"b","Effect":"Deny","Action":"text:C"})";
  const struct {
    std::string_view what;
    std::string after;
    std::string unknown;
    std::string expressions;
    std::string statements;
  } kCases[] = {
      {"what is behind takes the place of what is before", R"("source_policy_documents":[null])",
       R"("source_policy_documents":[true])", fmt::format(R"("source_policy_documents":{})", refers),
       own + "," + b},
      {"overrides", R"("override_policy_documents":[null])", R"("override_policy_documents":[true])",
       fmt::format(R"("override_policy_documents":{})", refers), a + "," + b},
      {"texts and references", fmt::format(R"("source_policy_documents":[{},null])", text),
       R"("source_policy_documents":[false,true])", fmt::format(R"("source_policy_documents":{})", refers),
       c + "," + own + "," + b},
      {"before version 5 of the provider", fmt::format(R"("source_json":{})", text),
       R"("override_json":true)", fmt::format(R"("override_json":{})", refers), c + "," + a + "," + b},
      {"one that is not known", R"("source_policy_documents":[null])", R"("source_policy_documents":[true])",
       R"("source_policy_documents":{"references":["local.document"]})", ""},
      {"nobody knows how many", R"("source_policy_documents":null)", R"("source_policy_documents":true)",
       fmt::format(R"("source_policy_documents":{})", refers), ""},
  };
  for (const auto& test : kCases) {
    const bool has_base = test.expressions.find(".base") != std::string::npos;
    const std::string expected = test.statements.empty()
                                     ? R"("‹aws_cloudwatch_event_bus_policy.p.policy›")"
                                     : fmt::format(R"({{"Version":"2012-10-17",{}"Statement":[{}]}})",
                                                   has_base ? R"("Id":"base",)" : "", test.statements);
    EXPECT_EQ(document(fmt::format(R"({{{},"statement":[{{"sid":"a","actions":["own:A"]}}]}})", test.after),
                       fmt::format(R"({{"json":true,{}}})", test.unknown),
                       fmt::format("{{{}}}", test.expressions), {base}),
              expected)
        << test.what;
  }
}

TEST(TerraformPolicy, ADocumentThatWasReadIsItsText) {
  auto changes = world();
  const TerraformReading reading(plan_of(
      changes, {configured(kConsumer, R"({"policy":{"references":["data.aws_iam_policy_document.doc"]}})")},
      {},
      R"("prior_state":{"values":{"root_module":{"resources":[{"mode":"data","type":"aws_iam_policy_document","name":"doc",
         "values":{"json":"{\"Statement\":[]}","statement":[{"actions":["a:B"]}]}}]}}})"));
  EXPECT_EQ(written(reading), R"({"Statement":[]})");
}

TEST(TerraformPolicy, CyclesAndDepthAreMistakes) {
  for (const int length : {2, 100}) {
    auto changes = world();
    std::vector<std::string> configuration = {configured(
        kConsumer,
        R"({"policy":{"references":["data.aws_iam_policy_document.d0.json","data.aws_iam_policy_document.d0"]}})")};
    for (int i = 0; i < length; ++i) {
      const std::string address = fmt::format("data.aws_iam_policy_document.d{}", i);
      const std::string next = fmt::format("data.aws_iam_policy_document.d{}", (i + 1) % length);
      changes.push_back(created(address, R"({"source_policy_documents":[null]})",
                                R"({"json":true,"source_policy_documents":[true]})"));
      configuration.push_back(configured(
          address, fmt::format(R"({{"source_policy_documents":{}}})", refers_to(next + ".json", next))));
    }
    const TerraformReading reading(plan_of(changes, configuration));
    EXPECT_EQ(written(reading), R"("‹aws_cloudwatch_event_bus_policy.p.policy›")");
    ASSERT_EQ(reading.sink.diagnostics().size(), 1u);
    EXPECT_EQ(reading.sink.diagnostics()[0].rule, length == 2 ? "GP0305" : "GP0307");
  }
}

// Each document has the one before twice: 2^40 statements.
TEST(TerraformPolicy, DocumentsDoNotGrowWithoutEnd) {
  auto changes = world();
  std::vector<std::string> configuration = {configured(
      kConsumer,
      R"({"policy":{"references":["data.aws_iam_policy_document.d40.json","data.aws_iam_policy_document.d40"]}})")};
  changes.push_back(created("data.aws_iam_policy_document.d0", R"({"statement":[{"actions":["a:B"]}]})",
                            R"({"json":true})"));
  for (int i = 1; i <= 40; ++i) {
    const std::string address = fmt::format("data.aws_iam_policy_document.d{}", i);
    const std::string before = fmt::format("data.aws_iam_policy_document.d{}", i - 1);
    changes.push_back(created(address, R"({"source_policy_documents":[null,null]})",
                              R"({"json":true,"source_policy_documents":[true,true]})"));
    configuration.push_back(configured(
        address,
        fmt::format(R"({{"source_policy_documents":{{"references":["{0}.json","{0}","{0}.json","{0}"]}}}})",
                    before)));
  }
  const TerraformReading reading(plan_of(changes, configuration));
  EXPECT_EQ(written(reading), R"("‹aws_cloudwatch_event_bus_policy.p.policy›")");
  ASSERT_EQ(reading.sink.diagnostics().size(), 1u);
  EXPECT_EQ(reading.sink.diagnostics()[0].rule, "GP0307");
}

}  // namespace
}  // namespace grantproof::sources
