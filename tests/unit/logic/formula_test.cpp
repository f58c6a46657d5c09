// SPDX-License-Identifier: Apache-2.0
#include "logic/formula.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace grantproof::logic {
namespace {

class FormulaTest : public testing::Test {
 protected:
  FormulaStore store_;
  Formula a_ = store_.literal(0);
  Formula b_ = store_.literal(1);
  Formula c_ = store_.literal(2);
  Formula not_a_ = store_.literal(0, false);
};

TEST_F(FormulaTest, Constants) {
  EXPECT_EQ(store_.all_of({}), Formula::kTrue);
  EXPECT_EQ(store_.any_of({}), Formula::kFalse);
  EXPECT_EQ(store_.both(a_, Formula::kTrue), a_);
  EXPECT_EQ(store_.both(a_, Formula::kFalse), Formula::kFalse);
  EXPECT_EQ(store_.either(a_, Formula::kFalse), a_);
  EXPECT_EQ(store_.either(a_, Formula::kTrue), Formula::kTrue);
  EXPECT_EQ(store_.not_(Formula::kTrue), Formula::kFalse);
  EXPECT_EQ(store_.not_(Formula::kFalse), Formula::kTrue);
  EXPECT_EQ(store_.kind(Formula::kTrue), FormulaKind::kTrue);
  EXPECT_EQ(store_.kind(Formula::kFalse), FormulaKind::kFalse);
}

TEST_F(FormulaTest, EqualFormulasAreOne) {
  EXPECT_EQ(store_.literal(0), a_);
  EXPECT_NE(a_, not_a_);
  EXPECT_EQ(store_.both(a_, b_), store_.both(b_, a_));
  EXPECT_EQ(store_.all_of({a_, b_, a_}), store_.both(a_, b_));
  EXPECT_NE(store_.both(a_, b_), store_.either(a_, b_));
  const std::size_t size = store_.size();
  store_.all_of({b_, a_});
  EXPECT_EQ(store_.size(), size);
}

TEST_F(FormulaTest, NestedListsAreOneList) {
  const Formula nested = store_.both(a_, store_.both(b_, c_));
  EXPECT_EQ(nested, store_.all_of({c_, b_, a_}));
  EXPECT_EQ(store_.parts(nested).size(), 3U);
  EXPECT_EQ(store_.either(a_, store_.either(b_, c_)), store_.any_of({a_, b_, c_}));
  // The other kind stays a part.
  EXPECT_EQ(store_.parts(store_.both(a_, store_.either(b_, c_))).size(), 2U);
}

TEST_F(FormulaTest, OfOnePartIsThePart) {
  EXPECT_EQ(store_.all_of({a_}), a_);
  EXPECT_EQ(store_.any_of({a_, a_}), a_);
}

TEST_F(FormulaTest, ALiteralBesideItsNegation) {
  EXPECT_EQ(store_.all_of({a_, b_, not_a_}), Formula::kFalse);
  EXPECT_EQ(store_.any_of({not_a_, b_, a_}), Formula::kTrue);
  EXPECT_EQ(store_.implies(a_, a_), Formula::kTrue);
  EXPECT_EQ(store_.same(a_, a_), Formula::kTrue);
  EXPECT_EQ(store_.same(a_, not_a_), Formula::kFalse);
}

TEST_F(FormulaTest, NegationStandsBeforeAtomsOnly) {
  const Formula formula = store_.both(a_, store_.either(b_, store_.not_(c_)));
  const Formula negation = store_.not_(formula);
  EXPECT_EQ(negation, store_.either(not_a_, store_.both(store_.not_(b_), c_)));
  EXPECT_EQ(store_.not_(negation), formula);
  EXPECT_EQ(store_.literal_of(store_.not_(b_)), (Literal{1, false}));
}

TEST_F(FormulaTest, WhatItsPartsAreDoesNotChangeWhenTheStoreGrows) {
  const Formula formula = store_.all_of({a_, b_, c_});
  for (AtomId atom = 10; atom < 5'000; ++atom)
    store_.either(store_.literal(atom), store_.literal(atom + 1, false));
  const auto parts = store_.parts(formula);
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_TRUE(std::ranges::is_sorted(parts));
  EXPECT_EQ(store_.all_of({c_, b_, a_}), formula);
}

// ---- against truth tables

bool is_true(const FormulaStore& store, Formula formula, unsigned truth) {
  switch (store.kind(formula)) {
    case FormulaKind::kFalse:
      return false;
    case FormulaKind::kTrue:
      return true;
    case FormulaKind::kLiteral:
      return ((truth >> store.literal_of(formula).atom & 1U) != 0) == store.literal_of(formula).positive;
    case FormulaKind::kAll:
      return std::ranges::all_of(store.parts(formula),
                                 [&](Formula part) { return is_true(store, part, truth); });
    case FormulaKind::kAny:
      return std::ranges::any_of(store.parts(formula),
                                 [&](Formula part) { return is_true(store, part, truth); });
  }
  return false;
}

TEST(FormulaTruth, EveryConstructorMeansWhatItSays) {
  constexpr unsigned kAtoms = 4;
  constexpr unsigned kAssignments = 1U << kAtoms;
  FormulaStore store;
  // Formulas with their truth tables, each made from two earlier ones.
  struct Known {
    Formula formula;
    unsigned table;
  };
  std::vector<Known> known = {{Formula::kFalse, 0}, {Formula::kTrue, (1U << kAssignments) - 1}};
  const auto table_of = [&](Formula formula) {
    unsigned table = 0;
    for (unsigned truth = 0; truth < kAssignments; ++truth)
      table |= (is_true(store, formula, truth) ? 1U : 0U) << truth;
    return table;
  };
  for (AtomId atom = 0; atom < kAtoms; ++atom)
    known.push_back({store.literal(atom), table_of(store.literal(atom))});
  constexpr unsigned kAll = (1U << kAssignments) - 1;
  std::mt19937 engine(7);
  for (int round = 0; round < 5'000; ++round) {
    const Known a = known[engine() % known.size()];
    const Known b = known[engine() % known.size()];
    Known made{};
    switch (engine() % 5) {
      case 0:
        made = {store.both(a.formula, b.formula), a.table & b.table};
        break;
      case 1:
        made = {store.either(a.formula, b.formula), a.table | b.table};
        break;
      case 2:
        made = {store.not_(a.formula), ~a.table & kAll};
        break;
      case 3:
        made = {store.implies(a.formula, b.formula), (~a.table | b.table) & kAll};
        break;
      default:
        made = {store.same(a.formula, b.formula), ~(a.table ^ b.table) & kAll};
        break;
    }
    ASSERT_EQ(table_of(made.formula), made.table);
    if (known.size() < 400)
      known.push_back(made);
  }
}

}  // namespace
}  // namespace grantproof::logic
