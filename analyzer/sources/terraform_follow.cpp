// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform_follow.h"

#include <fmt/format.h>

#include <algorithm>

#include "sources/terraform_reference.h"
#include "syntax/json_scan.h"

namespace grantproof::sources::terraform {
namespace {

using syntax::Node;
using Steps = std::vector<std::string_view>;

constexpr std::size_t kMostReferences = 64;  // one behind the other; each module adds one or two

bool is_index(std::string_view step) {
  return step.starts_with('[');
}

Steps behind(const Steps& steps, std::size_t count) {
  return {steps.begin() + static_cast<std::ptrdiff_t>(std::min(count, steps.size())), steps.end()};
}

// [0] of a list, ["name"] of a map.
Value at_index(const Value& value, std::string_view step) {
  const std::string_view inside = step.substr(1, step.size() - 2);
  if (inside.starts_with('"')) {
    std::string name;
    syntax::scan_json_string(inside, 0, &name);
    return value.attribute(name);
  }
  std::size_t index = 0;
  for (const char digit : inside.substr(0, 6))
    index = index * 10 + static_cast<std::size_t>(digit - '0');
  const bool is_number = !inside.empty() && inside.size() <= 6 &&
                         inside.find_first_not_of("0123456789") == std::string_view::npos;
  return value.item(is_number ? index : value.size());
}

std::optional<Value> walk(Value value, const Steps& steps) {
  for (const std::string_view step : steps)
    value = is_index(step) ? at_index(value, step) : value.attribute(step);
  if (value.owner == nullptr && value.known == nullptr)
    return std::nullopt;
  return value;
}

// aws_sqs_queue.q, data.aws_iam_role.r; what else has two names is no resource's base either.
bool is_whole_resource(std::string_view reference) {
  const Steps steps = cut_reference(reference);
  return steps.size() == (reference.starts_with("data.") ? 3u : 2u);
}

Value constant(const Node* node) {
  Value value;
  value.known = node;
  return value;
}

}  // namespace

Follower::Scope Follower::scope_of(const Resource& resource) const {
  return {resource.module_address, resource.configuration, resource.key,
          in_module(resource.module_address, resource.base)};
}

bool Follower::have_same_keys(const std::string& left, const std::string& right) const {
  const auto known = same_keys_.find({left, right});
  if (known != same_keys_.end())
    return known->second;
  const bool same = plan_.keys(left) == plan_.keys(right);
  same_keys_.emplace(std::pair(left, right), same);
  return same;
}

std::optional<Value> Follower::follow(const Value& value) const {
  if (value.owner == nullptr)
    return std::nullopt;
  Trail trail;
  return expression(value.expression, scope_of(*value.owner), trail);
}

std::optional<std::vector<std::optional<Value>>> Follower::follow_each(const Value& value,
                                                                       std::size_t expected) const {
  if (value.owner == nullptr)
    return std::nullopt;
  const Scope scope = scope_of(*value.owner);
  const std::vector<Target> found = targets(value.expression, scope);
  if (found.size() != expected)
    return std::nullopt;
  std::vector<std::optional<Value>> values;
  for (const Target& target : found) {
    Trail trail{value.expression};
    values.push_back(reference(target, scope, trail));
  }
  return values;
}

std::vector<Follower::Target> Follower::targets(const Node* expression, const Scope& scope) const {
  std::vector<Target> targets;
  for (const std::string_view text : deepest_references(expression)) {
    const bool is_own_key = text == "each.key" || text == "count.index";
    const bool is_index =
        is_own_key && !targets.empty() && !targets.back().with_own_key &&
        is_whole_resource(targets.back().reference) && !scope.key.empty() &&
        have_same_keys(scope.group, in_module(scope.module_address, targets.back().reference));
    if (is_index)
      targets.back().with_own_key = true;
    else
      targets.push_back({text, false});
  }
  return targets;
}

bool Follower::goes_on(const Node* expression, const Trail& trail) const {
  const bool again = std::find(trail.begin(), trail.end(), expression) != trail.end();
  if (!again && trail.size() < kMostReferences)
    return true;
  if (reported_.insert(trail.front()).second) {
    report(into_, again ? "GP0305" : "GP0307", trail.front()->span,
           again ? "this expression refers to itself, through inputs and outputs of modules"
                 : fmt::format("this expression leads through more than {} others", kMostReferences),
           "Terraform plans no such configuration: use what `terraform show -json` prints as it is");
  }
  return false;
}

std::optional<Value> Follower::expression(const Node* expression, const Scope& scope, Trail& trail) const {
  if (expression == nullptr)
    return std::nullopt;
  if (const Node* value = expression->find("constant_value"))
    return constant(value);
  const std::vector<Target> found = targets(expression, scope);
  if (found.size() != 1 || !goes_on(expression, trail))
    return std::nullopt;
  trail.push_back(expression);
  return reference(found[0], scope, trail);
}

std::optional<Value> Follower::reference(const Target& target, const Scope& scope, Trail& trail) const {
  if (target.with_own_key) {
    const Resource* found = plan_.find(in_module(scope.module_address, target.reference) + scope.key);
    return found == nullptr ? std::nullopt : std::optional(found->value());
  }
  const Steps steps = cut_reference(target.reference);
  if (steps.size() < 2)
    return std::nullopt;
  if (steps[0] == "var")
    return variable(steps, scope, trail);
  if (steps[0] == "module")
    return module_output(steps, scope, trail);
  if (steps[0] == "each")
    return each_value(steps, scope);
  // Locals are not in a plan; the others are no resources.
  for (const std::string_view other : {"local", "count", "path", "terraform", "self"}) {
    if (steps[0] == other)
      return std::nullopt;
  }
  if (steps[0] != "data")
    return resource(fmt::format("{}.{}", steps[0], steps[1]), behind(steps, 2), scope);
  if (steps.size() < 3)
    return std::nullopt;
  return resource(fmt::format("data.{}.{}", steps[1], steps[2]), behind(steps, 3), scope);
}

std::optional<Value> Follower::resource(const std::string& base, const Steps& rest,
                                        const Scope& scope) const {
  const std::string address = in_module(scope.module_address, base);
  if (!rest.empty() && is_index(rest[0])) {
    const Resource* found = plan_.find(address + std::string(rest[0]));
    return found == nullptr ? std::nullopt : walk(found->value(), behind(rest, 1));
  }
  if (const Resource* found = plan_.find(address))
    return walk(found->value(), rest);
  const std::set<std::string>& keys = plan_.keys(address);
  if (!rest.empty() || keys.size() != 1)
    return std::nullopt;
  const Resource* found = plan_.find(address + *keys.begin());
  return found == nullptr ? std::nullopt : std::optional(found->value());
}

std::optional<Value> Follower::variable(const Steps& steps, const Scope& scope, Trail& trail) const {
  if (scope.module_address.empty()) {
    const Node* value = plan_.variable(steps[1]);
    return value == nullptr ? std::nullopt : walk(constant(value), behind(steps, 2));
  }
  const Module* module = plan_.module(scope.module_address);
  const auto input = module == nullptr ? Members::const_iterator() : module->inputs.find(steps[1]);
  if (module == nullptr || input == module->inputs.end())
    return std::nullopt;
  const ModuleStep step = last_module(scope.module_address);
  const Scope outside{step.parent, module->call, std::string(step.key),
                      in_module(step.parent, fmt::format("module.{}", step.name))};
  const auto value = expression(input->second, outside, trail);
  // {arn = aws_sqs_queue.q.arn} has the same reference as the ARN alone; its part is then "arn.arn", which is
  // nothing.
  return value ? walk(*value, behind(steps, 2)) : std::nullopt;
}

std::optional<Value> Follower::module_output(const Steps& steps, const Scope& scope, Trail& trail) const {
  std::size_t at = 2;
  std::string address = in_module(scope.module_address, fmt::format("module.{}", steps[1]));
  const Module* module = plan_.module(address);
  if (module == nullptr || module->call == nullptr)
    return std::nullopt;
  const bool has_key = steps.size() > at && is_index(steps[at]);
  if (has_key)
    address += steps[at++];
  const bool has_instances = module->call->find("count_expression") != nullptr ||
                             module->call->find("for_each_expression") != nullptr;
  if (steps.size() <= at || has_key != has_instances)
    return std::nullopt;
  const auto output = module->outputs.find(steps[at]);
  if (output == module->outputs.end())
    return std::nullopt;
  const auto value = expression(output->second, {address, nullptr, {}, {}}, trail);
  return value ? walk(*value, behind(steps, at + 1)) : std::nullopt;
}

// for_each over another resource: each.value is the instance with the same key.
std::optional<Value> Follower::each_value(const Steps& steps, const Scope& scope) const {
  const Node* for_each = scope.block == nullptr ? nullptr : scope.block->find("for_each_expression");
  const Steps references = deepest_references(for_each);
  if (steps[1] != "value" || references.size() != 1)
    return std::nullopt;
  if (!is_whole_resource(references[0]))
    return std::nullopt;
  const Resource* found =
      plan_.find(in_module(scope.module_address, fmt::format("{}{}", references[0], scope.key)));
  return found == nullptr ? std::nullopt : walk(found->value(), behind(steps, 2));
}

}  // namespace grantproof::sources::terraform
