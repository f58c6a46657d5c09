// SPDX-License-Identifier: Apache-2.0
//
// Globs twice: the automata of a PatternStore and Glob::matches against the naive matcher, and what find,
// find_readable and members return against it. Aborts on a disagreement.
//
// Input: one byte for the number of `in` sets, then globs and subjects as rows of bytes (see Reader). Globs
// have at most 10 tokens and subjects 16 units, because the naive matcher is exponential; larger ones are for
// unit tests.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "../unit/patterns/naive_matcher.h"
#include "patterns/region.h"

namespace grantproof::patterns {
namespace {

constexpr std::size_t kMostSets = 4;
constexpr std::size_t kMostGlobs = 4;
constexpr std::size_t kMostTokens = 10;
constexpr std::size_t kMostUnits = 16;

// Units with every peculiarity: case, several capitals of one letter, each kind, a pair of surrogates.
const std::vector<std::string> kTexts = {"a",
                                         "A",
                                         "b",
                                         "k",
                                         "K",
                                         "\xE2\x84\xAA",
                                         "1",
                                         "-",
                                         "/",
                                         ":",
                                         "_",
                                         "\xC3\xA9",
                                         "\xF0\x9D\x84\x9E",
                                         "\xF0\x9D\x84\xA2",
                                         "z",
                                         "9",
                                         "\xC3\x89",
                                         "\xEF\xBF\xBD",
                                         "*",
                                         "?"};

class Reader {
 public:
  Reader(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  std::size_t next(std::size_t below) { return at_ < size_ ? data_[at_++] % below : 0; }

  Glob glob() {
    Glob glob;
    for (std::size_t tokens = next(kMostTokens + 1); tokens > 0; --tokens) {
      const std::size_t kind = next(5);
      const std::size_t which = next(256);
      switch (kind) {
        case 0:
          glob.run(static_cast<UnitClass>(which % 5));
          break;
        case 1:
          glob.one(static_cast<UnitClass>(which % 5));
          break;
        case 2:
          glob.run(UnitClass::kAny);
          break;
        default:
          glob.literal(kTexts[which % kTexts.size()], kind == 3);
      }
    }
    return glob;
  }

  std::string subject() {
    std::string text;
    for (std::size_t units = next(kMostUnits / 2 + 1); units > 0; --units) {
      text += kTexts[next(kTexts.size())];
    }
    return text;
  }

  bool done() const { return at_ >= size_; }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

void require(bool agreed) {
  if (!agreed) {
    std::abort();
  }
}

bool naive_matches_any(const std::vector<Glob>& globs, const std::string& subject) {
  for (const Glob& glob : globs) {
    if (testing::naive_matches(glob, to_units(subject))) {
      return true;
    }
  }
  return false;
}

void check(Reader& reader) {
  PatternStore store;
  store.set_state_budget(3'000);
  std::vector<std::vector<Glob>> globs;
  std::vector<PatternSetId> sets;
  const std::size_t in_count = reader.next(kMostSets);
  const std::size_t set_count = in_count + reader.next(kMostSets);
  while (sets.size() < set_count) {
    std::vector<Glob>& set = globs.emplace_back();
    for (std::size_t count = reader.next(kMostGlobs + 1); count > 0; --count) {
      set.push_back(reader.glob());
    }
    sets.push_back(store.intern(set));
  }
  const std::span<const PatternSetId> in = std::span<const PatternSetId>(sets).first(in_count);
  const std::span<const PatternSetId> out = std::span<const PatternSetId>(sets).subspan(in_count);
  const auto is_member = [&](const std::string& text) {
    for (std::size_t i = 0; i < sets.size(); ++i) {
      if (naive_matches_any(globs[i], text) != (i < in_count)) {
        return false;
      }
    }
    return true;
  };

  const RegionResult any = store.find(in, out);
  const RegionResult readable = store.find_readable(in, out);
  const RegionMembers members = store.members(in, out, 5);
  // Undecided is allowed, a contradiction is not.
  const bool found = any.answer == RegionAnswer::kFound || readable.answer == RegionAnswer::kFound ||
                     members.answer == RegionAnswer::kFound;
  const bool empty = any.answer == RegionAnswer::kEmpty || readable.answer == RegionAnswer::kEmpty ||
                     members.answer == RegionAnswer::kEmpty;
  require(!found || !empty);
  // The naive matcher is exponential: long members are not for it.
  constexpr std::size_t kLongest = 60;
  for (const RegionResult& result : {any, readable}) {
    require(result.answer != RegionAnswer::kFound || result.member.size() > kLongest ||
            is_member(result.member));
    require(to_utf8(to_units(result.member)) == result.member);
  }
  for (const std::string& member : members.members) {
    require(member.size() > kLongest || is_member(member));
  }
  while (!reader.done()) {
    const std::string subject = reader.subject();
    bool member = true;
    for (std::size_t i = 0; i < sets.size(); ++i) {
      const bool expected = naive_matches_any(globs[i], subject);
      require(store.matches(sets[i], subject) == expected);
      bool direct = false;
      for (const Glob& glob : globs[i]) {
        direct = direct || glob.matches(subject);
      }
      require(direct == expected);
      member = member && expected == (i < in_count);
    }
    require(!member || !empty);
    if (member && members.complete) {
      bool listed = false;
      for (const std::string& known : members.members) {
        listed = listed || known == subject;
      }
      require(listed);
    }
  }
}

}  // namespace
}  // namespace grantproof::patterns

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  grantproof::patterns::Reader reader(data, size);
  grantproof::patterns::check(reader);
  return 0;
}
