// SPDX-License-Identifier: Apache-2.0
#include "prover/predecision.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "prover/implicant.h"
#include "prover/text_region.h"
#include "prover/theory.h"

namespace grantproof::prover {
namespace {

using logic::Atom;
using logic::AttributeId;
using logic::Formula;
using logic::FormulaKind;
using logic::FormulaStore;
using logic::Literal;
using logic::Projection;
using patterns::RegionAnswer;

constexpr int kRounds = 6;
constexpr std::size_t kMostFormats = 8;

class Predecision {
 public:
  Predecision(logic::SymbolicRequest& request, ResourceFormats& formats, SetCloser& closer)
      : request_(request), formulas_(request.formulas()), formats_(formats), closer_(closer) {}

  Formula run(Formula formula) {
    for (int round = 0; round < kRounds; ++round) {
      formula = without_refuted_choices(formula);
      if (!read_fixed(formula))
        return Formula::kFalse;
      const Formula simpler = simplify(formula);
      if (simpler == formula)
        break;
      formula = simpler;
    }
    return formula;
  }

 private:
  // A choice at the top whose negation stands beside it is none: "a or b" and "not b" leave a. Two versions
  // of a policy share most of their statements, so this is most of a comparison.
  Formula without_refuted_choices(Formula formula) {
    if (formulas_.kind(formula) != FormulaKind::kAll)
      return formula;
    const std::vector<Formula> top(formulas_.parts(formula).begin(), formulas_.parts(formula).end());
    std::vector<Formula> parts;
    for (Formula part : top) {
      if (formulas_.kind(part) == FormulaKind::kAny) {
        std::vector<Formula> choices(formulas_.parts(part).begin(), formulas_.parts(part).end());
        std::erase_if(
            choices, [&](Formula choice) { return std::ranges::binary_search(top, formulas_.not_(choice)); });
        part = formulas_.any_of(choices);
      }
      parts.push_back(part);
    }
    return formulas_.all_of(parts);
  }

  // The literals at the top; false: they contradict each other.
  bool read_fixed(Formula formula) {
    fixed_.clear();
    regions_.clear();
    certain_.clear();
    std::vector<logic::ActionSetId> in, out;
    const auto add = [&](Literal literal) {
      fixed_.emplace(literal.atom, literal.positive);
      const Atom& atom = request_.atom(literal.atom);
      if (atom.kind == Atom::Kind::kAction) {
        (literal.positive ? in : out).push_back(atom.actions);
      } else if (atom.kind == Atom::Kind::kPresent) {
        if (literal.positive)
          certain_[atom.attribute] = true;
      } else if (atom.kind == Atom::Kind::kIn && !beyond_model(request_, atom)) {
        const AttributeId root = root_of(request_, atom.attribute);
        const Projection projection = request_.attribute(atom.attribute).projection;
        TextRegion& region = this->region(root);
        literal.positive ? region.in(closer_.upper(atom.values, projection))
                         : region.out(closer_.lower(atom.values, projection));
        if (literal.positive)
          certain_[root] = true;
      }
    };
    if (formulas_.kind(formula) == FormulaKind::kLiteral) {
      add(formulas_.literal_of(formula));
    } else if (formulas_.kind(formula) == FormulaKind::kAll) {
      for (Formula part : formulas_.parts(formula)) {
        if (formulas_.kind(part) == FormulaKind::kLiteral)
          add(formulas_.literal_of(part));
      }
    }
    actions_ = actions_left(request_, in, out);
    if (actions_.empty())
      return false;
    if (!in.empty() && actions_.unknown.empty() && !actions_.undecided) {
      const std::vector<std::uint32_t> groups = formats_.groups_left(actions_);
      if (groups.size() <= kMostFormats) {
        region(request_.resource()).in(formats_.format(groups, request_.patterns()));
      }
    }
    return std::ranges::none_of(
        regions_, [](const auto& entry) { return entry.second.decide() == RegionAnswer::kEmpty; });
  }

  TextRegion& region(AttributeId root) {
    const auto known = regions_.find(root);
    if (known != regions_.end())
      return known->second;
    TextRegion region(request_.patterns());
    if (const auto format = request_.attribute(root).format)
      region.in(closer_.close(*format, Projection::kNone));
    return regions_.emplace(root, std::move(region)).first->second;
  }

  std::optional<bool> decided(const Atom& atom) {
    if (atom.kind == Atom::Kind::kAction)
      return decided_action(atom.actions);
    if (atom.kind != Atom::Kind::kIn || beyond_model(request_, atom))
      return std::nullopt;
    const AttributeId root = root_of(request_, atom.attribute);
    const auto known = regions_.find(root);
    if (known == regions_.end())
      return std::nullopt;
    const Projection projection = request_.attribute(atom.attribute).projection;
    TextRegion inside = known->second;
    inside.in(closer_.upper(atom.values, projection));
    if (inside.decide() == RegionAnswer::kEmpty)
      return false;
    // True only of a value that is surely there.
    if (request_.attribute(root).is_key && !certain_[root])
      return std::nullopt;
    if (root == request_.session())
      return std::nullopt;
    TextRegion outside = known->second;
    outside.out(closer_.lower(atom.values, projection));
    if (outside.decide() == RegionAnswer::kEmpty)
      return true;
    return std::nullopt;
  }

  std::optional<bool> decided_action(logic::ActionSetId set) {
    const logic::ActionSet& actions = request_.action_set(set);
    bool some = false;
    bool all = true;
    for (std::size_t i = 0; i < actions_.bits.size(); ++i) {
      some |= (actions_.bits[i] & actions.bits[i]) != 0;
      all &= (actions_.bits[i] & ~actions.bits[i]) == 0;
    }
    // Which of the names beyond the reference the set has is left to the theory.
    if (!actions_.unknown.empty() || actions_.undecided)
      return std::nullopt;
    if (!some)
      return false;
    if (all)
      return true;
    return std::nullopt;
  }

  Formula simplify(Formula formula) {
    rebuilt_.clear();
    if (formulas_.kind(formula) != FormulaKind::kAll)
      return rebuild(formula, formula);
    std::vector<Formula> parts;
    const std::vector<Formula> top(formulas_.parts(formula).begin(), formulas_.parts(formula).end());
    parts.reserve(top.size());
    for (Formula part : top) {
      // What is fixed stays; it is what the rest is decided by.
      parts.push_back(formulas_.kind(part) == FormulaKind::kLiteral ? part : rebuild(part, formula));
    }
    return formulas_.all_of(parts);
  }

  Formula rebuild(Formula formula, Formula top) {
    const FormulaKind kind = formulas_.kind(formula);
    if (kind == FormulaKind::kTrue || kind == FormulaKind::kFalse)
      return formula;
    if (kind == FormulaKind::kLiteral) {
      if (formula == top)
        return formula;
      const Literal literal = formulas_.literal_of(formula);
      const auto truth = truth_of(literal.atom);
      if (!truth)
        return formula;
      return *truth == literal.positive ? Formula::kTrue : Formula::kFalse;
    }
    if (const auto known = rebuilt_.find(formula); known != rebuilt_.end())
      return known->second;
    std::vector<Formula> parts(formulas_.parts(formula).begin(), formulas_.parts(formula).end());
    for (Formula& part : parts)
      part = rebuild(part, top);
    const Formula result = kind == FormulaKind::kAll ? formulas_.all_of(parts) : formulas_.any_of(parts);
    rebuilt_.emplace(formula, result);
    return result;
  }

  std::optional<bool> truth_of(logic::AtomId atom) {
    if (const auto known = fixed_.find(atom); known != fixed_.end())
      return known->second;
    const std::optional<bool> truth = decided(request_.atom(atom));
    fixed_.emplace(atom, truth);
    return truth;
  }

  logic::SymbolicRequest& request_;
  FormulaStore& formulas_;
  ResourceFormats& formats_;
  SetCloser& closer_;
  std::unordered_map<logic::AtomId, std::optional<bool>> fixed_;
  std::map<AttributeId, TextRegion> regions_;
  std::map<AttributeId, bool> certain_;
  ActionsLeft actions_;
  std::unordered_map<Formula, Formula> rebuilt_;
};

}  // namespace

Formula predecide(logic::SymbolicRequest& request, ResourceFormats& formats, SetCloser& closer,
                  Formula formula) {
  return Predecision(request, formats, closer).run(formula);
}

}  // namespace grantproof::prover
