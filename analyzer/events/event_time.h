// SPDX-License-Identifier: Apache-2.0
//
// Times of events: whole seconds in UTC, written 2026-11-21T08:00:00Z. A PutEvents entry may give its Time in
// other forms, which are brought to this one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace grantproof::events {

// Seconds since 1970 of an ISO 8601 date and time, with a fraction (cut off) and "Z" or an offset; a date
// alone is its midnight, a time without an offset is UTC. Nothing where the text is none, or the year is
// beyond 9999.
std::optional<std::int64_t> parse_time(std::string_view text);
// A number of seconds since 1970, as the AWS SDKs send it.
std::optional<std::int64_t> parse_epoch_seconds(std::string_view number);
// REQUIRES: a year from 0000 to 9999.
std::string write_time(std::int64_t seconds);

}  // namespace grantproof::events
