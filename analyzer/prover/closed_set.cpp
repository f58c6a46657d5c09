// SPDX-License-Identifier: Apache-2.0
#include "prover/closed_set.h"

#include "logic/formats.h"

namespace grantproof::prover {

using logic::Projection;
using logic::ValueSetId;

ClosedSet SetCloser::make(ValueSetId set, Projection projection, const policy::Substitution* substitution) {
  const logic::ValueSet& values = request_->value_set(set);
  ClosedSet closed;
  closed.typed = &values.typed;
  if (projection == Projection::kNone && (substitution == nullptr || values.open.empty())) {
    closed.text = values.text;
    return closed;
  }
  const auto known = request_->patterns().globs(values.text);
  std::vector<patterns::Glob> globs(known.begin(), known.end());
  if (substitution != nullptr) {
    for (const logic::OpenText& open : values.open) {
      if (auto glob = logic::instantiate(open, *substitution))
        globs.push_back(std::move(*glob));
    }
  }
  closed.text = request_->patterns().intern(
      projection == Projection::kNone ? std::move(globs) : logic::project(projection, globs));
  return closed;
}

ClosedSet SetCloser::close(ValueSetId set, Projection projection) {
  const auto key = std::make_pair(set, projection);
  if (const auto known = closed_.find(key); known != closed_.end())
    return known->second;
  return closed_.emplace(key, make(set, projection, nullptr)).first->second;
}

ClosedSet SetCloser::close(ValueSetId set, Projection projection, const VariableValues& values) {
  if (!is_open(set))
    return close(set, projection);
  policy::Substitution substitution;
  substitution.lookup = [&values](const policy::TextPart& variable) -> std::optional<std::string> {
    const auto at = values.find(variable.folded_key);
    if (at != values.end() && at->second)
      return at->second;
    return variable.default_text;
  };
  return make(set, projection, &substitution);
}

ClosedSet SetCloser::upper(ValueSetId set, Projection projection) {
  if (!is_open(set))
    return close(set, projection);
  const auto key = std::make_pair(set, projection);
  if (const auto known = upper_.find(key); known != upper_.end())
    return known->second;
  policy::Substitution any;
  any.any = true;
  return upper_.emplace(key, make(set, projection, &any)).first->second;
}

ClosedSet SetCloser::lower(ValueSetId set, Projection projection) {
  if (!is_open(set))
    return close(set, projection);
  const auto key = std::make_pair(set, projection);
  if (const auto known = lower_.find(key); known != lower_.end())
    return known->second;
  return lower_.emplace(key, make(set, projection, nullptr)).first->second;
}

}  // namespace grantproof::prover
