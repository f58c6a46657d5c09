// SPDX-License-Identifier: Apache-2.0
#include "checks/claim_question.h"

#include <algorithm>

#include "access/document.h"
#include "aws/arn.h"
#include "base/text.h"
#include "base/unknown_text.h"
#include "patterns/glob.h"
#include "policy/matching.h"

namespace grantproof::checks {
namespace {

using policy::PolicyType;

// Kinds of resource policies, by what they are attached to.
struct KindRow {
  std::string_view kind;
  std::string_view service;  // of actions and ARNs
  std::string_view example;  // resource part of an ARN that such a policy speaks of
  std::string_view second_example;
};
constexpr KindRow kKinds[] = {
    {"event-bus", "events", "event-bus/", "rule/"},
    {"queue", "sqs", "", ""},
    {"topic", "sns", "", ""},
    {"bucket", "s3", "", ""},
    {"function", "lambda", "function:", ""},
};

const KindRow* find_kind(std::string_view kind) {
  for (const KindRow& row : kKinds) {
    if (row.kind == kind)
      return &row;
  }
  return nullptr;
}

// What is sure at the beginning of a pattern.
std::string_view literal_beginning(std::string_view pattern) {
  const std::vector<base::TextSegment> segments = base::cut_at_unknowns(pattern);
  if (segments.empty() || segments.front().unknown)
    return {};
  const std::string_view known = segments.front().text;
  return known.substr(0, known.find_first_of("*?$"));
}

// Could the pattern match a text that begins so? Exact up to the first wildcard of the pattern.
bool may_begin(std::string_view pattern, std::string_view beginning) {
  const std::string_view literal = literal_beginning(pattern);
  const std::size_t common = std::min(literal.size(), beginning.size());
  return base::equals_ignoring_case(literal.substr(0, common), beginning.substr(0, common)) &&
         (literal.size() >= beginning.size() || literal.size() < pattern.size());
}

bool names_action_of(const policy::ActionElement& element, std::string_view service) {
  if (element.negated)
    return true;
  const std::string prefix = std::string(service) + ":";
  return std::ranges::any_of(element.patterns,
                             [&](const policy::Text& pattern) { return may_begin(pattern.text, prefix); });
}

bool may_be_resource_of(std::string_view pattern, const KindRow& kind) {
  const auto arn = aws::parse_arn(pattern);
  if (!arn)
    return patterns::has_wildcard(pattern) || base::has_unknown(pattern);
  const bool whole = !patterns::has_wildcard(arn->service) && !base::has_unknown(arn->service);
  if (!may_begin(arn->service, kind.service) || (whole && arn->service.size() != kind.service.size()))
    return false;
  return may_begin(arn->resource, kind.example) ||
         (!kind.second_example.empty() && may_begin(arn->resource, kind.second_example));
}

bool names_resource_of(const policy::Statement& statement, const KindRow& kind) {
  if (!statement.resource || statement.resource->negated)
    return true;
  return std::ranges::any_of(statement.resource->patterns, [&](const policy::Text& pattern) {
    return may_be_resource_of(pattern.text, kind);
  });
}

// Nothing: the ARN does not say.
std::optional<bool> is_attached_to(const KindRow& kind, std::string_view attached_to) {
  const auto arn = aws::parse_arn(attached_to);
  if (!arn || base::has_unknown(arn->service))
    return base::has_unknown(attached_to) ? std::nullopt : std::optional<bool>(false);
  if (arn->service != kind.service || arn->resource.starts_with(kind.example))
    return arn->service == kind.service;
  return may_begin(arn->resource, kind.example) ? std::nullopt : std::optional<bool>(false);
}

}  // namespace

bool is_of_kind(std::string_view kind, const Subject& subject) {
  const KindRow* row = find_kind(kind);
  if (row == nullptr)
    return policy::find_policy_type(kind) == subject.policy->type;
  if (subject.policy->type != PolicyType::kResource)
    return false;
  if (!subject.attached_to.empty()) {
    if (const auto said = is_attached_to(*row, subject.attached_to))
      return *said;
  }
  return std::ranges::any_of(subject.policy->statements, [&](const policy::Statement& statement) {
    return names_action_of(statement.action, row->service) && names_resource_of(statement, *row);
  });
}

bool applies_to(const Claim& claim, const Subject& subject) {
  return claim.applies_to.empty() || std::ranges::any_of(claim.applies_to, [&](const std::string& kind) {
           return is_of_kind(kind, subject);
         });
}

bool facts_suffice(const Claim& claim, const logic::Facts& facts) {
  return claim.requires_facts.empty() ||
         std::ranges::any_of(claim.requires_facts, [&](const std::string& name) {
           return (name == "organization" && !facts.organization.empty()) ||
                  (name == "accounts" && !facts.accounts.empty()) ||
                  (name == "partners" && !facts.partners.empty());
         });
}

ClaimQuestion::ClaimQuestion(const Claim& claim, const Subject& subject, const logic::Facts& facts)
    : claim_(&claim),
      region_of_claim_(claim.never_allowed ? &*claim.never_allowed : &*claim.only_allowed),
      region_(*region_of_claim_, subject, facts),
      only_allowed_(!claim.never_allowed.has_value()),
      has_principal_(policy::has_principal(subject.policy->type)) {}

logic::Formula ClaimQuestion::forbidden(logic::SymbolicRequest& request) const {
  const logic::Formula region = region_.encode(request);
  return only_allowed_ ? request.formulas().not_(region) : region;
}

access::Truth ClaimQuestion::is_forbidden(const access::Request& request) const {
  return access::negated_if(only_allowed_, region_.holds(request));
}

Answer ClaimQuestion::ask(PolicyQuestions& questions) const {
  logic::SymbolicRequest& request = questions.request();
  return questions.ask(claim_->name, request.formulas().both(questions.allowed(), forbidden(request)),
                       [&](const access::Request& witness) {
                         return access::decide_document(witness, questions.policy()).allowed &&
                                is_forbidden(witness);
                       });
}

Part ClaimQuestion::part() const {
  if (has_principal_ && !region_of_claim_->principal.any())
    return Part::kPrincipal;
  const bool resource = !region_of_claim_->resource.empty() || !region_of_claim_->not_resource.empty() ||
                        !region_of_claim_->resource_scope.any();
  return resource ? Part::kResource : Part::kAction;
}

}  // namespace grantproof::checks
