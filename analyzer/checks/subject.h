// SPDX-License-Identifier: Apache-2.0
//
// What checks/ is given: policies that were read, and what is known about the world.
#pragma once

#include <cstdint>
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
};

struct World {
  const base::SourceMap* sources = nullptr;
  const aws::Reference* reference = nullptr;
  logic::Facts facts;
  prover::Budget budget;
  unsigned jobs = 1;
  // ARNs and names of real things. Unknown parts (base/unknown_text.h) that stand in them have no wildcards
  // where they stand in a policy; of all others nobody knows.
  std::vector<std::string> names;
};

}  // namespace grantproof::checks
