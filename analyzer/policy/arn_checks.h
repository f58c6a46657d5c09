// SPDX-License-Identifier: Apache-2.0
//
// What can be wrong with the fields of an ARN pattern, placeholders that were never filled in among them.
// Asked for resources and for condition values that are compared with ARNs.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "policy/reader_context.h"
#include "syntax/node.h"

namespace grantproof::policy {

// How a message about a text that can match nothing ends.
inline constexpr std::string_view kMatchesNothing = "; as written it matches nothing";

struct ArnField {
  std::string_view text;
  std::size_t begin = 0;  // byte of the whole text
};

// Cut at the first five colons; a colon inside ${…} is none of them.
std::vector<ArnField> arn_fields(std::string_view text);

// Is this a text that someone was meant to replace: <Target ARN>, {region}, [account], words in another
// script?
bool is_placeholder(std::string_view text);

// `node` is a string that begins with "arn:", `fields` its fields. True: something was said.
bool check_arn_fields(ReaderContext& context, const syntax::Node& node, const std::vector<ArnField>& fields);

// A condition value that is compared with an ARN. Says only what can match no ARN; a text that is none at all
// is left to the caller. True: something was said.
bool check_arn_value(ReaderContext& context, const syntax::Node& node);

}  // namespace grantproof::policy
