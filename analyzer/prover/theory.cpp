// SPDX-License-Identifier: Apache-2.0
#include "prover/theory.h"

#include "prover/theory_check.h"

namespace grantproof::prover {

Theory::Theory(logic::SymbolicRequest& request, ResourceFormats& formats)
    : request_(&request), formats_(&formats), closer_(request) {}

void Theory::prefer(logic::AttributeId attribute, std::vector<std::string> values) {
  preferred_[attribute] = std::move(values);
}

TheoryResult Theory::check(std::span<const logic::Literal> literals) {
  return TheoryCheck(*this, literals).run();
}

logic::AttributeId root_of(const logic::SymbolicRequest& request, logic::AttributeId attribute) {
  const logic::Attribute& asked = request.attribute(attribute);
  if (asked.same_as)
    return root_of(request, *asked.same_as);
  if (asked.projection != logic::Projection::kNone)
    return asked.base;
  return attribute;
}

bool beyond_model(const logic::SymbolicRequest& request, const logic::Atom& atom) {
  return atom.kind == logic::Atom::Kind::kIn &&
         request.attribute(atom.attribute).projection != logic::Projection::kNone &&
         !request.value_set(atom.values).typed.empty();
}

}  // namespace grantproof::prover
