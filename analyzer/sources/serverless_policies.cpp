// SPDX-License-Identifier: Apache-2.0
#include "sources/serverless_policies.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "base/unknown_text.h"
#include "sources/serverless_policy_templates.h"

namespace grantproof::sources {

using syntax::Node;
using syntax::NodeKind;

namespace {

// What one item of Policies becomes. Fn::If can have both.
struct Translated {
  std::optional<Node> inline_policy;
  std::optional<Node> managed_policy_arn;
};

class PolicyTranslator {
 public:
  PolicyTranslator(std::string name, ServerlessExpansion& expansion)
      : name_(std::move(name)), expansion_(expansion) {}

  Translated translate(const Node& item) {
    const NodeBuilder make(item.span);
    if (item.kind == NodeKind::kString)
      return managed_policy(item);
    if (const std::vector<Node>* arguments = if_arguments(item))
      return either((*arguments)[0], translate((*arguments)[1]), translate((*arguments)[2]), make);
    if (is_no_value(item))
      return {};
    if (is_intrinsic_function(item))
      return {.inline_policy = {}, .managed_policy_arn = expansion_.copy(item)};
    if (item.find("Statement") != nullptr)
      return inline_policy(expansion_.copy(item), make);
    if (item.kind == NodeKind::kMap && item.members.size() == 1)
      return policy_template(item.members[0], make);
    return not_understood(item);
  }

 private:
  Translated inline_policy(Node document, const NodeBuilder& make) {
    return {.inline_policy = inline_policy_node(name_, std::move(document), make), .managed_policy_arn = {}};
  }

  Translated unknown_policy(std::string_view what, const NodeBuilder& make) {
    return inline_policy(make.text(base::unknown_text(what)), make);
  }

  Translated managed_policy(const Node& item) {
    const bool is_name = item.text.find_first_of(" /{}") == std::string::npos;
    if (!sources::policy_template(item.text).empty()) {
      expansion_.mistake(item.span, fmt::format("{} is a policy template, not a managed policy", item.text),
                         fmt::format("write it as an object with its parameters: {}: {{…}}", item.text));
    } else if (!is_name && !item.text.starts_with("arn:") && !item.text.starts_with("{{resolve:")) {
      expansion_.mistake(item.span,
                         fmt::format("\"{}\" is neither name nor ARN of a managed policy", item.text),
                         "write the name alone, or the whole ARN");
    }
    return {.inline_policy = {},
            .managed_policy_arn = managed_policy_arn_node(item.text, NodeBuilder(item.span))};
  }

  Translated either(const Node& condition, Translated if_true, Translated if_false, const NodeBuilder& make) {
    const auto join = [&](std::optional<Node>& one, std::optional<Node>& other) -> std::optional<Node> {
      if (!one && !other)
        return std::nullopt;
      return make.condition(expansion_.copy(condition), one ? std::move(*one) : make.no_value(),
                            other ? std::move(*other) : make.no_value());
    };
    return {.inline_policy = join(if_true.inline_policy, if_false.inline_policy),
            .managed_policy_arn = join(if_true.managed_policy_arn, if_false.managed_policy_arn)};
  }

  Translated policy_template(const syntax::Member& item, const NodeBuilder& make) {
    const auto rows = sources::policy_template(item.key);
    if (rows.empty()) {
      const std::optional<std::string_view> meant = base::nearest(item.key, policy_template_names());
      expansion_.warning(
          item.key_span, fmt::format("{} is no policy template that is known", item.key),
          meant ? fmt::format("did you mean {}?", *meant) : "write its statements as a policy document");
      return unknown_policy("policy template " + item.key, make);
    }
    if (item.value.kind != NodeKind::kMap) {
      expansion_.mistake(item.value.span, fmt::format("{} has {} for its parameters, expected an object",
                                                      item.key, describe(item.value.kind)));
    }
    const NodeBuilder here(
        {item.key_span.file, item.key_span.begin, std::max(item.key_span.end, item.value.span.end)});
    if (!expansion_.has_room(rows.size(), here.span()))
      return unknown_policy("policy template " + item.key, make);
    checked_.clear();
    std::vector<Node> statements;
    for (const PolicyTemplateStatement& row : rows)
      statements.push_back(statement(row, item.value, here));
    return inline_policy(document_node(std::move(statements), here), make);
  }

  Node statement(const PolicyTemplateStatement& row, const Node& parameters, const NodeBuilder& make) {
    Node resources = make.list();
    for (const std::string_view resource : words_of(row.resources))
      resources.items.push_back(arn(row, resource, parameters, make));
    Node statement = statement_node(
        row.actions, resources.items.size() == 1 ? Node(resources.items[0]) : std::move(resources), make);
    expansion_.has_room(statement.find("Action")->items.size(), make.span());
    if (const std::vector<std::string_view> condition = words_of(row.condition); condition.size() == 2) {
      set(statement, "Condition",
          make.map({{"StringEquals",
                     make.map({{std::string(condition[0]), arn(row, condition[1], parameters, make)}})}}));
    }
    return statement;
  }

  Node arn(const PolicyTemplateStatement& row, std::string_view resource, const Node& parameters,
           const NodeBuilder& make) {
    if (resource == "*")
      return make.text("*");
    const std::vector<std::string_view> names = parameter_names(resource);
    if (names.size() == 1 && resource == fmt::format("${{{}}}", names[0]))
      return parameter(row, names[0], parameters, make);
    const std::size_t colon = resource.find(':');
    const std::string_view service = resource.substr(0, colon);
    // These two have neither Region nor account in their ARNs.
    const bool global = service == "s3" || service == "route53";
    std::string format =
        fmt::format("arn:${{AWS::Partition}}:{}:{}:{}", service,
                    global ? ":" : "${AWS::Region}:${AWS::AccountId}", resource.substr(colon + 1));
    Members variables;
    for (const std::string_view name : names)
      variables.emplace_back(name, parameter(row, name, parameters, make));
    return make.sub(std::move(format), std::move(variables));
  }

  // The names between "${" and "}".
  static std::vector<std::string_view> parameter_names(std::string_view text) {
    std::vector<std::string_view> names;
    for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 1))
      names.push_back(text.substr(at + 2, text.find('}', at) - at - 2));
    return names;
  }

  Node parameter(const PolicyTemplateStatement& row, std::string_view name, const Node& parameters,
                 const NodeBuilder& make) {
    const bool first = std::find(checked_.begin(), checked_.end(), name) == checked_.end();
    if (first)
      checked_.push_back(name);
    const Node* value = parameters.find(name);
    if (is_null(value)) {
      if (first) {
        expansion_.mistake(make.span(), fmt::format("{} needs {}", row.policy_template, name),
                           fmt::format("{}: {{{}: …}}", row.policy_template, name));
      }
      return make.text(base::unknown_text(fmt::format("{} of {}", name, row.policy_template)));
    }
    // The template writes an ARN around the name, so an ARN gives one that no resource has.
    const bool is_arn = value->text.starts_with("arn:") || referred_attribute(*value) == "Arn";
    if (first && is_arn && !name.ends_with("Arn")) {
      expansion_.warning(
          value->span,
          fmt::format("{} of {} is an ARN, and SAM writes another ARN around it", name, row.policy_template),
          "give the name, or write the statement as a policy document");
    }
    return expansion_.copy(*value);
  }

  Translated not_understood(const Node& item) {
    std::string help =
        "a name or ARN of a managed policy, a policy document with Statement, or one policy template";
    if (item.find("Action") != nullptr || item.find("NotAction") != nullptr)
      help = "put the statement into a policy document: {Version: \"2012-10-17\", Statement: […]}";
    else if (item.find("PolicyDocument") != nullptr)
      help = "write the policy document alone, without PolicyName and PolicyDocument";
    expansion_.mistake(item.span, fmt::format("{} in Policies is no policy", describe(item.kind)),
                       std::move(help));
    return unknown_policy("policy " + name_, NodeBuilder(item.span));
  }

  std::string name_;
  ServerlessExpansion& expansion_;
  std::vector<std::string_view> checked_;  // parameters of the template that were looked at
};

}  // namespace

void add_policies(const Node& policies, const std::string& role, ServerlessExpansion& expansion,
                  RolePolicies& into) {
  if (policies.kind == NodeKind::kNull)
    return;
  const bool several = policies.kind == NodeKind::kList;
  const std::size_t count = several ? policies.items.size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    const Node& item = several ? policies.items[i] : policies;
    if (!expansion.has_room(1, item.span))
      return;
    Translated translated = PolicyTranslator(fmt::format("{}Policy{}", role, i), expansion).translate(item);
    if (translated.inline_policy)
      into.add_inline(std::move(*translated.inline_policy));
    if (translated.managed_policy_arn)
      into.add_managed(std::move(*translated.managed_policy_arn));
  }
}

}  // namespace grantproof::sources
