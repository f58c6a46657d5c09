// SPDX-License-Identifier: Apache-2.0
//
// What the values of flags do to Options, for the rows of option_table.cpp. An error says what is wrong with
// the value and what to write instead.
#pragma once

#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/expected.h"
#include "cli/options.h"

namespace grantproof::cli {

using Result = base::Expected<void>;

template <typename Value>
using Choices = std::span<const std::pair<std::string_view, Value>>;

template <typename Value>
Result choose(Value& into, const std::string& text, Choices<Value> choices) {
  std::vector<std::string_view> names;
  for (const auto& [name, value] : choices) {
    if (name == text) {
      into = value;
      return {};
    }
    names.push_back(name);
  }
  std::string all;
  for (const std::string_view name : names)
    all += fmt::format("{}{}", all.empty() ? "" : ", ", name);
  return base::error(fmt::format("'{}' is none of {}", text, all));
}

Result add_list(std::vector<std::string>& into, std::string_view text);  // "a,b"
Result set_text(std::string& into, const std::string& text);
Result add_type(Options& options, const std::string& text);       // TYPE or TYPE=GLOB
Result add_parameter(Options& options, const std::string& text);  // NAME=VALUE
// FORMAT or FORMAT=FILE; of check, of another command, and of replay and match.
Result add_report(Options& options, const std::string& text);
Result add_report(Options& options, const std::string& text, const std::vector<std::string_view>& formats);
Result add_event_report(Options& options, const std::string& text);
Result set_time(Options& options, const std::string& text);
Result set_put_events_limit(Options& options, const std::string& text);
Result set_budget(Options& options, const std::string& text);
Result set_jobs(Options& options, const std::string& text);

}  // namespace grantproof::cli
