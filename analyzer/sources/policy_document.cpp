// SPDX-License-Identifier: Apache-2.0
#include "sources/policy_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/text.h"
#include "policy/policy_reader.h"
#include "sources/document_text.h"
#include "syntax/json_reader.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;

// Members of an object around a policy that hold it, as text or as an object.
constexpr std::array<std::string_view, 2> kPolicyMembers = {"Policy", "PolicyDocument"};
// Fifty times what the largest of AWS's quotas allows. A policy beyond it is no policy, and would be asked
// for minutes.
constexpr std::uint32_t kMostPolicyBytes = 1024 * 1024;
constexpr int kMostWrappers = 4;  // an object around a string around a string …

class PolicyFinder {
 public:
  PolicyFinder(const std::string& path, const PolicyOptions& options, base::SourceMap& sources,
               base::DiagnosticSink& mistakes, std::vector<config::PolicyDocument>& policies)
      : path_(path), options_(options), sources_(sources), mistakes_(mistakes), policies_(policies) {}

  std::size_t find(const Node& root) {
    const bool given = options_.type && root.kind == NodeKind::kMap && root.find("Policy") == nullptr &&
                       root.find("PolicyDocument") == nullptr;
    if (given)
      add(root, {});  // somebody said that it is one
    else
      look_into(root, {}, 0);
    return found_;
  }

 private:
  // Around the policy: strings, and objects that have it under a name.
  void look_into(const Node& node, const std::string& attached_to, int wrappers) {
    if (meant_as_policy(node))
      return add(node, attached_to);
    if (wrappers >= kMostWrappers)
      return;
    if (node.kind == NodeKind::kString)
      return look_into_text(node, attached_to, wrappers);
    for (const std::string_view name : kPolicyMembers) {
      const Node* member = node.find(name);
      if (member == nullptr)
        continue;
      const Node* arn = node.find("Arn");
      const bool has_arn = arn != nullptr && arn->kind == NodeKind::kString;
      look_into(*member, has_arn ? arn->text : attached_to, wrappers + 1);
    }
  }

  void look_into_text(const Node& node, const std::string& attached_to, int wrappers) {
    base::DiagnosticSink inner;
    const auto embedded = syntax::read_embedded_json(sources_, node, inner);
    // A string that is no document at all is no broken one.
    if (embedded || mentions_policy(node.text)) {
      for (const base::Diagnostic& diagnostic : inner.diagnostics())
        mistakes_.report(diagnostic);
      if (!embedded)
        ++found_;
    }
    if (embedded)
      look_into(*embedded, attached_to, wrappers + 1);
  }

  void add(const Node& node, const std::string& attached_to) {
    ++found_;
    if (node.span.end - node.span.begin > kMostPolicyBytes) {
      mistakes_.report(
          {.rule = "GP0003",
           .severity = base::Severity::kError,
           .message = fmt::format("this policy has {} bytes; the most that is read is {}",
                                  node.span.end - node.span.begin, kMostPolicyBytes),
           .primary = {.span = {node.span.file, node.span.begin, node.span.begin + 1}, .text = {}},
           .secondary = {},
           .help = "AWS takes far smaller ones only"});
      return;
    }
    config::PolicyDocument document;
    document.policy = policy::read_policy(node, options_.type, {.reference = options_.reference}, mistakes_);
    document.attached_to = options_.attached_to.empty() ? attached_to : options_.attached_to;
    document.path = path_;
    policies_.push_back(std::move(document));
  }

  const std::string& path_;
  const PolicyOptions& options_;
  base::SourceMap& sources_;
  base::DiagnosticSink& mistakes_;
  std::vector<config::PolicyDocument>& policies_;
  std::size_t found_ = 0;
};

}  // namespace

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

std::size_t read_policies(const Node& root, const std::string& path, const PolicyOptions& options,
                          base::SourceMap& sources, base::DiagnosticSink& mistakes,
                          std::vector<config::PolicyDocument>& policies) {
  return PolicyFinder(path, options, sources, mistakes, policies).find(root);
}

}  // namespace grantproof::sources
