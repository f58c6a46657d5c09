// SPDX-License-Identifier: Apache-2.0
#include "reports/configuration_json.h"

#include <fmt/format.h>

#include <utility>

#include "events/json_path.h"
#include "policy/policy_writer.h"
#include "syntax/json_writer.h"

namespace grantproof::reports {
namespace {

using syntax::Node;

// Members in the order of the calls; empty texts and lists are left out.
class Object {
 public:
  Object& text(std::string name, const std::string& value) {
    if (!value.empty())
      node(std::move(name), syntax::string_node(value));
    return *this;
  }
  Object& list(std::string name, std::vector<Node> items) {
    if (!items.empty())
      node(std::move(name), syntax::list_node(std::move(items)));
    return *this;
  }
  Object& texts(std::string name, const std::vector<std::string>& values) {
    std::vector<Node> items;
    items.reserve(values.size());
    for (const std::string& value : values)
      items.push_back(syntax::string_node(value));
    return list(std::move(name), std::move(items));
  }
  Object& policies(std::string name, const std::vector<config::PolicyId>& ids) {
    std::vector<Node> items;
    items.reserve(ids.size());
    for (const config::PolicyId id : ids)
      items.push_back(syntax::number_node(static_cast<long long>(id)));
    return list(std::move(name), std::move(items));
  }
  Object& number(std::string name, long long value) {
    return node(std::move(name), syntax::number_node(value));
  }
  Object& node(std::string name, Node value) {
    members_.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  Node take() { return syntax::map_node(std::move(members_)); }

 private:
  std::vector<std::pair<std::string, Node>> members_;
};

std::string place_of(base::Span span, const base::SourceMap& sources) {
  const base::Location at = sources.locate(span);
  return fmt::format("{}:{}:{}", at.file_name, at.begin.line, at.begin.column);
}

std::string_view word(config::Principal::Kind kind) {
  switch (kind) {
    case config::Principal::Kind::kRole:
      return "role";
    case config::Principal::Kind::kUser:
      return "user";
    case config::Principal::Kind::kGroup:
      break;
  }
  return "group";
}

class Writer {
 public:
  Writer(const config::Configuration& configuration, const base::SourceMap& sources)
      : configuration_(configuration), sources_(sources) {}

  std::string write() {
    Object all;
    all.text("format", "grantproof-configuration/1");
    all.list("accounts", map(configuration_.accounts, [](const config::Account& account) {
               return Object().text("id", account.id).text("name", account.name).take();
             }));
    organization(all);
    all.list("principals",
             map(configuration_.principals, [this](const config::Principal& one) { return principal(one); }));
    long long number = 0;
    all.list("policies", map(configuration_.policies, [&](const config::PolicyDocument& document) {
               return policy(document, number++);
             }));
    all.list("event_buses",
             map(configuration_.event_buses, [this](const config::EventBus& bus) { return event_bus(bus); }));
    all.list("target_resources", map(configuration_.target_resources,
                                     [this](const auto& resource) { return target_resource(resource); }));
    all.list("senders",
             map(configuration_.senders, [this](const config::Sender& one) { return sender(one); }));
    all.list("gaps", gaps());
    all.texts("assumptions", configuration_.assumptions);
    return syntax::write_json(all.take(), 2) + "\n";
  }

  std::vector<Node> gaps() const {
    return map(configuration_.gaps, [this](const config::Gap& gap) {
      return Object()
          .text("message", gap.message)
          .text("about", gap.about)
          .text("place", place_of(gap.span, sources_))
          .take();
    });
  }

 private:
  template <typename Item, typename Make>
  static std::vector<Node> map(const std::vector<Item>& items, Make make) {
    std::vector<Node> nodes;
    nodes.reserve(items.size());
    for (const Item& item : items)
      nodes.push_back(make(item));
    return nodes;
  }

  void organization(Object& all) const {
    const config::Organization& organization = configuration_.organization;
    if (organization.id.empty() && organization.units.empty())
      return;
    all.node("organization", Object()
                                 .text("id", organization.id)
                                 .text("management_account", organization.management_account)
                                 .list("units", map(organization.units,
                                                    [](const config::OrganizationalUnit& unit) {
                                                      return Object()
                                                          .text("id", unit.id)
                                                          .text("parent", unit.parent)
                                                          .text("name", unit.name)
                                                          .policies("service_control_policies",
                                                                    unit.service_control_policies)
                                                          .policies("resource_control_policies",
                                                                    unit.resource_control_policies)
                                                          .take();
                                                    }))
                                 .take());
  }

  Node principal(const config::Principal& one) const {
    return Object()
        .text("kind", std::string(word(one.kind)))
        .text("name", one.name)
        .text("arn", one.arn)
        .text("account", one.account)
        .policies("trust", one.trust)
        .policies("identity_policies", one.identity_policies)
        .policies("permissions_boundary", one.permissions_boundary)
        .texts("groups", one.groups)
        .texts("absent", one.absent)
        .text("when", one.when)
        .text("place", place_of(one.span, sources_))
        .take();
  }

  Node policy(const config::PolicyDocument& document, long long number) const {
    Object object;
    object.number("number", number)
        .text("type", std::string(policy::name(document.policy.type)))
        .text("name", document.name)
        .text("attached_to", document.attached_to)
        .text("when", document.when)
        .text("place", place_of(document.policy.span, sources_));
    if (!document.policy.understood)
      object.node("understood", syntax::bool_node(false));
    return object.node("document", policy::policy_node(document.policy)).take();
  }

  Node event_bus(const config::EventBus& bus) const {
    Object object;
    object.text("name", bus.name)
        .text("arn", bus.arn)
        .text("account", bus.account)
        .text("region", bus.region)
        .text("kms_key", bus.kms_key)
        .text("dead_letter_queue", bus.dead_letter_queue);
    for (const config::BusPolicies& policies : configuration_.bus_policies) {
      if (policies.bus_arn == bus.arn)
        object.policies("policies", policies.policies);
    }
    object.node("described", syntax::bool_node(bus.described));
    object.list("rules", map(bus.rules, [this](const config::Rule& one) { return rule(one); }));
    object.list("archives", map(bus.archives, [](const config::Archive& archive) {
                  Object one;
                  one.text("name", archive.name).text("event_pattern", archive.event_pattern_json);
                  if (!archive.event_pattern_told)
                    one.node("event_pattern_told", syntax::bool_node(false));
                  return one.take();
                }));
    return object.text("place", place_of(bus.span, sources_)).take();
  }

  Node rule(const config::Rule& one) const {
    return Object()
        .text("name", one.name)
        .text("arn", one.arn)
        .text("state", std::string(config::name(one.state)))
        .text("event_pattern", one.event_pattern_json)
        .text("schedule_expression", one.schedule_expression)
        .text("unknown", one.unknown)
        .text("when", one.when)
        .list("targets", map(one.targets, [](const config::Target& of) { return target(of); }))
        .text("place", place_of(one.span, sources_))
        .take();
  }

  static Node target(const config::Target& one) {
    Object object;
    object.text("id", one.id).text("arn", one.arn).text("role_arn", one.role_arn);
    if (one.input.input)
      object.text("input", *one.input.input);
    if (one.input.transformer)
      object.text("input_template", one.input.transformer->input_template);
    return object.number("maximum_retry_attempts", one.retry_policy.maximum_retry_attempts)
        .number("maximum_event_age_in_seconds", one.retry_policy.maximum_event_age_in_seconds)
        .text("dead_letter_queue", one.dead_letter_queue)
        .text("when", one.when)
        .take();
  }

  Node target_resource(const config::TargetResource& one) const {
    return Object()
        .text("type", one.type)
        .text("name", one.name)
        .text("arn", one.arn)
        .text("account", one.account)
        .text("region", one.region)
        .policies("policies", one.policies)
        .text("policy", one.policy_told ? "" : "not told")
        .text("kms_key", one.kms_key)
        .text("role_arn", one.role_arn)
        .text("connection_arn", one.connection_arn)
        .text("when", one.when)
        .text("place", place_of(one.span, sources_))
        .take();
  }

  Node sender(const config::Sender& one) const {
    return Object()
        .text("type", one.type)
        .text("name", one.name)
        .text("arn", one.arn)
        .text("account", one.account)
        .text("role_arn", one.role_arn)
        .text("source_arn", one.source_arn)
        .text("target_arn", one.target_arn)
        .text("event_source", one.event_source)
        .text("event_detail_type", one.event_detail_type)
        .text("dead_letter_queue", one.dead_letter_queue)
        .text("when", one.when)
        .text("place", place_of(one.span, sources_))
        .take();
  }

  const config::Configuration& configuration_;
  const base::SourceMap& sources_;
};

}  // namespace

std::string configuration_json(const config::Configuration& configuration, const base::SourceMap& sources) {
  return Writer(configuration, sources).write();
}

std::string resources_json(std::span<const config::Resource> resources,
                           const config::Configuration& configuration, const base::SourceMap& sources) {
  std::vector<Node> list;
  list.reserve(resources.size());
  for (const config::Resource& resource : resources) {
    list.push_back(Object()
                       .text("type", resource.type)
                       .text("name", resource.name)
                       .text("account", resource.account)
                       .text("region", resource.region)
                       .text("arn", resource.arn)
                       .text("when", resource.when)
                       .texts("not_told", resource.not_told)
                       .text("place", place_of(resource.span, sources))
                       .node("properties", resource.properties)
                       .take());
  }
  Object all;
  all.text("format", "grantproof-sources/1")
      .list("resources", std::move(list))
      .list("gaps", Writer(configuration, sources).gaps())
      .texts("assumptions", configuration.assumptions);
  return syntax::write_json(all.take(), 2) + "\n";
}

}  // namespace grantproof::reports
