// SPDX-License-Identifier: Apache-2.0
#include "cli/answer_json.h"

#include <utility>
#include <vector>

#include "reports/summary.h"
#include "reports/terminal_text.h"
#include "syntax/json_writer.h"

namespace grantproof::cli {
namespace {

using syntax::list_node;
using syntax::map_node;
using syntax::Node;
using syntax::number_node;
using syntax::string_node;

using Members = std::vector<std::pair<std::string, Node>>;

Members place_members(base::Span span, const base::SourceMap& sources) {
  const base::Location location = sources.locate(span);
  return {{"file", string_node(std::string(reports::tidy_path(location.file_name)))},
          {"line", number_node(location.begin.line)},
          {"column", number_node(location.begin.column)},
          {"end_line", number_node(location.end.line)},
          {"end_column", number_node(location.end.column)}};
}

Node place_node(const base::Label& label, const std::string& statement, const base::SourceMap& sources) {
  Members members = place_members(label.span, sources);
  members.insert(members.begin(), {"statement", string_node(statement)});
  return map_node(std::move(members));
}

Node texts_node(const std::vector<std::string>& texts) {
  std::vector<Node> nodes;
  nodes.reserve(texts.size());
  for (const std::string& text : texts)
    nodes.push_back(string_node(text));
  return list_node(std::move(nodes));
}

Node witness_node(const checks::FindingWitness& witness) {
  return map_node(
      {{"request", access::write_request(witness.request)}, {"decision", string_node(witness.decision)}});
}

Node side_node(const checks::DifferenceSide& side, const base::SourceMap& sources) {
  std::vector<Node> changes;
  for (const checks::DifferenceSide::Change& change : side.changes) {
    changes.push_back(map_node({{"summary", string_node(change.summary)},
                                {"by", place_node(change.statement, change.statement_name, sources)},
                                {"witness", witness_node(change.witness)}}));
  }
  Members members;
  // "nothing was added" is what is proved or refuted.
  constexpr std::pair<checks::VerdictKind, std::string_view> kAnswers[] = {
      {checks::VerdictKind::kProved, "nothing"},
      {checks::VerdictKind::kRefuted, "something"},
      {checks::VerdictKind::kUndecided, "undecided"},
  };
  for (const auto& [verdict, answer] : kAnswers) {
    if (verdict == side.verdict)
      members.emplace_back("answer", string_node(std::string(answer)));
  }
  if (!side.reason.empty())
    members.emplace_back("reason", string_node(side.reason));
  members.emplace_back("changes", list_node(std::move(changes)));
  return map_node(std::move(members));
}

Node version_node(const checks::PolicyPair::Version& version, const base::SourceMap& sources) {
  Members members = place_members(version.span, sources);
  if (!version.absent.empty())
    members.emplace_back("unknown", texts_node(version.absent));
  return map_node(std::move(members));
}

Node pair_node(const checks::PolicyPair& pair, const checks::Difference& difference,
               const base::SourceMap& sources) {
  Members members;
  if (!pair.holder.empty())
    members.emplace_back("attached_to", string_node(pair.holder));
  else if (!pair.name.empty())
    members.emplace_back("name", string_node(pair.name));
  members.emplace_back("type", string_node(std::string(policy::name(pair.type))));
  if (!pair.when.empty())
    members.emplace_back("when", string_node(pair.when));
  if (pair.before.there)
    members.emplace_back("old", version_node(pair.before, sources));
  if (pair.after.there)
    members.emplace_back("new", version_node(pair.after, sources));
  members.emplace_back("widened", side_node(difference.added, sources));
  members.emplace_back("narrowed", side_node(difference.removed, sources));
  return map_node(std::move(members));
}

std::string written(Members members) {
  return reports::escape_json_for_terminals(syntax::write_json(map_node(std::move(members)), 2)) + "\n";
}

}  // namespace

std::string difference_json(const checks::Difference& difference, const base::SourceMap& sources) {
  return written({{"format", string_node("grantproof-diff/1")},
                  {"widened", side_node(difference.added, sources)},
                  {"narrowed", side_node(difference.removed, sources)}});
}

std::string difference_json(const checks::EstateDifference& difference, const base::SourceMap& sources) {
  std::vector<Node> differences;
  for (std::size_t i = 0; i < difference.pairs.size(); ++i) {
    if (checks::change_of(difference.differences[i]) != checks::Change::kSame)
      differences.push_back(pair_node(difference.pairs[i], difference.differences[i], sources));
  }
  std::vector<Node> gaps;
  for (const checks::EstateDifference::Gap& gap : difference.gaps) {
    Members members{{"version", string_node(gap.of_new ? "new" : "old")},
                    {"message", string_node(gap.message)},
                    {"about_policies", syntax::bool_node(gap.about_policies)}};
    for (auto& member : place_members(gap.span, sources))
      members.push_back(std::move(member));
    gaps.push_back(map_node(std::move(members)));
  }
  return written({{"format", string_node("grantproof-diff/1")},
                  {"compared", number_node(static_cast<long long>(difference.pairs.size()))},
                  {"differences", list_node(std::move(differences))},
                  {"gaps", list_node(std::move(gaps))},
                  {"assumptions", texts_node(difference.assumptions)}});
}

std::string can_json(const checks::CanAnswer& answer, const base::SourceMap& sources) {
  Members members{{"format", string_node("grantproof-can/1")}};
  constexpr std::pair<checks::VerdictKind, std::string_view> kAnswers[] = {
      {checks::VerdictKind::kProved, "no"},
      {checks::VerdictKind::kRefuted, "yes"},
      {checks::VerdictKind::kUndecided, "undecided"},
  };
  for (const auto& [verdict, word] : kAnswers) {
    if (verdict == answer.verdict)
      members.emplace_back("answer", string_node(std::string(word)));
  }
  if (!answer.reason.empty())
    members.emplace_back("reason", string_node(answer.reason));
  std::vector<Node> ways;
  for (const checks::CanAnswer::Way& way : answer.ways) {
    ways.push_back(map_node({{"who", string_node(way.who)},
                             {"by", place_node(way.statement, way.statement_name, sources)},
                             {"witness", witness_node(way.witness)}}));
  }
  std::vector<Node> assumptions;
  for (const std::string& clause : answer.assumptions)
    assumptions.push_back(string_node(clause));
  members.emplace_back("ways", list_node(std::move(ways)));
  members.emplace_back("assumptions", list_node(std::move(assumptions)));
  return written(std::move(members));
}

}  // namespace grantproof::cli
