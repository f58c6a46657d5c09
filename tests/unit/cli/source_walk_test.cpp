// SPDX-License-Identifier: Apache-2.0
#include "cli/source_walk.h"

#include <gtest/gtest.h>

#include "unit/cli/test_machine.h"

namespace grantproof::cli {
namespace {

std::vector<std::string> found(TestMachine& test, const std::vector<std::string>& paths,
                               const Options& options = {}, const Settings& settings = {}) {
  const auto files = find_sources(paths, options, settings, test.machine);
  EXPECT_TRUE(files) << files.error().message;
  std::vector<std::string> list;
  for (const SourceFile& file : files->files)
    list.push_back((file.named ? "named " : "") + file.path);
  return list;
}

using Paths = std::vector<std::string>;

TEST(SourceWalk, FoldersAreWalkedInOrder) {
  TestMachine test{{"p/b.json", ""},       {"p/a.yaml", ""},      {"p/a/z.yml", ""},   {"p/x.txt", ""},
                   {"p/.hidden.json", ""}, {"p/.git/c.json", ""}, {"other/q.json", ""}};
  EXPECT_EQ(found(test, {"p"}), (Paths{"p/a/z.yml", "p/a.yaml", "p/b.json"}));
}

TEST(SourceWalk, NamedFilesAreNamedWhateverTheyAre) {
  TestMachine test{{"p/.hidden.txt", ""}, {"p/a.json", ""}};
  EXPECT_EQ(found(test, {"p/.hidden.txt", "-", "missing"}),
            (Paths{"named p/.hidden.txt", "named -", "named missing"}));
}

TEST(SourceWalk, EachFileOnce) {
  TestMachine test{{"p/a.json", ""}, {"p/b.json", ""}};
  EXPECT_EQ(found(test, {"p", "p/b.json", "./p/a.json"}), (Paths{"named p/a.json", "named p/b.json"}));
}

TEST(SourceWalk, IgnoreFilesCount) {
  TestMachine test{{".git/HEAD", ""},
                   {".gitignore", "build/\n"},
                   {".grantproofignore", "*.draft.json\n"},
                   {"p/.gitignore", "/local.json\n"},
                   {"p/local.json", ""},
                   {"p/a.draft.json", ""},
                   {"p/a.json", ""},
                   {"p/build/a.json", ""}};
  EXPECT_EQ(found(test, {"."}), Paths{"p/a.json"});
  // Those above the folder that is walked, too.
  EXPECT_EQ(found(test, {"p"}), Paths{"p/a.json"});
  Options all;
  all.no_ignore = true;
  EXPECT_EQ(found(test, {"p"}, all), (Paths{"p/a.draft.json", "p/a.json", "p/build/a.json", "p/local.json"}));
  // A file that is named is meant, unless --force-exclude says otherwise.
  EXPECT_EQ(found(test, {"p/build/a.json"}), Paths{"named p/build/a.json"});
  Options force;
  force.force_exclude = true;
  EXPECT_EQ(found(test, {"p/build/a.json", "p/a.json", "p/local.json"}, force), Paths{"p/a.json"});
}

TEST(SourceWalk, ForceExcludeStillMissesFiles) {
  TestMachine test;
  Options force;
  force.force_exclude = true;
  const Settings settings;
  const Paths paths{"missing.json"};
  EXPECT_FALSE(find_sources(paths, force, settings, test.machine));
}

TEST(SourceWalk, SettingsSayWhatIsRead) {
  TestMachine test{{"policies/a.json", ""},
                   {"policies/x/b.policy", ""},
                   {"policies/fixtures/c.json", ""},
                   {"other/d.json", ""}};
  Settings settings;
  settings.include = {"policies/**"};
  settings.exclude = {"**/fixtures/**"};
  EXPECT_EQ(found(test, {"."}, {}, settings), (Paths{"policies/a.json", "policies/x/b.policy"}));
}

TEST(SourceWalk, SettingsSpeakFromTheirOwnFolder) {
  TestMachine test{{"a.json", ""}, {"b.json", ""}};
  test.machine.current_directory = "/repo/sub";
  Settings settings;
  settings.folder = "..";
  settings.exclude = {"sub/a.json"};
  EXPECT_EQ(found(test, {"."}, {}, settings), Paths{"b.json"});
}

}  // namespace
}  // namespace grantproof::cli
