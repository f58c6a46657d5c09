// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/arn.h"
#include "sources/terraform_properties.h"

namespace grantproof::sources {
namespace {

using syntax::Node;
using syntax::NodeKind;
using namespace terraform;

constexpr std::string_view kAsItIs = "use what `terraform show -json` prints as it is";

const Node* member(const Node& map, std::string_view name, NodeKind kind) {
  const Node* value = map.find(name);
  return value != nullptr && value->kind == kind ? value : nullptr;
}

// terraform.tfstate itself, which is Terraform's own affair.
bool is_raw_state(const Node& root) {
  return root.find("terraform_version") != nullptr && root.find("lineage") != nullptr &&
         root.find("serial") != nullptr;
}

// The provider of Cloud Control has CloudFormation's types in its own spelling: awscc_events_rule. Nothing
// for services that have no part in what is proved.
std::string cloud_control_type(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kServices = {{
      {"awscc_events_", "Events"},
      {"awscc_iam_", "IAM"},
      {"awscc_kinesis_", "Kinesis"},
      {"awscc_kms_", "KMS"},
      {"awscc_lambda_", "Lambda"},
      {"awscc_logs_", "Logs"},
      {"awscc_organizations_", "Organizations"},
      {"awscc_pipes_", "Pipes"},
      {"awscc_s3_", "S3"},
      {"awscc_scheduler_", "Scheduler"},
      {"awscc_secretsmanager_", "SecretsManager"},
      {"awscc_sns_", "SNS"},
      {"awscc_sqs_", "SQS"},
      {"awscc_stepfunctions_", "StepFunctions"},
  }};
  for (const auto& service : kServices) {
    if (!type.starts_with(service.first))
      continue;
    std::string name;
    bool begins = true;
    for (const char byte : type.substr(service.first.size())) {
      if (byte != '_')
        name += begins && byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
      begins = byte == '_';
    }
    return fmt::format("AWS::{}::{}", service.second, name);
  }
  return {};
}

class Reader {
 public:
  Reader(const Node& root, const Place& place, Translation& into)
      : root_(root),
        place_(place),
        into_(into),
        begin_{root.span.file, root.span.begin, std::min(root.span.end, root.span.begin + 1)} {}

  void read() {
    if (!is_of_known_format())
      return;
    tell_gaps();
    plan_.read(root_, into_);
    const Places places(plan_, place_);
    const Follower follower(plan_, into_);
    const Identities identities(place_, places, follower);
    const Texts texts(identities, into_);
    const Policies policies(follower, identities, texts, into_);
    const Parts parts(plan_, places, identities);
    const Properties properties(identities, texts, policies, parts);
    for (const terraform::Resource& resource : plan_.resources()) {
      if (resource.deleted)
        continue;
      tell_unread(resource, parts);
      for (const ResourceRow* row : find_rows(resource.type)) {
        if (parts.told_with(resource) == nullptr)
          translate(resource, *row, properties.read(resource, *row), places.where(resource), identities);
      }
    }
    tell_taken(identities);
  }

 private:
  bool is_of_known_format() {
    if (is_raw_state(root_)) {
      report(into_, "GP0301", begin_, "this is Terraform's own state file, whose format may change any time",
             "run `terraform show -json > state.json` and use that");
      return false;
    }
    const Node* version = root_.find("format_version");
    const bool is_known = version != nullptr && version->kind == NodeKind::kString &&
                          (version->text.starts_with("0.") || version->text.starts_with("1."));
    if (!is_known)
      report(into_, "GP0301", version == nullptr ? begin_ : version->span,
             fmt::format("format_version is {}, expected a text from \"0.1\" to \"1.2\"",
                         version == nullptr                   ? "not there"
                         : version->kind != NodeKind::kString ? describe(version->kind)
                                                              : std::string_view(version->text)),
             std::string(kAsItIs));
    return is_known;
  }

  void gap(base::Span span, std::string message, std::string help) {
    into_.gaps.push_back({.message = std::move(message), .help = std::move(help), .span = span, .about = {}});
  }

  void tell_gaps() {
    const Node* errored = member(root_, "errored", NodeKind::kBool);
    if (errored != nullptr && errored->boolean)
      gap(errored->span, "planning ended with an error: resources are missing",
          "mend the configuration and plan again");
    const Node* complete = member(root_, "complete", NodeKind::kBool);
    if (complete != nullptr && !complete->boolean && (errored == nullptr || !errored->boolean))
      gap(complete->span, "the plan is not complete: after apply there is more to do",
          "plan without -target, or once more after apply");
    const Node* deferred = member(root_, "deferred_changes", NodeKind::kList);
    if (deferred != nullptr && !deferred->items.empty())
      gap(deferred->span,
          fmt::format("{} resources are deferred: the plan does not say how they will be",
                      deferred->items.size()),
          "plan once more after apply");
    const Node* planned = root_.find("planned_values");
    if (planned != nullptr && root_.find("resource_changes") == nullptr && has_resources(*planned))
      gap(planned->span, "the plan has no resource_changes: what it changes is not known",
          std::string(kAsItIs));
    if (root_.find("resource_changes") != nullptr &&
        member(root_, "configuration", NodeKind::kMap) == nullptr)
      gap(begin_, "the plan has no configuration: what is known only after apply cannot be followed",
          std::string(kAsItIs));
  }

  static bool has_resources(const Node& planned) {
    const Node* module = planned.find("root_module");
    return module != nullptr && !module->members.empty();
  }

  // What has no row in the tables and should not be passed over in silence.
  void tell_unread(const terraform::Resource& resource, const Parts& parts) {
    const auto tell = [&](std::string_view what, std::string help, std::string about) {
      into_.gaps.push_back({.message = fmt::format("{} {}", resource.address, what),
                            .help = std::move(help),
                            .span = resource.span,
                            .about = std::move(about)});
    };
    if (resource.type == "aws_organizations_policy_attachment" && parts.told_with(resource) == nullptr)
      tell("attaches a policy that is not described here",
           "add the plan or state that has the aws_organizations_policy", "AWS::Organizations::Policy");
    else if (resource.type == "aws_cloudformation_stack" || resource.type == "aws_cloudformation_stack_set")
      tell("deploys a template, which is not read in a plan", "add the template as a file of its own",
           "AWS::CloudFormation::Stack");
    else if (std::string type = cloud_control_type(resource.type); !type.empty())
      tell("is of the provider awscc, which is not read",
           "check the account as it is after apply, with the AWS CLI", std::move(type));
  }

  void tell_taken(const Identities& identities) {
    if (identities.taken().empty())
      return;
    const std::size_t others = identities.taken().size() - 1;
    into_.assumptions.push_back(
        fmt::format("what {} leaves open until apply is what its one reference says: {}{}",
                    place_.path.empty() ? "the plan" : place_.path, *identities.taken().begin(),
                    others == 0 ? std::string() : fmt::format(", and {} more", others)));
  }

  static std::string arn_of(const terraform::Resource& resource, const ResourceRow& row, const Where& where,
                            const Identities& identities) {
    if (resource.type.starts_with("data."))
      return std::string(own_arn(resource));
    if (resource.type == "aws_kms_key_policy") {
      const std::string key = identities.text(resource, "key_id");
      return aws::parse_arn(key)
                 ? key
                 : fmt::format("arn:{}:kms:{}:{}:key/{}", where.partition, where.region, where.account, key);
    }
    return row.only_with.empty() ? identities.arn(resource) : std::string();
  }

  void translate(const terraform::Resource& resource, const ResourceRow& row, Node properties,
                 const Where& where, const Identities& identities) {
    if (!row.only_with.empty() && properties.find(row.only_with) == nullptr)
      return;
    finish(resource, identities, properties);
    config::Resource translated;
    translated.type = row.cloudformation;
    translated.name = resource.address;
    translated.partition = where.partition;
    translated.account = where.account;
    translated.region = where.region;
    translated.arn = arn_of(resource, row, where, identities);
    translated.span = resource.span;
    for (std::string_view rest = row.not_told; !rest.empty();) {
      const std::size_t space = rest.find(' ');
      translated.not_told.emplace_back(rest.substr(0, space));
      rest.remove_prefix(space == std::string_view::npos ? rest.size() : space + 1);
    }
    translated.properties = std::move(properties);
    if (row.one_for_each.empty())
      into_.resources.push_back(std::move(translated));
    else
      push_each(std::move(translated), row.one_for_each);
  }

  void push_each(config::Resource resource, std::string_view name) {
    for (syntax::Member& property : resource.properties.members) {
      if (property.key != name)
        continue;
      const std::vector<Node> items = std::exchange(property.value.items, {});
      for (const Node& item : items) {
        property.value = item;
        into_.resources.push_back(resource);
      }
      return;
    }
  }

  // What two attributes say together.
  static void finish(const terraform::Resource& resource, const Identities& identities, Node& properties) {
    if (resource.type == "aws_cloudwatch_event_rule") {
      const Value enabled = resource.attribute("is_enabled");
      const bool is_off = enabled.known != nullptr && enabled.known->kind == NodeKind::kBool &&
                          !enabled.known->boolean && !enabled.is_unknown();
      if (is_off && resource.is_read_back("state"))
        set(properties, "State", text_node("DISABLED", enabled.span()));
    } else if (resource.type == "aws_lambda_permission") {
      const Value qualifier = resource.attribute("qualifier");
      if (!qualifier.is_unknown() && (qualifier.known == nullptr || qualifier.known->text.empty()))
        return;
      for (syntax::Member& property : properties.members) {
        if (property.key == "FunctionName")
          property.value.text += ":" + identities.text(resource, "qualifier");
      }
    }
  }

  static void set(Node& map, std::string_view name, Node value) {
    for (syntax::Member& existing : map.members) {
      if (existing.key == name) {
        existing.value = std::move(value);
        return;
      }
    }
    add_member(map, name, std::move(value));
  }

  const Node& root_;
  const Place& place_;
  Translation& into_;
  base::Span begin_;
  Plan plan_;
};

}  // namespace

bool is_terraform(const Node& root) {
  if (root.kind != NodeKind::kMap)
    return false;
  if (is_raw_state(root))
    return true;
  if (root.find("format_version") == nullptr)
    return false;
  for (const std::string_view name : {"terraform_version", "resource_changes", "planned_values", "values",
                                      "prior_state", "configuration"}) {
    if (root.find(name) != nullptr)
      return true;
  }
  return false;
}

void read_terraform(const Node& root, const Place& place, Translation& into) {
  Reader(root, place, into).read();
}

}  // namespace grantproof::sources
