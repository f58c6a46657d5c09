// SPDX-License-Identifier: Apache-2.0
//
// What real values look like: principal ARNs by kind, account ids, organisation ids, resource ARNs as the
// service reference writes them. Used by the SymbolicRequest and by request_space, so that a witness looks
// like a request.
//
// The formats are kept wide where AWS is not exact about them: a format that is too narrow would prove things
// that do not hold.
#pragma once

#include <string_view>
#include <vector>

#include "aws/reference.h"
#include "logic/symbolic_request.h"
#include "patterns/glob.h"

namespace grantproof::logic {

// Appends a non-empty run of the class.
patterns::Glob& some_units(patterns::Glob& glob, patterns::UnitClass unit_class);
// "arn:" + a partition (aws, aws-cn, aws-us-gov) + ":"
patterns::Glob arn_start();
// Twelve digits.
patterns::Glob& account_id(patterns::Glob& glob);

std::vector<patterns::Glob> principal_format(SymbolicRequest::Kind kind);
// Every account principal of the account; the text may have wildcards (within the field).
std::vector<patterns::Glob> principals_of_account(std::string_view account);
// Values of an ARN format of the service reference; the wide reading of each placeholder.
std::vector<patterns::Glob> resource_format(std::string_view arn_format);
// Globs of the base attribute whose projected part is in the given globs.
std::vector<patterns::Glob> project(Projection projection, const std::vector<patterns::Glob>& globs);
// Globs of the base attribute that have no such part, of those that a request can have.
std::vector<patterns::Glob> without_part(Projection projection);
// The projected part of a value, where it has one.
std::optional<std::string> projected(Projection projection, std::string_view base_value);
// Values that a key of this name may have; empty: any text.
std::vector<patterns::Glob> key_format(std::string_view folded_key, aws::KeyType type);

}  // namespace grantproof::logic
