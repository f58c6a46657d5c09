// SPDX-License-Identifier: Apache-2.0
//
// One call of Theory::check: the literals sorted by attribute, and the search over them.
#pragma once

#include <map>
#include <set>

#include "prover/theory.h"

namespace grantproof::prover {

// What the literals say about one attribute.
struct AttributeLiterals {
  std::optional<bool> present;
  std::optional<logic::Literal> present_literal;
  std::optional<bool> one;
  std::vector<logic::Literal> values;  // kIn, kSomeIn, kSomeOut, kOne
};

class TheoryCheck {
 public:
  TheoryCheck(Theory& theory, std::span<const logic::Literal> literals);
  TheoryResult run();

 private:
  enum class Closing { kExact, kRelaxed };

  struct RegionLiterals {
    logic::AttributeId root{};
    std::vector<logic::Literal> literals;
  };
  struct Outcome {
    TheoryAnswer answer = TheoryAnswer::kUnknown;
    std::vector<logic::Literal> conflict;
    std::string reason;
    std::optional<logic::AttributeId> root;  // kConflict: where
  };

  const logic::Atom& atom(const logic::Literal& literal) const { return request_.atom(literal.atom); }
  const logic::Attribute& attribute(logic::AttributeId id) const { return request_.attribute(id); }
  bool open(const logic::Literal& literal) const;

  std::optional<TheoryResult> conflict_of_presence() const;
  void collect_variables();
  // How many combinations of values may still be tried; deterministic.
  static constexpr std::size_t kMostCombinations = 400;

  // A region over one text attribute from its literals.
  TextRegion region(logic::AttributeId root, std::span<const logic::Literal> literals, Closing closing) const;
  Outcome solve_all(Closing closing);
  Outcome solve_text(logic::AttributeId root, const std::vector<logic::Literal>& literals, Closing closing);
  Outcome solve_set(logic::AttributeId id, const std::vector<logic::Literal>& literals, Closing closing);
  Outcome solve_action_and_resource(Closing closing);
  std::vector<logic::Literal> shrink(logic::AttributeId root, std::vector<logic::Literal> literals,
                                     Closing closing);
  std::vector<std::string> preferred(logic::AttributeId root) const;
  std::string reason_undecided(logic::AttributeId root, const TextRegion& region) const;
  void add_variable_constraints(logic::AttributeId root, TextRegion& region) const;

  // ---- variables
  struct Candidates {
    std::vector<std::optional<std::string>> values;
    bool complete = false;
    std::optional<logic::AttributeId>
        from;  // the attribute that leaves only these, where it is not the variable's own
  };
  // What a search that failed rests on: the attributes where it failed, and the variables that could change
  // that.
  struct Failure {
    bool complete = true;
    std::string reason;
    std::set<logic::AttributeId> roots;
    std::set<std::string> variables;
  };
  Outcome search_variables();
  bool search_from(std::size_t index, Failure& failure);
  std::set<std::string> variables_at(logic::AttributeId root) const;
  std::optional<logic::AttributeId> variable_root(const std::string& variable) const;
  Candidates candidates(const std::string& variable);
  Candidates parts_of(TextRegion region, logic::AttributeId root, logic::Projection projection) const;
  std::optional<Candidates> by_equality(const std::string& variable) const;
  void capture_from_targets(const std::string& variable, std::vector<std::optional<std::string>>& values);

  Theory& theory_;
  logic::SymbolicRequest& request_;
  std::span<const logic::Literal> literals_;
  std::map<logic::AttributeId, AttributeLiterals> by_attribute_;       // keys: presence
  std::map<logic::AttributeId, std::vector<logic::Literal>> by_root_;  // text roots and set attributes
  std::vector<logic::Literal> action_literals_;
  std::vector<logic::Literal> unknown_literals_;
  std::vector<std::string> variables_;
  VariableValues values_;
  std::size_t combinations_ = 0;
  Assignment assignment_;
};

// The texts a variable may stand for so that `value` is one of the text's: a few, most likely first.
std::vector<std::string> capture(const policy::TextWithVariables& text, const std::string& variable,
                                 std::string_view value, const VariableValues& known);

}  // namespace grantproof::prover
