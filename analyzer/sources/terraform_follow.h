// SPDX-License-Identifier: Apache-2.0
//
// From a value that is known only after apply to what it refers to: through inputs and outputs of modules, to
// a resource's attribute or a constant. Only where the expression has one reference; what else it may do with
// it the plan does not say, so the caller must know that this kind of value is taken as it is.
//
// aws_sqs_queue.q[each.key].arn is told as two references, aws_sqs_queue.q and each.key. They are one where
// both have the same keys.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sources/terraform_plan.h"
#include "sources/terraform_value.h"

namespace grantproof::sources::terraform {

class Follower {
 public:
  Follower(const Plan& plan, Translation& into) : plan_(plan), into_(into) {}

  // Nothing where the value has not one reference, or it leads nowhere. A value whose path is empty is a
  // whole resource, the only one of its count or for_each.
  std::optional<Value> follow(const Value& value) const;
  // Each reference of the value, if it has as many as expected.
  std::optional<std::vector<std::optional<Value>>> follow_each(const Value& value,
                                                               std::size_t expected) const;

 private:
  // Where an expression stands: its module, and the resource or module call whose each.value it may use.
  struct Scope {
    std::string module_address;
    const syntax::Node* block = nullptr;
    std::string key;
    std::string group;  // its address without the key
  };
  struct Target {
    std::string_view reference;
    bool with_own_key = false;  // each.key or count.index stands behind it
  };
  using Steps = std::vector<std::string_view>;
  using Trail = std::vector<const syntax::Node*>;

  std::optional<Value> expression(const syntax::Node* expression, const Scope& scope, Trail& trail) const;
  std::vector<Target> targets(const syntax::Node* expression, const Scope& scope) const;
  std::optional<Value> reference(const Target& target, const Scope& scope, Trail& trail) const;
  std::optional<Value> resource(const std::string& base, const Steps& rest, const Scope& scope) const;
  std::optional<Value> variable(const Steps& steps, const Scope& scope, Trail& trail) const;
  std::optional<Value> module_output(const Steps& steps, const Scope& scope, Trail& trail) const;
  std::optional<Value> each_value(const Steps& steps, const Scope& scope) const;
  Scope scope_of(const Resource& resource) const;
  bool have_same_keys(const std::string& left, const std::string& right) const;
  bool goes_on(const syntax::Node* expression, const Trail& trail) const;

  const Plan& plan_;
  Translation& into_;
  mutable std::set<const syntax::Node*> reported_;
  mutable std::map<std::pair<std::string, std::string>, bool> same_keys_;
};

}  // namespace grantproof::sources::terraform
