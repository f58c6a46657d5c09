// SPDX-License-Identifier: Apache-2.0
//
// Questions as SMT-LIB text, answered by another solver: cvc5, where it is installed. The text says less than
// the prover knows (the actions of the reference, the resources they take), so `sat` of it refutes nothing;
// of the questions here the proved ones need none of that.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "prover/smt2_writer.h"
#include "support/bounds.h"
#include "unit/prover/asking.h"

namespace grantproof::tests {
namespace {

namespace fs = std::filesystem;

fs::path find_program(std::string_view name) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    fs::path candidate = fs::path(rest.substr(0, end)) / name;
    std::error_code error;
    if (fs::is_regular_file(candidate, error))
      return candidate;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

// What the solver prints.
std::string answer_of(const fs::path& solver, const fs::path& file) {
  const std::string command = "'" + solver.string() +
                              "' --lang=smt2 --tlimit=3000 --strings-exp --produce-models '" + file.string() +
                              "' 2>&1";
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr)
    throw std::runtime_error("cannot start " + solver.string());
  std::string output;
  char buffer[4096];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe))
    output.append(buffer, size);
  pclose(pipe);
  return output;
}

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (fs::temp_directory_path() / "grantproof-smt2-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)
      throw std::runtime_error("no scratch folder in " + name);
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Conditions of an Allow statement.
constexpr std::string_view kConditions[] = {
    // Text.
    R"({"StringLike":{"aws:UserAgent":"a*"},"StringNotLike":{"aws:UserAgent":"a*"}})",
    R"({"StringLike":{"aws:UserAgent":"a*"},"StringNotLike":{"aws:UserAgent":"*b"}})",
    R"({"StringEqualsIgnoreCase":{"aws:UserAgent":"Red"},"StringNotLike":{"aws:UserAgent":["r*","R*"]}})",
    R"({"StringEqualsIgnoreCase":{"aws:UserAgent":"Red"},"StringNotEquals":{"aws:UserAgent":"Red"}})",
    R"({"StringLike":{"aws:UserAgent":["a?c","ab?"]},"StringNotLike":{"aws:UserAgent":["*c","ab*"]}})",
    R"({"StringLike":{"aws:UserAgent":"a\"b|c\\d*"},"StringNotEquals":{"aws:UserAgent":"a\"b|c\\d"}})",
    R"({"StringEquals":{"aws:UserAgent":"é"},"StringNotEqualsIgnoreCase":{"aws:UserAgent":"É"}})",
    R"({"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"aws:SecureTransport":"false"}})",
    R"({"Bool":{"aws:SecureTransport":"false"}})",
    R"({"Null":{"aws:UserAgent":"true"},"StringEquals":{"aws:UserAgent":"x"}})",
    R"({"StringNotEqualsIfExists":{"aws:UserAgent":"x"},"StringLike":{"aws:UserAgent":"x"}})",
    // ARNs.
    R"({"ArnLike":{"aws:SourceArn":"arn:aws:s3:::a*"},"StringNotLike":{"aws:SourceArn":"arn:aws:s3:::a*"}})",
    R"({"ArnLike":{"aws:SourceArn":"arn:aws:*:*:111122223333:*"},"StringLike":{"aws:SourceArn":"*:444455556666:*"}})",
    R"({"ArnLike":{"aws:SourceArn":"arn:aws:events:*:111122223333:rule/*"},"StringEquals":{"aws:SourceAccount":"444455556666"}})",
    R"({"ArnLike":{"aws:SourceArn":"arn:aws:events:*:111122223333:rule/*"},"StringEquals":{"aws:SourceAccount":"111122223333"}})",
    // Callers.
    R"({"StringEquals":{"aws:PrincipalAccount":"444455556666"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:*"}})",
    R"({"StringEquals":{"aws:PrincipalAccount":"111122223333"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:*"}})",
    R"({"StringEquals":{"aws:username":"alice"},"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/bob"}})",
    R"({"Null":{"aws:SourceArn":"false","aws:username":"false"}})",
    R"({"StringEquals":{"aws:PrincipalServiceName":"events.amazonaws.com"},"Bool":{"aws:PrincipalIsAWSService":"false"}})",
    R"({"Null":{"aws:SourceVpce":"false","aws:SourceIp":"false"}})",
    // Lists.
    R"({"ForAllValues:StringEquals":{"aws:TagKeys":"team"},"ForAnyValue:StringLike":{"aws:TagKeys":"env*"}})",
    R"({"ForAllValues:StringEquals":{"aws:TagKeys":["team","env"]},"ForAnyValue:StringLike":{"aws:TagKeys":"env*"}})",
    R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"a"},"ForAnyValue:StringLike":{"aws:TagKeys":"b"}})",
    R"({"ForAllValues:StringEquals":{"aws:TagKeys":"a"},"ForAnyValue:StringNotEquals":{"aws:TagKeys":"a"}})",
    R"({"ForAllValues:StringEquals":{"aws:TagKeys":"a"},"ForAllValues:StringNotEquals":{"aws:TagKeys":"a"},"Null":{"aws:TagKeys":"false"}})",
    R"({"StringEquals":{"aws:RequestTag/team":"red"},"ForAllValues:StringEquals":{"aws:TagKeys":"env"}})",
    // Numbers and dates.
    R"({"NumericLessThan":{"aws:MultiFactorAuthAge":"10"},"NumericGreaterThan":{"aws:MultiFactorAuthAge":"9.5"}})",
    R"({"NumericLessThan":{"aws:MultiFactorAuthAge":"10"},"NumericGreaterThan":{"aws:MultiFactorAuthAge":"10"}})",
    R"({"NumericLessThanEquals":{"aws:MultiFactorAuthAge":"-0.25"},"NumericNotEquals":{"aws:MultiFactorAuthAge":"-0.25"}})",
    R"({"NumericEquals":{"aws:MultiFactorAuthAge":"1e2"},"NumericNotEquals":{"aws:MultiFactorAuthAge":"100"}})",
    R"({"NumericLessThan":{"aws:MultiFactorAuthAge":"10"},"Bool":{"aws:MultiFactorAuthPresent":"false"}})",
    R"({"DateGreaterThan":{"aws:CurrentTime":"2025-01-01T00:00:00Z"},"DateLessThan":{"aws:CurrentTime":"2025-01-01T00:00:00.001Z"}})",
    R"({"DateGreaterThan":{"aws:CurrentTime":"2025-01-01T00:00:00Z"},"DateLessThan":{"aws:CurrentTime":"2025-01-01T00:00:01Z"}})",
    R"({"DateLessThan":{"aws:CurrentTime":"1960-01-01T00:00:00Z"}})",
    // Addresses.
    R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"NotIpAddress":{"aws:SourceIp":["10.0.0.0/9","10.128.0.0/9"]}})",
    R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"NotIpAddress":{"aws:SourceIp":"10.0.0.0/9"}})",
    R"({"NotIpAddress":{"aws:SourceIp":["0.0.0.0/0","::/0"]},"Null":{"aws:SourceIp":"false"}})",
    R"({"NotIpAddress":{"aws:SourceIp":"0.0.0.0/0"},"Null":{"aws:SourceIp":"false"}})",
    R"({"IpAddress":{"aws:SourceIp":"2001:db8::/32"},"NotIpAddress":{"aws:SourceIp":["2001:db8::/33","2001:db8:8000::/33"]}})",
};

// Whole documents.
constexpr std::string_view kStatements[] = {
    R"({"Effect":"Allow","Action":"events:Put*","Resource":"*"},{"Effect":"Deny","Action":"EVENTS:p*","Resource":"*"})",
    R"({"Effect":"Allow","Action":"events:Put*","Resource":"*"},{"Effect":"Deny","Action":"events:PutR*","Resource":"*"})",
    R"({"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a/*"},{"Effect":"Deny","Action":"s3:*","NotResource":"arn:aws:s3:::b/*"})",
    R"({"Effect":"Allow","Action":"s3:*","NotResource":"arn:aws:s3:::a/*"},{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::*/*"})",
};

struct Question {
  std::string policy;
  Answer answer = Answer::kUndecided;
  std::string text;
};

Question asked(Asker& asker, std::string json) {
  const TestPolicy read = read_policy_text(json, policy::PolicyType::kIdentity);
  logic::SymbolicRequest request(asker.patterns(), aws::Reference::embedded());
  const logic::Formula violation = logic::encode_document(request, read.policy);
  const logic::Formula whole = request.formulas().both(violation, logic::request_space(request));
  Question question;
  question.text = prover::write_smt2(request, whole, json);
  question.answer = asker
                        .ask(request, violation,
                             [&](const access::Request& witness) {
                               return access::decide_document(witness, read.policy).allowed.surely();
                             })
                        .answer;
  question.policy = std::move(json);
  return question;
}

std::vector<Question> questions() {
  Asker asker;
  std::vector<Question> result;
  for (const std::string_view conditions : kConditions)
    result.push_back(asked(asker, allow_where(conditions, "events:PutRule")));
  for (const std::string_view statements : kStatements)
    result.push_back(
        asked(asker, R"({"Version":"2012-10-17","Statement":[)" + std::string(statements) + "]}"));
  return result;
}

TEST(Smt2, AnotherSolverAgrees) {
  const fs::path solver = find_program("cvc5");
  if (solver.empty())
    GTEST_SKIP() << "cvc5 is not installed";
  const ScratchFolder folder;
  std::size_t sat = 0, unsat = 0, unknown = 0;
  std::size_t index = 0;
  for (const Question& question : questions()) {
    if (++index % bounded(1, 4) != 0)
      continue;
    ASSERT_NE(question.answer, Answer::kUndecided) << question.policy;
    const fs::path file = folder.path() / "question.smt2";
    std::ofstream(file) << question.text;
    const std::string output = answer_of(solver, file);
    const std::string answer = output.substr(0, output.find('\n'));
    // After `unsat` there is no model, and asking for it is an error.
    ASSERT_TRUE(answer == "unsat" || output.find("error") == std::string::npos) << output << question.text;
    sat += answer == "sat";
    unsat += answer == "unsat";
    // Out of time is no answer, and no disagreement.
    if (answer != "sat" && answer != "unsat") {
      ++unknown;
      std::printf("no answer of cvc5 (%s): %s\n", answer.c_str(), question.policy.c_str());
      continue;
    }
    EXPECT_EQ(answer, question.answer == Answer::kProved ? "unsat" : "sat") << question.policy << "\n"
                                                                            << question.text;
  }
  std::printf("cvc5: %zu sat, %zu unsat, %zu without an answer\n", sat, unsat, unknown);
  EXPECT_GT(sat, 0U);
  EXPECT_GT(unsat, 0U);
  EXPECT_LT(unknown, sat + unsat);
}

TEST(Smt2, TheTextIsTheSameEveryTime) {
  Asker first, second;
  const std::string json = allow_where(kConditions[1]);
  EXPECT_EQ(asked(first, json).text, asked(second, json).text);
}

TEST(Smt2, NamesAndUnknownParts) {
  Asker asker;
  // A name of the question cannot end its comment.
  logic::SymbolicRequest request(asker.patterns(), aws::Reference::embedded());
  const logic::Formula unknown = request.unknown("not understood");
  const std::string text = prover::write_smt2(request, unknown, "a\nb");
  EXPECT_NE(text.find("; a b\n"), std::string::npos) << text;
  EXPECT_NE(text.find("nobody knows"), std::string::npos) << text;
  EXPECT_NE(prover::write_smt2(request, logic::Formula::kFalse, "x").find("(assert false)"),
            std::string::npos);
}

}  // namespace
}  // namespace grantproof::tests
