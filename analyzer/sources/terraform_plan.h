// SPDX-License-Identifier: Apache-2.0
//
// What `terraform show -json` prints, plan or state, as resources by address with the part of the
// configuration that made them. It borrows the tree. Source: Terraform, "JSON Output Format".
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sources/terraform_value.h"
#include "sources/translation.h"
#include "syntax/node.h"

namespace grantproof::sources::terraform {

// One instance of a resource or data source.
struct Resource {
  std::string address;         // module.q.aws_sqs_queue.this[0]
  std::string module_address;  // module.q; empty: the root
  std::string base;            // in its module: aws_sqs_queue.this, data.aws_iam_role.x
  std::string type;            // aws_sqs_queue; of a data source: data.aws_iam_role
  std::string key;             // [0], ["a"]; empty: there is no count and no for_each
  bool deleted = false;        // it is not there after apply, or was not there to be read
  base::Span span;             // of its change, or of its values

  const syntax::Node* values = nullptr;   // as they will be
  const syntax::Node* unknown = nullptr;  // the part of them that is known after apply
  const syntax::Node* before = nullptr;
  const syntax::Node* configuration = nullptr;  // null: the source has none
  const syntax::Node* depends_on = nullptr;     // of a state: what the configuration referred to

  Value value() const;
  Value attribute(std::string_view name) const { return value().attribute(name); }
  // Its value is not of the configuration: the provider reads it from AWS.
  bool is_read_back(std::string_view name) const;
};

using Members = std::map<std::string_view, const syntax::Node*>;

// A module of the configuration; all its instances share it.
struct Module {
  const syntax::Node* module = nullptr;
  const syntax::Node* call = nullptr;  // in the parent; null: the root
  Members resources;
  Members inputs;   // expressions in the parent
  Members outputs;  // expressions in the module
};

class Plan {
 public:
  // Mistakes and gaps go into the translation.
  void read(const syntax::Node& root, Translation& into);

  const std::vector<Resource>& resources() const { return resources_; }
  // By whole address; nullptr where none is there, or none will be.
  const Resource* find(std::string_view address) const;
  // The keys of the instances of a resource or module, by its address without the key: [0], ["a"].
  const std::set<std::string>& keys(std::string_view group) const;
  // The configuration of a module instance; nullptr where there is none.
  const Module* module(std::string_view module_address) const;

  // A variable of the root module; nullptr where it has no value.
  const syntax::Node* variable(std::string_view name) const;
  // configuration.provider_config.<key>; nullptr where there is none.
  const syntax::Node* provider(std::string_view key) const;
  const Members& providers() const { return providers_; }

 private:
  void read_configuration(const syntax::Node& configuration);
  void read_module(const syntax::Node& module, const syntax::Node* call, const std::string& path, int level);
  void read_changes(const syntax::Node& changes, Translation& into);
  void read_change(const syntax::Node& node, Translation& into);
  void read_values(const syntax::Node& values, Translation& into);
  void read_module_values(const syntax::Node& module, Translation& into, int level);
  // Nothing is added where the node is no resource, or has an address that is there.
  bool begin_resource(const syntax::Node& node, const std::string& module_address, Resource& resource,
                      Translation& into) const;
  void add(Resource resource);

  bool is_plan_ = false;
  std::vector<Resource> resources_;
  std::map<std::string, std::size_t, std::less<>> by_address_;
  std::map<std::string, std::set<std::string>, std::less<>> keys_;
  std::map<std::string, Module, std::less<>> modules_;  // by module.a.module.b
  Members variables_;
  Members providers_;
};

// "module.q.aws_sqs_queue.this": `inner` in the module.
std::string in_module(std::string_view module_address, std::string_view inner);
// "module.a[0].module.b" is module b, with its key, in module.a[0].
struct ModuleStep {
  std::string parent;
  std::string_view name;
  std::string_view key;
};
ModuleStep last_module(std::string_view module_address);

void report(Translation& into, std::string_view rule, base::Span span, std::string message,
            std::string help = {});

}  // namespace grantproof::sources::terraform
