// SPDX-License-Identifier: Apache-2.0
#include "cli/policy_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/text.h"
#include "cli/path_pattern.h"
#include "policy/policy_reader.h"
#include "syntax/json_reader.h"
#include "syntax/yaml_reader.h"

namespace grantproof::cli {
namespace {

using syntax::Node;
using syntax::NodeKind;

// Members of an object around a policy that hold it, as text or as an object.
// Source: AWS CLI, events describe-event-bus, lambda get-policy, kms get-key-policy, iam get-role-policy.
constexpr std::array<std::string_view, 2> kPolicyMembers = {"Policy", "PolicyDocument"};
// Fifty times what the largest of AWS's quotas allows. A policy beyond it is no policy, and would be asked
// for minutes.
constexpr std::uint32_t kMostPolicyBytes = 1024 * 1024;
constexpr int kMostWrappers = 4;  // an object around a string around a string …

bool contains_ignoring_case(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(), [](char left, char right) {
           return (left >= 'A' && left <= 'Z' ? left - 'A' + 'a' : left) == right;
         }) != text.end();
}

enum class Format { kJson, kYaml, kUrlEncoded };

std::string_view without_blanks_in_front(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF"))
    text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

Format format_of(std::string_view path, std::string_view text) {
  text = without_blanks_in_front(text);
  if (text.starts_with('%') || text.starts_with("{%") || text.starts_with("[%"))
    return Format::kUrlEncoded;
  if (path.ends_with(".yaml") || path.ends_with(".yml"))
    return Format::kYaml;
  // No extension that says so, and nothing that JSON begins with, but the element names of a policy.
  const bool json_begins = text.empty() || text.front() == '{' || text.front() == '[' || text.front() == '"';
  if (!json_begins && !path.ends_with(".json") && text.find("\nStatement:") != std::string_view::npos)
    return Format::kYaml;
  return Format::kJson;
}

// A policy, or what was meant as one: an object that says a version of the policy language, or nearly has a
// Statement.
bool meant_as_policy(const Node& node) {
  if (policy::looks_like_policy(node))
    return true;
  if (node.kind != NodeKind::kMap)
    return false;
  const Node* version = node.find("Version");
  if (version != nullptr && (version->text == "2012-10-17" || version->text == "2008-10-17"))
    return true;
  return std::any_of(node.members.begin(), node.members.end(), [](const syntax::Member& member) {
    return (member.value.kind == NodeKind::kList || member.value.kind == NodeKind::kMap) &&
           base::edit_distance(base::fold_case(member.key), "statement") <= 2;
  });
}

}  // namespace

bool mentions_policy(std::string_view text) {
  return contains_ignoring_case(text, "statement") || text.find("2012-10-17") != std::string_view::npos;
}

base::Expected<bool> PolicyLoader::load(const std::string& path, std::string text, bool named,
                                        std::vector<LoadedPolicy>& policies) {
  if (!named && !mentions_policy(text))
    return false;
  const Format format = format_of(path, text);
  const base::FileId file = sources_.add(path, std::move(text));
  const std::string_view kept = sources_.text(file);
  const base::Span whole{file, 0, static_cast<std::uint32_t>(kept.size())};

  std::optional<policy::PolicyType> type;
  for (const TypeChoice& choice : options_.types) {
    if (choice.glob.empty() || name_or_path_matches(choice.glob, path))
      type = choice.type;
  }

  // Mistakes count once it is clear that the document is a policy.
  base::DiagnosticSink mistakes;
  std::optional<Node> root;
  switch (format) {
    case Format::kJson:
      root = syntax::read_json(sources_, file, mistakes);
      break;
    case Format::kYaml:
      root = syntax::read_yaml(sources_, file, mistakes);
      break;
    case Format::kUrlEncoded: {
      Node string;
      string.kind = NodeKind::kString;
      string.span = whole;
      string.text = kept;
      root = syntax::read_embedded_json(sources_, string, mistakes);
      break;
    }
  }

  std::size_t found = 0;
  const auto add = [&](const Node& node, const std::string& attached_to) {
    ++found;
    if (node.span.end - node.span.begin > kMostPolicyBytes) {
      mistakes.report(
          {.rule = "GP0003",
           .severity = base::Severity::kError,
           .message = fmt::format("this policy has {} bytes; the most that is read is {}",
                                  node.span.end - node.span.begin, kMostPolicyBytes),
           .primary = {.span = {node.span.file, node.span.begin, node.span.begin + 1}, .text = {}},
           .secondary = {},
           .help = "AWS takes far smaller ones only"});
      return;
    }
    const policy::PolicyReaderOptions reader{.reference = &reference_};
    policies.push_back(LoadedPolicy{
        std::make_unique<const policy::Policy>(policy::read_policy(node, type, reader, mistakes)), path,
        options_.attached_to.empty() ? attached_to : options_.attached_to});
  };
  // Around the policy: strings, and objects that have it under a name.
  const auto look_into = [&](const auto& self, const Node& node, std::string attached_to,
                             int wrappers) -> void {
    if (meant_as_policy(node)) {
      add(node, attached_to);
      return;
    }
    if (wrappers >= kMostWrappers)
      return;
    if (node.kind == NodeKind::kString) {
      base::DiagnosticSink inner;
      const auto embedded = syntax::read_embedded_json(sources_, node, inner);
      // A string that is no document at all is no broken one.
      if (embedded || mentions_policy(node.text)) {
        for (const base::Diagnostic& diagnostic : inner.diagnostics())
          mistakes.report(diagnostic);
        if (!embedded)
          ++found;
      }
      if (embedded)
        self(self, *embedded, attached_to, wrappers + 1);
      return;
    }
    for (const std::string_view name : kPolicyMembers) {
      const Node* member = node.find(name);
      if (member == nullptr)
        continue;
      const Node* arn = node.find("Arn");
      const bool has_arn = arn != nullptr && arn->kind == NodeKind::kString;
      self(self, *member, has_arn ? arn->text : attached_to, wrappers + 1);
    }
  };
  if (root) {
    if (type && root->kind == NodeKind::kMap && root->find("Policy") == nullptr &&
        root->find("PolicyDocument") == nullptr)
      add(*root, {});  // somebody said that it is one
    else
      look_into(look_into, *root, {}, 0);
  }

  const bool broken =
      !root &&
      (named || (contains_ignoring_case(kept, "statement") && contains_ignoring_case(kept, "effect")));
  if (found == 0 && !broken) {
    if (!named)
      return false;
    return base::error(
        fmt::format("{}: there is no policy in this file\n  a policy is an object with a \"Statement\", by "
                    "itself, as a string, or "
                    "under \"Policy\" or \"PolicyDocument\"",
                    path));
  }
  for (const base::Diagnostic& diagnostic : mistakes.diagnostics())
    sink_.report(diagnostic);
  return true;
}

}  // namespace grantproof::cli
