// SPDX-License-Identifier: Apache-2.0
#include "checks/policy_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "checks/blame.h"
#include "checks/claim_question.h"
#include "checks/finding_identity.h"
#include "checks/remedy.h"
#include "checks/rests_on.h"
#include "checks/shown_witness.h"
#include "checks/statement_checks.h"
#include "checks/words.h"

namespace grantproof::checks {
namespace {

using policy::Statement;

bool contains(base::Span outer, base::Span inner) {
  return outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

// Keys that the sender of a request chooses, or that tell about the way it came and not about the caller.
struct NotIdentity {
  std::string_view key;  // lower case
  std::string_view why;
};
constexpr NotIdentity kNotIdentity[] = {
    {"events:source", "chosen by the sender; it does not say who the sender is"},
    {"events:detail-type", "chosen by the sender; it does not say who the sender is"},
    {"events:detail.service", "chosen by the sender; it does not say who the sender is"},
    {"aws:useragent", "chosen by the sender; it does not say who the sender is"},
    {"aws:referer", "chosen by the sender; it does not say who the sender is"},
    {"aws:securetransport", "true for everyone who uses TLS"},
    {"aws:sourceip", "says where a call comes from, not whose it is"},
    {"aws:sourcevpc", "says where a call comes from, not whose it is"},
    {"aws:sourcevpce", "says where a call comes from, not whose it is"},
};

class PolicyCheck {
 public:
  PolicyCheck(Workbench& bench, const Subject& subject, std::span<const base::Diagnostic* const> diagnostics,
              const World& world, const CheckSelection& selection)
      : questions_(bench, subject, world), subject_(subject), world_(world), selection_(selection) {
    for (const base::Diagnostic* diagnostic : diagnostics) {
      if (diagnostic->severity == base::Severity::kError)
        errors_.push_back(diagnostic->primary.span);
    }
  }

  PolicyResult run() {
    report_not_understood();
    for (const Rule& rule : rules()) {
      if (!is_selected(selection_, rule.id))
        continue;
      if (rule.claim)
        ask_claim(rule);
      else if (rule.id == "GP2012" && is_of_kind("identity", subject_))
        ask_wildcard(rule);
    }
    find_dead_text();
    return std::move(result_);
  }

 private:
  const policy::Policy& policy() const { return *subject_.policy; }

  Finding make_finding(const Rule& rule, std::optional<std::size_t> statement, std::string message,
                       std::string_view question = {}) const {
    Finding finding;
    finding.rule = rule.id;
    finding.slug = rule.slug;
    finding.severity = rule.severity;
    finding.message = std::move(message);
    const Statement* which = statement ? &policy().statements[*statement] : nullptr;
    if (statement) {
      finding.primary.span = which->sid_span;
      finding.statement = statement_name(policy(), *statement);
    } else {
      finding.primary.span = policy().span;
      finding.primary.span.end = std::min(finding.primary.span.end, finding.primary.span.begin + 1);
    }
    finding.fingerprint = finding_fingerprint(rule.id, policy_identity(subject_), which, question);
    return finding;
  }

  // Is an error of this statement (or of the document around the statements) among the findings?
  bool error_is_told(std::optional<std::size_t> statement) const {
    return std::ranges::any_of(errors_, [&](base::Span error) {
      return !statement || contains(policy().statements[*statement].span, error);
    });
  }

  void report_not_understood() {
    const Rule* rule = find_rule("GP0007");
    for (std::size_t i = 0; i < policy().statements.size(); ++i) {
      if (policy().statements[i].understood || error_is_told(i) || !is_selected(selection_, rule->id))
        continue;
      Finding finding =
          make_finding(*rule, i, "this statement was not understood, so nothing is proved about it");
      finding.help = "correct what is wrong in it; warnings may say what that is";
      errors_.push_back(policy().statements[i].span);
      result_.findings.push_back(std::move(finding));
    }
  }

  // A question without an answer. Where the reason is a mistake that a finding tells of, one finding is
  // enough.
  void report_undecided(const Rule& asked, const std::vector<std::size_t>& statements,
                        const std::string& reason) {
    const Rule* rule = find_rule("GP0006");
    bool told = !policy().understood && error_is_told(std::nullopt);
    for (std::size_t i = 0; i < policy().statements.size(); ++i)
      told |= !policy().statements[i].understood && error_is_told(i);
    if (told || !is_selected(selection_, rule->id))
      return;
    std::optional<std::size_t> first;
    if (!statements.empty())
      first = statements.front();
    Finding finding =
        make_finding(*rule, first, fmt::format("{} has no answer: {}", asked.id, reason), asked.id);
    finding.help = reason.find("budget") != std::string::npos
                       ? "--budget gives the question more steps; undecided is not safe"
                       : "undecided is not safe: see what is not modelled in the reference";
    result_.findings.push_back(std::move(finding));
  }

  ClaimResult& add_result(const Rule& rule, VerdictKind verdict, std::string reason) {
    ClaimResult claim;
    claim.claim = rule.id + " " + rule.slug;
    claim.subject = subject_name(subject_);
    claim.verdict = verdict;
    claim.reason = std::move(reason);
    result_.claims.push_back(std::move(claim));
    return result_.claims.back();
  }

  void ask_claim(const Rule& rule) {
    if (!applies_to(*rule.claim, subject_))
      return;
    if (!facts_suffice(*rule.claim, world_.facts)) {
      result_.facts_missed = true;
      return;
    }
    const ClaimQuestion claim(*rule.claim, subject_, world_.facts);
    Answer answer = claim.ask(questions_);
    ClaimResult& result = add_result(rule, answer.verdict, answer.reason);
    if (answer.verdict == VerdictKind::kProved) {
      if (selection_.rests_on)
        result.rests_on = find_rests_on(questions_, claim);
      return;
    }
    const logic::Formula region = claim.forbidden(questions_.request());
    const Blames blames = find_blames(
        questions_, rule.id, region,
        [&](const access::Request& request) { return claim.is_forbidden(request); }, claim.part());
    // Some statement alone may be refuted where the whole question had no answer.
    if (!blames.found.empty()) {
      const Blame& first = blames.found.front();
      result.verdict = VerdictKind::kRefuted;
      result.reason.clear();
      result.witness = shown_witness(first.witness, policy(), first.statement, claim.conditions());
      result.rests_on = {statement_label(policy(), first.statement)};
    }
    for (const Blame& blame : blames.found)
      report_blame(rule, claim, blame);
    if (blames.found.empty())
      report_undecided(rule, blames.undecided, answer.reason.empty() ? blames.reason : answer.reason);
  }

  void report_blame(const Rule& rule, const ClaimQuestion& claim, const Blame& blame) {
    reported_.emplace(rule.id, blame.statement);
    if (reported_.contains({rule.claim->unless, blame.statement}))
      return;
    Finding finding = make_finding(rule, blame.statement, uncapitalised(rule.title), claim_text(*rule.claim));
    finding.primary = {blame.place, place_text(claim.part(), blame)};
    for (const base::Span& place : blame.further_places)
      finding.secondary.push_back({place, "this one, too"});
    if (claim.part() == Part::kPrincipal)
      add_conditions(blame, rule, finding);
    finding.witness = shown_witness(blame.witness, policy(), blame.statement, claim.conditions());
    finding.assumed = assumed_elsewhere(blame.witness, subject_);
    Remedy remedy = find_remedy(rule.id, questions_, claim, blame);
    finding.help = std::move(remedy.help);
    finding.remedy_lines = std::move(remedy.lines);
    result_.findings.push_back(std::move(finding));
  }

  std::string place_text(Part part, const Blame& blame) const {
    const Statement& statement = policy().statements[blame.statement];
    if (part == Part::kResource && statement.resource && !blame.values.empty())
      return statement.resource->patterns[blame.values.front()].text == "*"
                 ? "every resource of every account"
                 : "";
    if (part != Part::kPrincipal || !statement.principal)
      return {};
    if (statement.principal->negated)
      return "everyone but who is listed here, in every account";
    if (blame.values.empty())
      return {};
    const policy::Principal& principal = statement.principal->principals[blame.values.front()];
    return principal.type == policy::PrincipalType::kEveryone ? "everyone, in every account" : "";
  }

  // Conditions of the statement that look like a limit of who the caller is, and are none.
  void add_conditions(const Blame& blame, const Rule& rule, Finding& finding) const {
    for (const policy::Condition& condition : policy().statements[blame.statement].conditions) {
      const bool negated = condition.op->negated && condition.qualifier == policy::SetQualifier::kNone;
      const bool vacuous =
          condition.if_exists || condition.qualifier == policy::SetQualifier::kForAllValues || negated;
      if (vacuous && !blame.witness.context.contains(condition.key.folded)) {
        finding.secondary.push_back(
            {condition.values_span, "holds for a caller without " + condition.key.name});
        continue;
      }
      if (rule.id == "GP2003")
        continue;
      for (const NotIdentity& row : kNotIdentity) {
        if (row.key == condition.key.folded)
          finding.secondary.push_back({condition.values_span, std::string(row.why)});
      }
    }
  }

  void ask_wildcard(const Rule& rule) {
    const Blames blames = put_events_by_wildcard(questions_);
    const VerdictKind verdict = !blames.found.empty()      ? VerdictKind::kRefuted
                                : blames.undecided.empty() ? VerdictKind::kProved
                                                           : VerdictKind::kUndecided;
    ClaimResult& result = add_result(rule, verdict, blames.found.empty() ? blames.reason : std::string());
    if (!blames.found.empty()) {
      const Blame& first = blames.found.front();
      result.witness = shown_witness(first.witness, policy(), first.statement);
      result.rests_on = {statement_label(policy(), first.statement)};
    }
    for (const Blame& blame : blames.found) {
      Finding finding = make_finding(rule, blame.statement, uncapitalised(rule.title));
      finding.primary = {blame.place, "events:PutEvents is among these actions"};
      for (const base::Span& place : blame.further_places)
        finding.secondary.push_back({place, "and among these"});
      finding.witness = shown_witness(blame.witness, policy(), blame.statement);
      finding.assumed = assumed_elsewhere(blame.witness, subject_);
      Remedy remedy = find_action_remedy(questions_, blame);
      finding.help = std::move(remedy.help);
      finding.remedy_lines = std::move(remedy.lines);
      result_.findings.push_back(std::move(finding));
    }
    if (verdict == VerdictKind::kUndecided)
      report_undecided(rule, blames.undecided, blames.reason);
  }

  void find_dead_text() {
    const auto selected = [&](std::string_view id) { return is_selected(selection_, id); };
    if (!selected("GP1101") && !selected("GP1102") && !selected("GP1103"))
      return;
    for (const DeadStatement& dead : dead_statements(questions_)) {
      if (!selected(dead.rule))
        continue;
      const bool deny = policy().statements[dead.statement].effect == policy::Effect::kDeny;
      Finding finding = make_finding(*find_rule(dead.rule), dead.statement,
                                     std::string(dead_text_message(dead.rule, deny)));
      for (const std::size_t other : dead.because_of) {
        finding.secondary.push_back({policy().statements[other].sid_span, dead.because_of.size() == 1
                                                                              ? "denies all of it"
                                                                              : "denies a part of it"});
      }
      finding.help = dead_text_help(dead.rule, deny);
      result_.findings.push_back(std::move(finding));
    }
  }

  static std::string_view dead_text_message(std::string_view rule, bool deny) {
    if (rule == "GP1101") {
      return deny ? "no request meets all parts of this Deny, so it guards nothing"
                  : "no request meets all parts of this Allow, so it grants nothing";
    }
    if (rule == "GP1102")
      return "all that this Allow grants is denied in the same policy";
    return "this Deny removes nothing from what the policy allows";
  }

  static std::string dead_text_help(std::string_view rule, bool deny) {
    if (rule == "GP1101") {
      return deny ? "correct the part that excludes the others; what it was to deny may be allowed"
                  : "correct the part that excludes the others, or remove the statement";
    }
    if (rule == "GP1102")
      return "remove the Allow, or take what it grants out of the Deny";
    return "correct it, or keep it if it guards against grants in other policies";
  }

  PolicyQuestions questions_;
  const Subject& subject_;
  const World& world_;
  const CheckSelection& selection_;
  std::vector<base::Span> errors_;
  std::set<std::pair<std::string, std::size_t>> reported_;
  PolicyResult result_;
};

}  // namespace

bool is_selected(const CheckSelection& selection, std::string_view rule_id) {
  const auto has_prefix = [&](const std::string& prefix) { return rule_id.starts_with(prefix); };
  return (selection.select.empty() || std::ranges::any_of(selection.select, has_prefix)) &&
         std::ranges::none_of(selection.ignore, has_prefix);
}

PolicyResult check_policy(Workbench& bench, const Subject& subject,
                          std::span<const base::Diagnostic* const> diagnostics, const World& world,
                          const CheckSelection& selection) {
  return PolicyCheck(bench, subject, diagnostics, world, selection).run();
}

}  // namespace grantproof::checks
