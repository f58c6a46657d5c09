// SPDX-License-Identifier: Apache-2.0
//
// What the name of a file says that the answer in it does not: list-targets-by-rule names no rule,
// get-key-policy no key. The name has the arguments of the call, behind the command or beside a word:
//
//   list-targets-by-rule.orders.to-sqs.json    events-list-targets-by-rule.to-sqs.json
//   targets.orders.to-sqs.json    targets-to-sqs.json    orders.to-sqs.targets.json
//   get-key-policy.1234abcd-12ab-34cd-56ef-1234567890ab.json    key-1234abcd-….json
//   get-policy-version.OrdersPolicy.json    policy-OrdersPolicy.json
//
// Where names have dots themselves, only a member beside the answer tells clearly what is meant.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace grantproof::sources {

struct FileWords {
  std::string_view command;    // "list-targets-by-rule"
  std::string_view word = {};  // "targets"
};

// The last component of a path without its extension.
std::string_view file_stem(std::string_view path);

// Up to `most` arguments; none where the name does not have them, or has more.
std::vector<std::string> arguments_in_file_name(std::string_view path, const FileWords& words,
                                                std::size_t most = 1);

}  // namespace grantproof::sources
