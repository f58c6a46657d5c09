// SPDX-License-Identifier: Apache-2.0
#include "sources/source_reader.h"

#include <gtest/gtest.h>

#include "syntax/json_writer.h"

namespace grantproof::sources {
namespace {

constexpr std::string_view kOpenBus = R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "PartnerPut",
      "Effect": "Allow",
      "Principal": "*",
      "Action": "events:PutEvents",
      "Resource": "arn:aws:events:us-east-1:111122223333:event-bus/orders"
    }
  ]
}
)";

struct Options {
  std::string attached_to;
  std::optional<policy::PolicyType> type;
  std::string type_path = {};  // empty: every path
};

struct Loaded {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  std::vector<config::PolicyDocument> policies;
  base::Expected<bool> result = false;

  Loaded(const std::string& path, const std::string& text, bool named = true, const Options& options = {}) {
    SourceOptions source;
    source.reference = &aws::Reference::embedded();
    source.attached_to = options.attached_to;
    source.type_of = [&options](const std::string& of) {
      return options.type_path.empty() || options.type_path == of ? options.type : std::nullopt;
    };
    SourceReader reader(source, sources, sink);
    result = reader.add(path, text, named);
    policies = reader.finish().policies;
  }
  // "7:20", where the first principal stands
  std::string principal() const {
    if (policies.empty() || policies[0].policy.statements.empty() ||
        !policies[0].policy.statements[0].principal)
      return "none";
    const auto at = sources.locate(policies[0].policy.statements[0].principal->principals.at(0).span).begin;
    return std::to_string(at.line) + ":" + std::to_string(at.column);
  }
};

std::string url_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0)
      encoded += c;
    else
      encoded += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
  }
  return encoded;
}

// ---- the ways in which a policy arrives

TEST(SourceReader, ReadsEveryEncoding) {
  const std::string policy(kOpenBus);
  const std::string quoted = syntax::json_quoted(policy);
  const std::string encoded = url_encoded(policy);
  struct Case {
    const char* what;
    std::string path;
    std::string text;
    const char* principal;  // place of "*"; nullptr: anywhere in the file
  };
  const Case cases[] = {
      {"object", "bus.json", policy, "7:20"},
      {"object behind a byte order mark", "bus.json", "\xEF\xBB\xBF" + policy, "7:20"},
      {"string", "bus.json", quoted, nullptr},
      {"URL-encoded", "bus.txt", encoded, nullptr},
      {"URL-encoded string", "bus.json", '"' + encoded + '"', nullptr},
      {"string under Policy", "bus.json", R"({"Name": "orders", "Policy": )" + quoted + "}", nullptr},
      {"object under PolicyDocument", "bus.json", R"({"PolicyDocument": )" + policy + "}", "7:20"},
      {"URL-encoded under PolicyDocument", "bus.json", R"({"PolicyDocument": ")" + encoded + "\"}", nullptr},
      {"YAML", "bus.yaml",
       "Version: 2012-10-17\nStatement:\n  Effect: Allow\n  Principal: '*'\n  Action: events:PutEvents\n"
       "  Resource: '*'\n",
       "4:14"},
      {"no extension, YAML", "policy",
       "Version: 2012-10-17\nStatement:\n  Effect: Allow\n  Principal: '*'\n  Action: events:PutEvents\n",
       "4:14"},
  };
  for (const Case& c : cases) {
    const Loaded loaded(c.path, c.text);
    ASSERT_TRUE(loaded.result) << c.what << ": " << loaded.result.error().message;
    EXPECT_TRUE(*loaded.result) << c.what;
    ASSERT_EQ(loaded.policies.size(), 1U) << c.what;
    EXPECT_EQ(loaded.sink.errors(), 0U) << c.what;
    EXPECT_EQ(loaded.policies[0].policy.type, policy::PolicyType::kResource) << c.what;
    if (c.principal != nullptr)
      EXPECT_EQ(loaded.principal(), c.principal) << c.what;
    else
      EXPECT_NE(loaded.principal(), "none") << c.what;
  }
}

TEST(SourceReader, KnowsWhatAWrappedPolicyIsAttachedTo) {
  const std::string arn = "arn:aws:events:us-east-1:111122223333:event-bus/orders";
  const std::string text =
      R"({"Arn": ")" + arn + R"(", "Policy": )" + syntax::json_quoted(std::string(kOpenBus)) + "}";
  EXPECT_EQ(Loaded("bus.json", text).policies.at(0).attached_to, arn);
  Options options;
  options.attached_to = "arn:aws:events:us-east-1:111122223333:event-bus/other";
  EXPECT_EQ(Loaded("bus.json", text, true, options).policies.at(0).attached_to, options.attached_to);
}

// ---- types

TEST(SourceReader, TypesAreGuessedOrGiven) {
  const std::string identity = R"({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}})";
  EXPECT_EQ(Loaded("a.json", identity).policies.at(0).policy.type, policy::PolicyType::kIdentity);
  Options scp;
  scp.type = policy::PolicyType::kServiceControl;
  scp.type_path = "org/scp-a.json";
  EXPECT_EQ(Loaded("org/scp-a.json", identity, true, scp).policies.at(0).policy.type,
            policy::PolicyType::kServiceControl);
  EXPECT_EQ(Loaded("org/a.json", identity, true, scp).policies.at(0).policy.type,
            policy::PolicyType::kIdentity);
  // Who says that a document is a policy gets its mistakes, not "no policy".
  Options trust;
  trust.type = policy::PolicyType::kTrust;
  const Loaded empty("a.json", "{}", true, trust);
  ASSERT_TRUE(empty.result);
  EXPECT_GT(empty.sink.errors(), 0U);
}

// ---- what is no policy

TEST(SourceReader, ANamedFileWithoutPolicyIsAnError) {
  for (const char* text : {"{\"a\": 1}", "[]", "7", "\"text\"", "{\"Policy\": {\"a\": 1}}",
                           "{\"Policy\": null}", R"({"Policy": "not a document"})"}) {
    const Loaded loaded("a.json", text);
    EXPECT_FALSE(loaded.result) << text;
    EXPECT_TRUE(loaded.sink.diagnostics().empty()) << text;
  }
}

TEST(SourceReader, AWalkedFileWithoutPolicyIsPassedOver) {
  for (const char* text :
       {"{\"a\": 1}", "[]", "", "not JSON", "{\"Statement\"", "\xFF\xFE", "{\"a\": \"statement\"}"}) {
    const Loaded loaded("a.json", text, false);
    ASSERT_TRUE(loaded.result) << text;
    EXPECT_FALSE(*loaded.result) << text;
    EXPECT_TRUE(loaded.sink.diagnostics().empty()) << text;
  }
}

TEST(SourceReader, ABrokenPolicyIsNeverPassedOver) {
  for (const char* text : {
           R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",}]})",
           "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"\xFF\"}]}",
           R"({"Version": "2012-10-17", "Statment": []})",
           R"({"Version": "2012-10-17", "Rules": []})",
           R"({"Policy": "{\"Statement\": [{\"Effect\": \"Allow\",}]}"})",
       }) {
    const Loaded loaded("a.json", text, false);
    ASSERT_TRUE(loaded.result) << text;
    EXPECT_TRUE(*loaded.result) << text;
    EXPECT_GT(loaded.sink.errors(), 0U) << text;
  }
}

TEST(SourceReader, ABrokenSourceIsNeverPassedOver) {
  for (const char* text : {
           R"({"Resources": {"Bus": {"Type": "AWS::Events::EventBus",}}})",
           R"({"Rules": [{"Name": "r", "Arn": "arn:aws:events:eu-west-1:111122223333:rule/r")",
           R"({"RoleDetailList": [{"Arn": "arn:aws:iam::111122223333:role/r")",
       }) {
    const Loaded loaded("a.json", text, false);
    ASSERT_TRUE(loaded.result) << text;
    EXPECT_TRUE(*loaded.result) << text;
    EXPECT_GT(loaded.sink.errors(), 0U) << text;
  }
  // Kubernetes and the like name ARNs, too.
  const Loaded other("a.yaml", "annotations: {role: arn:aws:iam::111122223333:role/r}\n---\na: 1\n---\n",
                     false);
  EXPECT_FALSE(*other.result);
}

TEST(SourceReader, PlacesComeFromFoldersAndFlags) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  SourceOptions options;
  options.account = "999999999999";
  options.region = "us-east-1";
  SourceReader reader(options, sources, sink);
  const std::string text =
      R"({"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "q"}}}})";
  for (const char* path : {"dumps/111122223333/eu-west-1/t.json", "444455556666/x/u.json", "v.json"})
    EXPECT_TRUE(reader.add(path, text, true).value());
  std::vector<std::string> arns;
  for (const config::TargetResource& resource : reader.finish().target_resources)
    arns.push_back(resource.arn);
  const std::vector<std::string> expected = {"arn:aws:sqs:eu-west-1:111122223333:q",
                                             "arn:aws:sqs:us-east-1:444455556666:q",
                                             "arn:aws:sqs:us-east-1:999999999999:q"};
  EXPECT_EQ(arns, expected);
}

TEST(SourceReader, ABundlePlacesFilesAndTakesDocuments) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  SourceOptions options;
  options.read_file = [](const std::string& path) -> base::Expected<std::string> {
    if (path == "estate/policies/bus.json")
      return std::string(kOpenBus);
    return base::error("cannot read " + path);
  };
  options.matches = [](std::string_view pattern, std::string_view path) {
    return pattern == "estate/t/*.json" && path.starts_with("estate/t/");
  };
  SourceReader reader(options, sources, sink);
  const std::string bundle =
      "Bundle: 1\nAccounts:\n  - Account: '111122223333'\n    Region: eu-west-1\n    Files: [t/*.json]\n"
      "    EventBuses: [{Name: orders, Policy: {File: policies/bus.json}}, {Name: lost, Policy: {File: "
      "no.json}}]\n"
      "    Queue: []\n";
  EXPECT_TRUE(reader.add("estate/bundle.yaml", bundle, true).value());
  // It stands in the bundle already.
  EXPECT_FALSE(reader.add("estate/policies/bus.json", std::string(kOpenBus), false).value());
  EXPECT_TRUE(
      reader
          .add("estate/t/a.json",
               R"({"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "q"}}}})",
               false)
          .value());
  const config::Configuration configuration = reader.finish();
  std::vector<std::string> said;
  for (const base::Diagnostic& diagnostic : sink.diagnostics())
    said.push_back(diagnostic.rule + ": " + diagnostic.message);
  const std::vector<std::string> expected = {"GP0304: cannot read estate/no.json",
                                             "GP0301: unknown key \"Queue\""};
  EXPECT_EQ(said, expected);
  ASSERT_EQ(configuration.policies.size(), 1U);
  EXPECT_EQ(configuration.policies[0].attached_to, "arn:aws:events:eu-west-1:111122223333:event-bus/orders");
  EXPECT_EQ(configuration.target_resources.at(0).arn, "arn:aws:sqs:eu-west-1:111122223333:q");
}

TEST(SourceReader, APolicyThatIsFarTooLargeIsAnErrorAtOnce) {
  const std::string text = R"({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": ")" +
                           std::string(2'000'000, 'a') + "\"}}";
  const Loaded loaded("a.json", text, false);
  ASSERT_TRUE(loaded.result);
  EXPECT_TRUE(*loaded.result);
  EXPECT_TRUE(loaded.policies.empty());
  ASSERT_EQ(loaded.sink.errors(), 1U);
  EXPECT_EQ(loaded.sink.diagnostics()[0].rule, "GP0003");
}

TEST(SourceReader, WrappersEnd) {
  std::string text(kOpenBus);
  for (int i = 0; i < 3; ++i)
    text = "{\"Policy\": " + text + "}";
  EXPECT_TRUE(Loaded("a.json", text).result);
  for (int i = 0; i < 10; ++i)
    text = "{\"Policy\": " + text + "}";
  EXPECT_FALSE(Loaded("a.json", text).result);
}

}  // namespace
}  // namespace grantproof::sources
