// SPDX-License-Identifier: Apache-2.0
//
// The rules of the policy grammar (GP1xxx) as one table: what a diagnostic of the policy reader is called,
// and how heavy it is. The readers name a row; checks/ and the rule pages take ids, slugs and titles from
// here.
//
// error: AWS refuses the document, or the text can never match anything as written. warning: AWS takes it,
// but it does not do what it seems to say. note: style, or something only newer or older than the service
// reference.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/diagnostic.h"

namespace grantproof::policy {

enum class GrammarRuleId : std::uint8_t {
  // the document and its elements
  kElementUnknown,
  kElementMissing,
  kElementCombination,
  kElementKind,
  kElementEmpty,
  kElementNotAllowed,
  kPrincipalInIdentity,
  kPrincipalMissing,
  kEffectInvalid,
  kVersionInvalid,
  kVersionMissing,
  kVersionOld,
  kSidCharset,
  kSidDuplicate,
  kSidNotUnique,
  kIdInIdentityPolicy,
  kCharset,
  kSizeQuota,
  kSizeDefaultQuota,
  // principals
  kPrincipalFormat,
  kPrincipalWildcard,
  kPrincipalUniqueId,
  kPrincipalGroup,
  // actions
  kActionFormat,
  kActionUnknown,
  kServiceUnknown,
  kActionWildcardEmpty,
  kServiceWildcard,
  // resources
  kArnFormat,
  kArnPlaceholder,
  kArnShort,
  kArnServiceUnknown,
  // conditions
  kOperatorUnknown,
  kOperatorTypeMismatch,
  kValueFormat,
  kConditionKeyFormat,
  kConditionKeyUnknown,
  kConditionKeyTag,
  kConditionKeyRepeated,
  kNullIfExists,
  kNullQualifier,
  kSetOperatorMissing,
  kForAllValuesSingle,
  kForAllValuesVacuous,
  kWildcardWithoutLike,
  kBoolBoth,
  kAddressHostBits,
  kAddressPrivate,
  // policy variables
  kVariableFormat,
  kVariableVersion,
  kVariableNotAllowed,
  kVariableKey,
  // what one service asks for
  kSidMissing,
  // about the list of mistakes itself
  kMoreMistakes,
};

struct GrammarRule {
  GrammarRuleId rule;
  std::string_view id;    // "GP1001"
  std::string_view slug;  // "element-unknown"
  base::Severity severity;
  std::string_view title;  // one line, no full stop
};

std::span<const GrammarRule> grammar_rules();
const GrammarRule& grammar_rule(GrammarRuleId rule);
// By id or slug; nullptr where there is none.
const GrammarRule* find_grammar_rule(std::string_view id_or_slug);

}  // namespace grantproof::policy
