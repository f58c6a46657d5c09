// SPDX-License-Identifier: Apache-2.0
#include "config/link.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/unknown_text.h"

namespace grantproof::config {
namespace {

// Accounts that are known from the ARNs of what stands in them.
void find_accounts(Configuration& configuration) {
  std::set<std::string> known;
  for (const Account& account : configuration.accounts)
    known.insert(account.id);
  std::set<std::string> found;
  const auto see = [&](const std::string& account) {
    if (!account.empty() && known.count(account) == 0)
      found.insert(account);
  };
  for (const Principal& principal : configuration.principals)
    see(principal.account);
  for (const EventBus& bus : configuration.event_buses)
    see(bus.account);
  for (const TargetResource& resource : configuration.target_resources)
    see(resource.account);
  for (const std::string& account : found)
    configuration.accounts.push_back({account, {}});
  std::sort(configuration.accounts.begin(), configuration.accounts.end(),
            [](const Account& left, const Account& right) { return left.id < right.id; });
}

void tell_gaps(Gathering& gathering) {
  for (const Gap& gap : gathering.configuration.gaps) {
    gathering.sink.report({.rule = "GP0302",
                           .severity = base::Severity::kWarning,
                           .message = gap.message,
                           .primary = {.span = gap.span, .text = {}},
                           .secondary = {},
                           .help = gap.help});
  }
}

}  // namespace

void link_organization(Gathering& gathering) {
  std::vector<OrganizationalUnit>& units = gathering.configuration.organization.units;
  for (const Gathering::UnitPolicy& attached : gathering.unit_policies) {
    auto unit = std::find_if(units.begin(), units.end(),
                             [&](const OrganizationalUnit& one) { return one.id == attached.unit; });
    if (unit == units.end()) {
      OrganizationalUnit added;
      added.id = attached.unit;
      unit = units.insert(units.end(), std::move(added));
    }
    (attached.resource_control ? unit->resource_control_policies : unit->service_control_policies)
        .push_back(attached.policy);
  }
}

void link(Gathering& gathering) {
  link_event_buses(gathering);
  link_policy_parts(gathering);
  link_principals(gathering);
  link_control_policies(gathering);
  link_organization(gathering);
  find_accounts(gathering.configuration);
  tell_gaps(gathering);
}

}  // namespace grantproof::config
