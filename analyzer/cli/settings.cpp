// SPDX-License-Identifier: Apache-2.0
#include "cli/settings.h"

#include <algorithm>
#include <utility>

#include "cli/diagnostic_text.h"
#include "cli/path_pattern.h"
#include "cli/settings_reader.h"
#include "syntax/yaml_reader.h"

namespace grantproof::cli {
namespace {

// "", "..", "../..": the current folder and those above it, up to the root of the file system.
std::vector<std::string> folders_upward(const Machine& machine) {
  std::vector<std::string> folders{""};
  const auto depth = std::count(machine.current_directory.begin(), machine.current_directory.end(), '/') -
                     (machine.current_directory == "/" ? 1 : 0);
  for (auto i = depth; i > 0; --i)
    folders.push_back(base::join_path("..", folders.back()));
  return folders;
}

bool is_repository(const Machine& machine, const std::string& folder) {
  return machine.files->exists(base::join_path(folder, ".git"));
}

std::optional<std::string> nearest_settings(const Machine& machine) {
  for (const std::string& folder : folders_upward(machine)) {
    std::string file = base::join_path(folder, kSettingsFile);
    if (machine.files->exists(file))
      return file;
    if (is_repository(machine, folder))
      break;
  }
  return std::nullopt;
}

// Nothing but comments: a file that somebody has begun.
bool is_blank(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first < end && text[first] != '#')
      return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

std::string folder_of(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  if (slash == std::string::npos)
    return {};
  return slash == 0 ? "/" : file.substr(0, slash);
}

void lay_flags_over(const Options& options, Settings& settings) {
  if (options.organization)
    settings.facts.organization = *options.organization;
  if (!options.accounts.empty())
    settings.facts.accounts = options.accounts;
  if (!options.partners.empty())
    settings.facts.partners = options.partners;
  if (!options.select.empty())
    settings.select = options.select;
  if (!options.ignore.empty())
    settings.ignore = options.ignore;
  if (options.fail_on)
    settings.fail_on = options.fail_on;
}

}  // namespace

std::optional<std::string> repository_root(const Machine& machine) {
  for (const std::string& folder : folders_upward(machine)) {
    if (is_repository(machine, folder))
      return folder;
  }
  return std::nullopt;
}

base::Expected<Settings> load_settings(const Options& options, const Machine& machine,
                                       base::SourceMap& sources) {
  Settings settings;
  const std::optional<std::string> file =
      options.no_config ? std::nullopt : (options.config ? options.config : nearest_settings(machine));
  if (file) {
    settings.file = *file;
    settings.folder = folder_of(*file);
    auto text = machine.files->read_file(*file);
    if (!text)
      return tl::unexpected<base::Error>(text.error());
    if (is_blank(*text)) {
      lay_flags_over(options, settings);
      return settings;
    }
    base::DiagnosticSink sink;
    const auto node = syntax::read_yaml(sources, sources.add(*file, std::move(*text)), sink);
    if (node)
      read_settings(*node, settings, sink);
    if (sink.errors() > 0)
      return base::error(error_text(sources, sink));
  } else {
    settings.folder = repository_root(machine).value_or("");
  }
  lay_flags_over(options, settings);
  return settings;
}

}  // namespace grantproof::cli
