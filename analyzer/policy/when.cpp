// SPDX-License-Identifier: Apache-2.0
#include "policy/when.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace grantproof::policy {
namespace {

using Conjunction = std::vector<std::pair<std::string, bool>>;

std::vector<std::string_view> cut(std::string_view text, std::string_view word) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find(word);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos)
      return parts;
    text.remove_prefix(at + word.size());
  }
}

// "IsProd and not UseHub or IsTest": one of these holds as a whole. No condition at all: always.
std::vector<Conjunction> alternatives_of(std::string_view when) {
  constexpr std::string_view kNot = "not ";
  std::vector<Conjunction> alternatives;
  for (const std::string_view one : cut(when, " or ")) {
    Conjunction& all = alternatives.emplace_back();
    for (std::string_view condition : cut(one, " and ")) {
      const bool negated = condition.starts_with(kNot);
      if (negated)
        condition.remove_prefix(kNot.size());
      if (!condition.empty())
        all.emplace_back(condition, !negated);
    }
  }
  return alternatives;
}

}  // namespace

void add_conditions(std::string_view when, std::set<std::string>& conditions) {
  for (const Conjunction& all : alternatives_of(when)) {
    for (const auto& [condition, value] : all)
      conditions.insert(condition);
  }
}

std::vector<Case> cases_of(const std::set<std::string>& conditions) {
  std::vector<Case> cases(1);
  for (const std::string& condition : conditions) {
    std::vector<Case> longer;
    longer.reserve(cases.size() * 2);
    for (const Case& one : cases) {
      for (const bool value : {true, false}) {
        longer.push_back(one);
        longer.back().emplace(condition, value);
      }
    }
    cases = std::move(longer);
  }
  return cases;
}

bool holds(std::string_view when, const Case& assumed) {
  return std::ranges::any_of(alternatives_of(when), [&](const Conjunction& all) {
    return std::ranges::all_of(all, [&](const auto& one) { return assumed.at(one.first) == one.second; });
  });
}

std::string describe(const Case& assumed) {
  std::string text;
  for (const auto& [condition, value] : assumed)
    text += fmt::format("{}{}{}", text.empty() ? "" : " and ", value ? "" : "not ", condition);
  return text;
}

std::string describe(std::vector<Case> cases) {
  // Two cases that differ in one condition are one without it.
  const auto join = [&cases] {
    for (std::size_t i = 0; i < cases.size(); ++i) {
      for (std::size_t j = i + 1; j < cases.size(); ++j) {
        std::string only;
        std::size_t differ = cases[i].size() == cases[j].size() ? 0 : 2;
        for (const auto& [condition, value] : cases[i]) {
          const auto other = cases[j].find(condition);
          if (other == cases[j].end()) {
            differ = 2;
          } else if (other->second != value) {
            ++differ;
            only = condition;
          }
        }
        if (differ != 1)
          continue;
        cases[i].erase(only);
        cases.erase(cases.begin() + static_cast<std::ptrdiff_t>(j));
        return true;
      }
    }
    return false;
  };
  while (join()) {
  }
  std::string text;
  for (const Case& one : cases)
    text += (text.empty() ? "" : " or ") + describe(one);
  return text;
}

}  // namespace grantproof::policy
