// SPDX-License-Identifier: Apache-2.0
#include "sources/serverless_connectors.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "sources/serverless_connector_table.h"
#include "sources/serverless_role.h"

namespace grantproof::sources {

using syntax::Node;
using syntax::NodeKind;

namespace {

// Source or Destination: named by Id, or described by Type, Arn, RoleName, QueueUrl and the like.
class End {
 public:
  End(const Node& written, const ServerlessExpansion& expansion)
      : written_(written), make_(written.span), id_(written.find("Id")) {
    const Node* type = written.find("Type");
    if (id_ == nullptr) {
      type_ = is_text(type) ? cloudformation_type(type->text) : std::string_view();
      return;
    }
    made_ = is_text(id_) ? expansion.find(id_->text) : nullptr;
    const Node* made_type = made_ != nullptr ? made_->find("Type") : nullptr;
    type_ = is_text(made_type) ? std::string_view(made_type->text) : std::string_view();
    connected_ = find_connected_type(type_);
  }

  std::string_view type() const { return type_; }
  base::Span span() const { return written_.span; }
  // What is wrong with it; empty: nothing.
  std::string mistake(std::string_view what) const {
    if (id_ != nullptr && made_ == nullptr)
      return fmt::format("{}.Id of the connector names no resource of this template", what);
    if (type_.empty())
      return fmt::format("{} of the connector has neither Id nor Type", what);
    return {};
  }

  std::optional<Node> arn() const {
    if (connected_ == nullptr)
      return given("Arn");
    return connected_->arn_attribute.empty() ? ref()
                                             : make_.get_att(id(), std::string(connected_->arn_attribute));
  }
  std::optional<Node> resource_id() const {
    if (connected_ == nullptr)
      return given("ResourceId");
    return connected_->id_attribute.empty() ? ref()
                                            : make_.get_att(id(), std::string(connected_->id_attribute));
  }
  std::optional<Node> name() const {
    return connected_ == nullptr ? given("Name") : make_.get_att(id(), "Name");
  }
  std::optional<Node> queue_url() const { return connected_ == nullptr ? given("QueueUrl") : ref(); }
  // Of an API: all its routes, unless it is narrowed.
  std::optional<Node> qualifier() const {
    const bool written = connected_ == nullptr || !is_null(written_.find("Qualifier"));
    return written ? given("Qualifier") : make_.text("*");
  }

  // Ref of the role; nothing where it is not a role of this template. A rule has the roles of its targets.
  std::optional<Node> role_name(const End& other, ServerlessExpansion& expansion) const {
    if (connected_ == nullptr)
      return given("RoleName");
    const Node* properties = made_->find("Properties");
    if (properties == nullptr || connected_->role_property.empty())
      return std::nullopt;
    expansion.has_room(properties->members.size(), span());
    const Node* role = nullptr;
    if (type_ == "AWS::Events::Rule") {
      const Node* targets = properties->find("Targets");
      if (targets == nullptr || !expansion.has_room(targets->items.size(), span()))
        return std::nullopt;
      for (const Node& target : targets->items) {
        const Node* arn = target.find("Arn");
        if (arn != nullptr && role == nullptr && other.is(*arn))
          role = target.find(connected_->role_property);
      }
    } else {
      role = properties->find(connected_->role_property);
    }
    if (role == nullptr || referred_id(*role).empty())
      return std::nullopt;
    return make_.ref(std::string(referred_id(*role)));
  }

 private:
  std::string id() const { return id_->text; }
  std::optional<Node> ref() const { return make_.ref(id()); }
  std::optional<Node> given(std::string_view property) const {
    const Node* value = written_.find(property);
    return is_null(value) ? std::nullopt : std::optional<Node>(*value);
  }
  bool is(const Node& arn) const {
    if (id_ != nullptr)
      return referred_id(arn) == id_->text;
    const Node* own = written_.find("Arn");
    return own != nullptr && same_value(*own, arn);
  }

  const Node& written_;
  NodeBuilder make_;
  const Node* id_;
  const Node* made_ = nullptr;
  const ConnectedType* connected_ = nullptr;  // null: everything stands in the connector
  std::string_view type_;
};

class ConnectorExpander {
 public:
  ConnectorExpander(const SamResource& connector, ServerlessExpansion& expansion)
      : connector_(connector), expansion_(expansion), maker_(connector.maker()) {}

  void expand() {
    const Node* source = connector_.properties.find("Source");
    const Node* destination = connector_.properties.find("Destination");
    const Node* permissions = connector_.properties.find("Permissions");
    if (!is_map(source) || destination == nullptr || permissions == nullptr ||
        permissions->kind != NodeKind::kList || permissions->items.empty()) {
      refuse(connector_.name,
             fmt::format("connector {} needs Source, Destination and Permissions", connector_.logical_id),
             "Permissions: [Write]");
      return;
    }
    if (destination->kind != NodeKind::kList) {
      connect(*source, *destination, *permissions, {});
      return;
    }
    for (std::size_t i = 0; i < destination->items.size(); ++i)
      connect(*source, destination->items[i], *permissions, fmt::format("Destination{}", i));
  }

 private:
  void refuse(base::Span span, std::string message, std::string help) {
    expansion_.mistake(span, std::move(message), std::move(help));
    expansion_.gap(span, fmt::format("what connector {} permits is not known", connector_.logical_id), {});
  }

  void connect(const Node& from, const Node& to, const Node& permissions, const std::string& suffix) {
    if (!expansion_.has_room(connector_rows().size(), to.span))
      return;
    const End source(from, expansion_);
    const End destination(to, expansion_);
    std::string mistake = source.mistake("Source");
    if (mistake.empty())
      mistake = destination.mistake("Destination");
    if (!mistake.empty()) {
      refuse(connector_.name, std::move(mistake),
             "Id: the logical id of a resource; or Type, Arn and RoleName");
      return;
    }
    // All access that is asked for must be in the table.
    const ConnectorRow* first = nullptr;
    for (const ConnectorRow& row : connector_rows()) {
      if (row.source == source.type() && row.destination == destination.type() && first == nullptr)
        first = &row;
    }
    if (first == nullptr) {
      refuse(to.span, fmt::format("no connector goes from {} to {}", source.type(), destination.type()),
             "write the policy in the template instead");
      return;
    }
    std::vector<const ConnectorRow*> rows;
    for (const Node& permission : permissions.items) {
      const std::size_t before = rows.size();
      for (const ConnectorRow& row : connector_rows()) {
        if (row.source == source.type() && row.destination == destination.type() &&
            row.access == permission.text)
          rows.push_back(&row);
      }
      if (rows.size() == before) {
        refuse(permission.span,
               fmt::format("a connector from {} to {} has no access \"{}\"", source.type(),
                           destination.type(), permission.text),
               "Read, Write, or both; not every pair has both");
      }
      if (!expansion_.has_room(connector_rows().size(), permission.span))
        return;
    }
    if (!rows.empty())
      add(rows, source, destination, suffix);
  }

  void add(const std::vector<const ConnectorRow*>& rows, const End& source, const End& destination,
           const std::string& suffix) {
    missing_ = {};
    const ConnectorPolicy policy = rows[0]->policy;
    if (policy == ConnectorPolicy::kLambdaPermission) {
      for (const ConnectorRow* row : rows)
        add_permission(*row, source, destination, suffix);
    } else {
      const NodeBuilder make(destination.span());
      std::vector<Node> statements;
      statements.reserve(rows.size());
      for (const ConnectorRow* row : rows)
        statements.push_back(statement(*row, source, destination, make));
      Node properties = make.map();
      set(properties, "PolicyDocument", document_node(std::move(statements), make, "2012-10-17"));
      switch (policy) {
        case ConnectorPolicy::kQueuePolicy:
          set(properties, "Queues",
              make.list({value(destination.queue_url(), "QueueUrl of Destination", make)}));
          finish("QueuePolicy" + suffix, "AWS::SQS::QueuePolicy", std::move(properties), destination);
          break;
        case ConnectorPolicy::kTopicPolicy:
          set(properties, "Topics", make.list({value(destination.arn(), "Arn of Destination", make)}));
          finish("TopicPolicy" + suffix, "AWS::SNS::TopicPolicy", std::move(properties), destination);
          break;
        default: {
          const bool of_source = policy == ConnectorPolicy::kSourceRole;
          const End& end = of_source ? source : destination;
          set(properties, "Roles",
              make.list({value(end.role_name(of_source ? destination : source, expansion_),
                               of_source ? "RoleName of Source" : "RoleName of Destination", make)}));
          finish("Policy" + suffix, "AWS::IAM::ManagedPolicy", std::move(properties), destination);
        }
      }
    }
  }

  // Adds what was made, unless something was missing for it.
  void finish(const std::string& suffix, std::string_view type, Node properties, const End& destination) {
    if (!missing_.empty()) {
      refuse(destination.span(), fmt::format("connector {} needs the {}", connector_.logical_id, missing_),
             "name the resource by Id, or give it beside Type");
      return;
    }
    expansion_.add(connector_.logical_id + suffix, type, std::move(properties),
                   {connector_.name, destination.span(), maker_.condition});
  }

  void add_permission(const ConnectorRow& row, const End& source, const End& destination,
                      const std::string& suffix) {
    const NodeBuilder make(destination.span());
    Node permission = make.map(
        {{"Action", make.text("lambda:InvokeFunction")}, {"Principal", make.text(std::string(row.service))}});
    set(permission, "FunctionName", value(destination.arn(), "Arn of Destination", make));
    set(permission, "SourceArn", resource(row.resources, source, destination, make));
    if (row.service == "s3.amazonaws.com")  // ARNs of buckets have no account
      set(permission, "SourceAccount", make.ref("AWS::AccountId"));
    finish(std::string(row.access) + "LambdaPermission" + suffix, "AWS::Lambda::Permission",
           std::move(permission), destination);
  }

  Node statement(const ConnectorRow& row, const End& source, const End& destination,
                 const NodeBuilder& make) {
    if (!row.service.empty()) {
      return service_statement_node(make.map({{"Service", make.text(std::string(row.service))}}), row.actions,
                                    value(destination.arn(), "Arn of Destination", make),
                                    resource(row.resources, source, destination, make), make);
    }
    Node resources = make.list();
    for (const std::string_view one : words_of(row.resources))
      resources.items.push_back(resource(one, source, destination, make));
    return statement_node(row.actions, std::move(resources), make);
  }

  Node resource(std::string_view format, const End& source, const End& destination, const NodeBuilder& make) {
    struct Variable {
      std::string_view name;
      std::string_view said;
      const End& end;
      std::optional<Node> (End::*read)() const;
    };
    const Variable variables[] = {
        {"SourceArn", "Arn of Source", source, &End::arn},
        {"DestinationArn", "Arn of Destination", destination, &End::arn},
        {"DestinationName", "Name of Destination", destination, &End::name},
        {"SourceResourceId", "ResourceId of Source", source, &End::resource_id},
        {"SourceQualifier", "Qualifier of Source", source, &End::qualifier},
    };
    Members used;
    for (const Variable& variable : variables) {
      const std::string written = fmt::format("${{{}}}", variable.name);
      if (format == written)
        return value((variable.end.*variable.read)(), variable.said, make);
      if (format.find(written) != std::string_view::npos)
        used.emplace_back(variable.name, value((variable.end.*variable.read)(), variable.said, make));
    }
    return make.sub(std::string(format), std::move(used));
  }

  // Copied through the expansion: it may be the user's, and is written several times.
  Node value(std::optional<Node> node, std::string_view said, const NodeBuilder& make) {
    if (node)
      return expansion_.copy(*node);
    missing_ = said;
    return make.map();
  }

  const SamResource& connector_;
  ServerlessExpansion& expansion_;
  Maker maker_;
  std::string_view missing_;  // what could not be found; empty: nothing was
};

}  // namespace

void postpone_embedded_connectors(const std::string& source, Node connectors,
                                  ServerlessExpansion& expansion) {
  if (connectors.kind == NodeKind::kNull)
    return;
  if (connectors.kind != NodeKind::kMap) {
    expansion.mistake(connectors.span, fmt::format("Connectors of {} is {}, expected an object", source,
                                                   describe(connectors.kind)));
    return;
  }
  for (syntax::Member& member : connectors.members) {
    if (member.value.kind != NodeKind::kMap || member.key.size() > kLongestLogicalId) {
      expansion.mistake(member.key_span, fmt::format("connector {} of {} is no object with Properties",
                                                     member.key.substr(0, kLongestLogicalId), source));
      expansion.gap(member.key_span, fmt::format("what the connectors of {} permit is not known", source),
                    {});
      continue;
    }
    const NodeBuilder make(member.key_span);
    SamResource connector{source + member.key, member.key_span, std::move(member.value), {}, {}};
    connector.properties = take(connector.attributes, "Properties");
    Node reference = take(connector.properties, "SourceReference");
    Node from = reference.kind == NodeKind::kMap ? std::move(reference) : make.map();
    set(from, "Id", make.text(source));
    set(connector.properties, "Source", std::move(from));
    connector.condition = take(connector.attributes, "Condition");
    expansion.postpone_connector(std::move(connector));
  }
}

void expand_connector(const SamResource& connector, ServerlessExpansion& expansion) {
  ConnectorExpander(connector, expansion).expand();
}

}  // namespace grantproof::sources
