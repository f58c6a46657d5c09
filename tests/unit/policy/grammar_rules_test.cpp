// SPDX-License-Identifier: Apache-2.0
#include "policy/grammar_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "reader_support.h"

namespace grantproof::policy {
namespace {

TEST(GrammarRules, AreNamedOnceAndOrdered) {
  std::set<std::string_view> ids;
  std::set<std::string_view> slugs;
  std::string_view last;
  for (const GrammarRule& rule : grammar_rules()) {
    EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
    EXPECT_TRUE(slugs.insert(rule.slug).second) << rule.slug;
    EXPECT_LT(last, rule.id);
    last = rule.id;
    EXPECT_EQ(rule.id.size(), 6U);
    EXPECT_TRUE(rule.id.starts_with("GP1"));
    EXPECT_EQ(rule.slug.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string_view::npos)
        << rule.slug;
    EXPECT_FALSE(rule.title.empty());
    EXPECT_FALSE(rule.title.ends_with('.'));
    EXPECT_EQ(&grammar_rule(rule.rule), &rule);
    EXPECT_EQ(find_grammar_rule(rule.id), &rule);
    EXPECT_EQ(find_grammar_rule(rule.slug), &rule);
  }
  EXPECT_EQ(find_grammar_rule("GP1000"), nullptr);
}

// A statement, or a whole document, that makes the reader name the rule.
struct Example {
  std::string_view id;
  PolicyType type;
  std::string_view text;
};

constexpr PolicyType kIdentity = PolicyType::kIdentity;
constexpr PolicyType kResource = PolicyType::kResource;
constexpr PolicyType kTrust = PolicyType::kTrust;

constexpr Example kExamples[] = {
    {"GP1001", kIdentity, R"({"Statement":[],"Comment":"x"})"},
    {"GP1002", kIdentity, R"({"Version":"2012-10-17"})"},
    {"GP1003", kIdentity, R"({"Statement":{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}})"},
    {"GP1004", kIdentity, "7"},
    {"GP1005", kIdentity, R"({"Statement":[]})"},
    {"GP1006", kTrust,
     R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}})"},
    {"GP1007", kIdentity, R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}})"},
    {"GP1008", kResource, R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})"},
    {"GP1009", kIdentity, R"({"Statement":{"Effect":"allow","Action":"*","Resource":"*"}})"},
    {"GP1010", kIdentity, R"({"Version":"2012","Statement":[]})"},
    {"GP1011", kIdentity, R"({"Statement":[]})"},
    {"GP1012", kIdentity, R"({"Version":"2008-10-17","Statement":[]})"},
    {"GP1013", kIdentity, R"({"Statement":{"Sid":"a b","Effect":"Allow","Action":"*","Resource":"*"}})"},
    {"GP1014", kIdentity,
     R"({"Statement":[{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"a","Effect":"Deny","Action":"*","Resource":"*"}]})"},
    {"GP1015", kResource,
     R"({"Statement":[{"Sid":"a","Effect":"Allow","Principal":"*","Action":"*"},{"Sid":"a","Effect":"Deny","Principal":"*","Action":"*"}]})"},
    {"GP1016", kIdentity, R"({"Id":"x","Statement":[]})"},
    {"GP1017", kIdentity, R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::ж"}})"},
    {"GP1018", PolicyType::kSession, "long"},
    {"GP1019", kTrust, "long"},
    {"GP1020", kResource, R"({"Statement":{"Effect":"Allow","Principal":{"AWS":"1"},"Action":"*"}})"},
    {"GP1021", kResource, R"({"Statement":{"Effect":"Allow","Principal":{"AWS":"1*"},"Action":"*"}})"},
    {"GP1022", kResource,
     R"({"Statement":{"Effect":"Allow","Principal":{"AWS":"AIDAJQABLZS4A3QDU576Q"},"Action":"*"}})"},
    {"GP1023", kResource,
     R"({"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:group/g"},"Action":"*"}})"},
    {"GP1030", kIdentity, R"({"Statement":{"Effect":"Allow","Action":"x","Resource":"*"}})"},
    {"GP1031", kIdentity, R"({"Statement":{"Effect":"Allow","Action":"s3:Xyzzy","Resource":"*"}})"},
    {"GP1032", kIdentity, R"({"Statement":{"Effect":"Allow","Action":"xyzzy:Get","Resource":"*"}})"},
    {"GP1033", kIdentity, R"({"Statement":{"Effect":"Allow","Action":"s3:Xyzzy*","Resource":"*"}})"},
    {"GP1034", kIdentity, R"({"Statement":{"Effect":"Allow","Action":"s*:GetObject","Resource":"*"}})"},
    {"GP1040", kIdentity, R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"bucket"}})"},
    {"GP1041", kIdentity, R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"<ARN>"}})"},
    {"GP1042", kIdentity, R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3"}})"},
    {"GP1043", kIdentity, R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:xyzzy:::b"}})"},
    {"GP1050", kIdentity, R"({"Xyzzy":{"aws:username":"a"}})"},
    {"GP1051", kIdentity, R"({"DateEquals":{"aws:username":"2026-01-01"}})"},
    {"GP1052", kIdentity, R"({"Bool":{"aws:SecureTransport":"x"}})"},
    {"GP1053", kIdentity, R"({"Bool":{"SecureTransport":"true"}})"},
    {"GP1054", kIdentity, R"({"Bool":{"aws:Xyzzy":"true"}})"},
    {"GP1055", kIdentity, R"({"StringEquals":{"aws:PrincipalTag":"x"}})"},
    {"GP1056", kIdentity, R"({"StringEquals":{"aws:username":"x","AWS:username":"y"}})"},
    {"GP1057", kIdentity, R"({"NullIfExists":{"aws:username":"true"}})"},
    {"GP1058", kIdentity, R"({"ForAnyValue:Null":{"aws:TagKeys":"true"}})"},
    {"GP1059", kIdentity, R"({"StringEquals":{"aws:TagKeys":"x"}})"},
    {"GP1060", kIdentity, R"({"ForAllValues:StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}})"},
    {"GP1061", kIdentity, R"({"ForAllValues:StringEquals":{"aws:TagKeys":"x"}})"},
    {"GP1062", kIdentity, R"({"StringEquals":{"aws:username":"x*"}})"},
    {"GP1063", kIdentity, R"({"Bool":{"aws:SecureTransport":["true","false"]}})"},
    {"GP1064", kIdentity, R"({"IpAddress":{"aws:SourceIp":"203.0.113.1/24"}})"},
    {"GP1065", kIdentity, R"({"IpAddress":{"aws:SourceIp":"192.168.0.0/16"}})"},
    {"GP1070", kIdentity, R"({"StringEquals":{"aws:username":"${"}})"},
    {"GP1071", kIdentity,
     R"({"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::${aws:username}"}})"},
    {"GP1072", kIdentity, R"({"Bool":{"aws:SecureTransport":"${aws:ViaAWSService}"}})"},
    {"GP1073", kIdentity, R"({"StringEquals":{"aws:username":"${name}"}})"},
    {"GP1080", kResource,
     R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"arn:aws:events:us-east-1:111122223333:event-bus/b"}})"},
    {"GP1090", kIdentity, "many"},
};

std::string document(const Example& example) {
  const std::string text(example.text);
  if (text == "many") {
    std::string empty = "\"\"";
    for (int i = 0; i < 10'001; ++i)
      empty += ",\"\"";
    return R"({"Statement":{"Effect":"Allow","Action":[)" + empty + R"(],"Resource":"*"}})";
  }
  if (text == "long")
    return R"({"Id":")" + std::string(2100, 'x') + R"(","Statement":[]})";
  if (text == "7" || text.find("\"Statement\"") != std::string::npos ||
      text.find("\"Version\"") != std::string::npos)
    return text;
  return tests::with_statement(R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":)" + text + "}");
}

TEST(GrammarRules, EveryRuleIsNamedForSomePolicy) {
  for (const GrammarRule& rule : grammar_rules()) {
    SCOPED_TRACE(rule.id);
    const auto example = std::find_if(std::begin(kExamples), std::end(kExamples),
                                      [&](const Example& candidate) { return candidate.id == rule.id; });
    ASSERT_NE(example, std::end(kExamples)) << "no example";
    const tests::ReadText text = tests::read_text(document(*example), example->type);
    const auto& diagnostics = text.sink.diagnostics();
    const auto named =
        std::find_if(diagnostics.begin(), diagnostics.end(),
                     [&](const base::Diagnostic& diagnostic) { return diagnostic.rule == rule.id; });
    ASSERT_NE(named, diagnostics.end());
    EXPECT_EQ(named->severity, rule.severity);
  }
}

}  // namespace
}  // namespace grantproof::policy
