// SPDX-License-Identifier: Apache-2.0
#include "policy/policy_reader.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "reader_support.h"

namespace grantproof::policy {
namespace {

using tests::read_text;
using tests::ReadText;
using Lines = std::vector<std::string>;

// ---- what is read

TEST(PolicyReader, ReadsEveryElementWithItsPlace) {
  const ReadText text = read_text(R"({
  "Version": "2012-10-17",
  "Id": "orders",
  "Statement": {
    "Sid": "PartnerPut",
    "Effect": "Deny",
    "NotPrincipal": {"AWS": ["111122223333", "arn:aws:iam::444455556666:root", "arn:aws:iam::444455556666:role/app/Put"],
                     "Service": "events.amazonaws.com", "Federated": "cognito-identity.amazonaws.com"},
    "NotAction": ["events:Put*", "events:Describe*"],
    "NotResource": "arn:aws:events:us-east-1:111122223333:event-bus/orders",
    "Condition": {
      "ForAnyValue:StringLikeIfExists": {"aws:CalledVia": ["a.amazonaws.com", "b.amazonaws.com"]},
      "Bool": {"aws:SecureTransport": false},
      "NumericLessThan": {"aws:MultiFactorAuthAge": 3.60e3}
    }
  }
})",
                                  PolicyType::kResource);
  EXPECT_EQ(text.said(), Lines{});
  const Policy& policy = text.policy;
  EXPECT_EQ(policy.type, PolicyType::kResource);
  EXPECT_EQ(policy.version, Version::k2012);
  EXPECT_EQ(policy.id, "orders");
  EXPECT_TRUE(policy.understood);
  ASSERT_EQ(policy.statements.size(), 1U);
  const Statement& statement = policy.statements[0];
  EXPECT_TRUE(statement.understood);
  EXPECT_EQ(statement.sid, "PartnerPut");
  EXPECT_EQ(statement.effect, Effect::kDeny);
  EXPECT_EQ(text.sources.text(statement.effect_span), R"("Deny")");
  EXPECT_EQ(text.sources.locate(statement.span).begin, (base::LineColumn{4, 16}));

  ASSERT_TRUE(statement.principal.has_value());
  EXPECT_TRUE(statement.principal->negated);
  ASSERT_EQ(statement.principal->principals.size(), 5U);
  struct Row {
    PrincipalType type;
    std::string_view value;
    std::string_view source;
  };
  constexpr Row kPrincipals[] = {
      {PrincipalType::kAccount, "111122223333", R"("111122223333")"},
      {PrincipalType::kAccount, "444455556666", R"("arn:aws:iam::444455556666:root")"},
      {PrincipalType::kAws, "arn:aws:iam::444455556666:role/app/Put",
       R"("arn:aws:iam::444455556666:role/app/Put")"},
      {PrincipalType::kService, "events.amazonaws.com", R"("events.amazonaws.com")"},
      {PrincipalType::kFederated, "cognito-identity.amazonaws.com", R"("cognito-identity.amazonaws.com")"},
  };
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(statement.principal->principals[i].type, kPrincipals[i].type);
    EXPECT_EQ(statement.principal->principals[i].value, kPrincipals[i].value);
    EXPECT_EQ(text.sources.text(statement.principal->principals[i].span), kPrincipals[i].source);
  }

  EXPECT_TRUE(statement.action.negated);
  ASSERT_EQ(statement.action.patterns.size(), 2U);
  EXPECT_EQ(statement.action.patterns[1].text, "events:Describe*");
  EXPECT_EQ(text.sources.text(statement.action.patterns[1].span), R"("events:Describe*")");
  ASSERT_TRUE(statement.resource.has_value());
  EXPECT_TRUE(statement.resource->negated);
  ASSERT_EQ(statement.resource->patterns.size(), 1U);

  ASSERT_EQ(statement.conditions.size(), 3U);
  const Condition& like = statement.conditions[0];
  EXPECT_EQ(like.op->name, "StringLike");
  EXPECT_EQ(like.qualifier, SetQualifier::kForAnyValue);
  EXPECT_TRUE(like.if_exists);
  EXPECT_EQ(like.key.name, "aws:CalledVia");
  EXPECT_EQ(like.key.folded, "aws:calledvia");
  ASSERT_EQ(like.values.size(), 2U);
  EXPECT_EQ(like.values[1].text, "b.amazonaws.com");
  EXPECT_EQ(text.sources.text(like.values[1].span), R"("b.amazonaws.com")");
  EXPECT_EQ(text.sources.text(like.operator_span), R"("ForAnyValue:StringLikeIfExists")");
  EXPECT_EQ(text.sources.text(like.key_span), R"("aws:CalledVia")");
  EXPECT_EQ(text.sources.text(like.values_span), R"(["a.amazonaws.com", "b.amazonaws.com"])");
  // Booleans and numbers in the form of the source.
  EXPECT_EQ(statement.conditions[1].values.at(0).text, "false");
  EXPECT_EQ(statement.conditions[2].values.at(0).text, "3.60e3");
}

TEST(PolicyReader, TakesOneValueAndListsAlike) {
  const ReadText one = read_text(tests::with_statement(
      R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:username":"a"}}})"));
  const ReadText list = read_text(R"({"Version":"2012-10-17","Statement":
      {"Effect":"Allow","Action":["s3:GetObject"],"Resource":["*"],"Condition":{"StringEquals":{"aws:username":["a"]}}}})");
  for (const ReadText* text : {&one, &list}) {
    EXPECT_EQ(text->said(), Lines{});
    ASSERT_EQ(text->policy.statements.size(), 1U);
    EXPECT_EQ(text->policy.statements[0].action.patterns.at(0).text, "s3:GetObject");
    EXPECT_EQ(text->policy.statements[0].resource->patterns.at(0).text, "*");
    EXPECT_EQ(text->policy.statements[0].conditions.at(0).values.at(0).text, "a");
    EXPECT_FALSE(text->policy.statements[0].principal.has_value());
  }
}

TEST(PolicyReader, VersionDecidesTheLanguage) {
  const auto version = [](std::string_view member) {
    return read_text("{" + std::string(member) +
                     R"("Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}})");
  };
  EXPECT_EQ(version(R"("Version":"2012-10-17",)").policy.version, Version::k2012);
  EXPECT_EQ(version(R"("Version":"2008-10-17",)").policy.version, Version::k2008);
  EXPECT_EQ(version("").policy.version, Version::k2008);
  EXPECT_EQ(version(R"("Version":"2012-10-17",)").said(), Lines{});
  EXPECT_EQ(version(R"("Version":"2008-10-17",)").said(), Lines{R"(note GP1012 "2008-10-17")"});
  EXPECT_EQ(version("").said(), Lines{"note GP1011 {"});
  EXPECT_TRUE(version("").understood());
  EXPECT_EQ(version(R"("Version":"2012-10-18",)").said(), Lines{R"(error GP1010 "2012-10-18")"});
  EXPECT_FALSE(version(R"("Version":"2012-10-18",)").understood());
  EXPECT_FALSE(version(R"("Version":20121017,)").understood());
}

// ---- mistakes around the statements

struct Row {
  std::string_view text;
  Lines said;
  bool understood;
};

TEST(PolicyReader, SaysWhatIsWrongWithTheDocument) {
  const Row kRows[] = {
      {R"([])", {"error GP1004 []"}, false},
      {R"("policy")", {R"(error GP1004 "policy")"}, false},
      {R"({"Version":"2012-10-17"})", {"error GP1002 {"}, false},
      {R"({"Version":"2012-10-17","Statement":[]})", {"warning GP1005 []"}, true},
      {R"({"Version":"2012-10-17","Statement":"x"})", {R"(error GP1004 "x")"}, false},
      {R"({"Version":"2012-10-17","Statement":[7]})", {"error GP1004 7"}, false},
      {R"({"Version":"2012-10-17","Statement":[],"Comment":"x"})",
       {R"(error GP1001 "Comment")", "warning GP1005 []"},
       false},
      // a misspelt element stands in for the one that is meant
      {R"({"Version":"2012-10-17","Statment":[]})",
       {R"(error GP1001 "Statment")", "warning GP1005 []"},
       false},
      {R"({"version":"2012-10-17","Statement":[]})",
       {R"(error GP1001 "version")", "warning GP1005 []"},
       false},
      {R"({"Version":"2012-10-17","Id":7,"Statement":[]})", {"error GP1004 7", "warning GP1005 []"}, false},
      {R"({"Version":"2012-10-17","Id":"x","Statement":[]})",
       {R"(note GP1016 "Id")", "warning GP1005 []"},
       true},
  };
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.text);
    const ReadText text = read_text(row.text);
    EXPECT_EQ(text.said(), row.said);
    EXPECT_EQ(text.understood(), row.understood);
  }
}

TEST(PolicyReader, RepeatedElementsAreNotUnderstood) {
  const ReadText document = read_text(R"({"Version":"2012-10-17","Version":"2008-10-17","Statement":[]})");
  EXPECT_FALSE(document.policy.understood);
  for (
      const std::string_view statement :
      {R"({"Effect":"Deny","Effect":"Allow","Action":"s3:*","Resource":"*"})",
       R"({"Effect":"Allow","Action":"s3:GetObject","Action":"s3:*","Resource":"*"})",
       R"({"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"},"Bool":{"aws:ViaAWSService":"true"}}})",
       R"({"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:username":"a","aws:username":"b"}}})"}) {
    SCOPED_TRACE(statement);
    const ReadText text = read_text(tests::with_statement(statement));
    ASSERT_EQ(text.policy.statements.size(), 1U);
    EXPECT_FALSE(text.policy.statements[0].understood);
    EXPECT_EQ(text.sink.errors(), 1U);  // of the JSON reader
  }
}

TEST(PolicyReader, GoesOnAfterAMistake) {
  const ReadText text = read_text(R"({"Version":"2012-10-17","Statement":[
    {"Action":"s3:Get Object","Resource":"bucket"},
    7,
    {"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]})");
  EXPECT_EQ(text.places(),
            (Lines{"2:5 error GP1002", "2:15 error GP1030", "2:42 error GP1040", "3:5 error GP1004"}));
  ASSERT_EQ(text.policy.statements.size(), 2U);
  EXPECT_FALSE(text.policy.statements[0].understood);
  EXPECT_TRUE(text.policy.statements[1].understood);
  EXPECT_FALSE(text.policy.understood);
}

// ---- places

TEST(PolicyReader, PointsIntoTheFile) {
  const ReadText text = read_text(R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "allow",
      "Action": ["events:PutEvents", "events:PutEvent"],
      "Resource": "arn:aws:events:us-east-1:12345:event-bus/é",
      "Condition": {"StringEqual": {"aws:username": "x"}, "StringLike": {"aws:username": "é/${aws:username"}}
    }
  ]
})");
  EXPECT_EQ(text.places(), (Lines{"5:17 error GP1009", "6:46 note GP1031", "7:45 error GP1040",
                                  "8:21 error GP1050", "8:93 error GP1070"}));
}

TEST(PolicyReader, PointsIntoThePolicyInsideAString) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add("bus.json", R"({
  "Name": "orders",
  "Policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"A\", \"Effect\": \"Allow\",\n \"Principal\": \"*\", \"Action\": \"events:PutEvents \", \"Resource\": \"arn:aws:events:us-east-1:12345:event-bus/x\"}]}"
})");
  const std::optional<syntax::Node> outer = syntax::read_json(sources, file, sink);
  ASSERT_TRUE(outer.has_value());
  const std::optional<syntax::Node> node = syntax::read_embedded_json(sources, *outer->find("Policy"), sink);
  ASSERT_TRUE(node.has_value());
  const Policy policy = read_policy(*node, std::nullopt, {}, sink);
  EXPECT_EQ(policy.type, PolicyType::kResource);
  ASSERT_EQ(sink.diagnostics().size(), 2U);
  const base::Location action = sources.locate(sink.diagnostics()[0].primary.span);
  EXPECT_EQ(action.file_name, "bus.json");
  EXPECT_EQ(sources.text(action.span), R"(\"events:PutEvents \")");
  EXPECT_EQ(action.begin.line, 3U);
  const base::Location account = sources.locate(sink.diagnostics()[1].primary.span);
  EXPECT_EQ(sources.text(account.span), "12345");
  EXPECT_EQ(account.begin.line, 3U);
}

TEST(PolicyReader, PointsAtTheWholeTextWhereItHasEscapes) {
  const ReadText text = read_text(tests::with_statement(
      R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:events:us-east-1:12345:rule\/x"})"));
  EXPECT_EQ(text.said(), Lines{R"(error GP1040 "arn:aws:events:us-east-1:12345:rule\/x")"});
}

// ---- without a reference

TEST(PolicyReader, SaysNothingOfNamesWithoutAReference) {
  const ReadText text = read_text(
      tests::with_statement(
          R"({"Effect":"Allow","Action":["nosuch:Thing","s3:NoSuch*"],"Resource":"arn:aws:nosuch:::x","Condition":{"StringEquals":{"nosuch:Key":"x"}}})"),
      PolicyType::kIdentity, nullptr);
  EXPECT_EQ(text.said(), Lines{});
}

// ---- hostile documents

TEST(PolicyReader, AHundredThousandStatementsAreReadInTime) {
  std::string document = R"({"Version":"2012-10-17","Statement":[)";
  for (int i = 0; i < 100'000; ++i) {
    document += i == 0 ? "" : ",";
    document +=
        R"({"Effekt":"Allow","Action":"s3:GetObjcet","Resource":"arn:aws:s3:::b","Condition":{"StringEqual":{"aws:usrname":"x"}}})";
  }
  document += "]}";
  const ReadText text = read_text(document);
  EXPECT_EQ(text.policy.statements.size(), 100'000U);
  EXPECT_FALSE(text.understood());
}

TEST(PolicyReader, ReportsTenThousandMistakesAndSaysThatThereAreMore) {
  std::string actions = R"("")";
  for (int i = 0; i < 50'000; ++i)
    actions += R"(,"")";
  const ReadText text =
      read_text(tests::with_statement(R"({"Effect":"Allow","Action":[)" + actions + R"(],"Resource":"*"})"));
  ASSERT_EQ(text.sink.diagnostics().size(), 10'001U);
  EXPECT_EQ(text.sink.diagnostics().back().rule, "GP1090");
  EXPECT_EQ(text.policy.statements.at(0).action.patterns.size(), 50'001U);
}

// Each of these took quadratic time in some draft.
TEST(PolicyReader, LongTextsAreReadInTime) {
  const auto repeated = [](std::string_view part, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
      text += part;
    return text;
  };
  const auto statement = [](const std::string& resource, const std::string& condition) {
    return tests::with_statement(R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::)" +
                                 resource + R"(","Condition":)" + condition + "}");
  };
  std::string keys;
  for (int i = 0; i < 100'000; ++i) {
    keys += (i == 0 ? R"("aws:PrincipalTag/)" : R"(,"aws:PrincipalTag/)") + std::to_string(i) + R"(":"x")";
  }
  const std::string documents[] = {
      statement(repeated("${", 500'000), "{}"),
      statement(repeated("${a,", 500'000), "{}"),
      statement(repeated("${a, '", 500'000), "{}"),
      statement(repeated("${a:b}", 200'000), "{}"),
      statement(repeated("${aa}", 200'000), "{}"),
      statement(repeated("*a", 500'000), "{}"),
      statement("x", R"({"ForAllValues:StringEquals":{)" + keys + "}}"),
      statement("x", R"({"StringEquals":{")" + repeated("x", 1'000'000) + R"(":"x"}})"),
      statement("x", R"({")" + repeated("x", 1'000'000) + R"(":{"x":"x"}})"),
      tests::with_statement(R"({"Effect":"Allow","Action":"ec2:)" + repeated("*e", 500'000) +
                            R"(","Resource":"*"})"),
      tests::with_statement(R"({"Effect":"Allow","Action":"ec2:)" + repeated("e", 1'000'000) +
                            R"(","Resource":"*"})"),
  };
  for (const std::string& document : documents) {
    const ReadText text = read_text(document);
    EXPECT_EQ(text.policy.statements.size(), 1U);
    EXPECT_LE(text.sink.diagnostics().size(), 10'001U);
  }
}

TEST(PolicyReader, LongNamesAreCutInMessages) {
  const std::string name(200'000, 'x');
  const ReadText text = read_text(tests::with_statement(R"({"Effect":"Allow","Action":")" + name +
                                                        R"(","Resource":"*",")" + name + R"(":1})"));
  ASSERT_EQ(text.sink.diagnostics().size(), 3U);  // the action, the element, the size
  for (const base::Diagnostic& diagnostic : text.sink.diagnostics())
    EXPECT_LT(diagnostic.message.size(), 200U);
}

// ---- policies of AWS

std::string gunzipped(const std::filesystem::path& path) {
  const std::string command = "gzip -dc '" + path.string() + "'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  char buffer[65536];
  while (pipe != nullptr) {
    const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe.get());
    if (count == 0)
      break;
    text.append(buffer, count);
  }
  return text;
}

// Policies that AWS has published are correct: no error, no warning. Only where the data set lies beside the
// repository.
TEST(PolicyReader, ReadsTheManagedPoliciesOfAws) {
  const std::filesystem::path path =
      std::filesystem::path(GRANTPROOF_SOURCE_DIR) / "../shared/data/aws-managed-policies.jsonl.gz";
  if (!std::filesystem::exists(path))
    GTEST_SKIP() << "no data set";
  const std::string lines = gunzipped(path);
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const base::FileId file = sources.add("line", lines.substr(begin, end - begin));
    begin = end + 1;
    const std::optional<syntax::Node> node = syntax::read_json(sources, file, sink);
    ASSERT_TRUE(node.has_value());
    const Policy policy =
        read_policy(*node->find("document"), std::nullopt, {.reference = &aws::Reference::embedded()}, sink);
    EXPECT_EQ(policy.type, PolicyType::kIdentity);
    EXPECT_TRUE(policy.understood);
    for (const Statement& statement : policy.statements)
      EXPECT_TRUE(statement.understood);
    for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
      EXPECT_EQ(diagnostic.severity, base::Severity::kNote)
          << node->find("name")->text << ": " << diagnostic.rule << " " << diagnostic.message;
    }
    ++count;
  }
  EXPECT_GE(count, 1500U);
}

}  // namespace
}  // namespace grantproof::policy
