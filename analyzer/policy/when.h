// SPDX-License-Identifier: Apache-2.0
//
// Conditions of templates that nobody could decide, as Statement::when and Resource::when write them ("IsProd
// and not UseHub"), and the cases that have to be told apart because of them.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace grantproof::policy {

inline constexpr std::size_t kMostConditions = 5;  // 32 cases

// One way in which conditions may turn out.
using Case = std::map<std::string, bool>;

void add_conditions(std::string_view when, std::set<std::string>& conditions);
// Every way; one without any condition.
std::vector<Case> cases_of(const std::set<std::string>& conditions);
// REQUIRES: the case has the conditions of `when`.
bool holds(std::string_view when, const Case& assumed);
std::string describe(const Case& assumed);
// "IsProd or not IsProd and UseHub"; without the conditions that make no difference. Empty: every case.
std::string describe(std::vector<Case> cases);

}  // namespace grantproof::policy
