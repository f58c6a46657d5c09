// SPDX-License-Identifier: Apache-2.0
#include "sources/source_kind.h"

#include <algorithm>
#include <array>

#include "sources/aws_dump.h"
#include "sources/bundle.h"
#include "sources/policy_document.h"
#include "sources/template_set.h"
#include "sources/terraform.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

bool has(const Node& node, std::string_view key) {
  return node.find(key) != nullptr;
}

// A PutEvents entry, or an event as targets receive it.
bool is_event(const Node& node) {
  return (has(node, "DetailType") && has(node, "Detail")) || (has(node, "detail-type") && has(node, "id"));
}

bool is_events(const Node& root) {
  const Node* entries = root.find("Entries");
  const Node& list = entries == nullptr ? root : *entries;
  return is_event(root) ||
         (list.kind == NodeKind::kList && !list.items.empty() && is_event(list.items.front()));
}

// An object whose leaves are lists, with a field of events among its keys.
bool is_pattern(const Node& root) {
  constexpr std::array<std::string_view, 5> kFields = {"source", "detail-type", "detail", "account",
                                                       "resources"};
  if (root.kind != NodeKind::kMap || root.members.empty())
    return false;
  const bool leaves = std::all_of(root.members.begin(), root.members.end(), [](const syntax::Member& member) {
    return member.value.kind == NodeKind::kList || member.value.kind == NodeKind::kMap;
  });
  return leaves && std::any_of(kFields.begin(), kFields.end(),
                               [&](std::string_view field) { return has(root, field); });
}

struct KindRow {
  SourceKind kind;
  bool (*is)(const Node& root);
  std::string_view description;
};
// In this order: a document is the first that it looks like.
constexpr std::array<KindRow, 8> kKinds = {{
    {SourceKind::kBundle, is_bundle, "a bundle of grantproof"},
    {SourceKind::kCdkManifest, is_cdk_manifest, "a manifest of the CDK"},
    {SourceKind::kTerraform, is_terraform, "a plan or state of Terraform"},
    {SourceKind::kTemplate, is_template, "a CloudFormation template"},
    {SourceKind::kAwsDump, is_aws_dump, "an answer of the AWS CLI"},
    {SourceKind::kPolicy, meant_as_policy, "a policy"},
    {SourceKind::kEvents, is_events, "events"},
    {SourceKind::kEventPattern, is_pattern, "an event pattern"},
}};

}  // namespace

std::string_view describe(SourceKind kind) {
  for (const KindRow& row : kKinds) {
    if (row.kind == kind)
      return row.description;
  }
  return "a document";
}

SourceKind source_kind(const Node& root) {
  for (const KindRow& row : kKinds) {
    if (row.is(root))
      return row.kind;
  }
  return SourceKind::kUnknown;
}

}  // namespace grantproof::sources
