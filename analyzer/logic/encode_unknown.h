// SPDX-License-Identifier: Apache-2.0
//
// Texts of policies with unknown parts (base/unknown_text.h), as formulas. What is known around the parts
// bounds what such a text can match; whether it matches within that is one atom that nobody knows. The same
// text asked of the same attribute is the same atom, wherever it stands: in two statements, in a claim and
// a policy.
//
// A proof holds for both values of the atom, so for everything that a part can stand for. A witness has the
// part itself in its values (Unknown::examples): it stands for one request for each value of the part.
#pragma once

#include <string_view>

#include "logic/symbolic_request.h"
#include "policy/condition.h"

namespace grantproof::logic {

// The value of a text attribute is in the set of the text.
Formula in_unknown(SymbolicRequest& request, AttributeId attribute, const OpenText& text);
// Some value of a set attribute is in it.
Formula some_in_unknown(SymbolicRequest& request, AttributeId attribute, const OpenText& text);
// A bound of the set: every text that it could have.
ValueSet upper_set(SymbolicRequest& request, const OpenText& text);

// The value of the attribute is this text, which may have unknown parts.
Formula equals(SymbolicRequest& request, AttributeId attribute, std::string_view text);

// Nobody knows, and it depends on the unknown parts of `text`; the same wherever the identity is.
Formula depends_on(SymbolicRequest& request, const std::string& identity, std::string_view text,
                   std::vector<Unknown::Example> examples = {});

}  // namespace grantproof::logic
