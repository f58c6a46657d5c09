// SPDX-License-Identifier: Apache-2.0
//
// What checks/ is given: policies that were read, and what is known about the world.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "aws/reference.h"
#include "base/diagnostic.h"
#include "base/source.h"
#include "logic/request_space.h"
#include "policy/policy.h"
#include "prover/prover.h"

namespace grantproof::checks {

// One policy document and where it came from. The Policy is owned by the caller and outlives every answer.
struct Subject {
  const policy::Policy* policy = nullptr;
  std::string path;  // as shown to people
  // ARN of what the policy is attached to (bus, queue, role); empty where nobody said.
  std::string attached_to;
  std::string name = {};  // of an inline or managed policy; may be empty
  std::string when = {};  // a condition of its template under which it exists; empty: always
  // Of a policy of an organisation: the root, unit or account that has it, how far below the root that is,
  // and the accounts there. No accounts: nobody said, it holds for everyone.
  std::string entity = {};
  std::size_t depth = 0;
  std::vector<std::string> accounts = {};
};

struct World {
  const base::SourceMap* sources = nullptr;
  const aws::Reference* reference = nullptr;
  logic::Facts facts;
  prover::Budget budget;
  unsigned jobs = 1;
  // Told how many of the policies are done; from one thread at a time. May be empty.
  std::function<void(std::size_t done, std::size_t total)> progress = {};
  // ARNs and names of real things. Unknown parts (base/unknown_text.h) that stand in them have no wildcards
  // where they stand in a policy; of all others nobody knows.
  std::vector<std::string> names = {};
};

}  // namespace grantproof::checks
