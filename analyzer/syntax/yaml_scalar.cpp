// SPDX-License-Identifier: Apache-2.0
#include "syntax/yaml_scalar.h"

#include <algorithm>
#include <array>

namespace grantproof::syntax {
namespace {

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

bool all_of(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? and the other rows of the table
// in 10.3.2
bool is_core_number(std::string_view text) {
  if (text.starts_with("0o"))
    return all_of(text.substr(2), "01234567");
  if (text.starts_with("0x"))
    return all_of(text.substr(2), "0123456789abcdefABCDEF");
  if (text == ".nan" || text == ".NaN" || text == ".NAN")
    return true;
  if (text.starts_with('-') || text.starts_with('+'))
    text.remove_prefix(1);
  if (text == ".inf" || text == ".Inf" || text == ".INF")
    return true;
  const auto skip_digits = [&text] {
    const std::size_t count =
        static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
    text.remove_prefix(count);
    return count;
  };
  const std::size_t whole = skip_digits();
  std::size_t fraction = 0;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = skip_digits();
  }
  if (whole + fraction == 0)
    return false;
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('-') || text.starts_with('+'))
      text.remove_prefix(1);
    if (skip_digits() == 0)
      return false;
  }
  return text.empty();
}

// CloudFormation's short forms (user guide, intrinsic function reference, those of Rules included). The long
// form of all but two has "Fn::".
constexpr std::array<std::string_view, 25> kIntrinsicFunctions{{"And",
                                                                "Base64",
                                                                "Cidr",
                                                                "Contains",
                                                                "EachMemberEquals",
                                                                "EachMemberIn",
                                                                "Equals",
                                                                "FindInMap",
                                                                "GetAZs",
                                                                "GetAtt",
                                                                "GetStackOutput",
                                                                "If",
                                                                "ImportValue",
                                                                "Join",
                                                                "Length",
                                                                "Not",
                                                                "Or",
                                                                "RefAll",
                                                                "Select",
                                                                "Split",
                                                                "Sub",
                                                                "ToJsonString",
                                                                "Transform",
                                                                "ValueOf",
                                                                "ValueOfAll"}};

}  // namespace

NodeKind core_schema_kind(std::string_view plain) {
  if (plain.empty() || plain == "~" || plain == "null" || plain == "Null" || plain == "NULL")
    return NodeKind::kNull;
  for (const std::string_view boolean : {"true", "True", "TRUE", "false", "False", "FALSE"})
    if (plain == boolean)
      return NodeKind::kBool;
  return is_core_number(plain) ? NodeKind::kNumber : NodeKind::kString;
}

Tag tag_meaning(const std::string& tag) {
  if (tag.empty() || tag == "?")
    return {TagMeaning::kNone, {}};
  if (tag == "!")
    return {TagMeaning::kText, {}};
  constexpr std::string_view kStandard = "tag:yaml.org,2002:";
  if (tag.starts_with(kStandard)) {
    const std::string_view name = std::string_view(tag).substr(kStandard.size());
    if (name == "str")
      return {TagMeaning::kText, {}};
    if (name == "map" || name == "seq")
      return {TagMeaning::kNone, {}};
    if (name == "int" || name == "float" || name == "bool" || name == "null")
      return {TagMeaning::kPlain, {}};
    return {TagMeaning::kUnknown, {}};
  }
  const std::string_view name = std::string_view(tag).substr(1);
  if (tag[0] != '!')
    return {TagMeaning::kUnknown, {}};
  if (name == "Ref" || name == "Condition")
    return {TagMeaning::kCloudFormation, std::string(name)};
  if (std::find(kIntrinsicFunctions.begin(), kIntrinsicFunctions.end(), name) != kIntrinsicFunctions.end())
    return {TagMeaning::kCloudFormation, "Fn::" + std::string(name)};
  return {TagMeaning::kUnknown, {}};
}

}  // namespace grantproof::syntax
