// SPDX-License-Identifier: Apache-2.0
//
// Under which path a managed policy of AWS stands: SAM takes its name alone. Source: AWS managed policy
// reference guide. A name that is not in the table stands under none; where that is wrong, the policy is not
// found, and that is said.
#pragma once

#include <string>
#include <string_view>

namespace grantproof::sources {

// "service-role/AWSLambdaBasicExecutionRole", "AmazonS3ReadOnlyAccess"
std::string managed_policy_path(std::string_view name);

}  // namespace grantproof::sources
