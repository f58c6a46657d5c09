// SPDX-License-Identifier: Apache-2.0
#include "support/random_request.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "aws/arn.h"
#include "base/text.h"

namespace grantproof::tests {
namespace {

using access::CallerKind;
using access::Request;

constexpr std::string_view kServices[] = {"events.amazonaws.com", "s3.amazonaws.com"};
constexpr std::string_view kSessions[] = {"cli", "alice"};

bool is_star(const Scene& scene) {
  return scene.action->resource == "*";
}

void choose_caller(Random& random, Scene& scene) {
  // Users and sessions are what most policies speak of.
  constexpr CallerKind kKinds[] = {
      CallerKind::kUser,        CallerKind::kUser,          CallerKind::kUser,
      CallerKind::kAssumedRole, CallerKind::kAssumedRole,   CallerKind::kAssumedRole,
      CallerKind::kAssumedRole, CallerKind::kFederatedUser, CallerKind::kRoot,
      CallerKind::kService,     CallerKind::kService,       CallerKind::kAnonymous};
  scene.kind = random.pick(kKinds);
  scene.account = scene.path = scene.session = {};
  scene.name = random.pick(small_names());
  if (scene.kind == CallerKind::kService)
    scene.name = random.pick(kServices);
  if (scene.kind == CallerKind::kService || scene.kind == CallerKind::kAnonymous)
    return;
  // The third account is for what is far away.
  scene.account = small_accounts()[random.chance(10) ? 2 : random.below(2)];
  const bool has_path = scene.kind == CallerKind::kUser || scene.kind == CallerKind::kAssumedRole;
  if (has_path && random.chance(20))
    scene.path = "team/";
  if (scene.kind == CallerKind::kAssumedRole)
    scene.session = random.pick(kSessions);
}

void choose_resource(Random& random, Scene& scene) {
  scene.region = random.pick(small_regions());
  scene.resource_name = random.pick(small_names());
  // Same account as often as not; "*" is the caller's own account.
  const bool own = !scene.account.empty() && (is_star(scene) || random.chance(50));
  scene.owner = own ? scene.account : std::string(small_accounts()[random.chance(10) ? 2 : random.below(2)]);
}

// Which organisation an account is in is drawn once a request: caller, source and resource agree on it.
class Organizations {
 public:
  explicit Organizations(Random& random) {
    // Mostly the first two accounts share one, and the third is elsewhere or in none.
    const std::size_t kind = random.below(4);
    organizations_[0] = kind == 3 ? "" : "o-a1b2c3d4e5";
    organizations_[1] = kind == 0 || kind == 1 ? "o-a1b2c3d4e5" : "";
    organizations_[2] = kind == 0 ? "" : "o-other12345";
  }
  // Empty: the account is in none.
  std::string_view of(std::string_view account) const { return organizations_[index(account)]; }
  std::string path(std::string_view account) const {
    constexpr std::string_view kUnits[] = {"r-ab12/ou-ab12-11111111/", "r-ab12/ou-ab12-22222222/",
                                           "r-cd34/ou-cd34-33333333/"};
    return std::string(of(account)) + "/" + std::string(kUnits[index(account)]);
  }

 private:
  static std::size_t index(std::string_view account) {
    for (std::size_t i = 0; i < small_accounts().size(); ++i) {
      if (small_accounts()[i] == account)
        return i;
    }
    throw std::invalid_argument("no account of the small world: " + std::string(account));
  }
  std::string_view organizations_[3];
};

// Writes the keys of one request.
class Context {
 public:
  Context(Random& random, const Scene& scene, Request& request)
      : random_(random), scene_(scene), request_(request), organizations_(random) {}

  void fill() {
    add_caller();
    add_network();
    add_time_and_chain();
    add_resource();
    add_service_keys();
  }

 private:
  void set(std::string_view key, std::string_view value) {
    request_.context[base::fold_case(key)] = {std::string(key), false, {std::string(value)}};
  }
  void set_list(std::string_view key, std::vector<std::string> values) {
    request_.context[base::fold_case(key)] = {std::string(key), true, std::move(values)};
  }
  std::string_view value_of(std::string_view key) { return random_.pick(find_small_key(key)->values); }
  std::string_view set_random(std::string_view key) {
    const std::string_view value = value_of(key);
    set(key, value);
    return value;
  }
  void maybe(std::string_view key, unsigned percent = 40) {
    if (random_.chance(percent))
      set_random(key);
  }
  // Some values of a multivalued key, at least one, none twice.
  std::vector<std::string> some_values(std::string_view key) {
    std::vector<std::string> values;
    for (const std::string_view value : find_small_key(key)->values) {
      if (random_.chance(40))
        values.emplace_back(value);
    }
    if (values.empty())
      values.emplace_back(value_of(key));
    return values;
  }

  void add_caller() {
    const bool service = scene_.kind == CallerKind::kService;
    if (scene_.kind == CallerKind::kAnonymous) {
      // "Anonymous requests return the value anonymous" (IAM User Guide, aws:PrincipalAccount).
      set("aws:PrincipalAccount", "anonymous");
      set("aws:PrincipalType", "Anonymous");
      set("aws:userid", "anonymous");
      return;
    }
    set("aws:PrincipalIsAWSService", service ? "true" : "false");
    set("aws:userid", user_id());
    if (service) {
      add_service_caller();
      return;
    }
    set("aws:PrincipalArn", identity_arn(scene_));
    set("aws:PrincipalAccount", scene_.account);
    set("aws:PrincipalType", principal_type());
    add_organization("aws:PrincipalOrgID", "aws:PrincipalOrgPaths", scene_.account);
    if (scene_.kind == CallerKind::kUser)
      set("aws:username", scene_.name);
    if (scene_.kind != CallerKind::kRoot) {
      maybe("aws:PrincipalTag/team", 60);
      maybe("aws:PrincipalTag/blob", 20);
    }
    if (scene_.kind == CallerKind::kAssumedRole || scene_.kind == CallerKind::kFederatedUser)
      add_session();
  }

  std::string user_id() const {
    switch (scene_.kind) {
      case CallerKind::kUser:
        return "AIDACKCEVSQ6C2EXAMPLE";
      case CallerKind::kAssumedRole:
        return "AROADBQP57FF2AEXAMPLE:" + scene_.session;
      case CallerKind::kFederatedUser:
        return scene_.account + ":" + scene_.name;
      case CallerKind::kRoot:
        return scene_.account;
      default:
        return scene_.name;
    }
  }

  std::string_view principal_type() const {
    switch (scene_.kind) {
      case CallerKind::kAssumedRole:
        return "AssumedRole";
      case CallerKind::kFederatedUser:
        return "FederatedUser";
      case CallerKind::kRoot:
        return "Account";
      default:
        return "User";
    }
  }

  void add_service_caller() {
    set("aws:PrincipalType", "User");  // captured
    set("aws:PrincipalServiceName", scene_.name);
    std::vector<std::string> names = {scene_.name};
    if (random_.chance(50))
      names.push_back("us-east-1." + scene_.name);
    set_list("aws:PrincipalServiceNamesList", std::move(names));
    // Not every integration says for which resource it calls.
    if (!random_.chance(75))
      return;
    const std::string_view source = set_random("aws:SourceArn");
    const std::string_view account_in_arn = aws::parse_arn(source)->account;
    const std::string_view account = account_in_arn.empty() ? random_.pick(small_accounts()) : account_in_arn;
    if (!random_.chance(75))
      return;
    set("aws:SourceAccount", account);
    if (!organizations_.of(account).empty() && random_.chance(75))
      set("aws:SourceOrgID", organizations_.of(account));
  }

  void add_session() {
    maybe("aws:TokenIssueTime", 80);
    if (random_.chance(50) && set_random("aws:MultiFactorAuthPresent") == "true")
      maybe("aws:MultiFactorAuthAge", 60);
    maybe("aws:SourceIdentity", 15);
    if (scene_.kind == CallerKind::kAssumedRole)
      maybe("aws:FederatedProvider", 15);
  }

  void add_organization(std::string_view id_key, std::string_view paths_key, std::string_view account) {
    if (organizations_.of(account).empty())
      return;
    set(id_key, organizations_.of(account));
    set_list(paths_key, {organizations_.path(account)});
  }

  // An address, or an endpoint of a VPC; a service that calls by itself has neither.
  void add_network() {
    if (scene_.kind == CallerKind::kService)
      return;
    if (random_.chance(70)) {
      set_random("aws:SourceIp");
      return;
    }
    set_random("aws:SourceVpce");
    set_random("aws:SourceVpc");
    set_random("aws:VpcSourceIp");
  }

  void add_time_and_chain() {
    // Both keys tell the same second.
    const bool early = set_random("aws:CurrentTime") == "2025-01-01T00:00:00Z";
    set("aws:EpochTime", early ? "1735689600" : "1751284800");
    set("aws:SecureTransport", random_.chance(85) ? "true" : "false");
    set("aws:RequestedRegion", scene_.region);
    set_random("aws:UserAgent");
    const bool chain =
        random_.chance(15) && scene_.kind != CallerKind::kService && scene_.kind != CallerKind::kAnonymous;
    set("aws:ViaAWSService", chain ? "true" : "false");
    if (!chain)
      return;
    std::vector<std::string> services = some_values("aws:CalledVia");
    set("aws:CalledViaFirst", services.front());
    set("aws:CalledViaLast", services.back());
    set_list("aws:CalledVia", std::move(services));
  }

  void add_resource() {
    set("aws:ResourceAccount", scene_.owner);
    add_organization("aws:ResourceOrgID", "aws:ResourceOrgPaths", scene_.owner);
    if (!is_star(scene_))
      maybe("aws:ResourceTag/team");
    if (!scene_.action->request_tags || !random_.chance(60))
      return;
    std::vector<std::string> keys;
    for (const std::string_view key : {"team", "env"}) {
      if (!random_.chance(60))
        continue;
      set_random("aws:RequestTag/" + std::string(key));
      keys.emplace_back(key);
    }
    if (!keys.empty())
      set_list("aws:TagKeys", std::move(keys));
  }

  void add_service_keys() {
    const std::string_view action = scene_.action->name;
    if (action == "events:PutEvents") {
      // Each entry is authorised by itself, so both keys have one value (captured).
      set_random("events:source");
      set_random("events:detail-type");
      set("events:eventBusInvocation", random_.chance(20) ? "true" : "false");
    } else if (action == "events:PutRule") {
      if (random_.chance(60))
        set_list("events:source", some_values("events:source"));
      if (random_.chance(60))
        set_list("events:detail-type", some_values("events:detail-type"));
      if (!scene_.account.empty())
        set("events:creatorAccount", scene_.account);
    } else if (action == "s3:ListBucket") {
      maybe("s3:prefix", 60);
      maybe("s3:max-keys", 60);
    } else if (action == "s3:PutObject") {
      maybe("s3:x-amz-server-side-encryption", 60);
    } else if (action == "iam:PassRole") {
      maybe("iam:PassedToService", 80);
    } else if (action == "sts:AssumeRole") {
      maybe("sts:ExternalId", 60);
      set_random("sts:RoleSessionName");
    } else if (action == "kms:Decrypt") {
      maybe("kms:ViaService", 50);
      if (random_.chance(50))
        set_list("kms:EncryptionContextKeys", some_values("kms:EncryptionContextKeys"));
    }
  }

  Random& random_;
  const Scene& scene_;
  Request& request_;
  Organizations organizations_;
};

std::string filled(std::string_view text, const Scene& scene) {
  std::string result;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    result += text.substr(0, open);
    text.remove_prefix(open);
    if (text.empty())
      break;
    const std::size_t close = text.find('}');
    const std::string_view field = text.substr(1, close - 1);
    result += field == "region" ? scene.region : field == "account" ? scene.owner : scene.resource_name;
    text.remove_prefix(close + 1);
  }
  return result;
}

}  // namespace

Scene random_scene(Random& random) {
  Scene scene;
  scene.action = &random.pick(small_actions());
  choose_caller(random, scene);
  choose_resource(random, scene);
  return scene;
}

Scene nearby_scene(Random& random, Scene scene) {
  switch (random.below(3)) {
    case 0:
      choose_caller(random, scene);
      // What has no resource is asked of the caller's own account.
      if (is_star(scene) && !scene.account.empty())
        scene.owner = scene.account;
      break;
    case 1:
      scene.action = &random.pick(small_actions());
      if (is_star(scene) && !scene.account.empty())
        scene.owner = scene.account;
      break;
    default:
      choose_resource(random, scene);
      break;
  }
  return scene;
}

Request random_request(Random& random, const Scene& scene) {
  Request request;
  request.principal.kind = scene.kind;
  request.principal.account = scene.account;
  request.principal.id = scene.session.empty() ? identity_arn(scene) : session_arn(scene);
  if (scene.kind == CallerKind::kService)
    request.principal.id = scene.name;
  request.action = scene.action->name;
  request.resource.arn = resource_arn(scene);
  request.resource.account = scene.owner;
  Context(random, scene, request).fill();
  return request;
}

std::string identity_arn(const Scene& scene) {
  switch (scene.kind) {
    case CallerKind::kUser:
      return "arn:aws:iam::" + scene.account + ":user/" + scene.path + scene.name;
    case CallerKind::kRole:
    case CallerKind::kAssumedRole:
      return "arn:aws:iam::" + scene.account + ":role/" + scene.path + scene.name;
    case CallerKind::kFederatedUser:
      return "arn:aws:sts::" + scene.account + ":federated-user/" + scene.name;
    case CallerKind::kRoot:
      return "arn:aws:iam::" + scene.account + ":root";
    case CallerKind::kService:
    case CallerKind::kFederated:
    case CallerKind::kAnonymous:
      return {};
  }
  return {};
}

std::string session_arn(const Scene& scene) {
  if (scene.kind != CallerKind::kAssumedRole)
    return {};
  return "arn:aws:sts::" + scene.account + ":assumed-role/" + scene.name + "/" + scene.session;
}

std::string resource_arn(const Scene& scene) {
  return filled(scene.action->resource, scene);
}

}  // namespace grantproof::tests
