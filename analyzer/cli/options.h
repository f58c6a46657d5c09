// SPDX-License-Identifier: Apache-2.0
//
// What the user asked for, as the command line says it. The flags stand in one table (option_table.cpp):
// parsing, --help and the tests walk it. CLI11 cuts the words; only options.cpp includes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/expected.h"
#include "base/terminal.h"
#include "policy/policy.h"
#include "prover/prover.h"
#include "reports/graph.h"

namespace grantproof::cli {

enum class Command {
  kCheck,
  kDiff,
  kCan,
  kProve,
  kSimulate,
  kReplay,
  kMatch,
  kDump,
  kGraph,
  kExplain,
  kRules,
  kHelp,
  kVersion
};

struct ReportRequest {
  std::string format;
  std::string file;  // empty: standard output
};

// --as TYPE, or --as TYPE=GLOB for the documents whose path matches.
struct TypeChoice {
  policy::PolicyType type = policy::PolicyType::kIdentity;
  std::string glob;  // empty: every document
};

// The severity from which findings make the run fail; nothing: never.
struct FailOn {
  std::optional<base::Severity> lowest = base::Severity::kWarning;
};

struct Options {
  Command command = Command::kHelp;
  std::optional<Command> help_about;   // kHelp
  std::vector<std::string> arguments;  // what is no flag, in order

  // documents
  std::vector<TypeChoice> types;
  std::string attached_to;
  std::string stdin_filename;
  std::string default_account;  // of documents that do not say theirs
  std::string default_region;
  std::map<std::string, std::string> parameters;  // of templates
  bool no_ignore = false;
  bool force_exclude = false;

  // what is known
  std::optional<std::string> config;
  bool no_config = false;
  std::optional<std::string> organization;
  std::vector<std::string> accounts;
  std::vector<std::string> partners;
  std::string reference;  // file; empty: the embedded one
  std::string today;      // empty: the machine's

  // what is asked
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  prover::Budget budget;
  unsigned jobs = 0;  // 0: as many as there are processors
  std::optional<std::string> by;
  std::optional<std::string> outside;
  std::string cases;          // file
  bool dump = false;          // the question instead of the answer
  bool dump_sources = false;  // dump: resources instead of the Configuration
  std::string graph_format = "dot";
  reports::GraphPart graph_part = reports::GraphPart::kAll;

  // how events are routed
  std::string bus;                   // name or ARN
  std::string expect;                // file
  std::string archive;               // name
  std::string replay_name;           // of the replay of the archive
  std::vector<std::string> rules;    // that it goes to
  std::optional<std::int64_t> time;  // seconds since 1970
  std::size_t put_events_limit = 1'048'576;
  bool explain = false;

  // what is said, and how
  std::vector<ReportRequest> reports;
  std::optional<FailOn> fail_on;
  base::Severity severity = base::Severity::kNote;  // lowest that is shown
  bool allow_undecided = false;
  bool show_proved = false;
  base::ColorChoice color = base::ColorChoice::kAuto;
  bool ascii = false;
  std::string sarif_category;
  bool sarif_include_suppressed = false;
  unsigned quiet = 0;
};

// The words behind the program's name. The error says what is wrong and what to do instead.
base::Expected<Options> parse_options(const std::vector<std::string>& words);

// The text of --help, for the program or one command.
std::string help_text(std::optional<Command> about);

}  // namespace grantproof::cli
