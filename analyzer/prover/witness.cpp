// SPDX-License-Identifier: Apache-2.0
#include "prover/witness.h"

#include <algorithm>

#include "aws/arn.h"
#include "base/text.h"
#include "logic/formats.h"
#include "policy/matching.h"

namespace grantproof::prover {
namespace {

using access::CallerKind;
using logic::Attribute;
using logic::AttributeId;
using logic::AttributeKind;
using logic::Projection;

class RequestMaker {
 public:
  RequestMaker(const logic::SymbolicRequest& request, const Assignment& assignment)
      : request_(request), assignment_(assignment) {}

  access::Request make() {
    made_.action = assignment_.action;
    make_caller();
    made_.resource.arn = text(request_.resource()).value_or("*");
    // "*" is the caller's own; where aws:ResourceAccount is asked for, request_space sees to it.
    const bool callers_own = made_.resource.arn == "*" && !request_.find_key("aws:resourceaccount");
    made_.resource.account = callers_own ? made_.principal.account : value(request_.owner()).value_or("");
    for (std::size_t i = 0; i < request_.attribute_count(); ++i) {
      const auto id = static_cast<AttributeId>(i);
      if (request_.attribute(id).is_key)
        add_key(id);
    }
    add_role_with_path();
    set_epoch_time();
    return std::move(made_);
  }

 private:
  std::optional<std::string> text(AttributeId id) const {
    const auto at = assignment_.texts.find(id);
    if (at == assignment_.texts.end())
      return std::nullopt;
    return at->second;
  }

  // The value of any text attribute, through what it is tied to.
  std::optional<std::string> value(AttributeId id) const {
    const Attribute& asked = request_.attribute(id);
    if (asked.same_as)
      return value(*asked.same_as);
    if (asked.projection != Projection::kNone) {
      const auto base = text(asked.base);
      return base ? logic::projected(asked.projection, *base) : std::nullopt;
    }
    if (asked.part_of) {
      if (auto part = value(*asked.part_of))
        return part;
    }
    return text(id);
  }

  void make_caller() {
    const std::string principal = text(request_.principal()).value_or(std::string(logic::kAnonymous));
    access::Caller& caller = made_.principal;
    if (principal == logic::kAnonymous) {
      caller.kind = CallerKind::kAnonymous;
      return;
    }
    if (principal.starts_with(logic::kServicePrefix)) {
      caller.kind = CallerKind::kService;
      caller.id = principal.substr(logic::kServicePrefix.size());
      return;
    }
    if (principal.starts_with(logic::kFederatedPrefix)) {
      caller.kind = CallerKind::kFederated;
      caller.id = principal.substr(logic::kFederatedPrefix.size());
      return;
    }
    caller.id = principal;
    const auto arn = aws::parse_arn(principal);
    if (!arn)
      return;
    caller.account = arn->account;
    if (arn->service == "sts") {
      caller.kind = CallerKind::kFederatedUser;
    } else if (arn->resource == "root") {
      caller.kind = CallerKind::kRoot;
    } else if (arn->resource.starts_with("user/")) {
      caller.kind = CallerKind::kUser;
    } else {
      caller.kind = CallerKind::kAssumedRole;
      caller.id = "arn:" + std::string(arn->partition) + ":sts::" + std::string(arn->account) +
                  ":assumed-role/" + std::string(arn->resource.substr(arn->resource.rfind('/') + 1)) + "/" +
                  text(request_.session()).value_or("session");
    }
  }

  // A session's own ARN has no path: where the role has one (a service-linked role, say) only
  // aws:PrincipalArn tells.
  void add_role_with_path() {
    const std::string role = text(request_.principal()).value_or("");
    if (made_.principal.kind != CallerKind::kAssumedRole || std::ranges::count(role, '/') < 2)
      return;
    made_.context.try_emplace("aws:principalarn", access::ContextValue{"aws:PrincipalArn", false, {role}});
  }

  // There is one clock (see logic/encode_condition).
  void set_epoch_time() {
    const auto now = made_.context.find("aws:currenttime");
    if (now == made_.context.end() || !request_.find_key("aws:epochtime"))
      return;
    if (const auto date = policy::parse_date(now->second.values.front()))
      made_.context["aws:epochtime"] = {
          "aws:EpochTime", false, {std::to_string((*date - ((*date % 1000) + 1000) % 1000) / 1000)}};
  }

  // PutEvents is authorised entry by entry: its source and detail-type are single values there.
  bool single(const Attribute& attribute) const {
    return attribute.folded.starts_with("events:") &&
           base::equals_ignoring_case(assignment_.action, "events:PutEvents");
  }

  void add_key(AttributeId id) {
    const Attribute& attribute = request_.attribute(id);
    access::ContextValue said;
    said.key = attribute.name;
    if (attribute.kind == AttributeKind::kSet) {
      const auto at = assignment_.sets.find(id);
      if (at == assignment_.sets.end())
        return;
      said.multivalued = !(single(attribute) && at->second.size() == 1);
      said.values = at->second;
    } else {
      if (attribute.folded == "aws:principalarn" && !account_principal())
        return;
      // A key that stands for itself is present only where it was given a value.
      const bool stands_for_itself = !attribute.same_as && attribute.projection == Projection::kNone;
      if (stands_for_itself && !text(id))
        return;
      const auto found = value(id);
      if (!found)
        return;
      said.values = {*found};
    }
    made_.context.emplace(attribute.folded, std::move(said));
  }

  bool account_principal() const {
    const CallerKind kind = made_.principal.kind;
    return kind != CallerKind::kService && kind != CallerKind::kFederated && kind != CallerKind::kAnonymous;
  }

  const logic::SymbolicRequest& request_;
  const Assignment& assignment_;
  access::Request made_;
};

struct OrdinaryValues {
  std::string_view attribute;
  std::vector<std::string> values;
};

// Names of the documentation: accounts of ones and nines, addresses and domains that are reserved for
// examples.
const std::vector<OrdinaryValues>& ordinary_values() {
  static const std::vector<OrdinaryValues> kValues = {
      {"principal",
       {"arn:aws:iam::999999999999:role/anyone", "arn:aws:iam::111122223333:role/example",
        "arn:aws:iam::444455556666:role/example", "arn:aws:iam::999999999999:user/anyone",
        "arn:aws:iam::111122223333:user/alice", "service:events.amazonaws.com", "anonymous"}},
      {"session", {"session"}},
      {"owner", {"111122223333", "444455556666", "999999999999"}},
      {"aws:sourceip", {"203.0.113.10"}},
      {"aws:currenttime", {"2026-01-15T12:00:00Z"}},
      {"aws:epochtime", {"1768478400"}},
      {"aws:tokenissuetime", {"2026-01-15T11:30:00Z"}},
      {"aws:requestedregion", {"us-east-1", "eu-west-1"}},
      {"aws:securetransport", {"true", "false"}},
      {"aws:multifactorauthpresent", {"true", "false"}},
      {"aws:viaawsservice", {"false", "true"}},
      {"aws:principalorgid", {"o-otherorgid1", "o-exampleorgid"}},
      {"aws:resourceorgid", {"o-exampleorgid"}},
      {"aws:sourceaccount", {"999999999999", "111122223333"}},
      {"aws:sourcevpc", {"vpc-0abc1234"}},
      {"aws:sourcevpce", {"vpce-0abc1234"}},
      {"aws:useragent", {"aws-cli/2"}},
      {"events:source", {"com.example.orders"}},
      {"events:detail-type", {"OrderPlaced"}},
  };
  return kValues;
}

}  // namespace

access::Request make_request(const logic::SymbolicRequest& request, const Assignment& assignment) {
  return RequestMaker(request, assignment).make();
}

void prefer_ordinary_values(const logic::SymbolicRequest& request, Theory& theory) {
  for (std::size_t i = 0; i < request.attribute_count(); ++i) {
    const auto id = static_cast<AttributeId>(i);
    for (const OrdinaryValues& row : ordinary_values()) {
      if (request.attribute(id).folded == row.attribute)
        theory.prefer(id, row.values);
    }
  }
}

}  // namespace grantproof::prover
