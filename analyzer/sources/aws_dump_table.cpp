// SPDX-License-Identifier: Apache-2.0
#include "sources/aws_dump_table.h"

#include <fmt/format.h>

#include <string>

#include "aws/arn.h"
#include "base/text.h"

namespace grantproof::sources {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

namespace {

bool begins(std::string_view text, std::string_view pattern) {
  if (text.size() < pattern.size())
    return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == '#' ? !digit : text[i] != pattern[i])
      return false;
  }
  return true;
}

bool shows(const Mark& mark, const Node& entry) {
  const Node* value = entry.find(mark.member);
  if (value == nullptr || value->kind == NodeKind::kNull)
    return false;
  if (mark.begins.empty())
    return true;
  if (!is_text(*value))
    return false;
  if (const auto arn = aws::parse_arn(value->text))
    return begins(fmt::format("{}:{}", arn->service, arn->resource), mark.begins);
  return begins(value->text, mark.begins);
}

}  // namespace

std::span<const std::span<const Row>> all_rows() {
  static const std::array<std::span<const Row>, 5> kTables = {event_rows(), iam_rows(), organization_rows(),
                                                              target_rows(), recorded_rows()};
  return kTables;
}

bool fits(const Row& row, const Node& entry) {
  if (entry.kind != NodeKind::kMap || row.marks[0].member.empty())
    return false;
  for (const Mark& mark : row.marks) {
    if (!mark.member.empty() && !shows(mark, entry))
      return false;
  }
  return true;
}

const Node* find_member(const Node& node, std::string_view name) {
  const Node* found = node.find(name);
  for (const Member& member : node.members) {
    if (found != nullptr)
      break;
    if (base::equals_ignoring_case(member.key, name))
      found = &member.value;
  }
  return found == nullptr || found->kind == NodeKind::kNull ? nullptr : found;
}

std::string_view text_of(const Node& node, std::string_view name) {
  const Node* found = find_member(node, name);
  return found != nullptr && is_text(*found) ? std::string_view(found->text) : std::string_view();
}

bool is_text(const Node& node) {
  return node.kind == NodeKind::kString || node.kind == NodeKind::kNumber;
}

std::span<const Node> entries_of(const Node& value) {
  if (value.kind == NodeKind::kList)
    return value.items;
  return {&value, 1};
}

std::string_view name_in_arn(std::string_view arn) {
  const auto parts = aws::parse_arn(arn);
  if (!parts)
    return {};
  // Names of partners' buses have slashes, and functions have versions behind a colon.
  for (const std::string_view begin : {"event-bus/", "function:"}) {
    if (parts->resource.starts_with(begin))
      return parts->resource.substr(begin.size());
  }
  const std::size_t last = parts->resource.find_last_of(":/");
  return last == std::string_view::npos ? parts->resource : parts->resource.substr(last + 1);
}

}  // namespace grantproof::sources
