// SPDX-License-Identifier: Apache-2.0
#include "policy/variable_checks.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/unknown_text.h"

namespace grantproof::policy {
namespace {

// Variables of one text that are looked at: a text has one or two, and the place of each is searched for.
constexpr std::size_t kMostOfOneText = 20;

// The place of a variable, looked for by its text.
base::Span place_of(const syntax::Node& node, const TextPart& part) {
  const std::string opening = "${" + part.key;
  const std::size_t begin = node.text.find(opening);
  if (begin == std::string::npos)
    return node.span;
  const std::size_t close = node.text.find('}', begin);
  return part_of(node, begin, close == std::string::npos ? begin + opening.size() : close + 1);
}

void check_key(ReaderContext& context, const syntax::Node& node, const TextPart& part) {
  const std::string variable = "${" + part.key + "}";
  if (part.key.find("::") != std::string::npos || part.key.find(':') == std::string::npos) {
    context.report(
        GrammarRuleId::kVariableKey, place_of(node, part),
        quoted(variable) + " names no condition key, so it never has a value",
        "name a condition key, as in ${aws:username}; a placeholder of a template must be filled in first");
    return;
  }
  if (context.reference == nullptr)
    return;
  const std::optional<aws::KeyInfo> info = context.reference->find_key(part.key);
  if (info.has_value() && info->multivalued) {
    // Captured: such a variable is not replaced, not even by its default.
    context.report(GrammarRuleId::kVariableKey, place_of(node, part),
                   quoted(part.key) + " can have several values, and a variable takes none of them",
                   "use a key with a single value");
  }
}

}  // namespace

void check_variables(ReaderContext& context, const syntax::Node& node, VariablePlace place,
                     bool& understood) {
  if (node.text.find("${") == std::string::npos)
    return;
  std::vector<VariableMistake> mistakes;
  const TextWithVariables text = place == VariablePlace::kResource
                                     ? parse_resource_variables(node.text, Version::k2012, &mistakes)
                                     : parse_variables(node.text, Version::k2012, &mistakes);
  if (context.version == Version::k2008) {
    const bool any = std::any_of(text.parts.begin(), text.parts.end(),
                                 [](const TextPart& part) { return part.kind != TextPart::Kind::kPattern; });
    if (any) {
      const std::size_t begin = node.text.find("${");
      context.report(GrammarRuleId::kVariableVersion, part_of(node, begin, node.text.find('}', begin) + 1),
                     "a policy variable in the language of 2008, which takes it literally",
                     "write \"Version\": \"2012-10-17\"");
    }
    return;
  }
  if (!mistakes.empty())
    understood = false;
  const bool some_unknown = base::has_unknown(node.text);
  if (mistakes.size() > kMostOfOneText)
    mistakes.resize(kMostOfOneText);
  for (VariableMistake& mistake : mistakes) {
    const std::size_t close = node.text.find('}', mistake.offset);
    context.report(GrammarRuleId::kVariableFormat,
                   // Of a text with unknown parts the offset is another.
                   some_unknown ? node.span
                                : part_of(node, mistake.offset,
                                          close == std::string::npos ? node.text.size() : close + 1),
                   std::move(mistake.message), std::move(mistake.help));
  }
  std::size_t checked = 0;
  for (const TextPart& part : text.parts) {
    if (part.kind == TextPart::Kind::kVariable && checked++ < kMostOfOneText)
      check_key(context, node, part);
  }
}

}  // namespace grantproof::policy
