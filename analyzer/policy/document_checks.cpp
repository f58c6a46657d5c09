// SPDX-License-Identifier: Apache-2.0
#include "policy/document_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "base/unknown_text.h"

namespace grantproof::policy {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

// Types that IAM or Organizations store; other services have rules of their own.
bool is_stored_by_iam(PolicyType type) {
  switch (type) {
    case PolicyType::kIdentity:
    case PolicyType::kTrust:
    case PolicyType::kPermissionsBoundary:
    case PolicyType::kSession:
    case PolicyType::kServiceControl:
    case PolicyType::kResourceControl:
      return true;
    case PolicyType::kResource:
    case PolicyType::kKey:
    case PolicyType::kVpcEndpoint:
      return false;
  }
  return false;
}

// Source: IAM User Guide, "IAM and AWS STS quotas": U+0009, U+000A, U+000D and U+0020 to U+00FF.
bool is_allowed(char32_t value) {
  return value == 0x9 || value == 0xA || value == 0xD || (value >= 0x20 && value <= 0xFF);
}

void check_text(ReaderContext& context, const Node& node) {
  const bool some_unknown = base::has_unknown(node.text);
  for (std::size_t i = 0; i < node.text.size();) {
    const base::CodePoint point = base::code_point_at(node.text, i);
    // The marks of unknown parts are not in the policy that AWS gets.
    if (!is_allowed(point.value) && !(some_unknown && base::is_unknown_mark(point.value))) {
      const base::Span span = part_of(node, i, i + point.length);
      context.report(GrammarRuleId::kCharset, span,
                     fmt::format("the character U+{:04X} is outside of what IAM takes in policies",
                                 static_cast<unsigned>(point.value)),
                     "use characters up to U+00FF");
      return;
    }
    i += point.length;
  }
}

bool is_white(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t text_size(std::string_view text) {
  std::size_t size = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_white(c) || (byte & 0xC0U) == 0x80U)
      continue;  // a character counts once
    size += c == '"' || c == '\\' ? 2 : 1;
  }
  return size;
}

// With its quotes. Unknown parts may be empty.
std::size_t string_size(std::string_view text) {
  if (!base::has_unknown(text))
    return 2 + text_size(text);
  std::size_t size = 2;
  for (const base::TextSegment& segment : base::cut_at_unknowns(text))
    size += segment.unknown ? 0 : text_size(segment.text);
  return size;
}

struct Quota {
  PolicyType type;
  std::size_t largest;        // no increase and no kind of policy goes beyond; 0: some may
  std::size_t usual;          // 0: the same
  std::string_view usual_of;  // what the usual quota is of
};

// Sources: IAM User Guide, "IAM and AWS STS quotas" (managed policies
// 6,144; trust policies 2,048, on request 8,192; session policies 2,048); Organizations User Guide, "Quotas"
// (SCP 10,240, RCP 5,120); KMS Developer Guide, "Quotas" (32,768).
constexpr std::array<Quota, 7> kQuotas = {{
    {PolicyType::kIdentity, 0, 6'144, "a managed policy of yours"},
    {PolicyType::kPermissionsBoundary, 6'144, 0, {}},
    {PolicyType::kTrust, 8'192, 2'048, "a trust policy without a quota increase"},
    {PolicyType::kSession, 2'048, 0, {}},
    {PolicyType::kServiceControl, 10'240, 0, {}},
    {PolicyType::kResourceControl, 5'120, 0, {}},
    {PolicyType::kKey, 32'768, 0, {}},
}};

// EventBridge User Guide, "Quotas": size of an event bus policy, adjustable.
constexpr std::size_t kEventBusQuota = 10'240;

bool is_event_bus_policy(const ReaderContext& context, const std::vector<Statement>& statements) {
  if (context.type != PolicyType::kResource || statements.empty())
    return false;
  return std::all_of(statements.begin(), statements.end(), [](const Statement& statement) {
    return !statement.action.patterns.empty() &&
           std::all_of(
               statement.action.patterns.begin(), statement.action.patterns.end(),
               [](const Text& text) { return base::starts_with_ignoring_case(text.text, "events:"); });
  });
}

}  // namespace

void check_characters(ReaderContext& context, const Node& node) {
  if (!is_stored_by_iam(context.type))
    return;
  // One text, one mistake: a placeholder in another script was reported as such.
  if (node.kind == NodeKind::kString && !context.placeholders.contains(node.span.begin))
    check_text(context, node);
  for (const Node& item : node.items)
    check_characters(context, item);
  for (const Member& member : node.members) {
    Node key;
    key.text = member.key;
    key.span = member.key_span;
    check_text(context, key);
    check_characters(context, member.value);
  }
}

std::size_t counted_size(const Node& node) {
  switch (node.kind) {
    case NodeKind::kNull:
      return 4;
    case NodeKind::kBool:
    case NodeKind::kNumber:
      return node.text.size();
    case NodeKind::kString:
      return string_size(node.text);
    case NodeKind::kList: {
      std::size_t size = 2 + (node.items.empty() ? 0 : node.items.size() - 1);
      for (const Node& item : node.items)
        size += counted_size(item);
      return size;
    }
    case NodeKind::kMap: {
      std::size_t size = 2 + (node.members.empty() ? 0 : node.members.size() - 1);
      for (const Member& member : node.members)
        size += string_size(member.key) + 1 + counted_size(member.value);
      return size;
    }
  }
  return 0;
}

void check_size(ReaderContext& context, const Node& policy, const std::vector<Statement>& statements) {
  base::Span brace = policy.span;
  brace.end = std::min(brace.end, brace.begin + 1);
  const std::size_t size = counted_size(policy);
  const auto report = [&](GrammarRuleId rule, std::size_t quota, std::string_view of, std::string help) {
    context.report(
        rule, brace,
        fmt::format("this policy has {} characters without white space; {} may have {}", size, of, quota),
        std::move(help));
  };
  for (const Quota& quota : kQuotas) {
    if (quota.type != context.type)
      continue;
    if (quota.largest != 0 && size > quota.largest) {
      report(GrammarRuleId::kSizeQuota, quota.largest, "policies of this type",
             "split it into several policies");
    } else if (quota.usual != 0 && size > quota.usual) {
      report(GrammarRuleId::kSizeDefaultQuota, quota.usual, quota.usual_of, {});
    }
    return;
  }
  if (size > kEventBusQuota && is_event_bus_policy(context, statements)) {
    report(GrammarRuleId::kSizeDefaultQuota, kEventBusQuota, "an event bus policy without a quota increase",
           {});
  }
}

void check_sid(ReaderContext& context, const Node& sid) {
  const std::string_view text = sid.text;
  if (text.empty() || base::has_unknown(text))
    return;
  const bool iam = is_stored_by_iam(context.type);
  const auto strange = std::find_if(text.begin(), text.end(), [](char c) {
    return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
  });
  if (iam && strange != text.end()) {
    std::string help;
    for (const char c : text) {
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        help += c;
    }
    context.report(GrammarRuleId::kSidCharset, sid.span,
                   "the Sid " + quoted(text) + " has characters other than letters and digits",
                   help.empty() ? "use letters and digits" : "write \"" + shortened(help) + "\"");
  }
  const auto [first, added] = context.sids.emplace(std::string(text), sid.span);
  if (!added) {
    context.report(iam ? GrammarRuleId::kSidDuplicate : GrammarRuleId::kSidNotUnique, sid.span,
                   "a second statement with the Sid " + quoted(text), "give each statement a Sid of its own",
                   {base::Label{.span = first->second, .text = "the first is here"}});
  }
}

}  // namespace grantproof::policy
