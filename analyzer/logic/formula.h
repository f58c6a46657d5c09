// SPDX-License-Identifier: Apache-2.0
//
// Formulas over atoms: what logic/ writes and prover/ decides. A Formula is an id into the FormulaStore that
// made it; equal formulas are one id. The constructors simplify (constants, duplicates, a formula beside its
// negation), and negation stands only before atoms, so that a formula is a tree of all/any over literals.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace grantproof::logic {

// What an atom says stands in logic/symbolic_request.h.
using AtomId = std::uint32_t;

struct Literal {
  AtomId atom = 0;
  bool positive = true;
  friend auto operator<=>(const Literal&, const Literal&) = default;
};

enum class Formula : std::uint32_t { kFalse = 0, kTrue = 1 };

enum class FormulaKind : std::uint8_t { kFalse, kTrue, kLiteral, kAll, kAny };

class FormulaStore {
 public:
  FormulaStore();

  Formula literal(AtomId atom, bool positive = true);
  Formula all_of(const std::vector<Formula>& parts);
  Formula any_of(const std::vector<Formula>& parts);
  Formula both(Formula a, Formula b) { return all_of({a, b}); }
  Formula either(Formula a, Formula b) { return any_of({a, b}); }
  Formula not_(Formula formula);
  Formula implies(Formula premise, Formula conclusion) { return either(not_(premise), conclusion); }
  Formula same(Formula a, Formula b);  // a if and only if b

  FormulaKind kind(Formula formula) const { return node(formula).kind; }
  Literal literal_of(Formula formula) const { return node(formula).literal; }
  std::span<const Formula> parts(Formula formula) const;
  std::size_t size() const { return nodes_.size(); }

 private:
  struct Node {
    FormulaKind kind = FormulaKind::kFalse;
    Literal literal;
    std::uint32_t first = 0;  // into parts_
    std::uint32_t count = 0;
    Formula negation = Formula::kFalse;
    bool negation_known = false;
  };
  const Node& node(Formula formula) const { return nodes_[static_cast<std::size_t>(formula)]; }
  Formula intern(FormulaKind kind, Literal literal, std::span<const Formula> parts);
  Formula combine(FormulaKind kind, const std::vector<Formula>& parts);

  std::vector<Node> nodes_;
  std::vector<Formula> parts_;
  std::unordered_multimap<std::uint64_t, Formula> by_hash_;
};

}  // namespace grantproof::logic
