// SPDX-License-Identifier: Apache-2.0
#include "policy/grammar_rules.h"

#include <array>
#include <cstddef>

namespace grantproof::policy {
namespace {

using enum GrammarRuleId;
using base::Severity;

// In the order of GrammarRuleId. Ids are never used again for another rule; gaps are for rules to come.
constexpr std::array kRules = {
    GrammarRule{kElementUnknown, "GP1001", "element-unknown", Severity::kError,
                "An element that the policy language does not have"},
    GrammarRule{kElementMissing, "GP1002", "element-missing", Severity::kError,
                "A required element is missing"},
    GrammarRule{kElementCombination, "GP1003", "element-combination", Severity::kError,
                "Two elements that exclude each other in one statement"},
    GrammarRule{kElementKind, "GP1004", "element-kind", Severity::kError,
                "An element whose value is of the wrong JSON kind"},
    GrammarRule{kElementEmpty, "GP1005", "element-empty", Severity::kWarning,
                "An empty list, object or string"},
    GrammarRule{kElementNotAllowed, "GP1006", "element-not-allowed", Severity::kError,
                "An element that policies of this type may not have"},
    GrammarRule{kPrincipalInIdentity, "GP1007", "principal-in-identity", Severity::kError,
                "A principal in a policy that is attached to one"},
    GrammarRule{kPrincipalMissing, "GP1008", "principal-missing", Severity::kError,
                "A statement that names no principal in a policy that must"},
    GrammarRule{kEffectInvalid, "GP1009", "effect-invalid", Severity::kError,
                "An Effect other than Allow and Deny"},
    GrammarRule{kVersionInvalid, "GP1010", "version-invalid", Severity::kError,
                "A Version that the policy language does not have"},
    GrammarRule{kVersionMissing, "GP1011", "version-missing", Severity::kNote,
                "No Version, which means the language of 2008"},
    GrammarRule{kVersionOld, "GP1012", "version-old", Severity::kNote, "The policy language of 2008"},
    GrammarRule{kSidCharset, "GP1013", "sid-charset", Severity::kError,
                "A Sid with characters other than letters and digits"},
    GrammarRule{kSidDuplicate, "GP1014", "sid-duplicate", Severity::kError,
                "Two statements with the same Sid"},
    GrammarRule{kSidNotUnique, "GP1015", "sid-not-unique", Severity::kNote,
                "Two statements with the same Sid, where the service may refuse it"},
    GrammarRule{kIdInIdentityPolicy, "GP1016", "id-in-identity-policy", Severity::kNote,
                "An Id in a policy that has none"},
    GrammarRule{kCharset, "GP1017", "charset", Severity::kError,
                "A character that IAM does not take in policies"},
    GrammarRule{kSizeQuota, "GP1018", "size-quota", Severity::kError,
                "A policy larger than any quota allows"},
    GrammarRule{kSizeDefaultQuota, "GP1019", "size-default-quota", Severity::kNote,
                "A policy larger than the quota that applies in most places"},

    GrammarRule{kPrincipalFormat, "GP1020", "principal-format", Severity::kError,
                "A principal that is none, as written"},
    GrammarRule{kPrincipalWildcard, "GP1021", "principal-wildcard", Severity::kError,
                "A wildcard inside the name of a principal"},
    GrammarRule{kPrincipalUniqueId, "GP1022", "principal-unique-id", Severity::kNote,
                "A unique id in place of a principal's ARN, as AWS leaves it when the principal was deleted"},
    GrammarRule{kPrincipalGroup, "GP1023", "principal-group", Severity::kError, "A group as a principal"},

    GrammarRule{kActionFormat, "GP1030", "action-format", Severity::kError,
                "An action that is none, as written"},
    GrammarRule{kActionUnknown, "GP1031", "action-unknown", Severity::kNote,
                "An action that the service reference does not list"},
    GrammarRule{kServiceUnknown, "GP1032", "service-unknown", Severity::kNote,
                "A service prefix that the service reference does not list"},
    GrammarRule{kActionWildcardEmpty, "GP1033", "action-wildcard-empty", Severity::kNote,
                "An action pattern that matches no action of the service reference"},
    GrammarRule{kServiceWildcard, "GP1034", "service-wildcard", Severity::kNote,
                "A wildcard in the service prefix of an action"},

    GrammarRule{kArnFormat, "GP1040", "arn-format", Severity::kError,
                "A resource that is no ARN, as written"},
    GrammarRule{kArnPlaceholder, "GP1041", "arn-placeholder", Severity::kError,
                "A placeholder left in an ARN"},
    GrammarRule{kArnShort, "GP1042", "arn-short", Severity::kWarning,
                "An ARN of fewer than six fields, which stands for everything that begins with it"},
    GrammarRule{kArnServiceUnknown, "GP1043", "arn-service-unknown", Severity::kNote,
                "An ARN of a service that the service reference does not list"},

    GrammarRule{kOperatorUnknown, "GP1050", "operator-unknown", Severity::kError,
                "A condition operator that the policy language does not have"},
    GrammarRule{kOperatorTypeMismatch, "GP1051", "operator-type-mismatch", Severity::kWarning,
                "A condition operator of another type than its key"},
    GrammarRule{kValueFormat, "GP1052", "value-format", Severity::kError,
                "A condition value that its operator cannot read"},
    GrammarRule{kConditionKeyFormat, "GP1053", "condition-key-format", Severity::kError,
                "A condition key without a service prefix"},
    GrammarRule{kConditionKeyUnknown, "GP1054", "condition-key-unknown", Severity::kNote,
                "A condition key that the service reference does not list"},
    GrammarRule{kConditionKeyTag, "GP1055", "condition-key-tag", Severity::kError,
                "A tag condition key without the name of the tag"},
    GrammarRule{kConditionKeyRepeated, "GP1056", "condition-key-repeated", Severity::kError,
                "One condition key twice under an operator, in different letters"},
    GrammarRule{kNullIfExists, "GP1057", "null-if-exists", Severity::kError, "IfExists on the Null operator"},
    GrammarRule{kNullQualifier, "GP1058", "null-qualifier", Severity::kWarning,
                "ForAllValues or ForAnyValue on the Null operator"},
    GrammarRule{kSetOperatorMissing, "GP1059", "set-operator-missing", Severity::kWarning,
                "A multivalued condition key without ForAllValues or ForAnyValue"},
    GrammarRule{kForAllValuesSingle, "GP1060", "for-all-values-single", Severity::kWarning,
                "ForAllValues on a key with one value, which lets requests without the key pass"},
    GrammarRule{kForAllValuesVacuous, "GP1061", "for-all-values-vacuous", Severity::kNote,
                "ForAllValues in an Allow, which also holds without the key"},
    GrammarRule{kWildcardWithoutLike, "GP1062", "wildcard-without-like", Severity::kWarning,
                "A wildcard under an operator that takes it literally"},
    GrammarRule{kBoolBoth, "GP1063", "bool-both", Severity::kWarning,
                "Both true and false for a Boolean key"},
    GrammarRule{kAddressHostBits, "GP1064", "address-host-bits", Severity::kNote,
                "An address range with bits after its prefix, which are ignored"},
    GrammarRule{kAddressPrivate, "GP1065", "address-private", Severity::kWarning,
                "A private address for aws:SourceIp, which only ever holds public ones"},

    GrammarRule{kVariableFormat, "GP1070", "variable-format", Severity::kError,
                "A policy variable with a mistake"},
    GrammarRule{kVariableVersion, "GP1071", "variable-version", Severity::kWarning,
                "A policy variable in the language of 2008, which has none"},
    GrammarRule{kVariableNotAllowed, "GP1072", "variable-not-allowed", Severity::kWarning,
                "A policy variable where none is replaced"},
    GrammarRule{kVariableKey, "GP1073", "variable-key", Severity::kWarning,
                "A policy variable that never has a value"},

    GrammarRule{kSidMissing, "GP1080", "sid-missing", Severity::kWarning,
                "A statement of an event bus policy without a Sid, which EventBridge refuses"},

    // An error: what is not reported may be one, and a document of AWS's size cannot have so many.
    GrammarRule{kMoreMistakes, "GP1090", "more-mistakes", Severity::kError,
                "Mistakes beyond the first ten thousand of a policy"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    if (static_cast<std::size_t>(kRules[i].rule) != i)
      return false;
  }
  return true;
}
static_assert(in_order());

}  // namespace

std::span<const GrammarRule> grammar_rules() {
  return kRules;
}

const GrammarRule& grammar_rule(GrammarRuleId rule) {
  return kRules[static_cast<std::size_t>(rule)];
}

const GrammarRule* find_grammar_rule(std::string_view id_or_slug) {
  for (const GrammarRule& rule : kRules) {
    if (rule.id == id_or_slug || rule.slug == id_or_slug)
      return &rule;
  }
  return nullptr;
}

}  // namespace grantproof::policy
