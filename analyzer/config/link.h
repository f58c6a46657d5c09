// SPDX-License-Identifier: Apache-2.0
//
// What was gathered, put together: rules and archives to their buses, targets to their rules, statements to
// policies, policies to principals and resources, members to groups. What is referred to and not there is
// told as gaps (GP0302) and absent documents (GP0303).
#pragma once

#include "config/gathering.h"

namespace grantproof::config {

void link(Gathering& gathering);

// ---- its steps
void link_event_buses(Gathering& gathering);
void link_policy_parts(Gathering& gathering);  // after the buses
void link_principals(Gathering& gathering);
void link_control_policies(Gathering& gathering);
void link_organization(Gathering& gathering);  // after its policies

}  // namespace grantproof::config
