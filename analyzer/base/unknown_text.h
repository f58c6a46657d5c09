// SPDX-License-Identifier: Apache-2.0
//
// Texts of which a part is not known: the value of a parameter that nobody gave, a name that AWS will choose,
// what a plan leaves open. Such a part stands in the text itself, between ‹ and ›, with what it is:
//
//   arn:aws:events:eu-west-1:‹AccountId of Orders›:event-bus/‹Orders.Bus›
//
// So it goes through every reader as text, equal parts are the same unknown value, and people can read it.
// Sources (sources/) make such parts, policy/variable.h finds them again; nothing between looks at them. No
// policy that AWS takes has these two characters (IAM's grammar ends at U+00FF).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grantproof::base {

// "‹what›". Bytes of `what` that cut ARNs, paths, patterns or variables (':' '/' '*' '?' '$' '{' '}' …)
// become
// '.', so that a text with an unknown part still falls into its fields.
std::string unknown_text(std::string_view what);

bool has_unknown(std::string_view text);
// One of the two marks?
bool is_unknown_mark(char32_t code_point);
// The text is one unknown part and nothing else.
bool wholly_unknown(std::string_view text);

// A text cut at its unknown parts; views of it. `text` of an unknown part is what stands between the marks. A
// mark without its counterpart is text.
struct TextSegment {
  std::string_view text;
  bool unknown = false;
};
std::vector<TextSegment> cut_at_unknowns(std::string_view text);

// "parameter OrgId and Orders.Bus": the unknown parts, each once, for messages. Empty where there is none.
std::string list_unknowns(std::string_view text);

}  // namespace grantproof::base
