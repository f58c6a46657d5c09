// SPDX-License-Identifier: Apache-2.0
//
// The text form: a small reference, the committed file against the embedded tables, and text that is wrong.
#include "aws/reference_text.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "aws/reference.h"

namespace grantproof::aws {
namespace {

const std::string kCommittedFile = std::string(GRANTPROOF_SOURCE_DIR) + "/rules/aws/reference.txt";

constexpr std::string_view kSmall =
    "# comment\n"
    "grantproof service reference 1\n"
    "package somewhere\n"
    "version 1.2.3\n"
    "date 2030-01-02\n"
    "\n"
    "key zoo:Keeper | ArrayOfARN\n"
    "key aws:ResourceTag/${TagKey} | String\n"
    "key zoo:Cage/${Cage}/Side/${Side} | Binary\n"
    "key zoo:Cage/${Cage} | Bool\n"
    "service zoo | rcp\n"
    "resource animal | arn:${Partition}:zoo:::animal/${Name} | aws:ResourceTag/${TagKey}\n"
    "resource animal | arn:${Partition}:zoo:::beast/${Name}\n"
    "resource big house | arn:${Partition}:zoo:::house/*\n"
    "action feed | write, tagging | animal*, big house | zoo:Keeper\n"
    "action Close\n"
    "action Enter | read |  | zoo:Cage/${Cage}\n"
    "single feed | zoo:Keeper\n"
    "service Arc\n"
    "action Board | permissions, list\n"
    "end\n";

TEST(ReferenceText, ReadsASmallReference) {
  const auto reference = Reference::parse(kSmall);
  ASSERT_TRUE(reference) << reference.error().message;
  EXPECT_EQ(reference->date(), "2030-01-02");
  EXPECT_EQ(reference->version(), "1.2.3");
  ASSERT_EQ(reference->service_count(), 2U);
  ASSERT_EQ(reference->action_count(), 4U);
  // Sorted, whatever the order of the text.
  EXPECT_EQ(reference->action(0), "Arc:Board");
  EXPECT_EQ(reference->action(1), "zoo:Close");
  EXPECT_EQ(reference->action(2), "zoo:Enter");
  EXPECT_EQ(reference->action(3), "zoo:feed");
  EXPECT_EQ(reference->access_levels(0), 16 + 1);
  EXPECT_EQ(reference->access_levels(1), 0);
  EXPECT_EQ(reference->access_levels(3), 4 + 8);
  EXPECT_FALSE(reference->rcp_supported(0));
  EXPECT_TRUE(reference->rcp_supported(1));

  ASSERT_EQ(reference->resources_of(3).size(), 3U);
  EXPECT_EQ(reference->arn_format(reference->resources_of(3)[0].type),
            "arn:${Partition}:zoo:::animal/${Name}");
  EXPECT_EQ(reference->arn_format(reference->resources_of(3)[1].type),
            "arn:${Partition}:zoo:::beast/${Name}");
  EXPECT_EQ(reference->resource_type(reference->resources_of(3)[1].type), "animal");
  EXPECT_TRUE(reference->resources_of(3)[1].required);
  EXPECT_EQ(reference->resource_type(reference->resources_of(3)[2].type), "big house");
  EXPECT_FALSE(reference->resources_of(3)[2].required);
  EXPECT_TRUE(reference->resources_of(1).empty());
  EXPECT_TRUE(reference->resources_of(2).empty());

  EXPECT_TRUE(reference->lists_key(3, "zoo:keeper"));
  EXPECT_TRUE(reference->lists_key(3, "aws:ResourceTag/x"));
  EXPECT_TRUE(reference->lists_key(2, "zoo:Cage/lions"));
  EXPECT_FALSE(reference->lists_key(2, "zoo:Cage/lions/Side/left"));
  EXPECT_TRUE(reference->find_key("zoo:Keeper")->multivalued);
  EXPECT_FALSE(reference->find_key("zoo:Keeper", 3)->multivalued);
  EXPECT_TRUE(reference->find_key("zoo:Keeper", 2)->multivalued);
  EXPECT_EQ(reference->find_key("zoo:Cage/a/Side/b")->type, KeyType::kBinary);
  EXPECT_EQ(reference->find_key("zoo:Cage/a/Side/")->type, KeyType::kBool);
}

TEST(ReferenceText, TakesLinesOfEitherKindOfEnd) {
  std::string text;
  for (const char c : kSmall)
    text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_TRUE(Reference::parse(text));
  EXPECT_TRUE(Reference::parse(kSmall.substr(0, kSmall.size() - 1)));
}

TEST(ReferenceText, HasAnEmptyReference) {
  const auto reference =
      Reference::parse("grantproof service reference 1\nversion 1\ndate 2030-01-02\nend\n");
  ASSERT_TRUE(reference);
  EXPECT_EQ(reference->action_count(), 0U);
  EXPECT_TRUE(reference->match("*").empty());
  EXPECT_FALSE(reference->find_action("s3:GetObject"));
  EXPECT_FALSE(reference->find_key("aws:SourceIp"));
  EXPECT_FALSE(reference->nearest_action("s3:GetObject"));
  EXPECT_FALSE(reference->nearest_service("s3"));
  EXPECT_FALSE(reference->nearest_key("aws:SourceIp"));
}

// ---- the committed file
// ---------------------------------------------------------------------------------------

TEST(ReferenceText, TheCommittedFileIsWhatIsEmbedded) {
  const Reference& embedded = Reference::embedded();
  const auto loaded = Reference::load(kCommittedFile);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->date(), embedded.date());
  EXPECT_EQ(loaded->version(), embedded.version());
  ASSERT_EQ(loaded->service_count(), embedded.service_count());
  ASSERT_EQ(loaded->action_count(), embedded.action_count());
  ASSERT_EQ(loaded->resource_type_count(), embedded.resource_type_count());
  for (ServiceId i = 0; i < embedded.service_count(); ++i) {
    EXPECT_EQ(loaded->service_prefix(i), embedded.service_prefix(i));
    EXPECT_EQ(loaded->actions_of(i), embedded.actions_of(i));
    EXPECT_EQ(loaded->rcp_supported(i), embedded.rcp_supported(i));
  }
  for (ResourceTypeId i = 0; i < embedded.resource_type_count(); ++i) {
    EXPECT_EQ(loaded->resource_type(i), embedded.resource_type(i));
    EXPECT_EQ(loaded->arn_format(i), embedded.arn_format(i));
  }
  for (ActionId i = 0; i < embedded.action_count(); ++i) {
    ASSERT_EQ(loaded->action(i), embedded.action(i));
    EXPECT_EQ(loaded->access_levels(i), embedded.access_levels(i));
    const auto ours = embedded.resources_of(i);
    const auto theirs = loaded->resources_of(i);
    ASSERT_EQ(theirs.size(), ours.size());
    for (std::size_t j = 0; j < ours.size(); ++j) {
      EXPECT_EQ(theirs[j].type, ours[j].type);
      EXPECT_EQ(theirs[j].required, ours[j].required);
    }
  }
}

// What a plain reading of the lines says, line by line.
TEST(ReferenceText, EveryLineOfTheCommittedFileIsFound) {
  const Reference& reference = Reference::embedded();
  std::ifstream file(kCommittedFile);
  std::string line;
  std::string service;
  std::size_t keys = 0;
  std::size_t actions = 0;
  while (std::getline(file, line)) {
    const auto words = [&](std::size_t begin) {
      const std::size_t bar = line.find(" | ", begin);
      return line.substr(begin, bar == std::string::npos ? bar : bar - begin);
    };
    if (line.starts_with("service "))
      service = words(8);
    if (line.starts_with("action ")) {
      const auto action = reference.find_action(service + ":" + words(7));
      ASSERT_TRUE(action) << line;
      EXPECT_EQ(reference.service_prefix(reference.service_of(*action)), service);
      ++actions;
      // The fourth field: every key of it is listed.
      std::vector<std::size_t> bars;
      for (std::size_t at = line.find(" | "); at != std::string::npos; at = line.find(" | ", at + 1))
        bars.push_back(at);
      for (std::size_t at = bars.size() < 3 ? std::string::npos : bars[2] + 3; at != std::string::npos;) {
        const std::size_t comma = line.find(", ", at);
        const std::string key = line.substr(at, comma == std::string::npos ? comma : comma - at);
        EXPECT_TRUE(reference.lists_key(*action, key)) << service << ' ' << line;
        at = comma == std::string::npos ? comma : comma + 2;
      }
    }
    if (line.starts_with("key ")) {
      const std::string name = words(4);
      const auto found = reference.find_key(name);
      ASSERT_TRUE(found) << line;
      EXPECT_EQ(found->name, name.ends_with('}') ? name.substr(0, name.rfind("${")) : name) << line;
      EXPECT_EQ(found->multivalued, line.find("| ArrayOf") != std::string::npos) << line;
      ++keys;
    }
  }
  EXPECT_EQ(actions, reference.action_count());
  EXPECT_GT(keys, 1500U);
}

// ---- text that is wrong
// -----------------------------------------------------------------------------------------

TEST(ReferenceText, NamesTheLineThatIsWrong) {
  struct Case {
    std::string_view replaced;  // in kSmall, once
    std::string_view by;
    std::string_view message;  // how it begins
  };
  const Case cases[] = {
      // The frame.
      {"grantproof service reference 1", "grantproof service reference 2",
       "line 2: expected \"grantproof service"},
      {"grantproof service reference 1", "{\"format\": 1}",
       "line 2: expected \"grantproof service reference 1\""},
      {"end\n", "", "line 21: the text ends before \"end\""},
      {"end\n", "end\nservice x\n", "line 22: text after \"end\""},
      {"version 1.2.3\n", "", "line 20: there was no \"version\""},
      {"date 2030-01-02\n", "", "line 20: there was no \"date\""},
      {"2030-01-02", "2030-1-2", "line 5: not a date"},
      {"2030-01-02", "yesterday!", "line 5: not a date"},
      {"version 1.2.3", "version a b", "line 4: not a version"},
      {"package somewhere", "packages somewhere", "line 3: unknown kind of line: \"packages\""},
      {"package somewhere", "package a | b", "line 3: \"package\" with 2 fields"},
      {"package somewhere", "package \t", "line 3: a character that is not printable"},
      {"package somewhere", std::string_view("package \0", 9), "line 3: a character that is not printable"},
      {"package somewhere", "package caf\xc3\xa9", "line 3: a character that is not printable"},
      // Keys.
      {"| ArrayOfARN", "| ArrayOfArn", "line 7: unknown key type: \"ArrayOfArn\""},
      {"| ArrayOfARN", "", "line 7: \"key\" with 1 fields"},
      {"key zoo:Keeper |", "key zooKeeper |", "line 7: not a condition key"},
      {"key zoo:Keeper |", "key zoo:Kee*per |", "line 7: not a condition key"},
      {"key zoo:Keeper |", "key zoo:${Keeper |", "line 7: not a condition key"},
      {"key zoo:Keeper |", "key zoo:${} |", "line 7: not a condition key"},
      {"key zoo:Keeper |", "key zoo:$Keeper |", "line 7: not a condition key"},
      {"key zoo:Keeper |", "key ZOO:Cage/${x} |", "line 10: key \"zoo:Cage/${Cage}\" a second time"},
      {"key zoo:Keeper |", "key zoo:Cage/ |", "line 10: key \"zoo:Cage/${Cage}\" a second time"},
      {"service zoo | rcp", "service zoo\nkey a:b | String", "line 12: \"key\" after the first \"service\""},
      // Services.
      {"service zoo | rcp", "service zoo | scp", "line 11: expected \"rcp\""},
      {"service zoo | rcp", "service z*o", "line 11: not a service prefix"},
      {"service zoo | rcp", "service zoo:", "line 11: not a service prefix"},
      {"service Arc", "service Zoo", "line 19: service \"Zoo\" a second time"},
      {"service zoo | rcp\n", "", "line 11: \"resource\" before the first \"service\""},
      // Resource types.
      {"house/*", "house/${", "line 14: not an ARN format"},
      {"house/*", "house/${a b}", "line 14: not an ARN format"},
      {"resource big house |", "resource big*house |", "line 14: not a resource type"},
      {"zoo:::beast", "zoo:::animal", "line 13: the same resource type a second time"},
      {" | aws:ResourceTag/${TagKey}\n", " | aws:ResourceTag/${Tag}\n",
       "line 12: key without a \"key\" line"},
      // Actions.
      {"action Close", "action Cl?se", "line 16: not an action"},
      {"action Close", "action FEED", "line 16: action \"FEED\" a second time"},
      {"write, tagging", "write, touching", "line 15: unknown access level: \"touching\""},
      {"write, tagging", "write,tagging", "line 15: unknown access level"},
      {"animal*, big house", "animal*, bighouse",
       "line 15: resource type without a \"resource\" line before"},
      {"animal*, big house", "animal*,, big house", "line 15: resource type without"},
      {"house | zoo:Keeper", "house | zoo:Keepers", "line 15: key without a \"key\" line"},
      {"house | zoo:Keeper", "house | zoo:Keeper | x", "line 15: \"action\" with 5 fields"},
      {"single feed", "single fed", "line 18: \"single\" without an \"action\" line before"},
      {"single feed | zoo:Keeper", "single feed | zoo:Cage/${Cage}", "line 18: not a multivalued key"},
  };
  for (const Case& each : cases) {
    std::string text(kSmall);
    const std::size_t at = text.find(each.replaced);
    ASSERT_NE(at, std::string::npos) << each.replaced;
    text.replace(at, each.replaced.size(), each.by);
    const auto reference = Reference::parse(text);
    ASSERT_FALSE(reference) << each.by;
    EXPECT_TRUE(reference.error().message.starts_with(each.message))
        << reference.error().message << "\n for " << each.by;
  }
}

TEST(ReferenceText, EveryCutIsNoticed) {
  // Up to the last letter of "end".
  for (std::size_t length = 0; length + 2 < kSmall.size(); ++length) {
    const auto reference = Reference::parse(kSmall.substr(0, length));
    ASSERT_FALSE(reference) << length;
    EXPECT_TRUE(reference.error().message.starts_with("line ")) << reference.error().message;
  }
}

TEST(ReferenceText, TakesAnyBytes) {
  std::mt19937 random(7);
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  std::size_t read = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text(kSmall);
    for (std::size_t edits = 1 + below(4); edits > 0; --edits) {
      const std::size_t at = below(text.size());
      if (below(3) == 0) {
        // A piece of the text at another place.
        text.insert(at, text.substr(below(text.size()), below(40)));
      } else {
        text[at] = below(4) == 0 ? static_cast<char>(below(256)) : "|, ${}*:/\naZ0"[below(13)];
      }
    }
    const auto reference = Reference::parse(text);
    if (!reference) {
      EXPECT_TRUE(reference.error().message.starts_with("line ")) << reference.error().message;
      continue;
    }
    ++read;
    for (ActionId i = 0; i < reference->action_count(); ++i) {
      EXPECT_EQ(reference->find_action(reference->action(i)), i);
      for (const ResourceUse& use : reference->resources_of(i))
        EXPECT_LT(use.type, reference->resource_type_count());
    }
    EXPECT_EQ(reference->match("*:*").size(), reference->action_count());
  }
  EXPECT_GT(read, 100U);
}

// Every action with a resource type that has every key: a small text that would be large tables.
TEST(ReferenceText, RefusesListsThatMultiply) {
  std::string text = "grantproof service reference 1\nversion 1\ndate 2030-01-02\n";
  std::string all;
  for (int i = 0; i < 3000; ++i) {
    const std::string key = "a:k" + std::to_string(i);
    text += "key " + key + " | String\n";
    all += (i == 0 ? "" : ", ") + key;
  }
  text += "service a\nresource r | arn:a | " + all + "\n";
  for (int i = 0; i < 3000; ++i)
    text += "action A" + std::to_string(i) + " | read | r | a:k" + std::to_string(i) + "\n";
  text += "end\n";
  const auto reference = Reference::parse(text);
  ASSERT_FALSE(reference);
  EXPECT_NE(reference.error().message.find("more list entries"), std::string::npos)
      << reference.error().message;
}

TEST(ReferenceText, SaysSoWhenTheTextIsNotAReference) {
  EXPECT_TRUE(Reference::parse("").error().message.starts_with("line 1: expected"));
  EXPECT_TRUE(Reference::parse("\n\n# x\n").error().message.starts_with("line 4: expected"));
  EXPECT_TRUE(Reference::parse(std::string(1000, '{')).error().message.starts_with("line 1: expected"));
  EXPECT_LT(Reference::parse(std::string(1'000'000, 'x')).error().message.size(), 400U);
}

// ---- files
// ------------------------------------------------------------------------------------------------------

TEST(ReferenceLoad, NamesTheFile) {
  const auto missing = Reference::load("/nonexistent/reference.txt");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("/nonexistent/reference.txt"), std::string::npos)
      << missing.error().message;

  const std::filesystem::path folder = std::filesystem::temp_directory_path();
  EXPECT_FALSE(Reference::load(folder.string()));

  const std::string path =
      (folder / ("grantproof_reference_test_" + std::to_string(getpid()) + ".txt")).string();
  std::ofstream(path) << "grantproof service reference 1\nversion\n";
  const auto wrong = Reference::load(path);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().message, path + ": line 2: \"version\" with 0 fields");

  std::ofstream(path) << kSmall;
  EXPECT_TRUE(Reference::load(path));
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace grantproof::aws
