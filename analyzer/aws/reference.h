// SPDX-License-Identifier: Apache-2.0
//
// The service reference: actions, access levels, resource types with their ARN formats, and condition keys
// with their types, for every AWS service. Compiled at build time from rules/aws/ into tables that are
// embedded in the binary and used where they lie: nothing is parsed at start. A newer file can be loaded in
// its place.
//
// Ids are dense and ordered (service, then action name without regard to case), so that sets of actions are
// bit sets. A Reference is immutable; string_views live as long as it does.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/expected.h"

namespace grantproof::aws {

using ActionId = std::uint32_t;
using ServiceId = std::uint32_t;
using ResourceTypeId = std::uint32_t;

enum class AccessLevel : std::uint8_t {
  kList = 1,
  kRead = 2,
  kWrite = 4,
  kTagging = 8,
  kPermissionsManagement = 16
};

enum class KeyType : std::uint8_t { kString, kNumeric, kDate, kBool, kAddress, kArn, kBinary };

struct KeyInfo {
  // Canonical spelling; tag keys end in "/" ("aws:PrincipalTag/"). Other parts that the user fills in stand
  // in the name as placeholders ("codebuild:secondarySources/${sourceIdentifier}.location",
  // "${Host}.${Domain}:sub").
  std::string_view name;
  KeyType type = KeyType::kString;
  bool multivalued = false;
  bool templated = false;  // many keys have this name: only the name that was looked up tells them apart
};

struct ResourceUse {
  ResourceTypeId type = 0;
  bool required = false;
};

class Reference {
 public:
  // The embedded tables.
  static const Reference& embedded();
  // The same text format as rules/aws/ holds. Errors: unreadable, malformed (with the line).
  static base::Expected<Reference> load(const std::string& path);
  static base::Expected<Reference> parse(std::string_view text);

  Reference(Reference&&) noexcept;
  Reference& operator=(Reference&&) noexcept;
  ~Reference();

  std::string_view date() const;     // "2026-09-26"
  std::string_view version() const;  // of the package it was made from

  std::size_t action_count() const;
  std::size_t service_count() const;
  // "events:PutEvents", canonical spelling
  std::string_view action(ActionId id) const;
  std::optional<ActionId> find_action(std::string_view name) const;  // without regard to case
  std::optional<ServiceId> find_service(std::string_view prefix) const;
  std::string_view service_prefix(ServiceId id) const;
  ServiceId service_of(ActionId id) const;
  // First action of the service and one past its last.
  std::pair<ActionId, ActionId> actions_of(ServiceId id) const;
  std::uint8_t access_levels(ActionId id) const;  // AccessLevel bits

  // Actions that match an action pattern with '*' and '?', without regard to case, ascending. A pattern
  // without wildcards in the service prefix costs a binary search plus a scan of what its literal prefix
  // leaves.
  std::vector<ActionId> match(std::string_view pattern) const;

  // Resource types an action accepts. None: the action is evaluated against "*".
  std::span<const ResourceUse> resources_of(ActionId id) const;
  // "arn:${Partition}:events:${Region}:${Account}:event-bus/${EventBusName}"
  std::string_view arn_format(ResourceTypeId id) const;
  std::string_view resource_type(ResourceTypeId id) const;
  std::size_t resource_type_count() const;

  // A condition key, global or of a service, without regard to case; "aws:PrincipalTag/team" finds
  // "aws:PrincipalTag/".
  std::optional<KeyInfo> find_key(std::string_view name) const;
  // The same, as requests of this action carry the key: "events:source" is a list for PutRule but one value
  // for PutEvents, whose entries are authorised one by one.
  std::optional<KeyInfo> find_key(std::string_view name, ActionId action) const;
  // Does the reference list this key for the action (on the action or on one of its resource types)?
  bool lists_key(ActionId id, std::string_view name) const;
  // Every action for which the reference lists this key, ascending; none for keys that belong to no service,
  // such as aws:SourceIp or ec2:SourceInstanceARN. The first call for a key looks at every action (some 0.1
  // ms); the answer is kept. Any thread may ask.
  std::span<const ActionId> actions_listing(std::string_view key_name) const;
  // Is the service one that RCPs apply to?
  bool rcp_supported(ServiceId id) const;

  // Nearest names, for "did you mean"; empty where nothing is near.
  std::optional<std::string_view> nearest_action(std::string_view name) const;
  std::optional<std::string_view> nearest_service(std::string_view prefix) const;
  std::optional<std::string_view> nearest_key(std::string_view name) const;

 private:
  struct Tables;
  explicit Reference(std::unique_ptr<Tables> tables);
  std::unique_ptr<Tables> tables_;
};

}  // namespace grantproof::aws
