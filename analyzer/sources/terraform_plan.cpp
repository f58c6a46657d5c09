// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sources/terraform_reference.h"
#include "syntax/json_writer.h"

namespace grantproof::sources::terraform {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr int kMostModuleLevels = 64;
constexpr std::size_t kLongestAddress = 1'000;
constexpr std::size_t kMostMistakes = 10'000;  // nobody reads on

std::string_view text_of(const Node& node, std::string_view name) {
  const Node* value = node.find(name);
  return value != nullptr && value->kind == NodeKind::kString ? std::string_view(value->text)
                                                              : std::string_view();
}

const Node* map_of(const Node& node, std::string_view name) {
  const Node* value = node.find(name);
  return value != nullptr && value->kind == NodeKind::kMap ? value : nullptr;
}

// The members of a map, or the parts of that name of them. The first of a name counts.
void add_members(const Node& map, std::string_view part, Members& members) {
  for (const syntax::Member& member : map.members) {
    const Node* value = part.empty() ? &member.value : member.value.find(part);
    if (value != nullptr)
      members.emplace(member.key, value);
  }
}

const Node* find_in(const Members& members, std::string_view name) {
  const auto found = members.find(name);
  return found == members.end() ? nullptr : found->second;
}

bool has_action(const Node& change, std::string_view action) {
  const Node* actions = change.find("actions");
  return actions != nullptr && std::any_of(actions->items.begin(), actions->items.end(),
                                           [action](const Node& item) { return item.text == action; });
}

}  // namespace

void report(Translation& into, std::string_view rule, base::Span span, std::string message,
            std::string help) {
  if (into.sink.errors() >= kMostMistakes)
    return;
  into.sink.report({.rule = std::string(rule),
                    .severity = base::Severity::kError,
                    .message = std::move(message),
                    .primary = {.span = span, .text = {}},
                    .secondary = {},
                    .help = std::move(help)});
}

std::string in_module(std::string_view module_address, std::string_view inner) {
  return module_address.empty() ? std::string(inner) : fmt::format("{}.{}", module_address, inner);
}

ModuleStep last_module(std::string_view module_address) {
  const std::vector<std::string_view> steps = cut_reference(module_address);
  std::size_t at = steps.size();
  ModuleStep step;
  if (at > 0 && steps[at - 1].starts_with('['))
    step.key = steps[--at];
  if (at < 2)
    return step;
  step.name = steps[at - 1];
  const std::size_t parent_end = static_cast<std::size_t>(steps[at - 2].data() - module_address.data());
  step.parent = module_address.substr(0, parent_end == 0 ? 0 : parent_end - 1);
  return step;
}

Value Resource::value() const {
  return {this, values, unknown, configuration == nullptr ? nullptr : configuration->find("expressions"), {}};
}

bool Resource::is_read_back(std::string_view name) const {
  return !attribute(name).is_written();
}

const Resource* Plan::find(std::string_view address) const {
  const auto found = by_address_.find(address);
  return found == by_address_.end() || resources_[found->second].deleted ? nullptr
                                                                         : &resources_[found->second];
}

const std::set<std::string>& Plan::keys(std::string_view group) const {
  static const std::set<std::string> kNone;
  const auto found = keys_.find(group);
  return found == keys_.end() ? kNone : found->second;
}

const Module* Plan::module(std::string_view module_address) const {
  std::string path;
  for (const std::string_view step : cut_reference(module_address)) {
    if (!step.starts_with('['))
      path = in_module(path, step);
  }
  const auto found = modules_.find(path);
  return found == modules_.end() ? nullptr : &found->second;
}

const Node* Plan::variable(std::string_view name) const {
  return find_in(variables_, name);
}

const Node* Plan::provider(std::string_view key) const {
  return find_in(providers_, key);
}

void Plan::read(const Node& root, Translation& into) {
  if (const Node* variables = map_of(root, "variables"))
    add_members(*variables, "value", variables_);
  if (const Node* configuration = map_of(root, "configuration"))
    read_configuration(*configuration);
  const Node* changes = root.find("resource_changes");
  is_plan_ = changes != nullptr;
  if (changes != nullptr)
    read_changes(*changes, into);
  // Of a plan: data that was read while planning, and with -target what it leaves alone.
  if (const Node* prior = map_of(root, "prior_state");
      prior != nullptr && map_of(*prior, "values") != nullptr)
    read_values(*map_of(*prior, "values"), into);
  if (const Node* values = root.find("values"))
    read_values(*values, into);
}

void Plan::read_configuration(const Node& configuration) {
  if (const Node* providers = map_of(configuration, "provider_config"))
    add_members(*providers, {}, providers_);
  if (const Node* module = map_of(configuration, "root_module")) {
    // Behind those that were given.
    if (const Node* variables = map_of(*module, "variables"))
      add_members(*variables, "default", variables_);
    read_module(*module, nullptr, {}, 0);
  }
}

void Plan::read_module(const Node& module, const Node* call, const std::string& path, int level) {
  if (level > kMostModuleLevels)
    return;
  Module& read = modules_[path];
  read.module = &module;
  read.call = call;
  if (const Node* resources = module.find("resources")) {
    for (const Node& resource : resources->items)
      read.resources.emplace(text_of(resource, "address"), &resource);
  }
  if (const Node* outputs = module.find("outputs"))
    add_members(*outputs, "expression", read.outputs);
  if (const Node* inputs = call == nullptr ? nullptr : call->find("expressions"))
    add_members(*inputs, {}, read.inputs);
  if (const Node* calls = module.find("module_calls")) {
    for (const syntax::Member& member : calls->members) {
      if (const Node* called = map_of(member.value, "module"))
        read_module(*called, &member.value, in_module(path, "module." + member.key), level + 1);
    }
  }
}

void Plan::read_changes(const Node& changes, Translation& into) {
  if (changes.kind != NodeKind::kList) {
    report(into, "GP0301", changes.span,
           fmt::format("resource_changes is {}, expected a list", describe(changes.kind)),
           "use what `terraform show -json` prints as it is");
    return;
  }
  for (const Node& change : changes.items)
    read_change(change, into);
}

void Plan::read_change(const Node& node, Translation& into) {
  Resource resource;
  const Node* change = node.find("change");
  if (change == nullptr || change->kind != NodeKind::kMap || change->find("actions") == nullptr) {
    report(into, "GP0301", node.span, "an item of resource_changes has no change with actions",
           "use what `terraform show -json` prints as it is");
    return;
  }
  // What is left of an earlier replacement; it is only ever deleted.
  if (node.find("deposed") != nullptr)
    return;
  if (!begin_resource(node, std::string(text_of(node, "module_address")), resource, into))
    return;
  resource.before = map_of(*change, "before");
  resource.values = map_of(*change, "after");
  resource.unknown = change->find("after_unknown");
  // Terraform forgets it, and AWS has it as before.
  const bool creates = has_action(*change, "create");
  if (has_action(*change, "forget") && !creates)
    resource.values = resource.before;
  else
    resource.deleted = has_action(*change, "delete") && !creates;
  if (!resource.deleted && resource.values == nullptr) {
    report(into, "GP0301", change->span,
           fmt::format("the plan does not say what becomes of {}", resource.address),
           "use what `terraform show -json` prints as it is");
    return;
  }
  add(std::move(resource));
}

void Plan::read_values(const Node& values, Translation& into) {
  const Node* module = values.find("root_module");
  if (module == nullptr && values.kind == NodeKind::kMap)
    return;  // a state without resources
  if (module == nullptr || module->kind != NodeKind::kMap) {
    report(into, "GP0301", values.span, "values has no root_module",
           "use what `terraform show -json` prints as it is");
    return;
  }
  read_module_values(*module, into, 0);
}

void Plan::read_module_values(const Node& module, Translation& into, int level) {
  const std::string address(text_of(module, "address"));
  if (const Node* resources = module.find("resources")) {
    for (const Node& node : resources->items) {
      // Of a plan, resource_changes says what becomes of it.
      if (is_plan_ && node.find("deposed_key") != nullptr)
        continue;
      Resource resource;
      if (!begin_resource(node, address, resource, into))
        continue;
      resource.values = map_of(node, "values");
      resource.depends_on = node.find("depends_on");
      if (resource.values != nullptr)
        add(std::move(resource));
    }
  }
  const Node* children = module.find("child_modules");
  if (children == nullptr || level > kMostModuleLevels)
    return;
  for (const Node& child : children->items)
    read_module_values(child, into, level + 1);
}

bool Plan::begin_resource(const Node& node, const std::string& module_address, Resource& resource,
                          Translation& into) const {
  const std::string_view mode = text_of(node, "mode");
  const std::string_view type = text_of(node, "type");
  const std::string_view name = text_of(node, "name");
  if (type.empty() || name.empty() || mode.empty()) {
    report(into, "GP0301", node.span, "a resource has no mode, type or name that is a text",
           "use what `terraform show -json` prints as it is");
    return false;
  }
  if (module_address.size() > kLongestAddress) {
    report(into, "GP0307", node.span,
           fmt::format("the address of a module has more than {} bytes", kLongestAddress),
           "use what `terraform show -json` prints as it is");
    return false;
  }
  if (mode != "managed" && mode != "data")
    return false;  // ephemeral: nothing is made of it
  resource.module_address = module_address;
  resource.type = mode == "data" ? fmt::format("data.{}", type) : std::string(type);
  resource.base = fmt::format("{}.{}", resource.type, name);
  resource.span = node.span;
  if (const Node* index = node.find("index"); index != nullptr && index->kind == NodeKind::kNumber)
    resource.key = fmt::format("[{}]", index->text);
  else if (index != nullptr && index->kind == NodeKind::kString)
    resource.key = fmt::format("[{}]", syntax::json_quoted(index->text));
  resource.address = in_module(module_address, resource.base) + resource.key;
  if (by_address_.contains(resource.address))
    return false;  // the first has the say: resource_changes before prior_state
  if (const Module* in = module(module_address)) {
    const auto found = in->resources.find(resource.base);
    if (found != in->resources.end())
      resource.configuration = found->second;
  }
  return true;
}

void Plan::add(Resource resource) {
  by_address_.emplace(resource.address, resources_.size());
  if (!resource.deleted) {
    keys_[in_module(resource.module_address, resource.base)].insert(resource.key);
    for (std::string module_address = resource.module_address; !module_address.empty();) {
      ModuleStep step = last_module(module_address);
      if (step.name.empty())
        break;
      if (!keys_[in_module(step.parent, fmt::format("module.{}", step.name))].emplace(step.key).second)
        break;
      module_address = std::move(step.parent);
    }
  }
  resources_.push_back(std::move(resource));
}

}  // namespace grantproof::sources::terraform
