// SPDX-License-Identifier: Apache-2.0
//
// Cases whose result is known from elsewhere. cases/documented.jsonl: AWS documentation says so, at the page
// in `doc`. cases/sample.jsonl: two independent evaluators agree; every tenth case of a larger set, which
// runs too where its folder stands beside the sources.
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>

#include "access/case_file.h"
#include "syntax/json_reader.h"

namespace grantproof::access {
namespace {

const std::filesystem::path kSource = GRANTPROOF_SOURCE_DIR;
const std::filesystem::path kCases = kSource / "tests/unit/access/cases";
const std::filesystem::path kLargerSets = kSource.parent_path() / "shared/conformance";

// Decides every case of a file and names those whose result is another.
void expect_all_agree(const std::filesystem::path& path, std::size_t at_least) {
  std::ifstream file(path);
  ASSERT_TRUE(file.is_open()) << path;
  std::size_t cases = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty())
      continue;
    ++cases;
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const std::optional<Case> read = read_case_line(sources, path.string(), line, sink);
    ASSERT_TRUE(read.has_value()) << path << " case " << cases;
    ASSERT_TRUE(read->expected.has_value()) << read->id;
    const Decision decision = decide(read->request, read->policies);
    EXPECT_EQ(name(decision.outcome), name(*read->expected)) << read->id << ": " << decision.reason;
    EXPECT_TRUE(decision.not_understood.empty()) << read->id;
    EXPECT_TRUE(decision.policies_understood) << read->id;
    EXPECT_EQ(decision.stopped_by.has_value(), decision.outcome != Outcome::kAllowed) << read->id;
    EXPECT_FALSE(decision.reason.empty()) << read->id;
    for (const StatementRef& ref : decision.determining) {
      const policy::Effect effect = find_statement(read->policies, ref).effect;
      EXPECT_EQ(effect == policy::Effect::kDeny, decision.outcome == Outcome::kExplicitlyDenied) << read->id;
    }
  }
  EXPECT_GE(cases, at_least) << path;
}

TEST(Conformance, DocumentedCases) {
  expect_all_agree(kCases / "documented.jsonl", 28);
}

TEST(Conformance, SampledCases) {
  expect_all_agree(kCases / "sample.jsonl", 300);
}

TEST(Conformance, LargerSet) {
  if (!std::filesystem::exists(kLargerSets / "iam-cases.jsonl"))
    GTEST_SKIP() << "not beside these sources";
  expect_all_agree(kLargerSets / "iam-cases.jsonl", 3000);
  expect_all_agree(kLargerSets / "iam-cases-documented.jsonl", 28);
}

}  // namespace
}  // namespace grantproof::access
