// SPDX-License-Identifier: Apache-2.0
#include "prover/implicant.h"

#include <gtest/gtest.h>

#include "support/random.h"

namespace grantproof::prover {
namespace {

using logic::Formula;
using logic::FormulaKind;
using logic::FormulaStore;
using logic::Literal;
using tests::Random;

constexpr logic::AtomId kAtoms = 6;

Formula random_formula(FormulaStore& formulas, Random& random, int depth) {
  if (depth == 0 || random.chance(20))
    return formulas.literal(static_cast<logic::AtomId>(random.below(kAtoms)), random.chance(50));
  std::vector<Formula> parts;
  for (std::size_t i = 0; i < 2 + random.below(3); ++i)
    parts.push_back(random_formula(formulas, random, depth - 1));
  return random.chance(50) ? formulas.all_of(parts) : formulas.any_of(parts);
}

bool is_true(const FormulaStore& formulas, Formula formula, const std::vector<bool>& truth) {
  switch (formulas.kind(formula)) {
    case FormulaKind::kFalse:
      return false;
    case FormulaKind::kTrue:
      return true;
    case FormulaKind::kLiteral: {
      const Literal literal = formulas.literal_of(formula);
      return truth[literal.atom] == literal.positive;
    }
    case FormulaKind::kAll:
      for (Formula part : formulas.parts(formula)) {
        if (!is_true(formulas, part, truth))
          return false;
      }
      return true;
    case FormulaKind::kAny:
      for (Formula part : formulas.parts(formula)) {
        if (is_true(formulas, part, truth))
          return true;
      }
      return false;
  }
  return false;
}

std::vector<bool> assignment(unsigned bits) {
  std::vector<bool> truth;
  for (unsigned atom = 0; atom < kAtoms; ++atom)
    truth.push_back((bits >> atom & 1U) != 0);
  return truth;
}

TEST(Implicant, TakesTheCheapestChoice) {
  FormulaStore formulas;
  const Formula a = formulas.literal(0), b = formulas.literal(1), c = formulas.literal(2);
  const std::vector<bool> all_true(kAtoms, true);
  EXPECT_EQ(implicant(formulas, formulas.either(formulas.both(a, b), c), all_true),
            (std::vector<Literal>{{2, true}}));
  EXPECT_EQ(implicant(formulas, formulas.all_of({a, b, formulas.either(b, c)}), all_true),
            (std::vector<Literal>{{0, true}, {1, true}}));
  EXPECT_TRUE(implicant(formulas, Formula::kTrue, all_true).empty());
}

TEST(Implicant, LeavesOutWhatIsNotTrue) {
  FormulaStore formulas;
  const Formula a = formulas.literal(0), b = formulas.literal(1);
  EXPECT_EQ(
      implicant(formulas, formulas.either(a, formulas.not_(b)), {false, false, false, false, false, false}),
      (std::vector<Literal>{{1, false}}));
}

TEST(Implicant, ItsLiteralsAreTrueAndAreEnough) {
  Random random(31'000'000);
  std::size_t checked = 0;
  for (int round = 0; round < 300; ++round) {
    FormulaStore formulas;
    const Formula formula = random_formula(formulas, random, 4);
    for (unsigned bits = 0; bits < 1U << kAtoms; ++bits) {
      const std::vector<bool> truth = assignment(bits);
      if (!is_true(formulas, formula, truth))
        continue;
      const std::vector<Literal> literals = implicant(formulas, formula, truth);
      ++checked;
      for (const Literal& literal : literals)
        ASSERT_EQ(truth[literal.atom], literal.positive);
      // Whatever the other atoms are, the formula holds.
      for (unsigned other = 0; other < 1U << kAtoms; ++other) {
        std::vector<bool> changed = assignment(other);
        for (const Literal& literal : literals)
          changed[literal.atom] = literal.positive;
        ASSERT_TRUE(is_true(formulas, formula, changed));
      }
    }
  }
  EXPECT_GT(checked, 1000U);
}

TEST(Implicant, AtomsOfAFormula) {
  FormulaStore formulas;
  const Formula formula =
      formulas.all_of({formulas.literal(5, false), formulas.either(formulas.literal(2), formulas.literal(4)),
                       formulas.literal(0)});
  EXPECT_EQ(atoms_of(formulas, formula), (std::vector<logic::AtomId>{0, 2, 4, 5}));
  EXPECT_TRUE(atoms_of(formulas, Formula::kFalse).empty());
}

}  // namespace
}  // namespace grantproof::prover
