// SPDX-License-Identifier: Apache-2.0
#include "sources/template_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/unknown_text.h"
#include "config/rule_reader.h"
#include "sources/template_evaluator.h"
#include "sources/template_path.h"
#include "sources/template_stack_set.h"

namespace grantproof::sources {
namespace {

using syntax::Member;
using syntax::Node;

constexpr std::string_view kNestedStack = "AWS::CloudFormation::Stack";
constexpr std::string_view kStackSet = "AWS::CloudFormation::StackSet";
constexpr std::size_t kDeepestNesting = 50;

struct Deployment {
  const Node* root = nullptr;
  std::string path;
  std::string label;
  std::string name;
  std::string account;
  std::string region;
};

class TreeMaker {
 public:
  TreeMaker(const std::vector<TemplateFile>& files, const TemplateLibrary& library,
            const std::map<std::string, std::string>& parameters, TemplateContext& context)
      : files_(files), library_(library), parameters_(parameters), context_(context) {}

  bool is_used(std::size_t file) const { return used_.count(file) > 0; }

  void deploy_file(std::size_t file, const CdkStack* cdk) {
    const TemplateFile& one = files_[file];
    Deployment deployment{one.root, one.place.path, {}, {}, one.place.account, one.place.region};
    std::map<std::string, std::string> given = parameters_;
    if (cdk != nullptr) {
      deployment.name = cdk->name;
      given.insert(cdk->parameters.begin(), cdk->parameters.end());
      if (!cdk->account.empty())
        deployment.account = cdk->account;
      if (!cdk->region.empty())
        deployment.region = cdk->region;
    }
    deployment.label = cdk != nullptr ? cdk->name : library_.label(file);
    TemplateStack& stack = add(deployment, context_.budgets.emplace_back());
    stack.given = std::move(given);
    used_.insert(file);
    read(stack);
    nest(stack, {file});
  }

  // The files that the template nests, whatever they nest themselves.
  std::set<std::size_t> nested_in(std::size_t file) {
    const TemplateFile& one = files_[file];
    TemplateStack& stack =
        add({one.root, one.place.path, library_.label(file), {}, one.place.account, one.place.region},
            context_.budgets.emplace_back());
    stack.given = parameters_;
    read_sections(stack, context_);
    std::set<std::size_t> nested;
    for (const TemplateResource& resource : stack.resources) {
      if (const auto found = find(resource, stack, {file}))
        nested.insert(*found);
    }
    return nested;
  }

 private:
  TemplateStack& add(const Deployment& deployment, TemplateBudget& budget) {
    TemplateStack& stack = context_.stacks.emplace_back();
    stack.root = deployment.root;
    stack.path = deployment.path;
    stack.budget = &budget;
    for (std::size_t number = 1; stack.label.empty(); ++number) {
      const std::string label =
          number == 1 ? deployment.label : fmt::format("{} ({})", deployment.label, number);
      if (context_.labels.insert(base::unknown_text(label)).second)
        stack.label = label;
    }
    UnknownParts& unknowns = context_.unknowns;
    const auto known_or = [&unknowns, &stack](const std::string& text, std::string_view what) {
      return text.empty() ? unknowns.word(fmt::format("{} of {}", what, stack.label)) : text;
    };
    stack.name = known_or(deployment.name, "StackName");
    stack.account = known_or(deployment.account, "AccountId");
    stack.region = known_or(deployment.region, "Region");
    const bool known = !base::has_unknown(stack.region);
    stack.partition = known_or(known ? std::string(config::partition_of(stack.region)) : "", "Partition");
    stack.url_suffix = known_or(!known                        ? ""
                                : stack.partition == "aws-cn" ? "amazonaws.com.cn"
                                                              : "amazonaws.com",
                                "URLSuffix");
    return stack;
  }

  void read(TemplateStack& stack) {
    // Parameters of one name are different values in different stacks, unless the parent gives them.
    if (const Node* parameters = stack.root->find("Parameters")) {
      for (const Member& parameter : parameters->members) {
        if (stack.arguments.count(parameter.key) == 0)
          ++context_.declarations[parameter.key];
      }
    }
    read_sections(stack, context_);
  }

  // The template that a nested stack, or a stack set, has by its URL.
  std::optional<std::size_t> find(const TemplateResource& resource, const TemplateStack& stack,
                                  const std::vector<std::size_t>& nesting) {
    if (resource.type != kNestedStack && resource.type != kStackSet)
      return std::nullopt;
    // The CDK says the file, and makes a URL of its hash.
    const Node* metadata = resource.node->find("Metadata");
    const Node* asset = metadata != nullptr ? metadata->find("aws:asset:path") : nullptr;
    if (asset != nullptr) {
      if (const auto found = library_.at_path(path_from(stack.path, asset->text)))
        return found;
    }
    const Node* url = resource.property("TemplateURL");
    if (url == nullptr)
      return std::nullopt;
    TemplateEvaluator evaluator(context_, *stack.budget);
    const std::optional<Node> text = evaluator.resolve(*url, stack);
    if (!text || text->kind != syntax::NodeKind::kString)
      return std::nullopt;
    return library_.nested(text->text, stack.path, nesting);
  }

  // `nesting`: the files that this stack is nested in, and its own.
  void nest(TemplateStack& stack, const std::vector<std::size_t>& nesting) {
    for (TemplateResource& resource : stack.resources) {
      if (resource.type != kNestedStack && resource.type != kStackSet)
        continue;
      const Node* body = resource.type == kStackSet ? stack_set_body(resource, stack, context_) : nullptr;
      const std::optional<std::size_t> file = body == nullptr ? find(resource, stack, nesting) : std::nullopt;
      if (body == nullptr && !file)
        continue;
      if (file && std::find(nesting.begin(), nesting.end(), *file) != nesting.end()) {
        context_.reports.error(
            kSourceCycle, resource.span,
            fmt::format("the template of {} nests {} again", resource.logical_id, files_[*file].place.path));
        continue;
      }
      if (!is_within_limits(resource, nesting.size()))
        continue;
      std::vector<std::size_t> inside = nesting;
      if (file) {
        used_.insert(*file);
        inside.push_back(*file);
      } else {
        inside.push_back(files_.size());
      }
      const Node* root = body != nullptr ? body : files_[*file].root;
      const std::string path = file ? files_[*file].place.path : stack.path;
      if (resource.type == kNestedStack)
        nest_stack(stack, resource, {root, path, {}, {}, stack.account, stack.region}, inside);
      else
        nest_instances(stack, resource, {root, path, {}, {}, {}, {}}, inside);
    }
  }

  bool is_within_limits(const TemplateResource& resource, std::size_t depth) {
    if (depth <= kDeepestNesting && nested_ < TemplateBudget::kMostStacks)
      return true;
    context_.reports.error(
        kSourceLimit, resource.span,
        fmt::format("there are more than {} nested stacks, or more than {} inside of one another",
                    TemplateBudget::kMostStacks, kDeepestNesting));
    return false;
  }

  void nest_stack(TemplateStack& stack, TemplateResource& resource, Deployment deployment,
                  const std::vector<std::size_t>& inside) {
    deployment.label = fmt::format("{}.{}", stack.label, resource.logical_id);
    TemplateStack& child = add(deployment, *stack.budget);
    // The same place, whether it is known or not.
    child.account = stack.account;
    child.region = stack.region;
    child.partition = stack.partition;
    child.url_suffix = stack.url_suffix;
    if (const Node* arguments = resource.property("Parameters")) {
      for (const Member& argument : arguments->members)
        child.arguments.emplace(argument.key, &argument.value);
    }
    nest_child(stack, resource, child, inside);
  }

  void nest_instances(TemplateStack& stack, TemplateResource& resource, Deployment deployment,
                      const std::vector<std::size_t>& inside) {
    context_.several_places = true;
    std::vector<StackSetInstance> instances = stack_set_instances(resource, stack, context_);
    for (StackSetInstance& instance : instances) {
      if (!is_within_limits(resource, inside.size() - 1))
        break;
      deployment.account = instance.account;
      deployment.region = instance.region;
      deployment.label = fmt::format("{}.{}", stack.label, resource.logical_id);
      if (instances.size() > 1)
        deployment.label += fmt::format(" {} {}", instance.account, instance.region);
      TemplateStack& child = add(deployment, *stack.budget);
      child.arguments = std::move(instance.arguments);
      nest_child(stack, resource, child, inside);
    }
  }

  void nest_child(TemplateStack& stack, TemplateResource& resource, TemplateStack& child,
                  const std::vector<std::size_t>& inside) {
    ++nested_;
    child.parent = &stack;
    child.parent_resource = &resource;
    child.given = parameters_;
    resource.nested.push_back(&child);
    read(child);
    nest(child, inside);
  }

  const std::vector<TemplateFile>& files_;
  const TemplateLibrary& library_;
  const std::map<std::string, std::string>& parameters_;
  TemplateContext& context_;
  std::set<std::size_t> used_;
  std::size_t nested_ = 0;
};

bool nests_something(const Node& root) {
  const Node* resources = root.find("Resources");
  if (resources == nullptr)
    return false;
  return std::any_of(resources->members.begin(), resources->members.end(), [](const Member& resource) {
    const Node* type = resource.value.find("Type");
    return resource.key.starts_with("Fn::") ||
           (type != nullptr && (type->text == kNestedStack || type->text == kStackSet));
  });
}

// The files that are nested by others. What is said on the way is said again when the stacks are made.
std::set<std::size_t> nested_files(const std::vector<TemplateFile>& files, const TemplateLibrary& library,
                                   const std::map<std::string, std::string>& parameters,
                                   base::SourceMap& sources) {
  base::DiagnosticSink sink;
  Translation into{sources, sink, {}, {}, {}};
  std::set<std::size_t> nested;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!nests_something(*files[i].root))
      continue;
    TemplateContext context(into);
    nested.merge(TreeMaker(files, library, parameters, context).nested_in(i));
  }
  return nested;
}

}  // namespace

void make_stacks(const std::vector<TemplateFile>& files, const std::vector<CdkStack>& cdk_stacks,
                 const std::map<std::string, std::string>& parameters, TemplateContext& context) {
  const TemplateLibrary library(files);
  const std::set<std::size_t> nested = nested_files(files, library, parameters, context.into.sources);
  std::vector<std::vector<const CdkStack*>> deployed(files.size());
  for (const CdkStack& cdk : cdk_stacks) {
    if (const auto file = library.at_path(cdk.template_path))
      deployed[*file].push_back(&cdk);
    else
      context.gap(fmt::format("the template of the stack {} is not there", cdk.name),
                  fmt::format("give {} as well", cdk.template_path), cdk.span);
  }
  context.several_places = files.size() > 1 || cdk_stacks.size() > 1;
  TreeMaker maker(files, library, parameters, context);
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (const CdkStack* cdk : deployed[i])
      maker.deploy_file(i, cdk);
    if (deployed[i].empty() && nested.count(i) == 0)
      maker.deploy_file(i, nullptr);
  }
  // Templates that nest one another in a circle, and those whose parents were not made.
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!maker.is_used(i))
      maker.deploy_file(i, nullptr);
  }
}

}  // namespace grantproof::sources
