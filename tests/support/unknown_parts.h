// SPDX-License-Identifier: Apache-2.0
//
// Unknown parts (base/unknown_text.h) in random policies and requests, and what they may stand for. All of it
// on JSON text, so that a policy with its parts filled in is read as people would have written it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "access/request.h"
#include "support/random.h"

namespace grantproof::tests {

// What each part stands for, by what is between its marks.
using Values = std::map<std::string, std::string>;

class UnknownParts {
 public:
  explicit UnknownParts(Random& random) : random_(random) {}

  // The policy with some of its texts, or parts of them, unknown. Those parts may stand for what was there.
  std::string in_policy(std::string_view json);
  // The request with one of its accounts, names or values unknown wherever it stands in it.
  access::Request in_request(const access::Request& request);

  // Something for each part. `plain`: none of them has wildcards, colons or slashes.
  Values values(bool plain = false);
  Values values_without_wildcards();
  // Parts of requests stand for plain texts only.
  Values values_for_requests();

 private:
  std::string some_name();
  std::string with_part(const std::string& text);

  Random& random_;
  std::map<std::string, std::vector<std::string>> stood_there_;
  std::vector<std::string> in_requests_;
};

// The JSON text with the parts filled in.
std::string filled(std::string_view json, const Values& values);
access::Request filled(const access::Request& request, const Values& values);

}  // namespace grantproof::tests
