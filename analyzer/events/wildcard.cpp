// SPDX-License-Identifier: Apache-2.0
#include "events/wildcard.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace grantproof::events {
namespace {

// The texts between the stars, without escapes; one more than there are stars.
std::vector<std::string> texts_between_stars(std::string_view pattern) {
  std::vector<std::string> texts(1);
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] == '*') {
      texts.emplace_back();
      continue;
    }
    if (pattern[at] == '\\')
      ++at;
    texts.back() += pattern[at];
  }
  return texts;
}

// A trie of texts. Each node is a beginning of some of them.
struct TrieNode {
  std::map<char, std::size_t> next;
  std::size_t longest_ending = 0;  // the longest other node that this one's text ends with
  std::size_t beginnings = 0;      // of texts: how many are this node's text, or what it ends with
};

}  // namespace

std::optional<WildcardMistake> find_wildcard_mistake(std::string_view pattern) {
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] == '*' && at + 1 < pattern.size() && pattern[at + 1] == '*')
      return WildcardMistake{WildcardMistake::Kind::kTwoStars, at + 1};
    if (pattern[at] != '\\')
      continue;
    if (at + 1 == pattern.size() || (pattern[at + 1] != '*' && pattern[at + 1] != '\\'))
      return WildcardMistake{WildcardMistake::Kind::kEscape, at};
    ++at;
  }
  return std::nullopt;
}

// Greedy: each text between stars is found as early as it can be. Only the last star may have to give way.
bool wildcard_matches(std::string_view pattern, std::string_view text) {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t at = 0;
  std::size_t taken = 0;
  std::size_t behind_star = kNone;  // in the pattern
  std::size_t star_end = 0;         // where the star's text ends, so far
  while (true) {
    if (at < pattern.size() && pattern[at] == '*') {
      behind_star = ++at;
      star_end = taken;
      if (at == pattern.size())
        return true;
      continue;
    }
    if (taken == text.size())
      return at == pattern.size();
    const std::size_t letter = at < pattern.size() && pattern[at] == '\\' ? at + 1 : at;
    if (letter < pattern.size() && pattern[letter] == text[taken]) {
      at = letter + 1;
      ++taken;
      continue;
    }
    if (behind_star == kNone)
      return false;
    at = behind_star;
    taken = ++star_end;
  }
}

// Once a star is reached it stays reached, so the worst text first passes all of them, and each of them
// counts. What follows can end with beginnings of any of the texts that stand behind a star: the most of them
// that end one text is the largest count in the trie of these texts (Aho and Corasick).
std::size_t wildcard_complexity(std::string_view pattern) {
  std::vector<std::string> texts = texts_between_stars(pattern);
  const std::size_t before_first_star = texts[0].empty() ? 0 : 1;
  texts.erase(texts.begin());
  if (texts.empty())
    return before_first_star;

  std::vector<TrieNode> nodes(1);
  for (const std::string& text : texts) {
    std::size_t node = 0;
    for (const char letter : text) {
      const auto [next, added] = nodes[node].next.try_emplace(letter, nodes.size());
      node = next->second;
      if (added)
        nodes.emplace_back();
      ++nodes[node].beginnings;
    }
  }

  std::size_t most = 0;
  std::vector<std::size_t> breadth_first = {0};
  for (std::size_t i = 0; i < breadth_first.size(); ++i) {
    const std::size_t parent = breadth_first[i];
    for (const auto& [letter, child] : nodes[parent].next) {
      breadth_first.push_back(child);
      std::size_t ending = parent;
      while (ending != 0) {
        ending = nodes[ending].longest_ending;
        const auto found = nodes[ending].next.find(letter);
        if (found != nodes[ending].next.end()) {
          nodes[child].longest_ending = found->second;
          break;
        }
      }
      if (nodes[child].longest_ending != 0)
        nodes[child].beginnings += nodes[nodes[child].longest_ending].beginnings;
      most = std::max(most, nodes[child].beginnings);
    }
  }
  // What stands before the first star is matched by one text only, beside that star.
  return std::max(texts.size() + most, before_first_star + 1);
}

}  // namespace grantproof::events
