// SPDX-License-Identifier: Apache-2.0
#include "sources/template_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "sources/cdk_manifest.h"
#include "sources/serverless.h"
#include "sources/template_checks.h"
#include "sources/template_context.h"
#include "sources/template_exports.h"
#include "sources/template_loops.h"
#include "sources/template_parameters.h"
#include "sources/template_tree.h"
#include "sources/template_variants.h"

namespace grantproof::sources {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

bool is_resource_type(std::string_view type) {
  return type.starts_with("AWS::") || type.starts_with("Custom::") || type.starts_with("Alexa::");
}

// What a template refers to and is not there.
void tell_absence(const TemplateResource& resource, TemplateContext& context) {
  const bool stack = resource.type == "AWS::CloudFormation::Stack";
  const bool stack_set = resource.type == "AWS::CloudFormation::StackSet";
  if ((stack || stack_set) && resource.nested.empty())
    context.gap(fmt::format("{} {}: its template is not there", stack ? "nested stack" : "stack set",
                            resource.logical_id),
                "give its template as well", resource.span);
  else if (resource.type.starts_with("AWS::Serverless::"))
    context.gap(fmt::format("{} is {}, which was not expanded", resource.logical_id, resource.type),
                "the template's Transform has to be AWS::Serverless-2016-10-31", resource.span);
  else if (resource.type.ends_with("::MODULE"))
    context.gap(fmt::format("{} is the module {}, which is not there", resource.logical_id, resource.type),
                "check the template as CloudFormation has processed it", resource.span);
}

}  // namespace

bool is_template(const Node& root) {
  if (root.find("AWSTemplateFormatVersion") != nullptr)
    return true;
  const Node* resources = root.find("Resources");
  if (resources == nullptr)
    return false;
  return std::any_of(resources->members.begin(), resources->members.end(), [](const Member& resource) {
    const Node* type = resource.value.find("Type");
    return is_loop(resource.key) ||
           (type != nullptr && type->kind == NodeKind::kString && is_resource_type(type->text));
  });
}

TemplateSet::TemplateSet(std::map<std::string, std::string> parameters)
    : parameters_(std::move(parameters)) {}

void TemplateSet::add_template(Node root, Place place) {
  templates_.push_back({std::move(root), std::move(place)});
}

void TemplateSet::add_cdk_manifest(Node root, Place place) {
  manifests_.push_back({std::move(root), std::move(place)});
}

std::vector<std::string> TemplateSet::unused_parameters() const {
  std::vector<std::string> unused;
  for (const auto& [name, value] : parameters_) {
    bool used = false;
    for (const Document& document : templates_) {
      const Node* declared = document.root.find("Parameters");
      used = used || (declared != nullptr && declared->find(name) != nullptr);
    }
    if (!used)
      unused.push_back(name);
  }
  return unused;
}

// The template as CloudFormation has it once the macros that we know have run. AWS::Serverless-2016-10-31 is
// expanded here; AWS::LanguageExtensions are functions of their own.
Node TemplateSet::without_macros(const Document& document, Translation& into) {
  return is_serverless(document.root) ? expand_serverless(document.root, into) : document.root;
}

void TemplateSet::translate(Translation& into, TemplateUnknowns* shared) const {
  TemplateContext context(into, shared);
  std::vector<TemplateFile> files;
  for (const Document& document : templates_)
    files.push_back({&context.roots.emplace_back(without_macros(document, into)), document.place});
  std::vector<CdkStack> cdk_stacks;
  for (const Document& manifest : manifests_) {
    for (CdkStack& stack : read_cdk_manifest(manifest.root, manifest.place, context.reports))
      cdk_stacks.push_back(std::move(stack));
  }
  make_stacks(files, cdk_stacks, parameters_, context);
  collect_exports(context);
  for (const TemplateStack& stack : context.stacks) {
    check_conditions(stack, context);
    for (const TemplateResource& resource : stack.resources) {
      if (describe_resource(resource, stack, context))
        tell_absence(resource, context);
    }
    check_outputs(stack, context);
    check_dependencies(stack, context);
  }
  assume_parameters(context);
}

}  // namespace grantproof::sources
