// SPDX-License-Identifier: Apache-2.0
//
// Templates that are wrong everywhere, and templates that grow.
#include "serverless_expanding.h"
#include "sources/node_builder.h"

namespace grantproof::sources {
namespace {

constexpr std::string_view kTemplate = R"(Transform: AWS::Serverless-2016-10-31
Parameters: {Alias: {Type: String, Default: live}}
Conditions: {C: {"Fn::Equals": [a, b]}}
Globals:
  Function: {Tags: {a: b}, Layers: [l], VpcConfig: {SubnetIds: [s]}}
  Api: {Auth: {Authorizers: {Fn: {FunctionArn: a}}}}
Resources:
  Plain: {Type: AWS::SQS::Queue, Connectors: {X: {Properties: {Destination: {Id: N}, Permissions: [Read, Write]}}}}
  F:
    Type: AWS::Serverless::Function
    Condition: C
    IgnoreGlobals: [Layers]
    Properties:
      AutoPublishAlias: !Ref Alias
      Role: !If [C, !GetAtt R.Arn, !Ref AWS::NoValue]
      Tracing: Active
      Policies: [A, !If [C, {Statement: []}, {SQSPollerPolicy: {QueueName: q}}], {AWSSecretsManagerRotationPolicy: {FunctionName: f}}]
      DeadLetterQueue: {Type: SQS, TargetArn: a}
      FunctionUrlConfig: {AuthType: NONE}
      DeploymentPreference: {Type: AllAtOnce, Enabled: true}
      EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: SQS, Destination: !If [C, a, !Ref AWS::NoValue]}, OnFailure: {Type: S3Bucket, Destination: b}}}
      Events:
        A: {Type: EventBridgeRule, Properties: {Pattern: {a: [b]}, Target: {Id: i}, Enabled: !If [C, true, false], DeadLetterConfig: {Type: SQS, QueueLogicalId: Q}}}
        B: {Type: ScheduleV2, Properties: {ScheduleExpression: r, OmitName: true, DeadLetterConfig: {Arn: a}}}
        C: {Type: SNS, Properties: {Topic: t, SqsSubscription: {QueueArn: a, QueueUrl: u, QueuePolicyLogicalId: Q2}}}
        D: {Type: Api, Properties: {Path: '/{a}/', Method: get, RestApiId: !Ref Rest}}
        E: {Type: HttpApi, Properties: {Path: /a, Method: any}}
        F: {Type: Cognito, Properties: {UserPool: !Ref P, Trigger: t}}
        G: {Type: DocumentDB, Properties: {Cluster: c, SchemaRegistryConfig: {AccessConfigs: [{URI: u}]}, SourceAccessConfigurations: [{Type: BASIC_AUTH, URI: u}], DestinationConfig: {OnFailure: {Type: SQS, Destination: d}}}}
  N:
    Type: AWS::Serverless::Function
    Connectors: {B: {Properties: {SourceReference: {Qualifier: q}, Destination: [{Id: B}], Permissions: [Write]}}}
  M:
    Type: AWS::Serverless::StateMachine
    Properties: {Policies: [A], Tracing: {Enabled: true}, AutoPublishAlias: a, UseAliasAsEventTarget: true, Events: {A: {Type: Schedule, Properties: {Schedule: r}}}}
  Rest: {Type: AWS::Serverless::Api, Properties: {StageName: s}}
  App: {Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: a}, Parameters: {a: b}}}
  Layer: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: a}}
  B: {Type: AWS::Events::EventBus}
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Arn: !GetAtt B.Arn, RoleArn: !GetAtt R.Arn}]}}
  K: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Rule}, Destination: {Id: B}, Permissions: [Write]}}
Outputs: {O: {Value: !Sub "${F.Alias}"}}
)";

// Every node of a tree, depth first; `visit` may change it.
template <typename Visit>
void for_each_node(syntax::Node& node, Visit visit) {
  for (syntax::Node& item : node.items)
    for_each_node(item, visit);
  for (syntax::Member& member : node.members)
    for_each_node(member.value, visit);
  visit(node);
}

TEST(ServerlessHostile, TheTemplateItselfIsRight) {
  Expanded ours;
  expand(std::string(kTemplate), ours);
  EXPECT_EQ(ours.said(), "gap 37:68 the application a is not there: what App makes is not known\n");
}

TEST(ServerlessHostile, WrongKindsEverywhere) {
  base::SourceMap sources;
  base::DiagnosticSink reading;
  const auto read = syntax::read_yaml(sources, sources.add("t.yaml", std::string(kTemplate)), reading);
  ASSERT_TRUE(read);
  const syntax::Node kWrong[] = {
      {},
      syntax::string_node(""),
      syntax::string_node("AWS::Serverless::Function"),
      syntax::number_node(7),
      syntax::bool_node(true),
      syntax::list_node(),
      syntax::list_node({syntax::list_node(), {}, syntax::map_node(), syntax::string_node("x")}),
      syntax::map_node(),
      syntax::map_node({{"Ref", {}}}),
      syntax::map_node({{"Ref", syntax::string_node("AWS::NoValue")}}),
      syntax::map_node({{"Fn::GetAtt", syntax::list_node()}}),
      syntax::map_node({{"Fn::If", syntax::list_node({syntax::list_node(), {}, syntax::map_node()})}}),
      syntax::map_node({{"Type", {}}, {"Properties", syntax::list_node()}}),
  };
  std::size_t nodes = 0;
  syntax::Node whole = *read;
  for_each_node(whole, [&](syntax::Node&) { ++nodes; });
  ASSERT_GT(nodes, 200U);
  for (std::size_t target = 0; target < nodes; ++target) {
    for (const syntax::Node& wrong : kWrong) {
      syntax::Node root = *read;
      std::size_t at = 0;
      for_each_node(root, [&](syntax::Node& node) {
        if (at++ == target)
          node = wrong;
      });
      base::DiagnosticSink sink;
      Translation into{sources, sink, {}, {}, {}};
      const syntax::Node expanded = expand_serverless(std::move(root), into);
      for (const base::Diagnostic& diagnostic : sink.diagnostics())
        EXPECT_TRUE(diagnostic.rule == "GP0301" && !diagnostic.message.empty());
      const syntax::Node* resources = expanded.find("Resources");
      const bool whole_map = target != nodes - 1 && is_map(resources) && resources->members.size() > 10;
      EXPECT_TRUE(!whole_map || resources->find("Plain") != nullptr);
    }
  }
}

TEST(ServerlessHostile, AMissingMemberAnywhere) {
  base::SourceMap sources;
  base::DiagnosticSink reading;
  const auto read = syntax::read_yaml(sources, sources.add("t.yaml", std::string(kTemplate)), reading);
  ASSERT_TRUE(read);
  for (std::size_t target = 0; target < 300; ++target) {
    syntax::Node root = *read;
    std::size_t at = 0;
    for_each_node(root, [&](syntax::Node& node) {
      if (at++ == target && !node.members.empty())
        node.members.erase(node.members.begin());
      else if (at == target + 1 && !node.items.empty())
        node.items.pop_back();
    });
    base::DiagnosticSink sink;
    Translation into{sources, sink, {}, {}, {}};
    expand_serverless(std::move(root), into);
  }
}

TEST(ServerlessHostile, GlobalsForManyFunctionsAreLimited) {
  std::string text = "Transform: AWS::Serverless-2016-10-31\nGlobals: {Function: {Layers: [";
  for (int i = 0; i < 100'000; ++i)
    text += "1,";
  text += "]}}\nResources:\n";
  for (int i = 0; i < 100; ++i)
    text += fmt::format("  F{}: {{Type: AWS::Serverless::Function}}\n", i);
  Expanded ours;
  expand(std::move(text), ours);
  ASSERT_EQ(ours.sink.diagnostics().size(), 1U);
  EXPECT_EQ(ours.sink.diagnostics()[0].rule, "GP0307");
  ASSERT_EQ(ours.into.gaps.size(), 1U);
  EXPECT_EQ(ours.into.gaps[0].about, "");
  EXPECT_NE(ours.resource("F99"), nullptr);
}

TEST(ServerlessHostile, LongNamesAreRefused) {
  const std::string name(256, 'x');
  Expanded ours;
  expand(fmt::format(
             "Transform: AWS::Serverless-2016-10-31\nResources:\n"
             "  {}: {{Type: AWS::Serverless::Function}}\n"
             "  F: {{Type: AWS::Serverless::Function, Properties: {{Events: {{{}: {{Type: HttpApi}}}}}}}}\n",
             name, name),
         ours);
  EXPECT_EQ(ours.said(),
            fmt::format("GP0301 error 3:3 this logical id has more than 255 characters\n"
                        "GP0301 error 4:62 the name of this event has more than 255 characters\n"
                        "gap 3:3 what {} of type AWS::Serverless::Function becomes is not known\n"
                        "gap 4:62 what event {} of F becomes is not known\n",
                        std::string(255, 'x'), name));
}

TEST(ServerlessHostile, RootsThatAreNoTemplates) {
  for (const std::string_view text : {"[]", "3", "{}", "Resources:", "Resources: []", "Resources: {}"}) {
    Expanded ours;
    expand(std::string(text), ours);
    EXPECT_EQ(ours.sink.errors(), text == "Resources:" || text == "Resources: []" ? 1U : 0U) << text;
  }
}

}  // namespace
}  // namespace grantproof::sources
