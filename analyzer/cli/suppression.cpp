// SPDX-License-Identifier: Apache-2.0
#include "cli/suppression.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/fingerprint.h"
#include "checks/rule.h"
#include "cli/path_pattern.h"

namespace grantproof::cli {
namespace {

constexpr std::string_view kUnusedRule = "GP0010";

bool matches(const Suppression& suppression, const checks::Finding& finding, const std::string& path) {
  return suppression.rule == finding.rule &&
         (suppression.path.empty() || path_matches(suppression.path, path)) &&
         (suppression.sid.empty() || suppression.sid == finding.statement) &&
         (suppression.fingerprint.empty() || suppression.fingerprint == finding.fingerprint);
}

// Dates of this form compare as texts. The day that is named still counts.
bool ended(const Suppression& suppression, const std::string& today) {
  return !suppression.until.empty() && suppression.until < today;
}

bool is_pattern(std::string_view path) {
  return path.find_first_of("*?[") != std::string_view::npos;
}

// The folder beneath which everything lies that a pattern can match.
std::string fixed_folder(std::string_view pattern) {
  const std::size_t wildcard = std::min(pattern.find_first_of("*?["), pattern.size());
  const std::size_t slash = pattern.substr(0, wildcard).rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(pattern.substr(0, slash));
}

bool was_asked(const Suppression& suppression, const Settings& settings, const SourceFiles& files,
               const Machine& machine) {
  const std::string& here = machine.current_directory;
  if (!suppression.path.empty() && !is_pattern(suppression.path)) {
    const std::string path = base::join_path(settings.folder, suppression.path);
    const bool read = std::any_of(files.files.begin(), files.files.end(), [&](const SourceFile& file) {
      return path_from(here, "/", file.path) == path_from(here, "/", path);
    });
    return read || !machine.files->exists(path);
  }
  const std::string scope = base::join_path(settings.folder, fixed_folder(suppression.path));
  return std::any_of(files.folders.begin(), files.folders.end(), [&](const std::string& folder) {
    return !path_from(here, folder, scope).starts_with('/');
  });
}

}  // namespace

std::vector<bool> apply_suppressions(const Settings& settings, const std::string& today,
                                     const Machine& machine, const base::SourceMap& sources,
                                     std::vector<checks::Finding>& findings) {
  std::vector<bool> used(settings.suppressions.size(), false);
  for (checks::Finding& finding : findings) {
    const std::string path = path_from(machine.current_directory, settings.folder,
                                       std::string(sources.locate(finding.primary.span).file_name));
    std::string end;  // of a suppression that is over
    for (std::size_t i = 0; i < settings.suppressions.size(); ++i) {
      const Suppression& suppression = settings.suppressions[i];
      if (!matches(suppression, finding, path))
        continue;
      used[i] = true;
      if (ended(suppression, today)) {
        end = std::max(end, suppression.until);
      } else if (!finding.suppressed) {
        finding.suppressed = true;
        finding.suppression_reason = suppression.reason;
      }
    }
    if (!finding.suppressed && !end.empty())
      finding.message += fmt::format(" (its suppression ended on {})", end);
  }
  return used;
}

std::vector<checks::Finding> unused_suppressions(const Settings& settings, const std::vector<bool>& used,
                                                 const SourceFiles& files, const Machine& machine) {
  std::vector<checks::Finding> findings;
  const checks::Rule* rule = checks::find_rule(kUnusedRule);
  for (std::size_t i = 0; i < settings.suppressions.size(); ++i) {
    const Suppression& suppression = settings.suppressions[i];
    if (used[i] || rule == nullptr || !was_asked(suppression, settings, files, machine))
      continue;
    checks::Finding finding;
    finding.rule = rule->id;
    finding.slug = rule->slug;
    finding.severity = rule->severity;
    finding.message = fmt::format("this suppression of {} suppresses nothing", suppression.rule);
    finding.primary = {.span = suppression.span, .text = {}};
    finding.help = "remove it, or correct its rule, path or sid";
    finding.fingerprint = base::Fingerprinter()
                              .add(rule->id)
                              .add(suppression.rule)
                              .add(suppression.path)
                              .add(suppression.sid)
                              .add(suppression.fingerprint)
                              .result()
                              .text();
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace grantproof::cli
