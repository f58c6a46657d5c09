// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform_place.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "aws/arn.h"
#include "base/unknown_text.h"
#include "config/rule_reader.h"
#include "sources/terraform_identity.h"
#include "syntax/json_writer.h"

namespace grantproof::sources::terraform {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::string_view kDefaultProvider = "aws";

// Arguments of the provider that say who it is; the others do not change the account.
constexpr std::array<std::string_view, 10> kCredentials = {"access_key",
                                                           "secret_key",
                                                           "token",
                                                           "profile",
                                                           "assume_role",
                                                           "assume_role_with_web_identity",
                                                           "shared_config_files",
                                                           "shared_credentials_file",
                                                           "shared_credentials_files",
                                                           "allowed_account_ids"};

constexpr std::size_t kMostDependencies = 200;  // of one resource
constexpr std::size_t kMostInstances = 20;      // of one of them

// Resources without an ARN stand where what they refer to stands.
struct Neighbour {
  std::string_view attribute;
  std::string_view type;  // of the neighbour
  std::string_view name;  // attribute of the neighbour
};
constexpr std::array<Neighbour, 3> kNeighbours = {{
    {"event_bus_name", "aws_cloudwatch_event_bus", "name"},
    {"rule", "aws_cloudwatch_event_rule", "name"},
    {"function_name", "aws_lambda_function", "function_name"},
}};

bool is_region(std::string_view text) {
  const std::size_t dash = text.rfind('-');
  return dash != std::string_view::npos && dash > 3 && dash + 2 == text.size() && text[dash + 1] >= '0' &&
         text[dash + 1] <= '9' && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == dash + 1;
}

std::string_view known_text(const Resource& resource, std::string_view name) {
  const Value value = resource.attribute(name);
  return value.known != nullptr && !value.is_unknown() && value.known->kind == NodeKind::kString
             ? std::string_view(value.known->text)
             : std::string_view();
}

bool is_aws(const Resource& resource) {
  return resource.type.starts_with("aws_") || resource.type.starts_with("data.aws_");
}

// Data may be another account's, and so may be the bus on which a rule stands.
bool stands_at_its_provider(const Resource& resource) {
  return resource.type.starts_with("aws_") && resource.type != "aws_cloudwatch_event_rule";
}

// Does the expression depend on anything? Then it means the same only within its module.
bool has_references(const Node& node) {
  if (node.find("references") != nullptr)
    return true;
  return std::any_of(node.items.begin(), node.items.end(), has_references) ||
         std::any_of(node.members.begin(), node.members.end(),
                     [](const syntax::Member& member) { return has_references(member.value); });
}

}  // namespace

Places::Places(const Plan& plan, const Place& place) : plan_(plan), place_(place) {
  for (const auto& provider : plan.providers()) {
    const Node* name = provider.second->find("name");
    if (name != nullptr && name->text == kDefaultProvider)
      read_provider(std::string(provider.first), provider.second);
  }
  for (const Resource& resource : plan.resources()) {
    if (is_aws(resource) && !resource.deleted)
      read_resource(resource);
  }
}

std::string Places::provider_key(const Resource& resource) const {
  const Node* key =
      resource.configuration == nullptr ? nullptr : resource.configuration->find("provider_config_key");
  if (key == nullptr || key->kind != NodeKind::kString)
    return std::string(kDefaultProvider);
  // Before Terraform 1.1 modules say only their own name for what was passed to them. With one
  // configuration it can be no other.
  const bool known = plan_.provider(key->text) != nullptr;
  if (!known && providers_.size() == 1 && key->text.ends_with(":aws"))
    return providers_.begin()->first;
  return key->text;
}

// A constant, or the value of the one variable of the root module that the expression refers to.
const Node* Places::constant(const Node* expression, std::string_view module_address) const {
  if (expression == nullptr)
    return nullptr;
  if (const Node* value = expression->find("constant_value"))
    return value;
  const Node* references = expression->find("references");
  if (references == nullptr || references->items.size() != 1 || !module_address.empty())
    return nullptr;
  const std::string_view reference = references->items[0].text;
  constexpr std::string_view kVariable = "var.";
  return reference.starts_with(kVariable) ? plan_.variable(reference.substr(kVariable.size())) : nullptr;
}

void Places::read_provider(const std::string& key, const Node* node) {
  Provider& provider = providers_[key];
  const Node* expressions = node == nullptr ? nullptr : node->find("expressions");
  const Node* module = node == nullptr ? nullptr : node->find("module_address");
  const std::string_view module_address =
      module == nullptr ? std::string_view() : std::string_view(module->text);
  if (expressions != nullptr) {
    bool refers = false;
    for (const std::string_view name : kCredentials) {
      const Node* argument = expressions->find(name);
      if (argument == nullptr || (argument->kind == NodeKind::kList && argument->items.empty()))
        continue;
      provider.credentials += fmt::format("{}={};", name, syntax::write_json(*argument));
      refers = refers || has_references(*argument);
    }
    if (refers)
      provider.credentials += module_address;
  }
  first_keys_.emplace(provider.credentials, key);
  std::set<std::string>& accounts = accounts_[provider.credentials];
  if (expressions == nullptr)
    return;
  if (const Node* region = constant(expressions->find("region"), module_address);
      region != nullptr && is_region(region->text)) {
    provider.regions.insert(region->text);
    provider.region_is_written = true;
  }
  // The provider works in no other account than these.
  if (const Node* allowed = constant(expressions->find("allowed_account_ids"), module_address);
      allowed != nullptr && allowed->items.size() == 1 && aws::is_account_id(allowed->items[0].text))
    accounts.insert(allowed->items[0].text);
  const Node* roles = expressions->find("assume_role");
  if (roles == nullptr || roles->items.empty())
    return;
  // Roles are assumed one after the other: it works as the last.
  const Node* role = constant(roles->items.back().find("role_arn"), module_address);
  const auto arn = role == nullptr ? std::nullopt : aws::parse_arn(role->text);
  if (arn && aws::is_account_id(arn->account))
    accounts.insert(std::string(arn->account));
}

void Places::read_resource(const Resource& resource) {
  const std::string key = provider_key(resource);
  if (!providers_.contains(key))
    read_provider(key, plan_.provider(key));
  Provider& provider = providers_[key];
  std::set<std::string>& accounts = accounts_[provider.credentials];
  if (resource.type == "data.aws_caller_identity") {
    if (const std::string_view account = known_text(resource, "account_id"); aws::is_account_id(account))
      accounts.emplace(account);
  } else if (resource.type == "data.aws_region") {
    // With an argument it tells of any region.
    const bool is_own = resource.configuration != nullptr && resource.is_read_back("name") &&
                        resource.is_read_back("region") && resource.is_read_back("endpoint");
    if (!is_own || provider.region_is_written)
      return;
    for (const std::string_view name : {"region", "name", "id"}) {
      if (const std::string_view region = known_text(resource, name); is_region(region))
        provider.regions.emplace(region);
    }
  } else if (resource.type == "data.aws_partition") {
    if (const std::string_view partition = known_text(resource, "partition"); !partition.empty())
      partitions_.emplace(partition);
  } else if (const auto arn = aws::parse_arn(own_arn(resource)); arn && stands_at_its_provider(resource)) {
    if (aws::is_account_id(arn->account))
      accounts.emplace(arn->account);
    // Since version 6 of the provider a resource may stand in another region than its provider.
    if (!provider.region_is_written && is_region(arn->region) && known_text(resource, "region").empty())
      provider.regions.emplace(arn->region);
    partitions_.emplace(arn->partition);
  }
}

// "account in plan.json", "account of aws.hub in plan.json"
std::string Places::unknown(std::string_view what, const std::string& key) const {
  std::string text(what);
  if (key != kDefaultProvider)
    text += fmt::format(" of {}", key);
  if (!place_.shown().empty())
    text += fmt::format(" in {}", place_.shown());
  return base::unknown_text(text);
}

std::string Places::account_of(const std::string& key) const {
  const auto provider = providers_.find(key);
  const std::string credentials = provider == providers_.end() ? std::string() : provider->second.credentials;
  const auto said = accounts_.find(credentials);
  if (said != accounts_.end() && said->second.size() == 1)
    return *said->second.begin();
  // The file's place speaks of the provider that is meant where none is named.
  const auto default_provider = providers_.find(std::string(kDefaultProvider));
  const bool is_default = accounts_.size() <= 1 || (default_provider != providers_.end() &&
                                                    default_provider->second.credentials == credentials);
  const bool is_silent = said == accounts_.end() || said->second.empty();
  if (is_default && is_silent && !place_.account.empty())
    return place_.account;
  const auto first = first_keys_.find(credentials);
  const bool named_as_default =
      default_provider != providers_.end() && default_provider->second.credentials == credentials;
  return unknown("account", named_as_default || first == first_keys_.end() ? std::string(kDefaultProvider)
                                                                           : first->second);
}

std::string Places::region_of(const std::string& key) const {
  const auto provider = providers_.find(key);
  if (provider != providers_.end() && provider->second.regions.size() == 1)
    return *provider->second.regions.begin();
  const bool is_silent = provider == providers_.end() || provider->second.regions.empty();
  if (is_silent && !place_.region.empty() && (key == kDefaultProvider || providers_.size() <= 1))
    return place_.region;
  return unknown("region", key);
}

// A state does not say the provider's configuration. It does say what the configuration referred to: a bus of
// that name, or rule, or function.
std::string Places::neighbour_arn(const Resource& resource) const {
  if (resource.depends_on == nullptr || resource.depends_on->items.size() > kMostDependencies)
    return {};
  std::set<std::string> places;
  std::string found;
  for (const Node& dependency : resource.depends_on->items) {
    const std::set<std::string>& keys = plan_.keys(dependency.text);
    if (keys.size() > kMostInstances)
      return {};
    for (const std::string& key : keys) {
      const Resource* neighbour = plan_.find(dependency.text + key);
      for (const Neighbour& row : kNeighbours) {
        if (neighbour == nullptr || neighbour->type != row.type ||
            known_text(*neighbour, row.name) != known_text(resource, row.attribute))
          continue;
        const auto arn = aws::parse_arn(own_arn(*neighbour));
        if (arn && places.insert(fmt::format("{} {}", arn->region, arn->account)).second)
          found = own_arn(*neighbour);
      }
    }
  }
  return places.size() == 1 ? found : std::string();
}

const Where& Places::where(const Resource& resource) const {
  const auto known = where_.find(&resource);
  return known != where_.end() ? known->second
                               : where_.emplace(&resource, find_where(resource)).first->second;
}

Where Places::find_where(const Resource& resource) const {
  const std::string key = provider_key(resource);
  const std::string near =
      own_arn(resource).empty() ? neighbour_arn(resource) : std::string(own_arn(resource));
  const auto arn = aws::parse_arn(near);
  Where where;
  where.account = arn && aws::is_account_id(arn->account) ? std::string(arn->account) : account_of(key);
  if (const std::string_view region = known_text(resource, "region"); !region.empty())
    where.region = region;
  else if (arn && is_region(arn->region))
    where.region = arn->region;
  else
    where.region = region_of(key);
  if (arn)
    where.partition = arn->partition;
  else if (is_region(where.region))
    where.partition = config::partition_of(where.region);
  else
    where.partition = partitions_.size() == 1 ? *partitions_.begin() : "aws";
  return where;
}

}  // namespace grantproof::sources::terraform
