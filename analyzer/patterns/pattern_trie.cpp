// SPDX-License-Identifier: Apache-2.0
#include "patterns/pattern_trie.h"

#include <algorithm>
#include <limits>

#include "patterns/units.h"

namespace grantproof::patterns {
namespace {

using Kind = GlobToken::Kind;

// Can a run of the class read whatever the token reads?
bool run_reads(UnitClass run_class, const GlobToken& token) {
  if (run_class == UnitClass::kAny) {
    return true;
  }
  if (token.kind != Kind::kUnit) {
    return covers(run_class, token.unit_class);
  }
  const auto reads = [run_class](char16_t unit) { return in_class(unit, run_class); };
  const std::u16string_view variants = token.fold ? upper_variants(token.unit) : std::u16string_view();
  return reads(token.unit) && std::all_of(variants.begin(), variants.end(), reads);
}

bool token_is_case_blind(const GlobToken& token) {
  return token.kind == Kind::kUnit ? token.fold || !has_case(token.unit)
                                   : token.unit_class != UnitClass::kLowerAlnum;
}

void link(std::vector<PatternTrie::Node>& nodes, std::span<const Glob* const> globs,
          std::vector<TrieNode>& parents) {
  std::vector<TrieNode> path{kTrieRoot};  // nodes of the last glob
  const std::vector<GlobToken>* last = nullptr;
  for (const Glob* glob : globs) {
    const std::vector<GlobToken>& tokens = glob->tokens();
    std::size_t shared = 0;
    if (last != nullptr) {
      shared = static_cast<std::size_t>(
          std::mismatch(tokens.begin(), tokens.end(), last->begin(), last->end()).first - tokens.begin());
    }
    const TrieNode sibling = path.size() > shared + 1 ? path[shared + 1] : kNoNode;
    path.resize(shared + 1);
    for (std::size_t depth = shared; depth < tokens.size(); ++depth) {
      const TrieNode node = static_cast<TrieNode>(nodes.size());
      const TrieNode parent = path.back();
      nodes.emplace_back().token = tokens[depth];
      parents.push_back(parent);
      if (depth == shared && sibling != kNoNode) {
        nodes[sibling].next_sibling = node;
      } else {
        nodes[parent].first_child = node;
      }
      if (tokens[depth].kind == Kind::kRun && nodes[parent].first_run_child == kNoNode) {
        nodes[parent].first_run_child = node;
      }
      path.push_back(node);
    }
    nodes[path.back()].accepting = true;
    last = &tokens;
  }
}

// How far up the branchless stretch above a kRun node everything is something that the run reads as well:
// then being up there means still having to come here, and being here already is at least as good.
TrieNode subsumed_from(const PatternTrie& trie, TrieNode run, std::span<const TrieNode> parents) {
  const UnitClass run_class = trie.nodes[run].token.unit_class;
  TrieNode from = run;
  while (from != kTrieRoot) {
    const TrieNode above = parents[from];
    const PatternTrie::Node& node = trie.nodes[above];
    const bool branches = node.accepting || trie.nodes[node.first_child].next_sibling != kNoNode;
    if (branches || (trie.is_run(above) && !run_reads(run_class, node.token))) {
      break;
    }
    if (from != run && !run_reads(run_class, trie.nodes[from].token)) {
      break;
    }
    from = above;
    if (trie.is_run(above) && node.token.unit_class == run_class) {
      return node.subsumed_from;  // the same question, answered before
    }
  }
  return from;
}

}  // namespace

PatternTrie::PatternTrie(std::span<const Glob* const> globs) : nodes(1), empty(globs.empty()) {
  std::vector<TrieNode> parents{kTrieRoot};
  link(nodes, globs, parents);
  for (TrieNode node = 1; node < nodes.size(); ++node) {
    const GlobToken& token = nodes[node].token;
    case_blind = case_blind && token_is_case_blind(token);
    if (is_run(node)) {
      nodes[node].subsumed_from = subsumed_from(*this, node, parents);
    }
  }
  constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max();
  for (Node& node : nodes) {
    node.distance = node.accepting ? 0 : kFar;
  }
  for (TrieNode node = static_cast<TrieNode>(nodes.size()); node-- > 0;) {  // children before parents
    Node& here = nodes[node];
    here.silent = !here.accepting && !is_run(node) && here.first_child != kNoNode &&
                  here.first_child == here.first_run_child;
    if (node != kTrieRoot) {
      const std::uint32_t through = here.distance + (is_run(node) ? 0 : 1);
      Node& parent = nodes[parents[node]];
      parent.distance = std::min(parent.distance, through);
    }
  }
}

}  // namespace grantproof::patterns
