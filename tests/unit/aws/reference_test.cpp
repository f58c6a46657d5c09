// SPDX-License-Identifier: Apache-2.0
//
// Look-ups in the embedded reference. Expectations are from the Service Authorization Reference of AWS, for
// actions that are old enough to stay.
#include "aws/reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace grantproof::aws {
namespace {

const Reference& reference() {
  return Reference::embedded();
}

ActionId id(std::string_view action) {
  const auto found = reference().find_action(action);
  EXPECT_TRUE(found) << action;
  return found.value_or(0);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

std::set<std::string_view> formats_of(std::string_view action) {
  std::set<std::string_view> formats;
  for (const ResourceUse& use : reference().resources_of(id(action)))
    formats.insert(reference().arn_format(use.type));
  return formats;
}

std::uint8_t bits(std::initializer_list<AccessLevel> levels) {
  unsigned result = 0;
  for (const AccessLevel level : levels)
    result |= static_cast<unsigned>(level);
  return static_cast<std::uint8_t>(result);
}

TEST(Reference, SaysWhatItWasMadeFrom) {
  const std::string_view date = reference().date();
  ASSERT_EQ(date.size(), 10U);
  EXPECT_EQ(date[4], '-');
  EXPECT_EQ(date[7], '-');
  EXPECT_GE(date, "2026-09-26");
  EXPECT_FALSE(reference().version().empty());
}

TEST(Reference, HoldsAllOfAws) {
  EXPECT_GT(reference().service_count(), 400U);
  EXPECT_GT(reference().action_count(), 20'000U);
  EXPECT_GT(reference().resource_type_count(), 2'000U);
}

// ---- ids
// ------------------------------------------------------------------------------------------------------

TEST(Reference, IdsAreDenseAndOrderedByServiceAndName) {
  ActionId next = 0;
  std::pair<std::string, std::string> previous;
  for (ServiceId service = 0; service < reference().service_count(); ++service) {
    const auto [begin, end] = reference().actions_of(service);
    EXPECT_EQ(begin, next);
    ASSERT_LE(begin, end);
    const std::string prefix(reference().service_prefix(service));
    for (ActionId i = begin; i < end; ++i) {
      const std::string name(reference().action(i));
      ASSERT_TRUE(name.starts_with(prefix + ':')) << name;
      std::pair<std::string, std::string> place(prefix, lower(name.substr(prefix.size() + 1)));
      EXPECT_LT(previous, place) << name;
      previous = std::move(place);
      EXPECT_EQ(reference().service_of(i), service) << name;
    }
    next = end;
  }
  EXPECT_EQ(next, reference().action_count());
}

TEST(Reference, EveryNameIsFoundInAnyCase) {
  for (ServiceId i = 0; i < reference().service_count(); ++i) {
    EXPECT_EQ(reference().find_service(reference().service_prefix(i)), i);
  }
  for (ActionId i = 0; i < reference().action_count(); ++i) {
    std::string name(reference().action(i));
    EXPECT_EQ(reference().find_action(name), i) << name;
    EXPECT_EQ(reference().find_action(lower(name)), i) << name;
    for (char& c : name)
      c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    EXPECT_EQ(reference().find_action(name), i) << name;
  }
}

TEST(Reference, FindsNoActionThatIsNone) {
  for (const std::string_view name :
       {"", ":", "*", "events", "events:", ":PutEvents", "PutEvents", "events:PutEvent", "events:PutEventss",
        "events:Put*", "events:PutEvents ", " events:PutEvents", "event:PutEvents", "events:PutEvents:x",
        "events::PutEvents", "zzzz:Zzzz", "aaaa:Aaaa", "events:\xff"}) {
    EXPECT_FALSE(reference().find_action(name)) << name;
  }
  for (const std::string_view prefix : {"", "*", "event", "eventss", "events:", "zzzzzz"}) {
    EXPECT_FALSE(reference().find_service(prefix)) << prefix;
  }
}

TEST(Reference, GivesTheCanonicalSpelling) {
  EXPECT_EQ(reference().action(id("EVENTS:putevents")), "events:PutEvents");
  EXPECT_EQ(reference().action(id("s3:getobject")), "s3:GetObject");
  EXPECT_EQ(reference().service_prefix(*reference().find_service("S3")), "s3");
  // '-' sorts before the letters and ':' after the digits; neighbours like these need both in their place.
  EXPECT_EQ(reference().service_prefix(reference().service_of(id("s3-outposts:GetObject"))), "s3-outposts");
  EXPECT_EQ(reference().service_prefix(reference().service_of(id("s3express:CreateSession"))), "s3express");
}

// ---- facts
// ----------------------------------------------------------------------------------------------------

TEST(Reference, KnowsAccessLevels) {
  struct Case {
    std::string_view action;
    std::uint8_t levels;
  };
  const Case cases[] = {
      {"events:PutEvents", bits({AccessLevel::kWrite})},
      {"s3:GetObject", bits({AccessLevel::kRead})},
      {"s3:ListBucket", bits({AccessLevel::kList})},
      {"ec2:DescribeInstances", bits({AccessLevel::kList})},
      {"sts:GetCallerIdentity", bits({AccessLevel::kRead})},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(static_cast<int>(reference().access_levels(id(each.action))), static_cast<int>(each.levels))
        << each.action;
  }
  // Some actions stand under two levels; the one that matters must be among them.
  const auto has = [](std::string_view action, AccessLevel level) {
    return (reference().access_levels(id(action)) & static_cast<std::uint8_t>(level)) != 0;
  };
  EXPECT_TRUE(has("ec2:CreateTags", AccessLevel::kTagging));
  EXPECT_TRUE(has("iam:CreatePolicyVersion", AccessLevel::kPermissionsManagement));
  EXPECT_TRUE(has("s3:PutBucketPolicy", AccessLevel::kPermissionsManagement));
  for (ActionId i = 0; i < reference().action_count(); ++i) {
    EXPECT_LT(reference().access_levels(i), 32) << reference().action(i);
    EXPECT_NE(reference().access_levels(i), 0) << reference().action(i);
  }
}

TEST(Reference, KnowsResourceTypes) {
  EXPECT_TRUE(formats_of("events:PutEvents")
                  .contains("arn:${Partition}:events:${Region}:${Account}:event-bus/${EventBusName}"));
  const std::set<std::string_view> rule = {
      "arn:${Partition}:events:${Region}:${Account}:rule/${RuleName}",
      "arn:${Partition}:events:${Region}:${Account}:rule/${EventBusName}/${RuleName}"};
  EXPECT_EQ(formats_of("events:PutTargets"), rule);
  EXPECT_TRUE(formats_of("s3:GetObject").contains("arn:${Partition}:s3:::${BucketName}/${ObjectName}"));
  EXPECT_TRUE(
      formats_of("iam:PassRole").contains("arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"));
  // No resource type: asked about "*".
  for (const std::string_view action :
       {"events:ListEventBuses", "ec2:DescribeInstances", "s3:ListAllMyBuckets", "sts:GetCallerIdentity"}) {
    EXPECT_TRUE(reference().resources_of(id(action)).empty()) << action;
  }
  // One cell of the page with two formats: both are accepted.
  const auto model = formats_of("apigateway:DELETE");
  EXPECT_TRUE(model.contains("arn:${Partition}:apigateway:${Region}::/apis/${ApiId}/models/${ModelId}"));
  EXPECT_TRUE(
      model.contains("arn:${Partition}:apigateway:${Region}::/restapis/${RestApiId}/models/${ModelName}"));
}

TEST(Reference, SaysWhichResourceTypesAreRequired) {
  const auto required = [](std::string_view action, std::string_view type) {
    for (const ResourceUse& use : reference().resources_of(id(action))) {
      if (reference().resource_type(use.type) == type)
        return use.required;
    }
    ADD_FAILURE() << action << " has no resource type " << type;
    return false;
  };
  EXPECT_TRUE(required("s3:PutBucketPolicy", "bucket"));
  EXPECT_TRUE(required("iam:PassRole", "role"));
  EXPECT_TRUE(required("events:CreateArchive", "archive"));
  EXPECT_FALSE(required("events:CreateArchive", "key"));
}

TEST(Reference, ResourceUsesLeadIntoTheTable) {
  for (ActionId i = 0; i < reference().action_count(); ++i) {
    for (const ResourceUse& use : reference().resources_of(i)) {
      ASSERT_LT(use.type, reference().resource_type_count()) << reference().action(i);
    }
  }
}

TEST(Reference, KnowsTheServicesOfResourceControlPolicies) {
  for (const std::string_view prefix : {"events", "sts", "kms", "sqs", "s3", "secretsmanager"}) {
    EXPECT_TRUE(reference().rcp_supported(*reference().find_service(prefix))) << prefix;
  }
  for (const std::string_view prefix : {"iam", "organizations"}) {
    EXPECT_FALSE(reference().rcp_supported(*reference().find_service(prefix))) << prefix;
  }
}

}  // namespace
}  // namespace grantproof::aws
