// SPDX-License-Identifier: Apache-2.0
#include "sources/cdk_manifest.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "sources/template_context.h"
#include "sources/template_path.h"

namespace grantproof::sources {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

constexpr std::string_view kStack = "aws:cloudformation:stack";
constexpr std::string_view kScheme = "aws://";

std::string text_at(const Node& map, std::string_view key) {
  const Node* value = map.find(key);
  return value != nullptr && value->kind == NodeKind::kString ? value->text : std::string();
}

// "aws://ACCOUNT/REGION"; "unknown-account" and "unknown-region" are left to the deployment.
bool read_environment(std::string_view environment, CdkStack& stack) {
  if (!environment.starts_with(kScheme))
    return false;
  environment.remove_prefix(kScheme.size());
  const std::size_t slash = environment.find('/');
  if (slash == std::string_view::npos)
    return false;
  if (const std::string_view account = environment.substr(0, slash); account != "unknown-account")
    stack.account = account;
  if (const std::string_view region = environment.substr(slash + 1); region != "unknown-region")
    stack.region = region;
  return true;
}

}  // namespace

bool is_cdk_manifest(const Node& root) {
  const Node* version = root.find("version");
  const Node* artifacts = root.find("artifacts");
  return version != nullptr && version->kind == NodeKind::kString && artifacts != nullptr &&
         artifacts->kind == NodeKind::kMap;
}

std::vector<CdkStack> read_cdk_manifest(const Node& root, const Place& place, TemplateReports& reports) {
  std::vector<CdkStack> stacks;
  const Node* artifacts = root.find("artifacts");
  if (artifacts == nullptr)
    return stacks;
  for (const Member& artifact : artifacts->members) {
    if (text_at(artifact.value, "type") != kStack)
      continue;
    CdkStack stack;
    stack.span = artifact.key_span;
    const Node* properties = artifact.value.find("properties");
    const std::string file = properties != nullptr ? text_at(*properties, "templateFile") : std::string();
    if (file.empty()) {
      reports.error(kSourceMistake, artifact.key_span,
                    fmt::format("the stack {} has no templateFile", artifact.key));
      continue;
    }
    stack.template_path = path_from(place.path, file);
    stack.name = text_at(*properties, "stackName");
    if (stack.name.empty())
      stack.name = artifact.key;
    if (const Node* parameters = properties->find("parameters")) {
      for (const Member& parameter : parameters->members)
        stack.parameters.emplace(parameter.key, parameter.value.text);
    }
    const Node* environment = artifact.value.find("environment");
    if (environment != nullptr && !read_environment(environment->text, stack))
      reports.error(kSourceMistake, environment->span,
                    fmt::format("\"{}\" is no environment", environment->text), "write aws://ACCOUNT/REGION");
    stacks.push_back(std::move(stack));
  }
  return stacks;
}

}  // namespace grantproof::sources
