// SPDX-License-Identifier: Apache-2.0
//
// When two JSON numbers are the same number. EventBridge compares values (300, 300.0 and 3.0e2 are equal),
// but only of numbers that a double keeps: 9007199254740993 is not one of them, nor is 1e400. Such a number
// equals only its own spelling, and no range contains it.
#pragma once

#include <optional>
#include <string_view>

namespace grantproof::events {

// The value of a number as it is written in JSON; nothing where the shortest text of the nearest double has
// another value. -0 is 0. REQUIRES: a number by the grammar of JSON.
std::optional<double> comparable_number(std::string_view text);

}  // namespace grantproof::events
