// SPDX-License-Identifier: Apache-2.0
#include "cli/path_pattern.h"

#include <gtest/gtest.h>

#include "cli/ignore_rules.h"

namespace grantproof::cli {
namespace {

TEST(PathPattern, TakesWholePaths) {
  struct Case {
    const char* pattern;
    const char* path;
    bool matches;
  };
  const Case cases[] = {
      // literals
      {"a.json", "a.json", true},
      {"a.json", "b/a.json", false},
      {"b/a.json", "b/a.json", true},
      {"./b/a.json", "b/a.json", true},
      {"a.json", "a.jsonx", false},
      // stars stay within a name
      {"*.json", "a.json", true},
      {"*.json", "b/a.json", false},
      {"b/*", "b/a.json", true},
      {"b/*", "b/c/a.json", false},
      {"b*", "b", true},
      {"a*b*c", "aXbYbZc", true},
      {"a*b*c", "aXcYb", false},
      // two stars are folders, none included
      {"policies/**/*.json", "policies/a.json", true},
      {"policies/**/*.json", "policies/x/y/a.json", true},
      {"policies/**/*.json", "other/a.json", false},
      {"**/fixtures/**", "a/fixtures/b/c.json", true},
      {"**/fixtures/**", "a/fixture/b/c.json", false},
      {"**", "a/b", true},
      {"**/a/**/b", "x/a/y/a/z/b", true},
      // one character
      {"a?c", "abc", true},
      {"a?c", "a/c", false},
      {"a?c", "ac", false},
      {"[a-c]x", "bx", true},
      {"[!a-c]x", "bx", false},
      {"[!a-c]x", "dx", true},
      {"[]x]", "]", true},
      {"[a", "[a", true},
      {"a\\*", "a*", true},
      {"a\\*", "ab", false},
  };
  for (const Case& c : cases)
    EXPECT_EQ(path_matches(c.pattern, c.path), c.matches) << c.pattern << " on " << c.path;
}

TEST(PathPattern, WithoutSlashIsAboutTheName) {
  EXPECT_TRUE(name_or_path_matches("scp-*.json", "org/root/scp-base.json"));
  EXPECT_FALSE(name_or_path_matches("scp-*.json", "scp-base.json/x"));
  EXPECT_FALSE(name_or_path_matches("org/scp-*.json", "org/root/scp-base.json"));
  EXPECT_TRUE(name_or_path_matches("org/*/scp-*.json", "org/root/scp-base.json"));
}

// A pattern of stars against a name that nearly fits must not take exponential time.
TEST(PathPattern, ManyStarsAreQuick) {
  std::string pattern;
  for (int i = 0; i < 200; ++i)
    pattern += "*a";
  EXPECT_FALSE(path_matches(pattern + "b", std::string(20'000, 'a')));
}

TEST(Paths, AreTidied) {
  EXPECT_EQ(tidy("./a//b/../c/"), "a/c");
  EXPECT_EQ(tidy("../a"), "../a");
  EXPECT_EQ(tidy("a/.."), ".");
  EXPECT_EQ(tidy("/../a"), "/a");
  EXPECT_EQ(tidy(""), ".");
}

TEST(Paths, AreSeenFromAFolder) {
  EXPECT_EQ(path_from("/repo/sub", "..", "a.json"), "sub/a.json");
  EXPECT_EQ(path_from("/repo/sub", "", "a.json"), "a.json");
  EXPECT_EQ(path_from("/repo/sub", "", "../sub/a.json"), "a.json");
  EXPECT_EQ(path_from("/repo/sub", "", "../a.json"), "/repo/a.json");
  EXPECT_EQ(path_from("/repo/sub", "..", ".."), "");
  EXPECT_EQ(path_from("/repo", "", "/repository/a"), "/repository/a");
  EXPECT_EQ(path_from("/", "", "a"), "a");
}

TEST(IgnoreRules, AreThoseOfGit) {
  IgnoreRules rules;
  rules.add("", "# comment\n\nbuild/\n*.tmp.json\n/only-here.json\ndocs/*.json\n!keep.tmp.json\n\\#odd  \n");
  rules.add("sub", "/local.json\n!only-here.json\n");
  struct Case {
    const char* path;
    bool directory;
    bool ignored;
  };
  const Case cases[] = {
      {"build", true, true},
      {"x/build", true, true},
      {"build", false, false},
      {"a.tmp.json", false, true},
      {"x/a.tmp.json", false, true},
      {"x/keep.tmp.json", false, false},
      {"only-here.json", false, true},
      {"x/only-here.json", false, false},
      {"docs/a.json", false, true},
      {"x/docs/a.json", false, false},
      {"docs/x/a.json", false, false},
      {"sub/local.json", false, true},
      {"sub/x/local.json", false, false},
      {"local.json", false, false},
      {"# comment", false, false},
      {"#odd", false, true},
      {"a.json", false, false},
  };
  for (const Case& c : cases)
    EXPECT_EQ(rules.ignores(c.path, c.directory), c.ignored) << c.path;
}

}  // namespace
}  // namespace grantproof::cli
