// SPDX-License-Identifier: Apache-2.0
#include "support/random_policy.h"

#include <array>
#include <utility>

#include "support/random_condition.h"
#include "syntax/json_writer.h"

namespace grantproof::tests {
namespace {

using access::CallerKind;
using policy::PolicyType;
using syntax::Node;

// Writes one policy.
class Writer {
 public:
  Writer(Random& random, PolicyType type, const Scene& scene, const access::Request& request)
      : random_(random), type_(type), scene_(scene), request_(request) {}

  Node policy() {
    std::vector<std::pair<std::string, Node>> members;
    const unsigned version = static_cast<unsigned>(random_.below(100));
    variables_ = version < 85;
    if (version < 93)
      members.emplace_back("Version", syntax::string_node(variables_ ? "2012-10-17" : "2008-10-17"));
    std::vector<Node> statements;
    const std::size_t count = random_.chance(40) ? 1 : 2 + random_.below(2);
    for (std::size_t i = 0; i < count; ++i)
      statements.push_back(statement(i));
    const bool alone = statements.size() == 1 && random_.chance(30);
    members.emplace_back("Statement",
                         alone ? std::move(statements.front()) : syntax::list_node(std::move(statements)));
    return syntax::map_node(std::move(members));
  }

 private:
  Node statement(std::size_t number) {
    std::vector<std::pair<std::string, Node>> members;
    if (random_.chance(50))
      members.emplace_back("Sid", syntax::string_node("S" + std::to_string(number)));
    // RCPs have no Allow. The others must allow much, or nothing is ever allowed.
    const bool deny = type_ == PolicyType::kResourceControl || random_.chance(30);
    members.emplace_back("Effect", syntax::string_node(deny ? "Deny" : "Allow"));
    if (policy::has_principal(type_))
      add_principal(members, deny);
    add_action(members);
    if (type_ != PolicyType::kTrust)
      add_resource(members);
    if (random_.chance(deny ? 65 : 45)) {
      members.emplace_back("Condition", random_condition(random_, request_, variables_));
    }
    return syntax::map_node(std::move(members));
  }

  // ---- Principal

  void add_principal(std::vector<std::pair<std::string, Node>>& members, bool deny) {
    if (type_ == PolicyType::kResourceControl) {
      members.emplace_back("Principal", syntax::string_node("*"));
      return;
    }
    // NotPrincipal is for Deny; resource policies also take it with Allow, and then it grants all others.
    const bool may_negate = type_ != PolicyType::kTrust && (deny || type_ == PolicyType::kResource);
    if (may_negate && random_.chance(deny ? 25 : 8)) {
      members.emplace_back("NotPrincipal", principals());
      return;
    }
    if (random_.chance(25)) {
      members.emplace_back("Principal", random_.chance(60)
                                            ? syntax::string_node("*")
                                            : syntax::map_node({{"AWS", text_or_list(random_, {"*"})}}));
      return;
    }
    members.emplace_back("Principal", principals());
  }

  Node principals() {
    std::vector<std::pair<std::string, Node>> kinds;
    const bool service = scene_.kind == CallerKind::kService;
    if (random_.chance(service ? 25 : 90)) {
      std::vector<std::string> names;
      const std::size_t count = random_.chance(70) ? 1 : 2;
      for (std::size_t i = 0; i < count; ++i)
        names.push_back(aws_principal());
      kinds.emplace_back("AWS", text_or_list(random_, std::move(names)));
    }
    if (kinds.empty() || random_.chance(15)) {
      const bool hit = service && random_.chance(80);
      kinds.emplace_back("Service",
                         text_or_list(random_, {hit ? scene_.name : std::string("events.amazonaws.com")}));
    }
    return syntax::map_node(std::move(kinds));
  }

  // The caller in one of its forms, or somebody near.
  std::string aws_principal() {
    Scene somebody = scene_;
    const bool has_arn = scene_.kind != CallerKind::kService && scene_.kind != CallerKind::kAnonymous;
    if (!has_arn || random_.chance(25)) {
      do {
        somebody = random_scene(random_);
      } while (identity_arn(somebody).empty());
      if (has_arn && random_.chance(50))
        somebody.account = scene_.account;
    }
    switch (random_.below(10)) {
      case 0:
      case 1:
        return somebody.account;
      case 2:
      case 3:
        return "arn:aws:iam::" + somebody.account + ":root";
      case 4:
      case 5:
        if (somebody.kind == CallerKind::kAssumedRole)
          return session_arn(somebody);
        // The user whose credentials a federated user has.
        if (somebody.kind == CallerKind::kFederatedUser) {
          return "arn:aws:iam::" + somebody.account + ":user/" + somebody.name;
        }
        return identity_arn(somebody);
      default:
        return identity_arn(somebody);
    }
  }

  // ---- Action

  void add_action(std::vector<std::pair<std::string, Node>>& members) {
    const bool everything = type_ == PolicyType::kServiceControl && random_.chance(40);
    // RCPs accept neither NotAction nor a bare '*'; a trust policy is about assuming only.
    const bool may_negate = type_ != PolicyType::kResourceControl && type_ != PolicyType::kTrust;
    if (!everything && may_negate && random_.chance(12)) {
      members.emplace_back(
          "NotAction",
          text_or_list(random_, {random_.chance(70) ? action(other_action()) : action(scene_.action->name)}));
      return;
    }
    std::vector<std::string> patterns;
    const std::size_t count = random_.chance(70) ? 1 : 2;
    for (std::size_t i = 0; i < count; ++i) {
      patterns.push_back(everything ? "*"
                                    : action(random_.chance(85) ? scene_.action->name : other_action()));
    }
    members.emplace_back("Action", text_or_list(random_, std::move(patterns)));
  }

  std::string_view other_action() { return random_.pick(small_actions()).name; }

  // A pattern that matches the action, or just misses it.
  std::string action(std::string_view name) {
    const std::size_t colon = name.find(':');
    const std::string service(name.substr(0, colon + 1));
    const std::string_view verb = name.substr(colon + 1);
    if (type_ == PolicyType::kTrust)
      return random_.chance(80) ? std::string(name) : service + "Assume*";
    switch (random_.below(12)) {
      case 0:
      case 1:
        return service + "*";
      case 2:
        return type_ == PolicyType::kResourceControl ? service + "*" : "*";
      case 3:
      case 4:
        return service + widened(random_, verb);
      case 5:
        return service + std::string(verb.substr(0, 3)) + "*";
      case 6: {
        std::string shouted(name);
        for (char& c : shouted)
          c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        return shouted;
      }
      case 7:
        return std::string(name.substr(0, name.size() - 1));  // no action at all
      default:
        return std::string(name);
    }
  }

  // ---- Resource

  void add_resource(std::vector<std::pair<std::string, Node>>& members) {
    // In a key policy '*' is the key.
    if (type_ == PolicyType::kKey && random_.chance(80)) {
      members.emplace_back("Resource", text_or_list(random_, {"*"}));
      return;
    }
    const bool negated = random_.chance(10);
    std::vector<std::string> patterns;
    const std::size_t count = random_.chance(70) ? 1 : 2;
    for (std::size_t i = 0; i < count; ++i) {
      Scene target = scene_;
      if (random_.chance(negated ? 60 : 20))
        target = nearby_scene(random_, target);
      patterns.push_back(resource(request_.resource.arn == "*" || target.action->resource == "*"
                                      ? std::string("*")
                                      : resource_arn(target)));
    }
    members.emplace_back(negated ? "NotResource" : "Resource", text_or_list(random_, std::move(patterns)));
  }

  // A pattern that matches the ARN, or just misses it.
  std::string resource(std::string arn) {
    if (arn == "*" || random_.chance(12)) {
      // Only "*" covers what has no resource; an ARN does not.
      return arn == "*" && random_.chance(15) ? "arn:aws:s3:::shop-orders" : "*";
    }
    std::array<std::string, 6> fields;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < 6; ++i) {
      const std::size_t end = i == 5 ? arn.size() : arn.find(':', begin);
      fields[i] = arn.substr(begin, end - begin);
      begin = end + 1;
    }
    const bool may_be_short = type_ != PolicyType::kResourceControl;
    switch (random_.below(10)) {
      case 0:
        if (!fields[3].empty())
          fields[3] = "*";
        break;
      case 1:
        if (!fields[4].empty())
          fields[4] = random_.chance(50) ? "*" : "11*";
        break;
      case 2:
      case 3:
        fields[5] = widened(random_, fields[5]);
        break;
      case 4:
        if (may_be_short)
          return "arn:aws:" + fields[2] + ":*";
        break;
      case 5: {
        // The name by a variable, which stands for it or for something else.
        const std::size_t last = fields[5].find_last_of("/:");
        const std::size_t keep = last == std::string::npos ? 0 : last + 1;
        if (variables_)
          fields[5] = fields[5].substr(0, keep) + random_variable(random_);
        break;
      }
      case 6:
        fields[5] += "*";
        break;
      default:
        return arn;
    }
    std::string text = fields[0];
    for (std::size_t i = 1; i < 6; ++i)
      text += ":" + fields[i];
    return text;
  }

  Random& random_;
  PolicyType type_;
  const Scene& scene_;
  const access::Request& request_;
  bool variables_ = false;
};

}  // namespace

std::string random_policy(Random& random, PolicyType type, const Scene& scene,
                          const access::Request& request) {
  return syntax::write_json(Writer(random, type, scene, request).policy());
}

RandomPolicySet::RandomPolicySet(Random& random, const Scene& scene, const access::Request& request)
    : random_(random), scene_(scene), request_(request) {
  const bool has_account = !request.principal.account.empty();
  if (has_account && scene.kind != CallerKind::kRoot) {
    policies_.identity = add_some(PolicyType::kIdentity, 1 + random.below(2));
    if (random.chance(25))
      policies_.permissions_boundaries = add_some(PolicyType::kPermissionsBoundary, 1);
    const bool session = scene.kind == CallerKind::kAssumedRole || scene.kind == CallerKind::kFederatedUser;
    if (session && random.chance(30))
      policies_.session = add_some(PolicyType::kSession, 1);
  }
  if (scene.action->resource_policy && random.chance(75))
    policies_.resource = add(*scene.action->resource_policy);
  if (has_account && random.chance(25))
    policies_.service_control = add_levels(PolicyType::kServiceControl);
  if (random.chance(20))
    policies_.resource_control = add_levels(PolicyType::kResourceControl);
  if (request.context.contains("aws:sourcevpce"))
    policies_.vpc_endpoint = add_some(PolicyType::kVpcEndpoint, 1);
}

const policy::Policy* RandomPolicySet::add(PolicyType type) {
  const std::string json = random_policy(random_, type, scene_, request_);
  text_ += std::string(policy::name(type)) + ": " + json + "\n";
  owned_.push_back(std::make_unique<TestPolicy>(read_policy_text(json, type)));
  return &owned_.back()->policy;
}

std::vector<const policy::Policy*> RandomPolicySet::add_some(PolicyType type, std::size_t count) {
  std::vector<const policy::Policy*> policies;
  for (std::size_t i = 0; i < count; ++i)
    policies.push_back(add(type));
  return policies;
}

std::vector<access::OrganizationLevel> RandomPolicySet::add_levels(PolicyType type) {
  // The root of the organisation, and the account.
  std::vector<access::OrganizationLevel> levels;
  levels.push_back({"r-ab12", add_some(type, 1)});
  if (random_.chance(60))
    levels.push_back({scene_.account.empty() ? scene_.owner : scene_.account, add_some(type, 1)});
  return levels;
}

}  // namespace grantproof::tests
