// SPDX-License-Identifier: Apache-2.0
#include "cli/option_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/text.h"
#include "cli/facts.h"
#include "cli/option_values.h"

namespace grantproof::cli {
namespace {

constexpr std::array<std::pair<std::string_view, base::ColorChoice>, 3> kColors{
    {{"auto", base::ColorChoice::kAuto},
     {"always", base::ColorChoice::kAlways},
     {"never", base::ColorChoice::kNever}}};
constexpr std::array<std::pair<std::string_view, base::Severity>, 3> kSeverities{{
    {"error", base::Severity::kError},
    {"warning", base::Severity::kWarning},
    {"note", base::Severity::kNote},
}};

// ---- commands

constexpr std::array kCommands = {
    CommandRow{
        Command::kCheck, "check", "[PATH…]", "is anything here broader than it should be?",
        "Asks every rule of every policy in the files and folders. '-' is standard input; without a PATH the "
        "whole repository is read.",
        0, kAnyNumber},
    CommandRow{
        Command::kDiff, "diff", "OLD NEW", "what does the new policy allow that the old one did not?",
        "OLD and NEW are a policy, a template, a plan, a dump or a folder of them; '-' is standard input, "
        "HEAD:template.yaml a file in a git revision. Exit code 1: NEW allows more, or it is not known.",
        2, 2},
    CommandRow{Command::kCan, "can", "ACTION RESOURCE [PATH…]", "who can do this, or can this one?",
               "ACTION and RESOURCE may have '*' in them. Exit code 0: yes; 1: no, or not known.", 2,
               kAnyNumber},
    CommandRow{Command::kProve, "prove", "CLAIMS.yaml [PATH…]", "do these claims hold for every request?", "",
               1, kAnyNumber},
    CommandRow{
        Command::kSimulate, "simulate", "REQUEST.json [PATH…]",
        "what happens to this one request, and which statement decided?",
        "REQUEST.json is a request as reports show them, or a whole case with its policies. Exit code 0: "
        "allowed; 1: denied. With --cases: one result a line, exit code 0 if every expected result is met.",
        0, kAnyNumber},
    CommandRow{Command::kReplay, "replay", "EVENTS CONFIG", "where does each event go, and why?",
               "EVENTS holds full events or PutEvents entries: JSON, a list, or one a line; CONFIG the buses "
               "with their rules and targets. Exit code 1: an expectation of --expect is not met.",
               2, 2},
    CommandRow{Command::kMatch, "match", "PATTERN EVENTS", "does this event pattern match these events?",
               "PATTERN is a file, or the pattern itself where it begins with a brace. Exit code 0: every "
               "event matches; 1: one does not. With --cases: one verdict a line, exit code 0 if all agree.",
               0, 2},
    CommandRow{
        Command::kDump, "dump", "[PATH…]", "what was understood of these files?",
        "Prints as JSON what the documents say (--stage source), or the accounts, principals, policies, "
        "buses, rules and targets that come of it (--stage config).",
        0, kAnyNumber},
    CommandRow{Command::kGraph, "graph", "[PATH…]", "who is connected to what?",
               "Buses, rules, targets and who may put events, one cluster an account.", 0, kAnyNumber},
    CommandRow{Command::kExplain, "explain", "RULE…", "what does a rule prove, and how is a finding mended?",
               "RULE is an id (GP2001) or a name (putevents-open-to-all).", 1, kAnyNumber},
    CommandRow{Command::kRules, "rules", "", "which rules are there?", "", 0, 0},
};

// ---- flags

constexpr CommandSet kCheck = bit(Command::kCheck);
constexpr CommandSet kDiff = bit(Command::kDiff);
constexpr CommandSet kCan = bit(Command::kCan);
constexpr CommandSet kProve = bit(Command::kProve);
constexpr CommandSet kSimulate = bit(Command::kSimulate);
constexpr CommandSet kReplay = bit(Command::kReplay);
constexpr CommandSet kMatch = bit(Command::kMatch);
constexpr CommandSet kDump = bit(Command::kDump);
constexpr CommandSet kGraph = bit(Command::kGraph);
constexpr CommandSet kRoutes = kReplay | kMatch;
constexpr CommandSet kWalks = kCheck | kCan | kProve | kSimulate | kDump | kGraph;
constexpr CommandSet kAsks = kCheck | kDiff | kCan | kProve;
constexpr CommandSet kReads = kWalks | kDiff;

constexpr std::string_view kDocuments = "Documents";
constexpr std::string_view kFacts = "Facts and settings";
constexpr std::string_view kQuestions = "Questions";
constexpr std::string_view kRouting = "Routing";
constexpr std::string_view kOutput = "Output";

constexpr std::array kFlags = {
    FlagRow{
        "--as", "TYPE[=GLOB]", kDocuments, kReads,
        "read documents as this type (identity, event-bus, trust, scp, …), all or those whose path matches",
        add_type},
    FlagRow{"--attached-to", "ARN", kDocuments, kReads, "what the policy is attached to",
            [](Options& o, const std::string& v) { return set_text(o.attached_to, v); }},
    FlagRow{"--default-account", "ACCOUNT", kDocuments, kReads,
            "the account of documents that do not say theirs (templates, plans)",
            [](Options& o, const std::string& v) -> Result {
              if (!is_account_id(v))
                return base::error(fmt::format("'{}' is no account id: they have twelve digits", v));
              o.default_account = v;
              return {};
            }},
    FlagRow{"--default-region", "REGION", kDocuments, kReads,
            "the region of documents that do not say theirs",
            [](Options& o, const std::string& v) { return set_text(o.default_region, v); }},
    FlagRow{"--parameter", "NAME=VALUE", kDocuments, kReads,
            "the value of a parameter of templates; may be given several times", add_parameter},
    FlagRow{"--stdin-filename", "NAME", kDocuments, kReads | kRoutes, "how messages call standard input",
            [](Options& o, const std::string& v) { return set_text(o.stdin_filename, v); }},
    FlagRow{"--no-ignore", "", kDocuments, kWalks,
            "also read what .gitignore and .grantproofignore leave out",
            [](Options& o, const std::string&) -> Result {
              o.no_ignore = true;
              return {};
            }},
    FlagRow{"--force-exclude", "", kDocuments, kWalks,
            "treat named files like walked ones: ignore files count, and what is no policy is passed over",
            [](Options& o, const std::string&) -> Result {
              o.force_exclude = true;
              return {};
            }},

    FlagRow{"--config", "FILE", kFacts, kReads, "read this file instead of the nearest .grantproof.yaml",
            [](Options& o, const std::string& v) { return set_text(o.config.emplace(), v); }},
    FlagRow{"--no-config", "", kFacts, kReads, "read no .grantproof.yaml",
            [](Options& o, const std::string&) -> Result {
              o.no_config = true;
              return {};
            }},
    FlagRow{"--organization", "ID", kFacts, kReads, "the id of your organization",
            [](Options& o, const std::string& v) -> Result {
              if (!is_organization_id(v))
                return base::error(
                    fmt::format("'{}' is no organization id: they look like o-exampleorgid", v));
              o.organization = v;
              return {};
            }},
    FlagRow{"--account", "ID,…", kFacts, kReads, "your accounts, instead of those of the configuration",
            [](Options& o, const std::string& v) -> Result { return add_account_ids(o.accounts, v); }},
    FlagRow{"--partner", "ID,…", kFacts, kReads, "foreign accounts that may be named in policies",
            [](Options& o, const std::string& v) -> Result { return add_account_ids(o.partners, v); }},
    FlagRow{"--reference", "FILE", kFacts, kReads, "a newer service reference than the one built in",
            [](Options& o, const std::string& v) { return set_text(o.reference, v); }},
    FlagRow{"--today", "DATE", kFacts, kCheck, "the day that suppressions are held against (YYYY-MM-DD)",
            [](Options& o, const std::string& v) -> Result {
              if (!is_date(v))
                return base::error(fmt::format("'{}' is no date: write YYYY-MM-DD", v));
              o.today = v;
              return {};
            }},

    FlagRow{"--select", "RULE,…", kQuestions, kCheck,
            "ask only these rules; a prefix such as GP2 stands for many",
            [](Options& o, const std::string& v) { return add_list(o.select, v); }},
    FlagRow{"--ignore", "RULE,…", kQuestions, kCheck, "do not ask these rules",
            [](Options& o, const std::string& v) { return add_list(o.ignore, v); }},
    FlagRow{"--by", "CALLER", kQuestions, kCan,
            "ask about one caller: an ARN, a service name, or 'anonymous'",
            [](Options& o, const std::string& v) { return set_text(o.by.emplace(), v); }},
    FlagRow{"--outside", "ID", kQuestions, kCan, "ask about callers outside this organization or account",
            [](Options& o, const std::string& v) -> Result {
              if (!is_organization_id(v) && !is_account_id(v))
                return base::error(fmt::format("'{}' is neither an organization id nor an account id", v));
              o.outside = v;
              return {};
            }},
    FlagRow{"--cases", "FILE", kQuestions, kSimulate | kMatch,
            "decide every case of a file, one JSON object a line",
            [](Options& o, const std::string& v) { return set_text(o.cases, v); }},
    FlagRow{"--budget", "N|10x", kQuestions, kAsks, "solver steps a question may take, or a factor",
            set_budget},
    FlagRow{"--jobs", "N", kQuestions, kAsks, "questions asked at the same time; default: one a processor",
            set_jobs},
    FlagRow{"--dump", "smt2", kQuestions, kDiff | kCan | kProve,
            "print the question as SMT-LIB 2 instead of asking it",
            [](Options& o, const std::string& v) -> Result {
              constexpr std::array<std::pair<std::string_view, bool>, 1> kDumps{{{"smt2", true}}};
              return choose<bool>(o.dump, v, kDumps);
            }},

    FlagRow{"--stage", "STAGE", kOutput, kDump, "config (default) or source",
            [](Options& o, const std::string& v) -> Result {
              constexpr std::array<std::pair<std::string_view, bool>, 2> kStages{
                  {{"config", false}, {"source", true}}};
              return choose<bool>(o.dump_sources, v, kStages);
            }},
    FlagRow{"--format", "FORMAT", kOutput, kGraph, "dot (default), mermaid or json",
            [](Options& o, const std::string& v) -> Result {
              constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kFormats{
                  {{"dot", "dot"}, {"mermaid", "mermaid"}, {"json", "json"}}};
              std::string_view format;
              const Result chosen = choose<std::string_view>(format, v, kFormats);
              o.graph_format = format;
              return chosen;
            }},

    FlagRow{"--only", "PART", kOutput, kGraph, "routes, grants or trust; default: all of them",
            [](Options& o, const std::string& v) -> Result {
              constexpr std::array<std::pair<std::string_view, reports::GraphPart>, 3> kParts{
                  {{"routes", reports::GraphPart::kRoutes},
                   {"grants", reports::GraphPart::kGrants},
                   {"trust", reports::GraphPart::kTrust}}};
              return choose<reports::GraphPart>(o.graph_part, v, kParts);
            }},

    FlagRow{"--explain", "", kQuestions, kMatch,
            "say for each field what the event has and which alternative holds",
            [](Options& o, const std::string&) -> Result {
              o.explain = true;
              return {};
            }},

    FlagRow{"--bus", "NAME|ARN", kRouting, kReplay,
            "the bus of events that name none; entries are put by its account",
            [](Options& o, const std::string& v) { return set_text(o.bus, v); }},
    FlagRow{"--expect", "FILE", kRouting, kReplay,
            "what must become of the events; exit code 1 if it does not",
            [](Options& o, const std::string& v) { return set_text(o.expect, v); }},
    FlagRow{"--archive", "NAME", kRouting, kReplay, "replay the events that this archive would hold",
            [](Options& o, const std::string& v) { return set_text(o.archive, v); }},
    FlagRow{"--replay-name", "NAME", kRouting, kReplay,
            "the name of the replay of --archive (default: replay)",
            [](Options& o, const std::string& v) { return set_text(o.replay_name, v); }},
    FlagRow{"--rule", "NAME,…", kRouting, kReplay, "replay --archive to these rules only",
            [](Options& o, const std::string& v) { return add_list(o.rules, v); }},
    FlagRow{"--time", "TIME", kRouting, kRoutes,
            "the time of entries without one, and of ingestion (default: 2026-01-01T00:00:00Z)", set_time},
    FlagRow{"--put-events-limit", "BYTES", kRouting, kReplay,
            "size of a PutEvents request: 1048576 (default), or 262144 as until 2026-01-29",
            set_put_events_limit},

    FlagRow{"--report", "FORMAT[=FILE]", kOutput, kReplay,
            "text (default), summary, json or ndjson; may be given several times", add_event_report},
    FlagRow{"--report", "FORMAT[=FILE]", kOutput, kMatch,
            "text (default), json or ndjson; may be given several times", add_event_report},
    FlagRow{"--report", "FORMAT[=FILE]", kOutput, kCheck,
            "text (default), concise, json, sarif, github or junit; may be given several times", add_report},
    FlagRow{"--report", "FORMAT[=FILE]", kOutput, kProve,
            "text (default), json or junit; may be given several times", add_report},
    FlagRow{"--report", "FORMAT[=FILE]", kOutput, kDiff | kCan | kSimulate, "text (default) or json",
            add_report},
    FlagRow{"--fail-on", "SEVERITY", kOutput, kCheck,
            "error, warning (default), note or never: what exit code 1 needs",
            [](Options& o, const std::string& v) -> Result {
              constexpr std::array<std::pair<std::string_view, FailOn>, 4> kLevels{{
                  {"error", FailOn{base::Severity::kError}},
                  {"warning", FailOn{base::Severity::kWarning}},
                  {"note", FailOn{base::Severity::kNote}},
                  {"never", FailOn{std::nullopt}},
              }};
              return choose<FailOn>(o.fail_on.emplace(), v, kLevels);
            }},
    FlagRow{
        "--severity", "SEVERITY", kOutput, kCheck, "show findings of this severity and above",
        [](Options& o, const std::string& v) { return choose<base::Severity>(o.severity, v, kSeverities); }},
    FlagRow{"--allow-undecided", "", kOutput, kCheck, "let questions without an answer pass",
            [](Options& o, const std::string&) -> Result {
              o.allow_undecided = true;
              return {};
            }},
    FlagRow{"--show-proved", "", kOutput, kCheck, "also list what was proved",
            [](Options& o, const std::string&) -> Result {
              o.show_proved = true;
              return {};
            }},
    FlagRow{"--sarif-category", "ID", kOutput, kCheck, "tells several SARIF uploads of one commit apart",
            [](Options& o, const std::string& v) { return set_text(o.sarif_category, v); }},
    FlagRow{"--sarif-include-suppressed", "", kOutput, kCheck,
            "keep suppressed findings in SARIF, with their reason",
            [](Options& o, const std::string&) -> Result {
              o.sarif_include_suppressed = true;
              return {};
            }},
    FlagRow{"--color", "WHEN", kOutput, kReads | kRoutes, "auto (default), always or never",
            [](Options& o, const std::string& v) { return choose<base::ColorChoice>(o.color, v, kColors); }},
    FlagRow{"--ascii", "", kOutput, kReads | kRoutes, "draw with ASCII only",
            [](Options& o, const std::string&) -> Result {
              o.ascii = true;
              return {};
            }},
    FlagRow{"-q,--quiet", "", kOutput, kReads | kRoutes,
            "no notes on standard error; twice: no report on standard output either",
            [](Options& o, const std::string&) -> Result {
              ++o.quiet;
              return {};
            }},
};

}  // namespace

std::span<const CommandRow> command_rows() {
  return kCommands;
}

const CommandRow* find_command(Command command) {
  const auto* row = std::find_if(kCommands.begin(), kCommands.end(), [command](const CommandRow& candidate) {
    return candidate.command == command;
  });
  return row == kCommands.end() ? nullptr : row;
}

const CommandRow* find_command(std::string_view name) {
  const auto* row = std::find_if(kCommands.begin(), kCommands.end(),
                                 [name](const CommandRow& candidate) { return candidate.name == name; });
  return row == kCommands.end() ? nullptr : row;
}

std::span<const FlagRow> flag_rows() {
  return kFlags;
}

std::string_view long_name(const FlagRow& row) {
  const std::size_t comma = row.names.find(',');
  return comma == std::string_view::npos ? row.names : row.names.substr(comma + 1);
}

}  // namespace grantproof::cli
