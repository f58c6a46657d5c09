// SPDX-License-Identifier: Apache-2.0
//
// The globs of one set as one non-deterministic automaton: a trie over their tokens, so that globs share
// their common start ("arn:aws:s3:::", "events:put"). A position is a node: the tokens before it have been
// read. Made once from sorted globs, then read only. Internal to patterns/; automaton.h determinises it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "patterns/glob.h"

namespace grantproof::patterns {

using TrieNode = std::uint32_t;
inline constexpr TrieNode kTrieRoot = 0;
inline constexpr TrieNode kNoNode = 0;  // the root is nobody's child or sibling

struct PatternTrie {
  struct Node {
    GlobToken token;  // read on the way here; the root has none. A kRun may be read here again and again
    bool accepting = false;          // a glob ends here
    bool silent = false;             // does nothing that its kRun children do not do
    TrieNode first_child = kNoNode;  // children stand in the order of their tokens: units, ones, runs
    TrieNode next_sibling = kNoNode;
    TrieNode first_run_child = kNoNode;
    // kRun: whatever the nodes of [subsumed_from, this node) can still match, this node can. Nodes are
    // numbered depth first, so a stretch of the trie without branches is a stretch of numbers.
    TrieNode subsumed_from = kNoNode;
    std::uint32_t distance = 0;  // units to the nearest end of a glob
  };

  // `globs` are sorted and distinct.
  explicit PatternTrie(std::span<const Glob* const> globs);

  bool is_run(TrieNode node) const {
    return node != kTrieRoot && nodes[node].token.kind == GlobToken::Kind::kRun;
  }
  // Matches every rest.
  bool is_universal(TrieNode node) const {
    return nodes[node].accepting && is_run(node) && nodes[node].token.unit_class == UnitClass::kAny;
  }

  std::vector<Node> nodes;
  bool empty = false;      // no globs, so that not even the root is reached
  bool case_blind = true;  // never tells apart units with the same lower()
};

}  // namespace grantproof::patterns
