// SPDX-License-Identifier: Apache-2.0
//
// An Amazon Resource Name cut at its first five colons: arn:partition:service:region:account:resource.
#pragma once

#include <optional>
#include <string_view>

namespace grantproof::aws {

// Views into the text that was cut.
struct Arn {
  std::string_view partition;
  std::string_view service;
  std::string_view region;
  std::string_view account;
  std::string_view resource;
};

// Nothing where the text has fewer than five colons or does not begin with "arn:". Wildcards are not looked
// at.
std::optional<Arn> parse_arn(std::string_view text);
bool is_account_id(std::string_view text);  // twelve digits

}  // namespace grantproof::aws
