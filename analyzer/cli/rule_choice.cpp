// SPDX-License-Identifier: Apache-2.0
#include "cli/rule_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "checks/rule.h"

namespace grantproof::cli {
namespace {

// Not JSON, too large, not UTF-8, undecided, not understood.
constexpr std::array<std::string_view, 6> kAlwaysOn = {"GP0001", "GP0003", "GP0004",
                                                       "GP0005", "GP0006", "GP0007"};

// The ids that a word stands for.
base::Expected<std::vector<std::string>> ids_of(const std::string& word) {
  if (const checks::Rule* rule = checks::find_rule(word))
    return std::vector<std::string>{rule->id};
  const std::string prefix = upper_case(word);
  std::vector<std::string> ids;
  if (prefix.starts_with("GP")) {
    for (const checks::Rule& rule : checks::rules()) {
      if (rule.id.starts_with(prefix))
        ids.push_back(rule.id);
    }
  }
  if (ids.empty())
    return tl::unexpected<base::Error>(no_such_rule_error(word));
  return ids;
}

}  // namespace

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

Misnamed no_such_rule(std::string_view name) {
  std::vector<std::string_view> names;
  for (const checks::Rule& rule : checks::rules()) {
    names.emplace_back(rule.id);
    names.emplace_back(rule.slug);
  }
  // Of names that are equally near, the one that begins alike: GP20001 is GP2001, not GP0001.
  const auto alike = [name](std::string_view candidate) {
    return std::mismatch(name.begin(), name.end(), candidate.begin(), candidate.end()).first - name.begin();
  };
  std::stable_sort(names.begin(), names.end(), [&alike](std::string_view left, std::string_view right) {
    return alike(left) > alike(right);
  });
  const auto meant = base::nearest(name, names);
  return {fmt::format("there is no rule '{}'", name),
          meant ? fmt::format("did you mean {}?", *meant) : "'grantproof rules' lists them"};
}

base::Error no_such_rule_error(std::string_view name) {
  const Misnamed misnamed = no_such_rule(name);
  return base::Error{fmt::format("{}\n  {}", misnamed.message, misnamed.help)};
}

bool always_on(std::string_view rule_id) {
  return std::find(kAlwaysOn.begin(), kAlwaysOn.end(), rule_id) != kAlwaysOn.end();
}

base::Expected<checks::CheckSelection> choose_rules(const std::vector<std::string>& select,
                                                    const std::vector<std::string>& ignore) {
  checks::CheckSelection selection;
  for (const std::string& word : select) {
    const auto ids = ids_of(word);
    if (!ids)
      return tl::unexpected<base::Error>(ids.error());
    selection.select.insert(selection.select.end(), ids->begin(), ids->end());
  }
  if (!selection.select.empty())
    selection.select.insert(selection.select.end(), kAlwaysOn.begin(), kAlwaysOn.end());
  for (const std::string& word : ignore) {
    const auto ids = ids_of(word);
    if (!ids)
      return tl::unexpected<base::Error>(ids.error());
    if (ids->size() == 1 && always_on(ids->front()))
      return base::error(fmt::format(
          "{} cannot be ignored: it says that something has no verdict{}", ids->front(),
          ids->front() == "GP0006" ? "\n  --allow-undecided lets questions without an answer pass" : ""));
    std::copy_if(ids->begin(), ids->end(), std::back_inserter(selection.ignore),
                 [](const std::string& id) { return !always_on(id); });
  }
  return selection;
}

}  // namespace grantproof::cli
