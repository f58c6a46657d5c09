// SPDX-License-Identifier: Apache-2.0
#include "logic/interpret.h"

#include <algorithm>

#include "aws/arn.h"
#include "logic/formats.h"

namespace grantproof::logic {
namespace {

using access::CallerKind;
using access::ContextValue;

class Interpreter {
 public:
  Interpreter(SymbolicRequest& symbolic, const access::Request& request, const UnknownTruth& unknown)
      : symbolic_(symbolic), request_(request), unknown_(unknown) {}

  bool holds(Formula formula) {
    const FormulaStore& formulas = symbolic_.formulas();
    switch (formulas.kind(formula)) {
      case FormulaKind::kTrue:
        return true;
      case FormulaKind::kFalse:
        return false;
      case FormulaKind::kLiteral: {
        const Literal literal = formulas.literal_of(formula);
        return holds(symbolic_.atom(literal.atom)) == literal.positive;
      }
      case FormulaKind::kAll:
        return std::ranges::all_of(formulas.parts(formula), [&](Formula part) { return holds(part); });
      case FormulaKind::kAny:
        return std::ranges::any_of(formulas.parts(formula), [&](Formula part) { return holds(part); });
    }
    return false;
  }

 private:
  const ContextValue* context(AttributeId id) const {
    const auto at = request_.context.find(symbolic_.attribute(id).folded);
    return at == request_.context.end() ? nullptr : &at->second;
  }

  std::string principal() const {
    const access::Caller& caller = request_.principal;
    switch (caller.kind) {
      case CallerKind::kService:
        return std::string(kServicePrefix) + caller.id;
      case CallerKind::kFederated:
        return std::string(kFederatedPrefix) + caller.id;
      case CallerKind::kAnonymous:
        return std::string(kAnonymous);
      case CallerKind::kAssumedRole: {
        // The role, with its path where aws:PrincipalArn gives it.
        const auto at = request_.context.find("aws:principalarn");
        if (at != request_.context.end() && !at->second.values.empty())
          return at->second.values.front();
        const auto arn = aws::parse_arn(caller.id);
        const std::string_view rest = arn->resource.substr(std::string_view("assumed-role/").size());
        return "arn:" + std::string(arn->partition) + ":iam::" + std::string(arn->account) + ":role/" +
               std::string(rest.substr(0, rest.find('/')));
      }
      case CallerKind::kUser:
      case CallerKind::kRole:
      case CallerKind::kFederatedUser:
      case CallerKind::kRoot:
        return caller.id;
    }
    return caller.id;
  }

  std::optional<std::string> value(AttributeId id) const {
    const Attribute& attribute = symbolic_.attribute(id);
    if (attribute.same_as)
      return value(*attribute.same_as);
    if (attribute.projection != Projection::kNone) {
      const auto base = value(attribute.base);
      return base ? projected(attribute.projection, *base) : std::nullopt;
    }
    if (id == symbolic_.principal())
      return principal();
    if (id == symbolic_.session()) {
      if (request_.principal.kind != CallerKind::kAssumedRole)
        return std::nullopt;
      return request_.principal.id.substr(request_.principal.id.rfind('/') + 1);
    }
    if (id == symbolic_.resource())
      return request_.resource.arn;
    if (id == symbolic_.owner())
      return request_.resource.account;
    const ContextValue* said = context(id);
    if (said == nullptr || said->values.empty())
      return std::nullopt;
    return said->values.front();
  }

  patterns::PatternSetId closed(const ValueSet& set) {
    if (set.open.empty())
      return set.text;
    const auto known = symbolic_.patterns().globs(set.text);
    std::vector<patterns::Glob> globs(known.begin(), known.end());
    policy::Substitution substitution;
    substitution.lookup = [&](const policy::TextPart& variable) -> std::optional<std::string> {
      const auto key = symbolic_.find_key(variable.folded_key);
      const ContextValue* said = key ? context(*key) : nullptr;
      if (said == nullptr) {
        // A variable that formulas use for a relation of the model, whether or not the request carries the
        // key.
        const auto derived = key && !symbolic_.attribute(*key).same_as &&
                                     symbolic_.attribute(*key).projection != Projection::kNone
                                 ? value(*key)
                                 : std::nullopt;
        return derived ? derived : variable.default_text;
      }
      if (said->multivalued)
        return std::nullopt;
      return said->values.front();
    };
    for (const OpenText& open : set.open) {
      if (auto glob = instantiate(open, substitution))
        globs.push_back(std::move(*glob));
    }
    return symbolic_.patterns().intern(std::move(globs));
  }

  bool in(const ValueSet& set, std::string_view value) {
    return symbolic_.patterns().matches(closed(set), value) ||
           std::ranges::any_of(set.typed,
                               [&](const policy::ValueTest& test) { return policy::holds(test, value); });
  }

  bool holds(const Atom& atom) {
    switch (atom.kind) {
      case Atom::Kind::kPresent:
        return context(atom.attribute) != nullptr;
      case Atom::Kind::kIn: {
        const auto found = value(atom.attribute);
        return found && in(symbolic_.value_set(atom.values), *found);
      }
      case Atom::Kind::kSomeIn:
      case Atom::Kind::kSomeOut: {
        const ContextValue* said = context(atom.attribute);
        if (said == nullptr)
          return false;
        return std::ranges::any_of(said->values, [&](const std::string& value) {
          return in(symbolic_.value_set(atom.values), value) == (atom.kind == Atom::Kind::kSomeIn);
        });
      }
      case Atom::Kind::kOne:
        return context(atom.attribute) != nullptr && context(atom.attribute)->values.size() == 1;
      case Atom::Kind::kAction:
        return std::ranges::any_of(symbolic_.action_set(atom.actions).patterns,
                                   [&](const patterns::Glob& glob) { return glob.matches(request_.action); });
      case Atom::Kind::kUnknown:
        return unknown_(atom);
    }
    return false;
  }

  SymbolicRequest& symbolic_;
  const access::Request& request_;
  const UnknownTruth& unknown_;
};

}  // namespace

bool holds(SymbolicRequest& symbolic, Formula formula, const access::Request& request, bool unknown) {
  return holds(symbolic, formula, request, [unknown](const Atom&) { return unknown; });
}

bool holds(SymbolicRequest& symbolic, Formula formula, const access::Request& request,
           const UnknownTruth& unknown) {
  return Interpreter(symbolic, request, unknown).holds(formula);
}

}  // namespace grantproof::logic
