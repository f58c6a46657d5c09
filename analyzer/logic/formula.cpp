// SPDX-License-Identifier: Apache-2.0
#include "logic/formula.h"

#include <algorithm>

namespace grantproof::logic {
namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash ^= value + 0x9e3779b97f4a7c15ULL + (hash << 6U) + (hash >> 2U);
  return hash;
}

}  // namespace

FormulaStore::FormulaStore() {
  nodes_.push_back({FormulaKind::kFalse, {}, 0, 0, Formula::kTrue, true});
  nodes_.push_back({FormulaKind::kTrue, {}, 0, 0, Formula::kFalse, true});
}

std::span<const Formula> FormulaStore::parts(Formula formula) const {
  const Node& at = node(formula);
  return {parts_.data() + at.first, at.count};
}

Formula FormulaStore::intern(FormulaKind kind, Literal literal, std::span<const Formula> parts) {
  std::uint64_t hash =
      mix(static_cast<std::uint64_t>(kind), literal.atom * 2U + (literal.positive ? 1U : 0U));
  for (Formula part : parts)
    hash = mix(hash, static_cast<std::uint64_t>(part));
  const auto [first, last] = by_hash_.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    const Node& known = node(at->second);
    if (known.kind == kind && known.literal == literal &&
        std::ranges::equal(this->parts(at->second), parts)) {
      return at->second;
    }
  }
  const auto id = static_cast<Formula>(nodes_.size());
  nodes_.push_back({kind, literal, static_cast<std::uint32_t>(parts_.size()),
                    static_cast<std::uint32_t>(parts.size()), Formula::kFalse, false});
  parts_.insert(parts_.end(), parts.begin(), parts.end());
  by_hash_.emplace(hash, id);
  return id;
}

Formula FormulaStore::literal(AtomId atom, bool positive) {
  return intern(FormulaKind::kLiteral, {atom, positive}, {});
}

Formula FormulaStore::combine(FormulaKind kind, const std::vector<Formula>& parts) {
  const Formula neutral = kind == FormulaKind::kAll ? Formula::kTrue : Formula::kFalse;
  const Formula absorbing = kind == FormulaKind::kAll ? Formula::kFalse : Formula::kTrue;
  std::vector<Formula> flat;
  for (Formula part : parts) {
    if (part == absorbing)
      return absorbing;
    if (part == neutral)
      continue;
    if (this->kind(part) == kind) {
      const auto inner = this->parts(part);
      flat.insert(flat.end(), inner.begin(), inner.end());
    } else {
      flat.push_back(part);
    }
  }
  std::ranges::sort(flat);
  flat.erase(std::unique(flat.begin(), flat.end()), flat.end());
  for (Formula part : flat) {
    if (this->kind(part) != FormulaKind::kLiteral)
      continue;
    const Literal literal = literal_of(part);
    if (literal.positive && std::ranges::binary_search(flat, this->literal(literal.atom, false)))
      return absorbing;
  }
  if (flat.empty())
    return neutral;
  if (flat.size() == 1)
    return flat.front();
  return intern(kind, {}, flat);
}

Formula FormulaStore::all_of(const std::vector<Formula>& parts) {
  return combine(FormulaKind::kAll, parts);
}

Formula FormulaStore::any_of(const std::vector<Formula>& parts) {
  return combine(FormulaKind::kAny, parts);
}

Formula FormulaStore::not_(Formula formula) {
  const Node at = node(formula);
  if (at.negation_known)
    return at.negation;
  Formula negation{};
  if (at.kind == FormulaKind::kLiteral) {
    negation = literal(at.literal.atom, !at.literal.positive);
  } else {
    std::vector<Formula> negated(parts(formula).begin(), parts(formula).end());
    for (Formula& part : negated)
      part = not_(part);
    negation = at.kind == FormulaKind::kAll ? any_of(negated) : all_of(negated);
  }
  nodes_[static_cast<std::size_t>(formula)].negation = negation;
  nodes_[static_cast<std::size_t>(formula)].negation_known = true;
  return negation;
}

Formula FormulaStore::same(Formula a, Formula b) {
  return both(implies(a, b), implies(b, a));
}

}  // namespace grantproof::logic
