// SPDX-License-Identifier: Apache-2.0
//
// Policy variables: ${aws:username}, ${aws:PrincipalTag/team, 'none'}, and the escapes ${*} ${?} ${$}.
// A text of a policy is cut into parts once; access/ fills the variables from a request, logic/ from the
// symbolic one. Only Version 2012-10-17 has variables: in a 2008 policy the whole text is one kPattern part.
//
// Source: IAM User Guide, "IAM policy elements: Variables and tags". Captured: substituted text is literal (a
// '*' in it is no wildcard); a multivalued key never expands, not even to its default.
//
// Unknown parts (base/unknown_text.h) are parts too, in every version and anywhere in a text. One may stand
// for any text, with wildcards and colons, but no policy variable begins in it or with the '$' before it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.h"

namespace grantproof::policy {

struct TextPart {
  enum class Kind {
    kPattern,   // text as written; '*' and '?' are wildcards where the element has wildcards
    kLiteral,   // text of an escape: never a wildcard
    kVariable,  // key and default
    kUnknown,   // nobody knows: "‹parameter OrgId›", or a variable with such a part in it
  };
  Kind kind = Kind::kPattern;
  std::string text;                         // kPattern, kLiteral; kUnknown: as written
  std::string key;                          // kVariable: key as written, "aws:username"
  std::string folded_key;                   // kVariable: lower case
  std::optional<std::string> default_text;  // kVariable
  friend bool operator==(const TextPart&, const TextPart&) = default;
};

struct TextWithVariables {
  std::vector<TextPart> parts;
  bool has_variable() const;
  bool has_unknown() const;
  friend bool operator==(const TextWithVariables&, const TextWithVariables&) = default;
};

// What is wrong with a text's variables, if anything (a missing brace or quote, a space, an empty name);
// `offset` is a byte of the text. Such a part is kept as literal pattern text.
struct VariableMistake {
  std::size_t offset = 0;
  std::string message;
  std::string help;
};

TextWithVariables parse_variables(std::string_view text, Version version,
                                  std::vector<VariableMistake>* mistakes = nullptr);
// A Resource text: variables count only after the fifth colon; before it they are pattern text.
TextWithVariables parse_resource_variables(std::string_view text, Version version,
                                           std::vector<VariableMistake>* mistakes = nullptr);

}  // namespace grantproof::policy
