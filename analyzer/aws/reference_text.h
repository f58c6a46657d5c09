// SPDX-License-Identifier: Apache-2.0
//
// The text form of the service reference, one fact a line (rules/aws/README.md explains the lines), read into
// rows that still name each other by position in the text. The text may come from anybody (--reference FILE):
// everything is checked here and a mistake is named by its line; what was read without error is sound.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "aws/reference.h"
#include "base/expected.h"

namespace grantproof::aws {

// All string_views lead into the text that was read.
struct ReferenceText {
  struct Key {
    std::string_view name;  // as written, "aws:PrincipalTag/${TagKey}"
    KeyType type = KeyType::kString;
    bool multivalued = false;
  };
  struct ResourceType {
    std::string_view name;
    std::string_view format;
    std::vector<std::uint32_t> keys;  // places in `keys`
  };
  struct ActionResource {
    std::uint32_t type = 0;  // place in the service's resource types
    bool required = false;
  };
  struct Action {
    std::string_view name;  // without the service
    std::uint8_t access_levels = 0;
    std::vector<ActionResource> resources;
    std::vector<std::uint32_t> keys;
    std::vector<std::uint32_t> single_keys;  // multivalued, but this action's requests carry one value
  };
  struct Service {
    std::string_view prefix;
    bool rcp = false;
    std::vector<ResourceType> resource_types;
    std::vector<Action> actions;
  };
  std::string_view version;
  std::string_view date;
  std::vector<Key> keys;
  std::vector<Service> services;
};

// The reference of 2026 has 2 MB.
inline constexpr std::size_t kLongestReferenceText = std::size_t{64} << 20;

// Error: "line 12: …".
base::Expected<ReferenceText> read_reference_text(std::string_view text);

}  // namespace grantproof::aws
