// SPDX-License-Identifier: Apache-2.0
#include "base/file_system.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace grantproof::base {
namespace {

// A directory of its own for each test, removed afterwards.
class RealFiles : public testing::Test {
 protected:
  RealFiles() {
    std::string name = testing::TempDir() + "grantproof-XXXXXX";
    directory_ = ::mkdtemp(name.data());
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string path(const std::string& name) const { return directory_ + "/" + name; }
  void make(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    ASSERT_TRUE(files_.write_file(path(name), text));
  }

  RealFileSystem files_;
  std::string directory_;
};

TEST_F(RealFiles, WhatIsWrittenIsRead) {
  const std::string text("a\0b\r\n\xff", 6);
  make("x", text);
  EXPECT_EQ(files_.read_file(path("x")).value(), text);
  make("x", "shorter");
  EXPECT_EQ(files_.read_file(path("x")).value(), "shorter");
  // No temporary file stays behind.
  EXPECT_EQ(files_.list_directory(directory_).value().size(), 1U);
}

TEST_F(RealFiles, ModesAndLinksSurviveWriting) {
  make("target", "old");
  ASSERT_EQ(::chmod(path("target").c_str(), 0640), 0);
  ASSERT_EQ(::symlink("target", path("link").c_str()), 0);
  ASSERT_TRUE(files_.write_file(path("link"), "new"));
  EXPECT_EQ(files_.read_file(path("target")).value(), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(path("link")));
  struct stat status {};
  ASSERT_EQ(::stat(path("target").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640U);
}

TEST_F(RealFiles, ErrorsNameThePathAndTheReason) {
  const auto missing = files_.read_file(path("missing"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, "cannot read " + path("missing") + ": No such file or directory");
  const auto directory = files_.read_file(directory_);
  ASSERT_FALSE(directory);
  EXPECT_EQ(directory.error().message, "cannot read " + directory_ + ": Is a directory");
  const auto unwritable = files_.write_file(path("no/such/file"), "x");
  ASSERT_FALSE(unwritable);
  EXPECT_EQ(unwritable.error().message,
            "cannot write " + path("no/such/file") + ": No such file or directory");
  EXPECT_FALSE(files_.write_file(directory_, "x"));
  EXPECT_FALSE(files_.list_directory(path("missing")));
}

TEST_F(RealFiles, ReadingStopsAtTheLimit) {
  make("ten", "0123456789");
  EXPECT_TRUE(files_.read_file(path("ten"), 10));
  const auto refused = files_.read_file(path("ten"), 9);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "cannot read " + path("ten") + ": it has more than 9 bytes");
  // A device without end has no size to look at beforehand.
  EXPECT_FALSE(files_.read_file("/dev/zero", 1000));
  EXPECT_EQ(files_.read_file("/dev/null").value(), "");
}

TEST_F(RealFiles, ListsAreSortedAndSayWhatEntriesAre) {
  make("b", "");
  make("a", "");
  make("B", "");
  make("d/x", "");
  ASSERT_EQ(::symlink("d", path("link").c_str()), 0);
  ASSERT_EQ(::symlink("nowhere", path("dangling").c_str()), 0);
  constexpr std::array<const char*, 3> kKinds{{" file", " directory", " other"}};
  const auto entries = files_.list_directory(directory_);
  ASSERT_TRUE(entries);
  std::vector<std::string> seen;
  for (const DirectoryEntry& entry : *entries)
    seen.push_back(entry.name + kKinds[static_cast<std::size_t>(entry.kind)]);
  EXPECT_EQ(seen, (std::vector<std::string>{"B file", "a file", "b file", "d directory", "dangling other",
                                            "link other"}));
}

TEST_F(RealFiles, WalkFindsFilesAndDoesNotFollowLinksInCircles) {
  make("b/2", "");
  make("b/1", "");
  make("a", "");
  make("c", "");
  ASSERT_EQ(::symlink("..", path("b/up").c_str()), 0);
  EXPECT_EQ(walk(files_, directory_).value(),
            (std::vector<std::string>{path("a"), path("b/1"), path("b/2"), path("c")}));
}

TEST_F(RealFiles, StandardInputIsReadToItsEnd) {
  make("input", "from standard input");
  const int saved = ::dup(STDIN_FILENO);
  const int file = ::open(path("input").c_str(), O_RDONLY);
  ASSERT_GE(file, 0);
  ::dup2(file, STDIN_FILENO);
  const auto text = read_standard_input();
  ::lseek(file, 0, SEEK_SET);
  const auto refused = read_standard_input(4);
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
  ::close(file);
  EXPECT_EQ(text.value(), "from standard input");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "cannot read standard input: it has more than 4 bytes");
}

TEST(MemoryFiles, BehaveLikeRealOnes) {
  MemoryFileSystem files(
      {{"policies/b.json", "B"}, {"policies/sub/c.json", "C"}, {"./a.json", "A"}, {"/etc/x", "X"}});
  EXPECT_EQ(files.read_file("a.json").value(), "A");
  EXPECT_EQ(files.read_file("./policies/b.json").value(), "B");
  EXPECT_EQ(files.reads(), (std::vector<std::string>{"a.json", "./policies/b.json"}));
  EXPECT_FALSE(files.read_file("missing"));
  EXPECT_FALSE(files.read_file("policies"));
  EXPECT_FALSE(files.read_file("a.json", 0));
  EXPECT_TRUE(files.is_directory("policies"));
  EXPECT_TRUE(files.is_directory("policies/"));
  EXPECT_FALSE(files.is_directory("poli"));
  EXPECT_FALSE(files.is_directory("a.json"));
  EXPECT_TRUE(files.exists("policies/sub/c.json"));
  EXPECT_FALSE(files.exists("policies/nothing"));
  EXPECT_EQ(walk(files, ".").value(),
            (std::vector<std::string>{"a.json", "policies/b.json", "policies/sub/c.json"}));
  EXPECT_EQ(walk(files, "policies").value(),
            (std::vector<std::string>{"policies/b.json", "policies/sub/c.json"}));
  EXPECT_EQ(walk(files, "/etc").value(), (std::vector<std::string>{"/etc/x"}));
  EXPECT_FALSE(walk(files, "nowhere"));
  ASSERT_TRUE(files.write_file("new/file", "N"));
  EXPECT_EQ(files.read_file("new/file").value(), "N");
  EXPECT_FALSE(files.write_file("policies", "x"));
}

TEST(MemoryFiles, WalkAsksBeforeItEnters) {
  const MemoryFileSystem files({{"a/keep", ""}, {"a/.hidden", ""}, {"node_modules/x", ""}});
  std::vector<std::string> asked;
  const auto found = walk(files, "", [&asked](const std::string& path, EntryKind) {
    asked.push_back(path);
    return path != "node_modules" && path != "a/.hidden";
  });
  EXPECT_EQ(found.value(), (std::vector<std::string>{"a/keep"}));
  EXPECT_EQ(asked, (std::vector<std::string>{"node_modules", "a", "a/keep", "a/.hidden"}));
}

TEST(Paths, Join) {
  EXPECT_EQ(join_path("a", "b"), "a/b");
  EXPECT_EQ(join_path("a/", "b"), "a/b");
  EXPECT_EQ(join_path("", "b"), "b");
  EXPECT_EQ(join_path(".", "b"), "b");
  EXPECT_EQ(join_path("/", "b"), "/b");
  EXPECT_EQ(join_path("a", ""), "a");
}

}  // namespace
}  // namespace grantproof::base
