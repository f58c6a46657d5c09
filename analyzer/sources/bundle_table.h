// SPDX-License-Identifier: Apache-2.0
//
// The lists of an account in a bundle, as data.
#pragma once

#include <span>
#include <string_view>

namespace grantproof::sources {

// A list of an account, and what its elements are. Keys are CloudFormation's, and Policy.
struct BundleList {
  std::string_view name;
  std::string_view type;
  std::string_view name_property;
  std::string_view policy_type;  // of the resource that an element's Policy becomes; empty: it has none
  std::string_view policy_of;    // property of that resource that says whose it is
  std::string_view keys;         // what an element may have, each with a blank before and behind it
};
std::span<const BundleList> bundle_lists();
// Null where there is no such list.
const BundleList* find_bundle_list(std::string_view name);

}  // namespace grantproof::sources
