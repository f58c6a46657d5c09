// SPDX-License-Identifier: Apache-2.0
//
// AWS::Serverless::Function.
#include <fmt/format.h>

#include "base/unknown_text.h"
#include "sources/serverless_events.h"
#include "sources/serverless_policies.h"
#include "sources/serverless_resources.h"
#include "sources/serverless_role.h"

namespace grantproof::sources {

using syntax::Node;
using syntax::NodeKind;

namespace {

// What is SAM's and no property of AWS::Lambda::Function, and does not go elsewhere.
constexpr std::string_view kOnlySam[] = {"CodeUri",
                                         "InlineCode",
                                         "ImageUri",
                                         "PropagateTags",
                                         "AutoPublishCodeSha256",
                                         "AutoPublishAliasAllProperties",
                                         "VersionDescription",
                                         "ProvisionedConcurrencyConfig",
                                         "VersionDeletionPolicy",
                                         "SourceKMSKeyArn"};

class FunctionExpander {
 public:
  FunctionExpander(SamResource function, ServerlessExpansion& expansion)
      : function_(std::move(function)),
        expansion_(expansion),
        make_(function_.attributes.span),
        maker_(function_.maker()),
        role_(function_.logical_id + "Role") {}

  void expand() {
    Node& properties = function_.properties;
    for (const std::string_view property : kOnlySam)
      take(properties, property);
    const Node events = take(properties, "Events");
    add_alias();
    add_url(take(properties, "FunctionUrlConfig"));
    add_deployment_role(take(properties, "DeploymentPreference"));

    const Node given_role = take(properties, "Role");
    const bool makes_role = decide_role(given_role);
    RolePolicies policies;
    start_role(policies);
    add_events(events,
               {.logical_id = function_.logical_id,
                .state_machine = false,
                .alias = alias_,
                .condition = maker_.condition,
                .role = makes_role ? &policies : nullptr,
                .permissions_boundary = nullptr},
               expansion_);
    finish_role(makes_role, policies);
    const std::string logical_id = function_.logical_id;
    Node lambda = std::move(properties);
    // The function keeps its attributes; the maker's condition is a copy of its own.
    SamResource main{logical_id, function_.name, std::move(function_.attributes), {}, {}};
    expansion_.put(std::move(main), "AWS::Lambda::Function", std::move(lambda));
  }

 private:
  bool off(const Node& value, std::string_view word) const { return expansion_.text_of(value) == word; }

  // AutoPublishAlias: everything that calls the function calls its alias.
  void add_alias() {
    const Node name = take(function_.properties, "AutoPublishAlias");
    if (name.kind == NodeKind::kNull)
      return;
    std::string_view text = expansion_.text_of(name);
    if (text.empty())
      text = referred_id(name);
    std::string in_id;
    for (const char letter : text.substr(0, kLongestLogicalId)) {
      if (letter == '-' || letter == '_')
        in_id += letter == '-' ? 'D' : 'U';
      else
        in_id += letter;
    }
    if (in_id.empty()) {
      expansion_.mistake(name.span, "AutoPublishAlias is neither a text nor a reference to a parameter");
    }
    // SAM ends the version's id with a hash of the code; nobody refers to it by that.
    const std::string version = function_.logical_id + "Version";
    alias_ = function_.logical_id + "Alias" + in_id;
    const NodeBuilder make(name.span);
    expansion_.add(version, "AWS::Lambda::Version",
                   make.map({{"FunctionName", make.ref(function_.logical_id)}}), maker_);
    Node alias = make.map({{"FunctionName", make.ref(function_.logical_id)},
                           {"FunctionVersion", make.get_att(version, "Version")}});
    set(alias, "Name", expansion_.copy(name));
    expansion_.add(alias_, "AWS::Lambda::Alias", std::move(alias), maker_);
    expansion_.refer(function_.logical_id + ".Version", version);
    expansion_.refer(function_.logical_id + ".Alias", alias_);
  }

  Node called(const NodeBuilder& make) const {
    return make.ref(alias_.empty() ? function_.logical_id : alias_);
  }

  // A URL without authentication: anybody may call the function through it.
  void add_url(const Node& config) {
    if (config.kind == NodeKind::kNull || is_no_value(config))
      return;
    const NodeBuilder make(config.span);
    const Node* type = config.find("AuthType");
    Node url = make.map({{"TargetFunctionArn", called(make)}});
    set(url, "AuthType",
        type != nullptr ? expansion_.copy(*type)
                        : make.text(base::unknown_text("AuthType of " + function_.logical_id)));
    expansion_.add(function_.logical_id + "Url", "AWS::Lambda::Url", std::move(url), maker_);
    if (type == nullptr)
      expansion_.mistake(config.span, "FunctionUrlConfig has no AuthType", "AuthType: AWS_IAM, or NONE");
    // SAM looks at what is written, not at what an intrinsic function becomes.
    if (!is_text(type) || type->text != "NONE")
      return;
    const Maker maker{config.span, config.span, maker_.condition};
    expansion_.add(function_.logical_id + "UrlPublicPermissions", "AWS::Lambda::Permission",
                   make.map({{"Action", make.text("lambda:InvokeFunctionUrl")},
                             {"FunctionName", called(make)},
                             {"Principal", make.text("*")},
                             {"FunctionUrlAuthType", make.text("NONE")}}),
                   maker);
    expansion_.add(function_.logical_id + "URLInvokeAllowPublicAccess", "AWS::Lambda::Permission",
                   make.map({{"Action", make.text("lambda:InvokeFunction")},
                             {"FunctionName", called(make)},
                             {"Principal", make.text("*")},
                             {"InvokedViaFunctionUrl", make.boolean(true)}}),
                   maker);
  }

  // One role of CodeDeploy for all functions that were not given one.
  void add_deployment_role(const Node& preference) {
    if (preference.kind != NodeKind::kMap || !is_null(preference.find("Role")))
      return;
    const Node* enabled = preference.find("Enabled");
    if (enabled != nullptr &&
        (enabled->text == "false" || enabled->text == "False" || off(*enabled, "false")))
      return;
    const NodeBuilder make(preference.span);
    RolePolicies policies;
    policies.add_managed("AWSCodeDeployRoleForLambda", make);
    expansion_.add("CodeDeployServiceRole", "AWS::IAM::Role",
                   policies.role(trust_node("codedeploy.amazonaws.com", make), make),
                   {preference.span, preference.span, nullptr});
  }

  // Writes the function's Role; does SAM make one? Under Fn::If with AWS::NoValue it does in that case only.
  bool decide_role(const Node& given) {
    Node& properties = function_.properties;
    const Node own = make_.get_att(role_, "Arn");
    const std::vector<Node>* arguments = if_arguments(given);
    const bool none_if_true = arguments != nullptr && is_no_value((*arguments)[1]);
    const bool none_if_false = arguments != nullptr && is_no_value((*arguments)[2]);
    if (given.kind == NodeKind::kNull || is_no_value(given) || (none_if_true && none_if_false)) {
      set(properties, "Role", own);
      return true;
    }
    if ((none_if_true || none_if_false) && is_text(&(*arguments)[0])) {
      const std::string& condition = (*arguments)[0].text;
      const std::string role_condition = none_if_true ? condition : expansion_.negated(condition, given.span);
      role_condition_ = NodeBuilder(given.span).text(role_condition);
      set(properties, "Role",
          make_.condition(expansion_.copy((*arguments)[0]),
                          none_if_true ? own : expansion_.copy((*arguments)[1]),
                          none_if_true ? expansion_.copy((*arguments)[2]) : own));
      return true;
    }
    set(properties, "Role", expansion_.copy(given));
    if (const Node* policies = properties.find("Policies"); !is_null(policies)) {
      expansion_.warning(
          policies->span,
          fmt::format("Policies of {} have no effect: its Role is given", function_.logical_id),
          "leave Policies or Role out");
    }
    return false;
  }

  void start_role(RolePolicies& policies) {
    Node& properties = function_.properties;
    policies.add_managed(properties.find("DurableConfig") != nullptr
                             ? "AWSLambdaBasicDurableExecutionRolePolicy"
                             : "AWSLambdaBasicExecutionRole",
                         make_);
    const Node tracing = take(properties, "Tracing");
    if (tracing.kind != NodeKind::kNull && !off(tracing, "Disabled")) {
      policies.add_managed("AWSXrayWriteOnlyAccess", NodeBuilder(tracing.span));
      Node mode = NodeBuilder(tracing.span).map();
      set(mode, "Mode", expansion_.copy(tracing));
      set(properties, "TracingConfig", std::move(mode));
    }
    if (const Node* network = properties.find("VpcConfig"); !is_null(network))
      policies.add_managed("AWSLambdaVPCAccessExecutionRole", NodeBuilder(network->span));
    add_dead_letter_queue(take(properties, "DeadLetterQueue"), policies);
    add_invoke_config(take(properties, "EventInvokeConfig"), policies);
    add_policies(take(properties, "Policies"), role_, expansion_, policies);
  }

  void add_dead_letter_queue(const Node& queue, RolePolicies& policies) {
    if (queue.kind == NodeKind::kNull)
      return;
    const NodeBuilder make(queue.span);
    const Node* type = queue.find("Type");
    const Node* arn = queue.find("TargetArn");
    const bool known = is_text(type) && (type->text == "SQS" || type->text == "SNS");
    if (!known || is_null(arn)) {
      expansion_.mistake(queue.span, "DeadLetterQueue needs Type, SQS or SNS, and TargetArn",
                         "DeadLetterQueue: {Type: SQS, TargetArn: …}");
    }
    Node target = is_null(arn) ? make.text(base::unknown_text("DeadLetterQueue of " + function_.logical_id))
                               : expansion_.copy(*arn);
    Node config = make.map();
    set(config, "TargetArn", expansion_.copy(target));
    set(function_.properties, "DeadLetterConfig", std::move(config));
    if (known) {
      policies.add_inline(
          "DeadLetterQueuePolicy",
          document_node({statement_node(type->text == "SQS" ? "sqs:SendMessage" : "sns:Publish",
                                        std::move(target), make)},
                        make, "2012-10-17"),
          make);
    }
  }

  void add_invoke_config(const Node& config, RolePolicies& policies) {
    if (config.kind == NodeKind::kNull)
      return;
    const NodeBuilder make(config.span);
    const std::string logical_id = function_.logical_id + "EventInvokeConfig";
    Node invoke = make.map({{"FunctionName", make.ref(function_.logical_id)}});
    for (const std::string_view property : {"MaximumEventAgeInSeconds", "MaximumRetryAttempts"}) {
      if (const Node* value = config.find(property))
        set(invoke, property, expansion_.copy(*value));
    }
    if (const Node* given = config.find("DestinationConfig"); !is_null(given)) {
      Node destinations = make.map();
      for (const std::string_view outcome : {"OnSuccess", "OnFailure"}) {
        if (const Node* one = given->find(outcome); !is_null(one))
          set(destinations, outcome, destination(*one, logical_id + std::string(outcome), policies));
      }
      set(invoke, "DestinationConfig", std::move(destinations));
    }
    expansion_.add(logical_id, "AWS::Lambda::EventInvokeConfig", std::move(invoke), maker_);
  }

  // {Type, Destination}. A queue or topic that is not given is made.
  Node destination(const Node& given, const std::string& logical_id, RolePolicies& policies) {
    const NodeBuilder make(given.span);
    const Node* type = given.find("Type");
    const std::string kind(is_text(type) ? std::string_view(type->text) : std::string_view());
    Node arn = given_or_made(given, kind, logical_id, make);
    if (!add_destination_policy(kind, arn, logical_id, make, expansion_, policies)) {
      expansion_.mistake(given.span, "this destination has no Type that is known",
                         "one of: SQS, SNS, EventBridge, Lambda, S3Bucket");
    }
    Node node = make.map();
    set(node, "Destination", std::move(arn));
    return node;
  }

  Node given_or_made(const Node& given, const std::string& kind, const std::string& logical_id,
                     const NodeBuilder& make) {
    const Node* arn = given.find("Destination");
    const std::vector<Node>* arguments = arn != nullptr ? if_arguments(*arn) : nullptr;
    const bool none_if_true = arguments != nullptr && is_no_value((*arguments)[1]);
    const bool none_if_false = arguments != nullptr && is_no_value((*arguments)[2]);
    const bool none = is_null(arn) || is_no_value(*arn) || (none_if_true && none_if_false);
    if (!none && !none_if_true && !none_if_false)
      return expansion_.copy(*arn);
    if (kind != "SQS" && kind != "SNS") {
      expansion_.mistake(given.span, fmt::format("a destination of type {} needs Destination", kind));
      return make.text(base::unknown_text("Destination of " + logical_id));
    }
    const std::string made = logical_id + (kind == "SQS" ? "Queue" : "Topic");
    Node condition;  // under which it is made
    if (!none && is_text(&(*arguments)[0])) {
      std::string name = (*arguments)[0].text;
      if (none_if_false)
        name = expansion_.negated(name, given.span);
      if (is_text(maker_.condition))
        name = expansion_.both(maker_.condition->text, name, given.span);
      condition = make.text(std::move(name));
    } else if (maker_.condition != nullptr) {
      condition = expansion_.copy(*maker_.condition);
    }
    expansion_.add(made, kind == "SQS" ? "AWS::SQS::Queue" : "AWS::SNS::Topic", make.map(),
                   {given.span, given.span, is_null(&condition) ? nullptr : &condition});
    expansion_.refer(function_.logical_id + (kind == "SQS" ? ".DestinationQueue" : ".DestinationTopic"),
                     made);
    Node own = kind == "SQS" ? make.get_att(made, "Arn") : make.ref(made);
    if (none)
      return own;
    return make.condition(expansion_.copy((*arguments)[0]),
                          none_if_true ? own : expansion_.copy((*arguments)[1]),
                          none_if_true ? expansion_.copy((*arguments)[2]) : own);
  }

  void finish_role(bool makes_role, RolePolicies& policies) {
    Node& properties = function_.properties;
    Node trust = take(properties, "AssumeRolePolicyDocument");
    Node path = take(properties, "RolePath");
    Node boundary = take(properties, "PermissionsBoundary");
    const Node tags = take(properties, "Tags");
    if (makes_role) {
      Node role = policies.role(
          trust.kind == NodeKind::kNull ? trust_node("lambda.amazonaws.com", make_) : std::move(trust),
          make_);
      if (path.kind != NodeKind::kNull)
        set(role, "Path", std::move(path));
      if (boundary.kind != NodeKind::kNull)
        set(role, "PermissionsBoundary", std::move(boundary));
      set(role, "Tags", tag_list(tags, "lambda:createdBy", make_, expansion_));
      Maker maker = maker_;
      if (!is_null(&role_condition_))
        maker.condition = &role_condition_;
      expansion_.add(role_, "AWS::IAM::Role", std::move(role), maker);
    }
    set(properties, "Tags", tag_list(tags, "lambda:createdBy", make_, expansion_));
  }

  SamResource function_;
  ServerlessExpansion& expansion_;
  NodeBuilder make_;
  Maker maker_;  // refers into function_
  std::string role_;
  std::string alias_;
  Node role_condition_;
};

}  // namespace

void expand_function(SamResource function, ServerlessExpansion& expansion) {
  FunctionExpander(std::move(function), expansion).expand();
}

}  // namespace grantproof::sources
