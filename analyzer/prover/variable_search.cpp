// SPDX-License-Identifier: Apache-2.0
//
// Values for the variables of policies: proposed from what the resource or key that a text is compared with
// could be, and from the variable's own attribute.
#include <algorithm>

#include "logic/formats.h"
#include "prover/theory_check.h"

namespace grantproof::prover {
namespace {

constexpr std::size_t kMostParts = 8;

patterns::Glob anything() {
  return patterns::Glob().run(patterns::UnitClass::kAny);
}

}  // namespace

using logic::AttributeId;
using logic::Literal;
using logic::Projection;

std::vector<std::string> capture(const policy::TextWithVariables& text, const std::string& variable,
                                 std::string_view value, const VariableValues& known) {
  const auto at = std::ranges::find_if(text.parts, [&](const policy::TextPart& part) {
    return part.kind == policy::TextPart::Kind::kVariable && part.folded_key == variable;
  });
  if (at == text.parts.end() || value.size() > 400)
    return {};
  const auto glob_of = [&](auto first, auto last) {
    patterns::Glob glob;
    for (auto part = first; part != last; ++part) {
      if (part->kind == policy::TextPart::Kind::kPattern) {
        glob.pattern(part->text);
      } else if (part->kind == policy::TextPart::Kind::kLiteral) {
        glob.literal(part->text);
      } else if (const auto value_of = known.find(part->folded_key);
                 value_of != known.end() && value_of->second) {
        glob.literal(*value_of->second);
      } else {
        glob.run(patterns::UnitClass::kAny);
      }
    }
    return glob;
  };
  const patterns::Glob before = glob_of(text.parts.begin(), at);
  const patterns::Glob after = glob_of(at + 1, text.parts.end());
  std::vector<std::string> texts;
  const auto add = [&](std::string_view found) {
    if (std::ranges::find(texts, found) == texts.end())
      texts.emplace_back(found);
  };
  for (std::size_t begin = 0; begin <= value.size(); ++begin) {
    if (!before.matches(value.substr(0, begin)))
      continue;
    std::string_view shortest, longest;
    for (std::size_t end = begin; end <= value.size(); ++end) {
      if (!after.matches(value.substr(end)))
        continue;
      longest = value.substr(begin, end - begin);
      if (shortest.empty())
        shortest = longest;
    }
    add(shortest);
    add(longest);
    if (texts.size() >= 6)
      break;
  }
  return texts;
}

void TheoryCheck::capture_from_targets(const std::string& variable,
                                       std::vector<std::optional<std::string>>& values) {
  for (const auto& [root, literals] : by_root_) {
    for (const Literal& literal : literals) {
      if (!literal.positive || !open(literal))
        continue;
      const logic::Atom& said = atom(literal);
      for (const logic::OpenText& text : request_.value_set(said.values).open) {
        const bool names = std::ranges::any_of(text.text.parts, [&](const policy::TextPart& part) {
          return part.kind == policy::TextPart::Kind::kVariable && part.folded_key == variable;
        });
        if (!names)
          continue;
        // Some members of the target, and what the variable would be in each.
        TextRegion target = region(root, literals, Closing::kRelaxed);
        policy::Substitution any;
        any.any = true;
        const auto glob = logic::instantiate(text, any);
        if (!glob)
          continue;
        const Projection projection = attribute(said.attribute).projection;
        target.in(request_.patterns().intern(projection == Projection::kNone
                                                 ? std::vector<patterns::Glob>{*glob}
                                                 : logic::project(projection, {*glob})));
        std::vector<std::string> members;
        if (auto readable = target.find_readable(preferred(root));
            readable.answer == patterns::RegionAnswer::kFound) {
          members.push_back(readable.member);
        }
        for (std::string& member : target.members(4).members)
          members.push_back(std::move(member));
        for (const std::string& member : members) {
          const auto part = logic::projected(projection, member);
          if (!part)
            continue;
          for (std::string& found : capture(text.text, variable, *part, values_))
            values.emplace_back(std::move(found));
        }
      }
    }
  }
}

// The different parts that values of the region have: a few, and whether there are more. Found by asking
// again without the ones that are known.
TheoryCheck::Candidates TheoryCheck::parts_of(TextRegion region, AttributeId root,
                                              Projection projection) const {
  Candidates result;
  if (projection == Projection::kNone) {
    const patterns::RegionMembers members = region.members(kMostParts);
    result.values.assign(members.members.begin(), members.members.end());
    result.complete = members.complete;
    return result;
  }
  // Values without the part say nothing about it.
  region.in(request_.patterns().intern(logic::project(projection, {anything()})));
  while (result.values.size() < kMostParts) {
    const patterns::RegionResult found = region.find_readable(preferred(root));
    if (found.answer != patterns::RegionAnswer::kFound) {
      result.complete = found.answer == patterns::RegionAnswer::kEmpty;
      return result;
    }
    const auto part = logic::projected(projection, found.member);
    if (!part)
      return result;
    region.out(request_.patterns().intern(logic::project(projection, {patterns::Glob().literal(*part)})));
    result.values.emplace_back(*part);
  }
  return result;
}

// Where something is said to be equal to the variable, the variable is one of the values that this leaves.
std::optional<TheoryCheck::Candidates> TheoryCheck::by_equality(const std::string& variable) const {
  for (const auto& [root, literals] : by_root_) {
    for (const Literal& literal : literals) {
      const logic::Atom& said = atom(literal);
      if (!literal.positive || said.kind != logic::Atom::Kind::kIn || !open(literal))
        continue;
      const logic::ValueSet& set = request_.value_set(said.values);
      if (set.open.size() != 1 || !set.typed.empty() || !request_.patterns().globs(set.text).empty())
        continue;
      const logic::OpenText& text = set.open.front();
      const bool equal = text.op != nullptr && text.op->comparison == policy::Comparison::kText &&
                         !text.op->ignore_case && text.text.parts.size() == 1 &&
                         text.text.parts.front().folded_key == variable;
      if (!equal)
        continue;
      Candidates values =
          parts_of(region(root, literals, Closing::kRelaxed), root, attribute(said.attribute).projection);
      if (values.complete) {
        values.from = root;
        return values;
      }
    }
  }
  return std::nullopt;
}

TheoryCheck::Candidates TheoryCheck::candidates(const std::string& variable) {
  if (auto values = by_equality(variable))
    return std::move(*values);
  Candidates result;
  const auto key = request_.find_key(variable);
  if (!key || attribute(*key).kind == logic::AttributeKind::kSet) {
    // A multivalued key never expands (captured).
    result.values = {std::nullopt};
    result.complete = true;
    return result;
  }
  const auto said = by_attribute_.find(*key);
  if (said != by_attribute_.end() && !said->second.present.value_or(true)) {
    result.values = {std::nullopt};
    result.complete = true;
    return result;
  }
  AttributeId id = *key;
  if (attribute(id).same_as)
    id = *attribute(id).same_as;

  // What its own attribute leaves; through the part of another attribute where it is one.
  std::vector<std::pair<AttributeId, Projection>> sources;
  if (attribute(id).part_of) {
    const logic::Attribute& part = attribute(*attribute(id).part_of);
    sources.emplace_back(part.base, part.projection);
  }
  sources.emplace_back(root_of(request_, id), attribute(id).projection);
  std::vector<std::optional<std::string>> own;
  bool complete = true;
  for (const auto& [root, projection] : sources) {
    static const std::vector<Literal> kNone;
    const auto at = by_root_.find(root);
    const TextRegion own_region = region(root, at == by_root_.end() ? kNone : at->second, Closing::kRelaxed);
    const auto readable = own_region.find_readable(preferred(root));
    if (readable.answer == patterns::RegionAnswer::kFound) {
      if (auto value = logic::projected(projection, readable.member))
        own.emplace_back(std::move(*value));
    }
    const Candidates parts = parts_of(own_region, root, projection);
    complete &= parts.complete;
    own.insert(own.end(), parts.values.begin(), parts.values.end());
  }
  std::vector<std::optional<std::string>> captured;
  capture_from_targets(variable, captured);
  const auto add = [&](const std::vector<std::optional<std::string>>& values) {
    for (const auto& value : values) {
      if (std::ranges::find(result.values, value) == result.values.end())
        result.values.push_back(value);
    }
  };
  // Its own most ordinary value first: most often nothing speaks against it.
  if (!own.empty())
    add({own.front()});
  add(captured);
  add(own);
  result.complete = complete;
  if (result.values.size() > 14) {
    result.values.resize(14);
    result.complete = false;
  }
  if (said == by_attribute_.end() || !said->second.present.value_or(false))
    add({std::nullopt});
  return result;
}

std::optional<AttributeId> TheoryCheck::variable_root(const std::string& variable) const {
  const auto key = request_.find_key(variable);
  if (!key)
    return std::nullopt;
  return root_of(request_, *key);
}

// The variables whose value has a say in whether this attribute has one.
std::set<std::string> TheoryCheck::variables_at(AttributeId root) const {
  std::set<std::string> variables;
  if (const auto at = by_root_.find(root); at != by_root_.end()) {
    for (const Literal& literal : at->second) {
      if (!open(literal))
        continue;
      for (const logic::OpenText& text : request_.value_set(atom(literal).values).open) {
        for (const policy::TextPart& part : text.text.parts) {
          if (part.kind == policy::TextPart::Kind::kVariable)
            variables.insert(part.folded_key);
        }
      }
    }
  }
  for (const std::string& variable : variables_) {
    const auto at = variable_root(variable);
    if (!at)
      continue;
    if (*at == root)
      variables.insert(variable);
    if (attribute(*at).part_of && attribute(*attribute(*at).part_of).base == root)
      variables.insert(variable);
  }
  return variables;
}

// Backtracking that leaps over variables without a say in the failure.
bool TheoryCheck::search_from(std::size_t index, Failure& failure) {
  if (index == variables_.size()) {
    if (++combinations_ > kMostCombinations) {
      failure.complete = false;
      failure.reason = "too many combinations of values for policy variables";
      return false;
    }
    const Outcome outcome = solve_all(Closing::kExact);
    if (outcome.answer == TheoryAnswer::kFound)
      return true;
    if (outcome.answer == TheoryAnswer::kUnknown) {
      failure.complete = false;
      failure.reason = outcome.reason;
    }
    if (outcome.root) {
      failure.roots.insert(*outcome.root);
      failure.variables = variables_at(*outcome.root);
    }
    return false;
  }
  const std::string& variable = variables_[index];
  const Candidates tried = candidates(variable);
  std::set<std::string> to_blame;
  for (const auto& value : tried.values) {
    values_[variable] = value;
    Failure below;
    if (search_from(index + 1, below))
      return true;
    failure.complete &= below.complete;
    if (!below.reason.empty())
      failure.reason = below.reason;
    failure.roots.insert(below.roots.begin(), below.roots.end());
    if (combinations_ > kMostCombinations)
      break;
    if (!below.variables.contains(variable)) {
      // Another value would fail in the same way.
      values_.erase(variable);
      failure.variables = std::move(below.variables);
      return false;
    }
    to_blame.insert(below.variables.begin(), below.variables.end());
  }
  values_.erase(variable);
  to_blame.insert(variable);
  failure.variables = std::move(to_blame);
  if (!tried.complete)
    failure.complete = false;
  if (tried.from)
    failure.roots.insert(*tried.from);
  return false;
}

TheoryCheck::Outcome TheoryCheck::search_variables() {
  Failure failure;
  values_.clear();
  if (search_from(0, failure))
    return {TheoryAnswer::kFound, {}, {}, {}};
  // The literals on the attributes where it failed, and on those the values came from.
  std::set<AttributeId> roots = failure.roots;
  for (const std::string& variable : failure.variables) {
    if (const auto root = variable_root(variable)) {
      roots.insert(*root);
      if (attribute(*root).part_of)
        roots.insert(attribute(*attribute(*root).part_of).base);
    }
    if (const auto key = request_.find_key(variable))
      roots.insert(*key);
  }
  std::vector<Literal> conflict;
  for (const Literal& literal : literals_) {
    const logic::Atom& said = atom(literal);
    const bool of_action = said.kind == logic::Atom::Kind::kAction && roots.contains(request_.resource());
    const bool of_root = said.kind != logic::Atom::Kind::kAction &&
                         said.kind != logic::Atom::Kind::kUnknown &&
                         roots.contains(root_of(request_, said.attribute));
    const bool of_presence = said.kind == logic::Atom::Kind::kPresent && roots.contains(said.attribute);
    if (of_action || of_root || of_presence)
      conflict.push_back(literal);
  }
  if (failure.complete)
    return {TheoryAnswer::kConflict, std::move(conflict), {}, {}};
  if (failure.reason.empty()) {
    failure.reason = "no value was found for the policy variable ${" +
                     (failure.variables.empty() ? variables_.front() : *failure.variables.begin()) +
                     "}, and none was proved impossible";
  }
  return {TheoryAnswer::kUnknown, std::move(conflict), std::move(failure.reason), {}};
}

}  // namespace grantproof::prover
