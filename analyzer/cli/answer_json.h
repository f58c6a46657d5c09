// SPDX-License-Identifier: Apache-2.0
//
// The answers of `diff` and `can` for programs: "grantproof-diff/1" and "grantproof-can/1". Within a version
// fields are only added. Reference: docs/reference/report-json.md.
#pragma once

#include <string>

#include "base/source.h"
#include "checks/difference.h"
#include "checks/estate_difference.h"
#include "checks/who_can.h"

namespace grantproof::cli {

std::string difference_json(const checks::Difference& difference, const base::SourceMap& sources);
// Of several policies.
std::string difference_json(const checks::EstateDifference& difference, const base::SourceMap& sources);
std::string can_json(const checks::CanAnswer& answer, const base::SourceMap& sources);

}  // namespace grantproof::cli
