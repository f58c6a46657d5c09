// SPDX-License-Identifier: Apache-2.0
#include "cli/inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <thread>
#include <utility>

#include "base/unknown_text.h"
#include "cli/diagnostic_text.h"
#include "cli/facts.h"
#include "cli/git_object.h"
#include "cli/path_pattern.h"
#include "sources/document_text.h"
#include "sources/source_reader.h"

namespace grantproof::cli {
namespace {

std::string shown_name(const std::string& path, const Options& options) {
  if (path != "-")
    return path;
  return options.stdin_filename.empty() ? "<stdin>" : options.stdin_filename;
}

base::Expected<std::string> text_of(const std::string& path, const Machine& machine) {
  return path == "-" ? machine.standard_input() : machine.files->read_file(path);
}

sources::SourceOptions source_options(const Options& options, const Machine& machine, Inputs& inputs) {
  sources::SourceOptions source;
  source.reference = &inputs.reference();
  source.account = options.default_account;
  source.region = options.default_region;
  source.parameters = options.parameters;
  source.attached_to = options.attached_to;
  source.type_of = [&options](const std::string& path) {
    std::optional<policy::PolicyType> type;
    for (const TypeChoice& choice : options.types) {
      if (choice.glob.empty() || name_or_path_matches(choice.glob, path))
        type = choice.type;
    }
    return type;
  };
  source.read_file = [&machine](const std::string& path) { return machine.files->read_file(path); };
  source.matches = path_matches;
  source.other_version = inputs.other_version ? &*inputs.other_version : nullptr;
  source.called = inputs.called;
  return source;
}

}  // namespace

base::Expected<std::unique_ptr<Inputs>> begin_inputs(const Options& options, const Machine& machine) {
  auto inputs = std::make_unique<Inputs>();
  auto settings = load_settings(options, machine, inputs->sources);
  if (!settings)
    return tl::unexpected<base::Error>(settings.error());
  inputs->settings = std::move(*settings);
  if (!options.reference.empty()) {
    auto reference = aws::Reference::load(options.reference);
    if (!reference)
      return tl::unexpected<base::Error>(reference.error());
    inputs->newer_reference.emplace(std::move(*reference));
  }
  return inputs;
}

base::Expected<void> read_sources(std::span<const std::string> paths, const Options& options,
                                  const Machine& machine, Inputs& inputs) {
  auto files = find_sources(paths, options, inputs.settings, machine);
  if (!files)
    return tl::unexpected<base::Error>(files.error());
  inputs.files = std::move(*files);
  struct Waiting {
    const SourceFile* file;
    std::string text;
  };
  std::vector<Waiting> waiting;
  waiting.reserve(inputs.files.files.size());
  for (const SourceFile& file : inputs.files.files) {
    auto text = text_of(file.path, machine);
    if (!text)
      return tl::unexpected<base::Error>(text.error());
    if (file.named || sources::mentions_source(*text))
      waiting.push_back({&file, std::move(*text)});
  }
  // Bundles say where the other files belong.
  std::stable_partition(waiting.begin(), waiting.end(),
                        [](const Waiting& one) { return sources::mentions_bundle(one.text); });
  sources::SourceReader reader(source_options(options, machine, inputs), inputs.sources, inputs.diagnostics);
  if (options.command == Command::kDump)
    reader.keep_resources();
  for (Waiting& one : waiting) {
    const auto read = reader.add(shown_name(one.file->path, options), std::move(one.text), one.file->named);
    if (!read)
      return tl::unexpected<base::Error>(read.error());
    inputs.documents += *read ? 1U : 0U;
  }
  inputs.configuration = reader.finish();
  inputs.resources = reader.take_resources();
  return {};
}

base::Expected<std::unique_ptr<Inputs>> read_inputs(std::span<const std::string> paths,
                                                    const Options& options, const Machine& machine) {
  auto inputs = begin_inputs(options, machine);
  if (!inputs)
    return inputs;
  if (auto read = read_sources(paths, options, machine, **inputs); !read)
    return tl::unexpected<base::Error>(read.error());
  if ((*inputs)->documents == 0 && !options.force_exclude) {
    const std::string where = paths.empty() ? "this repository" : fmt::format("{}", fmt::join(paths, ", "));
    return base::error(
        fmt::format("there is no policy in {}\n  files that end in .json, .yaml or .yml were looked at{}",
                    where, options.no_ignore ? "" : ", except those that ignore files leave out"));
  }
  return inputs;
}

base::Expected<void> require_readable(const Inputs& inputs) {
  base::DiagnosticSink unreadable;
  for (const base::Diagnostic& diagnostic : inputs.diagnostics.diagnostics()) {
    if (diagnostic.rule == "GP0001" || diagnostic.rule == "GP0003" || diagnostic.rule == "GP0004")
      unreadable.report(diagnostic);
  }
  if (unreadable.errors() == 0)
    return {};
  return base::error(error_text(inputs.sources, unreadable));
}

base::Expected<void> read_version(const std::string& path, const Options& options, const Machine& machine,
                                  Inputs& inputs) {
  if (path == "-" || machine.files->exists(path) || !looks_like_git_object(path))
    return read_sources(std::span(&path, 1), options, machine, inputs);
  auto text = machine.git_object(path);
  if (!text)
    return tl::unexpected<base::Error>(text.error());
  sources::SourceReader reader(source_options(options, machine, inputs), inputs.sources, inputs.diagnostics);
  const auto read = reader.add(path, std::move(*text), true);
  if (!read)
    return tl::unexpected<base::Error>(read.error());
  inputs.documents += *read ? 1U : 0U;
  inputs.configuration = reader.finish();
  return {};
}

namespace {

// ARNs and names of what is described, as far as a part of them is not known.
std::vector<std::string> names_with_unknown_parts(const config::Configuration& configuration) {
  std::set<std::string> names;
  const auto add = [&names](const std::string& name) {
    if (base::has_unknown(name))
      names.insert(name);
  };
  for (const config::Principal& principal : configuration.principals) {
    add(principal.arn);
    add(principal.name);
  }
  for (const config::EventBus& bus : configuration.event_buses) {
    add(bus.arn);
    add(bus.name);
    for (const config::Rule& rule : bus.rules) {
      add(rule.arn);
      add(rule.name);
    }
  }
  for (const config::TargetResource& resource : configuration.target_resources) {
    add(resource.arn);
    add(resource.name);
  }
  for (const config::Sender& sender : configuration.senders)
    add(sender.arn);
  for (const config::Account& account : configuration.accounts)
    add(account.id);
  return {names.begin(), names.end()};
}

}  // namespace

checks::World world(const Inputs& inputs, const Options& options) {
  checks::World world;
  world.sources = &inputs.sources;
  world.reference = &inputs.reference();
  world.facts = inputs.settings.facts;
  world.names = names_with_unknown_parts(inputs.configuration);
  // What the sources say of the organisation is known, where settings say nothing.
  const config::Organization& organization = inputs.configuration.organization;
  if (world.facts.organization.empty())
    world.facts.organization = organization.id;
  if (world.facts.accounts.empty() && !organization.id.empty()) {
    for (const config::OrganizationalUnit& unit : organization.units) {
      if (is_account_id(unit.id))
        world.facts.accounts.push_back(unit.id);
    }
  }
  world.budget = options.budget;
  world.jobs = options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  return world;
}

reports::RenderOptions render_options(const Options& options, const Machine& machine) {
  constexpr std::size_t kWidthWithoutTerminal = 110;
  reports::RenderOptions render;
  render.colour = base::use_color(options.color, machine.environment, machine.output_is_terminal);
  // A file or a pipe takes UTF-8; a terminal says what it takes.
  render.ascii = options.ascii || (machine.output_is_terminal && !base::is_utf8_locale(machine.environment));
  render.width = machine.output_is_terminal ? machine.width : kWidthWithoutTerminal;
  render.lowest_severity = options.severity;
  render.show_proved = options.show_proved;
  render.include_suppressed = options.sarif_include_suppressed;
  render.category = options.sarif_category;
  return render;
}

}  // namespace grantproof::cli
