// SPDX-License-Identifier: Apache-2.0
#include "checks/check_engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

#include "checks/finding_identity.h"
#include "checks/parallel.h"
#include "checks/policy_check.h"
#include "checks/words.h"

namespace grantproof::checks {
namespace {

bool contains(base::Span outer, base::Span inner) {
  return outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

// The policy that a diagnostic is about: the innermost of those that hold its place, or the only one of its
// file. Policies are looked for in the file of the diagnostic only: an estate has tens of thousands.
class SubjectsByFile {
 public:
  explicit SubjectsByFile(std::span<const Subject> subjects) {
    for (const Subject& subject : subjects) {
      add(subject.policy->span.file, subject);
      // A policy that several resources make has its statements in several places.
      for (const policy::Statement& statement : subject.policy->statements)
        add(statement.span.file, subject);
    }
  }

  const Subject* find(base::Span place) const {
    const auto at = by_file_.find(place.file);
    if (at == by_file_.end())
      return nullptr;
    const Subject* found = nullptr;
    const Subject* by_statement = nullptr;
    for (const Subject* subject : at->second) {
      const policy::Policy& policy = *subject->policy;
      if (contains(policy.span, place)) {
        if (found == nullptr || contains(found->policy->span, policy.span))
          found = subject;
      } else if (by_statement == nullptr &&
                 std::ranges::any_of(policy.statements, [&](const policy::Statement& statement) {
                   return contains(statement.span, place);
                 })) {
        by_statement = subject;
      }
    }
    return found != nullptr ? found : by_statement;
  }

 private:
  void add(base::FileId file, const Subject& subject) {
    std::vector<const Subject*>& list = by_file_[file];
    if (list.empty() || list.back() != &subject)
      list.push_back(&subject);
  }
  std::map<base::FileId, std::vector<const Subject*>> by_file_;
};

Finding finding_of(const base::Diagnostic& diagnostic, const Subject* subject, const World& world) {
  Finding finding;
  finding.rule = diagnostic.rule;
  if (const Rule* rule = find_rule(diagnostic.rule))
    finding.slug = rule->slug;
  finding.severity = diagnostic.severity;
  finding.message = diagnostic.message;
  finding.primary = diagnostic.primary;
  finding.secondary = diagnostic.secondary;
  finding.help = diagnostic.help;
  const policy::Statement* statement = nullptr;
  if (subject != nullptr) {
    const std::vector<policy::Statement>& statements = subject->policy->statements;
    for (std::size_t i = 0; i < statements.size(); ++i) {
      if (!contains(statements[i].span, diagnostic.primary.span))
        continue;
      statement = &statements[i];
      finding.statement = statement_name(*subject->policy, i);
    }
  }
  const std::string identity = subject != nullptr
                                   ? policy_identity(*subject)
                                   : std::string(world.sources->name(diagnostic.primary.span.file));
  finding.fingerprint = finding_fingerprint(diagnostic.rule, identity, statement, diagnostic.message);
  return finding;
}

void sort_findings(std::vector<Finding>& findings, const base::SourceMap& sources) {
  struct Keyed {
    std::tuple<std::string, base::LineColumn, std::string, std::string> key;
    Finding finding;
  };
  std::vector<Keyed> keyed;
  for (Finding& finding : findings) {
    const base::Location place = sources.locate(finding.primary.span);
    keyed.push_back({{std::string(place.file_name), place.begin, finding.rule, finding.message}, {}});
    keyed.back().finding = std::move(finding);
  }
  std::ranges::stable_sort(keyed, {}, &Keyed::key);
  for (std::size_t i = 0; i < keyed.size(); ++i)
    findings[i] = std::move(keyed[i].finding);
}

// A policy that exists in several cases of its template has its findings in each: the first is told. After
// sorting.
void drop_repeated(std::vector<Finding>& findings) {
  const auto same = [](const Finding& left, const Finding& right) {
    return left.rule == right.rule && left.primary.span == right.primary.span &&
           left.message == right.message;
  };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
}

}  // namespace

CheckResult check_policies(std::span<const Subject> subjects, const base::DiagnosticSink& diagnostics,
                           const World& world, const CheckSelection& selection) {
  CheckResult result;
  const SubjectsByFile by_file(subjects);
  std::map<const Subject*, std::vector<const base::Diagnostic*>> of_subject;
  for (const base::Diagnostic& diagnostic : diagnostics.diagnostics()) {
    if (!is_selected(selection, diagnostic.rule))
      continue;
    const Subject* subject = by_file.find(diagnostic.primary.span);
    result.findings.push_back(finding_of(diagnostic, subject, world));
    if (subject != nullptr)
      of_subject[subject].push_back(&diagnostic);
  }

  rules();  // read before the threads want them
  std::vector<PolicyResult> results(subjects.size());
  std::mutex telling;
  std::size_t done = 0;
  for_each_index(subjects.size(), world.jobs, [&]() -> std::function<void(std::size_t)> {
    return [&](std::size_t index) {
      // Of its own, so that a verdict and its witness do not depend on the questions before it.
      Workbench bench(world);
      const auto at = of_subject.find(&subjects[index]);
      results[index] = check_policy(
          bench, subjects[index],
          at == of_subject.end() ? std::span<const base::Diagnostic* const>() : at->second, world, selection);
      if (!world.progress)
        return;
      const std::scoped_lock lock(telling);
      world.progress(++done, subjects.size());
    };
  });

  bool facts_missed = false;
  for (std::size_t i = 0; i < results.size(); ++i) {
    PolicyResult& one = results[i];
    for (Finding& finding : one.findings) {
      if (!subjects[i].when.empty())
        finding.assumed.push_back(fmt::format("{}, the condition of this policy", subjects[i].when));
    }
    std::ranges::move(one.findings, std::back_inserter(result.findings));
    std::ranges::move(one.claims, std::back_inserter(result.claims));
    facts_missed |= one.facts_missed;
  }
  if (facts_missed) {
    result.assumptions.emplace_back(
        "accounts that a policy names are meant: without facts nobody knows whose they are, and GP2002 was "
        "not asked");
  }
  sort_findings(result.findings, *world.sources);
  drop_repeated(result.findings);
  std::ranges::stable_sort(result.claims, [](const ClaimResult& a, const ClaimResult& b) {
    return std::tie(a.subject, a.claim) < std::tie(b.subject, b.claim);
  });
  return result;
}

}  // namespace grantproof::checks
