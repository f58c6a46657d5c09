// SPDX-License-Identifier: Apache-2.0
#include "reports/verdict_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "base/unknown_text.h"
#include "checks/words.h"
#include "reports/summary.h"
#include "reports/terminal_text.h"
#include "reports/text.h"

namespace grantproof::reports {
namespace {

using checks::ClaimResult;
using checks::VerdictKind;

constexpr std::size_t kVerdictWidth = 11;  // "undecided" and two spaces
constexpr std::size_t kNameGap = 3;
constexpr std::size_t kAnswerIndent = 5;  // under "YES  "
constexpr std::size_t kTitleWidth = 10;   // "widened   "
constexpr std::size_t kChangeIndent = 12;
constexpr std::size_t kChangeWidth = 11;  // "added by   "

Ink ink(VerdictKind verdict) {
  switch (verdict) {
    case VerdictKind::kProved:
      return Ink::kGood;
    case VerdictKind::kRefuted:
      return Ink::kError;
    case VerdictKind::kUndecided:
      break;
  }
  return Ink::kWarning;
}

// "trust/export.json:4"
std::string place(base::Span span, const base::SourceMap& sources, const RenderOptions& options) {
  const base::Location location = sources.locate(span);
  return fmt::format("{}:{}", printable(tidy_path(location.file_name), options.ascii), location.begin.line);
}

std::string place(const base::Label& label, const base::SourceMap& sources, const RenderOptions& options) {
  return place(label.span, sources, options);
}

// `trust/export.json:4 "BillingOnly"`
std::string named_place(const base::Label& label, const base::SourceMap& sources,
                        const RenderOptions& options) {
  const std::string where = place(label, sources, options);
  const std::string name = printable(quoted_statement(label.text), options.ascii);
  return name.empty() ? where : where + ' ' + name;
}

// `policies/orders-bus.json:4  statement "PartnerPut"`
std::string statement_place(const base::Label& label, std::string_view statement,
                            const base::SourceMap& sources, const RenderOptions& options) {
  const std::string where = place(label, sources, options);
  const std::string name = printable(quoted_statement(statement), options.ascii);
  if (name.empty())
    return where;
  return fmt::format("{}  {}{}", where, name.starts_with("statement ") ? "" : "statement ", name);
}

std::string why_undecided(std::string_view reason, const RenderOptions& options) {
  return reason.empty() ? "no reason was given" : printable(reason, options.ascii);
}

std::string because(const ClaimResult& claim, const base::SourceMap& sources, const RenderOptions& options) {
  std::vector<std::string> places;
  for (const base::Label& label : claim.rests_on) {
    places.push_back(claim.verdict == VerdictKind::kProved ? named_place(label, sources, options)
                                                           : place(label, sources, options));
  }
  switch (claim.verdict) {
    case VerdictKind::kProved:
      return places.empty() ? "rests on no statement" : fmt::format("rests on {}", fmt::join(places, ", "));
    case VerdictKind::kRefuted:
      if (!claim.witness)
        return places.empty() ? "" : fmt::format("by {}", fmt::join(places, ", "));
      return places.empty() ? "witness above" : fmt::format("witness above ({})", fmt::join(places, ", "));
    case VerdictKind::kUndecided:
      break;
  }
  return why_undecided(claim.reason, options);
}

// The caller, then what the request has to say: "arn:…:role/anyone with events:source = a, events:detail-type
// = b"
std::string printable_words(const checks::FindingWitness& witness, std::string_view after_caller,
                            const RenderOptions& options) {
  std::string result;
  std::string_view separator;
  for (const std::string& word : witness_words(witness)) {
    result += separator;
    result += printable(word, options.ascii);
    separator = separator.empty() ? after_caller : ", ";
  }
  return result;
}

void add_side(std::string_view title, std::string_view by, const checks::DifferenceSide& side,
              const base::SourceMap& sources, const RenderOptions& options, std::string& out) {
  const auto head = [&](Ink colour) {
    return paint(padded(std::string(title), kTitleWidth), colour, options.colour);
  };
  const std::string indent(kChangeIndent, ' ');
  for (const checks::DifferenceSide::Change& change : side.changes) {
    out += head(Ink::kError) + printable(change.summary, options.ascii) + '\n';
    out += indent + padded(std::string(by), kChangeWidth) +
           statement_place(change.statement, change.statement_name, sources, options) + '\n';
    out += indent + padded("witness", kChangeWidth) + printable_words(change.witness, ", ", options) + '\n';
  }
  switch (side.verdict) {
    case VerdictKind::kProved:
      if (side.changes.empty())
        out += head(Ink::kGood) + "nothing\n";
      break;
    case VerdictKind::kRefuted:
      if (side.changes.empty())
        out += head(Ink::kError) + "something that no single statement is to blame for\n";
      break;
    case VerdictKind::kUndecided:
      out += head(Ink::kWarning) + "undecided: " + why_undecided(side.reason, options) + '\n';
      break;
  }
}

// "arn:…:event-bus/orders: resource policy, when IsProd (old.yaml:12, new.yaml:14)"
std::string pair_title(const checks::PolicyPair& pair, const base::SourceMap& sources,
                       const RenderOptions& options) {
  const bool long_name = base::has_unknown(pair.name);
  std::string text =
      paint(printable(long_name ? checks::short_resource(pair.name) : pair.name, options.ascii), Ink::kStrong,
            options.colour);
  text += fmt::format("{}{}", pair.name.empty() ? "" : ": ", checks::title(pair.type, !pair.holder.empty()));
  if (!pair.when.empty())
    text += ", when " + printable(pair.when, options.ascii);
  if (!pair.before.there)
    return fmt::format("{} (added, {})", text, place(pair.after.span, sources, options));
  if (!pair.after.there)
    return fmt::format("{} (removed, {})", text, place(pair.before.span, sources, options));
  return fmt::format("{} ({}, {})", text, place(pair.before.span, sources, options),
                     place(pair.after.span, sources, options));
}

// "3 policies compared: 1 allows more, 1 less, 1 the same; 1 added, 0 removed"
std::string difference_counts(const checks::EstateDifference& difference) {
  std::map<checks::Change, std::size_t> changes;
  for (const checks::Difference& one : difference.differences)
    ++changes[checks::change_of(one)];
  const auto added =
      std::ranges::count_if(difference.pairs, [](const auto& pair) { return !pair.before.there; });
  const auto removed =
      std::ranges::count_if(difference.pairs, [](const auto& pair) { return !pair.after.there; });
  const std::size_t count = difference.pairs.size(), more = changes[checks::Change::kMore],
                    undecided = changes[checks::Change::kUndecided];
  return fmt::format("{} {} compared: {} {} more, {} less, {} the same{}; {} added, {} removed\n", count,
                     count == 1 ? "policy" : "policies", more, more == 1 ? "allows" : "allow",
                     changes[checks::Change::kLess], changes[checks::Change::kSame],
                     undecided == 0 ? "" : fmt::format(", {} undecided", undecided), added, removed);
}

}  // namespace

std::string verdict_lines(std::span<const ClaimResult> claims, const base::SourceMap& sources,
                          const RenderOptions& options) {
  // A name that is asked of several policies says of which.
  std::map<std::string_view, std::size_t> uses;
  for (const ClaimResult& claim : claims)
    ++uses[claim.claim];
  std::vector<std::string> names;
  std::size_t width = 0;
  for (const ClaimResult& claim : claims) {
    std::string name = printable(claim.claim, options.ascii);
    if (uses[claim.claim] > 1 && !claim.subject.empty()) {
      name += " on " + printable(tidy_path(claim.subject), options.ascii);
    }
    width = std::max(width, columns(name) + kNameGap);
    names.push_back(std::move(name));
  }
  std::string out;
  for (std::size_t index = 0; index < claims.size(); ++index) {
    const ClaimResult& claim = claims[index];
    const std::string why = because(claim, sources, options);
    out += paint(padded(std::string(checks::name(claim.verdict)), kVerdictWidth), ink(claim.verdict),
                 options.colour);
    out += why.empty() ? names[index] : padded(names[index], width) + why;
    out += '\n';
  }
  return out;
}

std::string proof_text(std::span<const ClaimResult> claims, const base::SourceMap& sources,
                       const RenderOptions& options) {
  std::string out;
  for (const ClaimResult& claim : claims) {
    if (claim.verdict != VerdictKind::kRefuted || !claim.witness)
      continue;
    const std::string subject = claim.subject.empty() ? "" : " on " + printable(claim.subject, options.ascii);
    out += paint(printable(claim.claim, options.ascii), Ink::kStrong, options.colour) + subject + '\n' +
           witness_text(*claim.witness, options) + '\n';
  }
  return out + verdict_lines(claims, sources, options);
}

std::string can_lines(const checks::CanAnswer& answer, const base::SourceMap& sources,
                      const RenderOptions& options) {
  const auto head = [&](std::string_view word, Ink colour) {
    return paint(word, colour, options.colour) +
           std::string(kAnswerIndent - std::min(kAnswerIndent - 2, word.size()), ' ');
  };
  const std::string indent(kAnswerIndent, ' ');
  std::string out;
  for (const checks::CanAnswer::Way& way : answer.ways) {
    out += head("YES", Ink::kStrong) + printable(way.who, options.ascii) + '\n';
    out += indent + statement_place(way.statement, way.statement_name, sources, options) + '\n';
    out += indent + "example: " + printable_words(way.witness, " with ", options) + '\n';
  }
  switch (answer.verdict) {
    case VerdictKind::kProved:
      out += head("NO", Ink::kStrong) +
             (answer.reason.empty() ? "nobody" : printable(answer.reason, options.ascii)) + '\n';
      break;
    case VerdictKind::kRefuted:
      if (answer.ways.empty())
        out += head("YES", Ink::kStrong) + "by no single statement\n";
      break;
    case VerdictKind::kUndecided:
      out += head("UNKNOWN", Ink::kWarning) + why_undecided(answer.reason, options) + '\n';
      break;
  }
  for (const std::string& clause : answer.assumptions) {
    out += indent + "assumed: " + printable(clause, options.ascii) + '\n';
  }
  return out;
}

std::string diff_lines(const checks::Difference& difference, const base::SourceMap& sources,
                       const RenderOptions& options) {
  std::string out;
  add_side("widened", "added by", difference.added, sources, options, out);
  add_side("narrowed", "removed by", difference.removed, sources, options, out);
  return out;
}

std::string diff_lines(const checks::EstateDifference& difference, const base::SourceMap& sources,
                       const RenderOptions& options) {
  std::string out;
  for (std::size_t i = 0; i < difference.pairs.size(); ++i) {
    if (checks::change_of(difference.differences[i]) == checks::Change::kSame)
      continue;
    const checks::PolicyPair& pair = difference.pairs[i];
    out +=
        pair_title(pair, sources, options) + '\n' + diff_lines(difference.differences[i], sources, options);
    const checks::Difference& changes = difference.differences[i];
    const bool said = changes.added.verdict == VerdictKind::kUndecided ||
                      changes.removed.verdict == VerdictKind::kUndecided;
    for (const auto& [version, word] : {std::pair(&pair.before, "old"), std::pair(&pair.after, "new")}) {
      for (const std::string& clause : version->absent) {
        if (!said)
          out += fmt::format("unknown   {} ({})\n", printable(clause, options.ascii), word);
      }
    }
    out += '\n';
  }
  for (const checks::EstateDifference::Gap& gap : difference.gaps) {
    out += paint(padded(gap.about_policies ? "unknown" : "note", kTitleWidth),
                 gap.about_policies ? Ink::kWarning : Ink::kStrong, options.colour) +
           fmt::format("{} ({})\n", printable(gap.message, options.ascii), place(gap.span, sources, options));
  }
  for (const std::string& clause : difference.assumptions)
    out += padded("assumed", kTitleWidth) + printable(clause, options.ascii) + '\n';
  return out + difference_counts(difference);
}

}  // namespace grantproof::reports
