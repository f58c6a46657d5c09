// SPDX-License-Identifier: Apache-2.0
//
// The registry: every page is a rule, every rule has a page, every claim can be read, and every rule is found
// by somebody: a claim, a reader, or a check.
#include "checks/rule.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "events/event_pattern_rules.h"
#include "policy/grammar_rules.h"

namespace grantproof::checks {
namespace {

// Rules without a claim that are not of the policy grammar or of event patterns: who reports them.
const std::set<std::string> kMadeInCode = {
    "GP0001", "GP0002", "GP0003", "GP0004", "GP0005",            // the readers of documents
    "GP0006", "GP0007",                                          // policy_check.cpp
    "GP0301", "GP0302", "GP0303", "GP0304", "GP0305", "GP0307",  // config/, sources/
    "GP0010",                                                    // the command line
    "GP1101", "GP1102", "GP1103", "GP2012",                      // statement_checks.cpp
};

TEST(Rules, EveryPageOfTheFolderIsARule) {
  std::set<std::string> pages, known;
  for (const auto& entry : std::filesystem::directory_iterator(GRANTPROOF_SOURCE_DIR "/rules")) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("GP") && name.ends_with(".md"))
      pages.insert(name.substr(0, name.size() - 3));
  }
  for (const Rule& rule : rules())
    known.insert(rule.id + "-" + rule.slug);
  EXPECT_EQ(known, pages);
  EXPECT_GE(pages.size(), 60U);
}

TEST(Rules, EachHasWhatReportsNeed) {
  std::set<std::string> ids, slugs;
  for (const Rule& rule : rules()) {
    SCOPED_TRACE(rule.id);
    EXPECT_EQ(rule.id.size(), 6U);
    EXPECT_TRUE(ids.insert(rule.id).second);
    EXPECT_TRUE(slugs.insert(rule.slug).second);
    EXPECT_FALSE(rule.title.empty());
    EXPECT_FALSE(rule.title.ends_with('.'));
    EXPECT_FALSE(rule.security_severity.empty());
    EXPECT_FALSE(rule.precision.empty());
    EXPECT_FALSE(rule.tags.empty());
    EXPECT_TRUE(rule.markdown.starts_with("# " + rule.id + " " + rule.slug)) << rule.markdown.substr(0, 60);
    EXPECT_NE(rule.markdown.find("## What it proves"), std::string::npos);
    EXPECT_EQ(rule.markdown.find('\x1e'), std::string::npos);
  }
}

TEST(Rules, AreSortedById) {
  for (std::size_t i = 1; i < rules().size(); ++i)
    EXPECT_LT(rules()[i - 1].id, rules()[i].id);
}

TEST(Rules, AreFoundByIdAndBySlug) {
  ASSERT_NE(find_rule("GP2001"), nullptr);
  EXPECT_EQ(find_rule("GP2001"), find_rule("putevents-open-to-all"));
  EXPECT_EQ(find_rule("GP9999"), nullptr);
  EXPECT_EQ(find_rule(""), nullptr);
}

TEST(Rules, OfTheGrammarAreThoseOfTheReader) {
  for (const policy::GrammarRule& row : policy::grammar_rules()) {
    const Rule* rule = find_rule(row.id);
    ASSERT_NE(rule, nullptr) << row.id;
    EXPECT_EQ(rule->slug, row.slug) << row.id;
    EXPECT_EQ(rule->severity, row.severity) << row.id;
  }
}

TEST(Rules, OfEventPatternsAreThoseOfTheReader) {
  for (const events::EventPatternRule& row : events::event_pattern_rules()) {
    const Rule* rule = find_rule(row.id);
    ASSERT_NE(rule, nullptr) << row.id;
    EXPECT_EQ(rule->slug, row.slug) << row.id;
    EXPECT_EQ(rule->severity, row.severity) << row.id;
    EXPECT_EQ(rule->title, row.title) << row.id;
  }
}

TEST(Rules, EachIsReportedBySomebody) {
  std::set<std::string_view> of_event_patterns;
  for (const events::EventPatternRule& row : events::event_pattern_rules())
    of_event_patterns.insert(row.id);
  for (const Rule& rule : rules()) {
    const bool grammar = policy::find_grammar_rule(rule.id) != nullptr;
    const int ways = static_cast<int>(rule.claim.has_value()) + static_cast<int>(grammar) +
                     static_cast<int>(of_event_patterns.contains(rule.id)) +
                     static_cast<int>(kMadeInCode.contains(rule.id));
    EXPECT_EQ(ways, 1) << rule.id;
  }
  for (const std::string& id : kMadeInCode)
    EXPECT_NE(find_rule(id), nullptr) << id;
}

TEST(Rules, ClaimsSayWhatTheirPagesSay) {
  struct Row {
    std::string_view id;
    std::string_view applies_to;
    std::vector<std::string> principal_outside;
    std::vector<std::string> requires_facts;
    std::string_view unless;
  };
  const Row rows[] = {
      {"GP2001", "event-bus", {"organization", "accounts", "partners", "own-account", "named"}, {}, ""},
      {"GP2002",
       "event-bus",
       {"organization", "accounts", "partners", "own-account"},
       {"organization", "accounts", "partners"},
       "GP2001"},
      {"GP2003", "event-bus", {"own-account"}, {}, ""},
      {"GP2010", "identity", {}, {}, ""},
      {"GP2011", "identity", {}, {}, ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.id);
    const Rule* rule = find_rule(row.id);
    ASSERT_NE(rule, nullptr);
    ASSERT_TRUE(rule->claim.has_value());
    const Claim& claim = *rule->claim;
    EXPECT_EQ(claim.name, row.id);
    EXPECT_EQ(claim.applies_to, std::vector<std::string>{std::string(row.applies_to)});
    ASSERT_TRUE(claim.never_allowed.has_value());
    EXPECT_EQ(claim.never_allowed->principal.outside, row.principal_outside);
    EXPECT_EQ(claim.requires_facts, row.requires_facts);
    EXPECT_EQ(claim.unless, row.unless);
    ASSERT_EQ(claim.never_allowed->action.size(), 1U);
    EXPECT_EQ(claim.never_allowed->action[0].text, "events:PutEvents");
    if (!claim.unless.empty()) {
      EXPECT_NE(find_rule(claim.unless), nullptr);
    }
  }
}

}  // namespace
}  // namespace grantproof::checks
