// SPDX-License-Identifier: Apache-2.0
//
// Ids that settings and flags give, and whether they can be any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"

namespace grantproof::cli {

// "o-" and 10 to 32 lower-case letters and digits. Source: AWS Organizations API Reference, Organization.
bool is_organization_id(std::string_view text);
// Twelve digits.
bool is_account_id(std::string_view text);
// "2027-03-31", a day that the calendar has.
bool is_date(std::string_view text);

// "111122223333,444455556666"
base::Expected<void> add_account_ids(std::vector<std::string>& into, std::string_view list);

}  // namespace grantproof::cli
