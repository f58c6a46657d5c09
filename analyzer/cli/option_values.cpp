// SPDX-License-Identifier: Apache-2.0
#include "cli/option_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>

#include "events/event_time.h"
#include "reports/renderer.h"

namespace grantproof::cli {
namespace {

std::optional<unsigned long long> whole_number(std::string_view text) {
  unsigned long long number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

}  // namespace

Result add_list(std::vector<std::string>& into, std::string_view text) {
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (comma == 0)
      return base::error("there is nothing between two commas");
    into.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return {};
}

Result set_text(std::string& into, const std::string& text) {
  if (text.empty())
    return base::error("the value is empty");
  into = text;
  return {};
}

Result add_type(Options& options, const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  const auto type = policy::find_policy_type(name);
  if (!type) {
    constexpr std::string_view kTypes =
        "identity, resource, event-bus, queue, topic, bucket, function, trust, key, boundary, session, scp, "
        "rcp, "
        "vpc-endpoint";
    return base::error(fmt::format("'{}' is no policy type; the types are {}", name, kTypes));
  }
  TypeChoice choice{*type, equals == std::string::npos ? std::string() : text.substr(equals + 1)};
  if (equals != std::string::npos && choice.glob.empty())
    return base::error(fmt::format("'{}' has no path behind '='", text));
  options.types.push_back(std::move(choice));
  return {};
}

Result add_parameter(Options& options, const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    return base::error(fmt::format("'{}' is no parameter: write NAME=VALUE", text));
  options.parameters.insert_or_assign(text.substr(0, equals), text.substr(equals + 1));
  return {};
}

Result add_report(Options& options, const std::string& text, const std::vector<std::string_view>& formats) {
  const std::size_t equals = text.find('=');
  ReportRequest request{text.substr(0, equals), equals == std::string::npos ? "" : text.substr(equals + 1)};
  if (std::find(formats.begin(), formats.end(), request.format) == formats.end()) {
    std::string all;
    for (const std::string_view format : formats)
      all += fmt::format("{}{}", all.empty() ? "" : ", ", format);
    return base::error(fmt::format("'{}' is no report format; the formats are {}", request.format, all));
  }
  if (equals != std::string::npos && request.file.empty())
    return base::error(fmt::format("'{}' has no file behind '='", text));
  if (request.file == "-")
    request.file.clear();
  options.reports.push_back(std::move(request));
  return {};
}

Result add_report(Options& options, const std::string& text) {
  std::vector<std::string_view> formats;
  for (const reports::Renderer& renderer : reports::renderers())
    formats.push_back(renderer.name);
  return add_report(options, text, formats);
}

// Those of replay and match; the command says which are its own.
Result add_event_report(Options& options, const std::string& text) {
  return add_report(options, text, {"text", "summary", "json", "ndjson"});
}

Result set_time(Options& options, const std::string& text) {
  options.time = events::parse_time(text);
  if (!options.time)
    return base::error(fmt::format("'{}' is no time: write 2026-11-21T08:00:00Z", text));
  return {};
}

Result set_put_events_limit(Options& options, const std::string& text) {
  constexpr std::array<std::pair<std::string_view, std::size_t>, 2> kLimits{
      {{"262144", 262'144}, {"1048576", 1'048'576}}};
  return choose<std::size_t>(options.put_events_limit, text, kLimits);
}

Result set_budget(Options& options, const std::string& text) {
  const bool factor = text.ends_with('x');
  const auto number = whole_number(factor ? std::string_view(text).substr(0, text.size() - 1) : text);
  constexpr auto kMost = std::numeric_limits<std::uint32_t>::max();
  if (!number || *number == 0)
    return base::error(
        fmt::format("'{}' is no budget: write a number of solver steps, or a factor such as 10x", text));
  const prover::Budget ordinary;
  const unsigned long long steps =
      factor ? (*number > kMost ? kMost : *number * ordinary.solver_steps) : *number;
  options.budget.solver_steps = static_cast<std::uint32_t>(std::min<unsigned long long>(steps, kMost));
  // Rounds grow with the steps; a smaller budget keeps them, since the steps end it first.
  const unsigned long long times = std::max<unsigned long long>(1, steps / ordinary.solver_steps);
  options.budget.rounds =
      ordinary.rounds * static_cast<std::size_t>(std::min<unsigned long long>(times, 1'000'000));
  return {};
}

Result set_jobs(Options& options, const std::string& text) {
  const auto number = whole_number(text);
  constexpr unsigned kMost = 256;
  if (!number || *number == 0 || *number > kMost)
    return base::error(fmt::format("'{}' is no number from 1 to {}", text, kMost));
  options.jobs = static_cast<unsigned>(*number);
  return {};
}

}  // namespace grantproof::cli
