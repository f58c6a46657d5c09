// SPDX-License-Identifier: Apache-2.0
//
// A policy and a request, as JSON: the evaluator (access/) and the formula (logic/) say the same of it, for
// the document by itself and as the only identity or resource policy. Aborts on a disagreement.
//
// Input: a policy, a line "%", a request. Without such a line the input is a policy, asked about a few fixed
// requests. What is made to fit, or skipped, and why:
//   - policies with errors and parts that were not understood, and questions with atoms that nobody knows (a
//     CanonicalUser, "ForAnyValue:NotIpAddress"): the formula does not say what is true of them
//   - keys that repeat what caller and resource say (aws:PrincipalArn, aws:username, aws:SourceAccount, …)
//   are
//     set to what these say: the model reads them there, and no real request contradicts itself
//   - callers whose id is not of their kind, callers of which only the role is known, and values that their
//   key
//     cannot have (a Bool that is "maybe"): the model takes requests as AWS makes them
//   - keys with the wrong number of values: lists that the reference calls single, and the other way round
//   - documents over 16 KiB: what they add is time, not paths
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "access/authorizer.h"
#include "access/document.h"
#include "aws/arn.h"
#include "aws/reference.h"
#include "logic/encode_authorization.h"
#include "logic/encode_statement.h"
#include "logic/interpret.h"
#include "policy/matching.h"
#include "policy/policy_reader.h"
#include "syntax/json_reader.h"
#include "syntax/json_writer.h"

namespace {

using namespace grantproof;
using access::CallerKind;
using Kind = logic::SymbolicRequest::Kind;

constexpr std::size_t kLongest = 16 * 1024;

constexpr std::string_view kRequests[] = {
    R"({"principal":{"type":"user","id":"arn:aws:iam::111122223333:user/team/alice","account":"111122223333"},
        "action":"events:PutEvents","resource":{"arn":"arn:aws:events:us-east-1:111122223333:event-bus/orders"},
        "context":{"events:source":"com.shop.orders","aws:SourceIp":"203.0.113.10","aws:SecureTransport":"true"}})",
    R"({"principal":{"type":"assumed-role","id":"arn:aws:sts::444455556666:assumed-role/app/cli",
        "account":"444455556666"},"action":"s3:GetObject",
        "resource":{"arn":"arn:aws:s3:::shop/a.csv","accountId":"111122223333"},
        "context":{"aws:PrincipalTag/team":"red","aws:MultiFactorAuthPresent":"true"}})",
    R"({"principal":{"type":"service","id":"events.amazonaws.com"},"action":"sqs:SendMessage",
        "resource":{"arn":"arn:aws:sqs:us-east-1:111122223333:orders","accountId":"111122223333"},
        "context":{"aws:SourceArn":"arn:aws:events:us-east-1:111122223333:rule/r"}})",
    R"({"principal":{"type":"anonymous"},"action":"sts:AssumeRole",
        "resource":{"arn":"arn:aws:iam::111122223333:role/app","accountId":"111122223333"},"context":{}})",
};

std::optional<access::Request> read_request(std::string_view text) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add("request.json", std::string(text));
  const auto tree = syntax::read_json(sources, file, sink);
  if (!tree || sink.errors() > 0)
    return std::nullopt;
  auto request = access::read_request(*tree, sink);
  return sink.errors() > 0 ? std::nullopt : request;
}

// ---- requests as AWS makes them

void set(access::Request& request, std::string_view folded, std::string_view name,
         const std::optional<std::string>& value) {
  request.context.erase(std::string(folded));
  if (value)
    request.context[std::string(folded)] = {std::string(name), false, {*value}};
}

// The role of a session, with its path where aws:PrincipalArn gives one; nothing where the id is no
// session's.
std::optional<std::string> role_of(const access::Request& request, const aws::Arn& session) {
  constexpr std::string_view kSession = "assumed-role/";
  if (session.service != "sts" || !session.resource.starts_with(kSession))
    return std::nullopt;
  const std::string_view rest = session.resource.substr(kSession.size());
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos || rest.find('/', slash + 1) != std::string_view::npos)
    return std::nullopt;
  const std::string_view name = rest.substr(0, slash);
  const std::string start =
      "arn:" + std::string(session.partition) + ":iam::" + std::string(session.account) + ":role/";
  const auto said = request.context.find("aws:principalarn");
  if (said != request.context.end() && said->second.values.size() == 1) {
    const std::string& arn = said->second.values.front();
    if (arn.starts_with(start) && arn.substr(arn.rfind('/') + 1) == name)
      return arn;
  }
  return start + std::string(name);
}

// False: no request is like this.
bool make_consistent(access::Request& request) {
  access::Caller& caller = request.principal;
  const std::optional<aws::Arn> arn = aws::parse_arn(caller.id);
  std::optional<std::string> principal, user, account, service;
  switch (caller.kind) {
    case CallerKind::kRole:
      return false;
    case CallerKind::kUser:
    case CallerKind::kFederatedUser:
    case CallerKind::kRoot:
      if (!arn)
        return false;
      principal = caller.id;
      break;
    case CallerKind::kAssumedRole:
      if (!arn)
        return false;
      principal = role_of(request, *arn);
      if (!principal)
        return false;
      break;
    case CallerKind::kService:
      service = caller.id;
      break;
    case CallerKind::kAnonymous:
      account = "anonymous";
      break;
    case CallerKind::kFederated:
      break;
  }
  caller.account = principal ? std::string(arn->account) : std::string();
  if (principal)
    account = caller.account;
  if (caller.kind == CallerKind::kUser)
    user = std::string(arn->resource.substr(arn->resource.rfind('/') + 1));
  set(request, "aws:principalarn", "aws:PrincipalArn", principal);
  set(request, "aws:principalaccount", "aws:PrincipalAccount", account);
  set(request, "aws:username", "aws:username", user);
  set(request, "aws:principalservicename", "aws:PrincipalServiceName", service);

  const std::optional<aws::Arn> resource = aws::parse_arn(request.resource.arn);
  if (!resource && request.resource.arn != "*")
    return false;
  if (resource && !resource->account.empty())
    request.resource.account = resource->account;
  if (request.resource.account.empty() || !resource)
    request.resource.account = caller.account.empty() ? "111122223333" : caller.account;
  set(request, "aws:resourceaccount", "aws:ResourceAccount", request.resource.account);
  if (resource && !resource->region.empty())
    set(request, "aws:requestedregion", "aws:RequestedRegion", std::string(resource->region));
  const auto source = request.context.find("aws:sourcearn");
  if (source != request.context.end() && source->second.values.size() == 1) {
    const std::optional<aws::Arn> of = aws::parse_arn(source->second.values.front());
    if (!of)
      return false;
    if (!of->account.empty() && request.context.contains("aws:sourceaccount"))
      set(request, "aws:sourceaccount", "aws:SourceAccount", std::string(of->account));
  }
  return true;
}

std::optional<Kind> kind_of(CallerKind kind) {
  switch (kind) {
    case CallerKind::kUser:
      return Kind::kUser;
    case CallerKind::kAssumedRole:
      return Kind::kRoleSession;
    case CallerKind::kFederatedUser:
      return Kind::kFederatedUser;
    case CallerKind::kRoot:
      return Kind::kRoot;
    case CallerKind::kService:
      return Kind::kService;
    case CallerKind::kFederated:
      return Kind::kFederated;
    case CallerKind::kAnonymous:
      return Kind::kAnonymous;
    case CallerKind::kRole:
      return std::nullopt;
  }
  return std::nullopt;
}

// Is every key of the question as the model knows it?
bool in_model(logic::SymbolicRequest& symbolic, const access::Request& request) {
  for (logic::AtomId atom = 0; atom < symbolic.atom_count(); ++atom) {
    if (symbolic.atom(atom).kind == logic::Atom::Kind::kUnknown)
      return false;
  }
  const std::optional<Kind> kind = kind_of(request.principal.kind);
  if (!kind || !logic::holds(symbolic, symbolic.is(*kind), request))
    return false;
  for (std::size_t i = 0; i < symbolic.attribute_count(); ++i) {
    const logic::Attribute& attribute = symbolic.attribute(static_cast<logic::AttributeId>(i));
    const auto at = request.context.find(attribute.folded);
    if (!attribute.is_key || at == request.context.end())
      continue;
    const access::ContextValue& value = at->second;
    const bool list = attribute.kind == logic::AttributeKind::kSet;
    const bool one_of_list = list && value.values.size() == 1 && policy::single_when_one(attribute.folded);
    if (value.multivalued != list && !one_of_list)
      return false;
    if (!attribute.format)
      continue;
    const logic::ValueSet& format = symbolic.value_set(*attribute.format);
    for (const std::string& text : value.values) {
      bool fits = symbolic.patterns().matches(format.text, text);
      for (const policy::ValueTest& test : format.typed)
        fits = fits || policy::holds(test, text);
      if (!fits)
        return false;
    }
  }
  return true;
}

// ---- the comparison

void compare(const policy::Policy& policy, access::Request request) {
  if (!make_consistent(request))
    return;
  const auto disagree = [&](const char* what) {
    std::fprintf(stderr, "%s\n%s\n", what, syntax::write_json(access::write_request(request), 1).c_str());
    std::abort();
  };
  {
    patterns::PatternStore patterns;
    logic::SymbolicRequest symbolic(patterns, aws::Reference::embedded());
    const logic::Formula formula = logic::encode_document(symbolic, policy);
    if (in_model(symbolic, request) &&
        logic::holds(symbolic, formula, request) != access::decide_document(request, policy).allowed.surely())
      disagree("the document");
  }
  access::PolicySet policies;
  if (policy.type == policy::PolicyType::kIdentity) {
    policies.identity.push_back(&policy);
  } else {
    policies.resource = &policy;
  }
  patterns::PatternStore patterns;
  logic::SymbolicRequest symbolic(patterns, aws::Reference::embedded());
  const logic::Formula formula = logic::encode_authorization(symbolic, policies);
  const bool allowed = access::decide(request, policies).outcome == access::Outcome::kAllowed;
  if (in_model(symbolic, request) && logic::holds(symbolic, formula, request) != allowed)
    disagree("the authorization");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > kLongest)
    return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = input.find("\n%\n");
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add("policy.json", std::string(input.substr(0, line)));
  const auto tree = syntax::read_json(sources, file, sink);
  if (!tree)
    return 0;
  const policy::Policy policy = policy::read_policy(*tree, std::nullopt, {}, sink);
  if (sink.errors() > 0 || !policy.understood)
    return 0;
  if (line != std::string_view::npos) {
    if (const auto request = read_request(input.substr(line + 3)))
      compare(policy, *request);
    return 0;
  }
  for (const std::string_view text : kRequests)
    compare(policy, *read_request(text));
  return 0;
}
