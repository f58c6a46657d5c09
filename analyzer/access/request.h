// SPDX-License-Identifier: Apache-2.0
//
// One concrete request: who asks to do what on which resource, with which context. What simulate reads, what
// the evaluator decides, and what a witness of the prover is.
//
// JSON form, also that of the conformance cases:
//   {"principal": {"type": "user", "id": "arn:…", "account": "1111…"}, "action": "events:PutEvents",
//    "resource": {"arn": "arn:…", "accountId": "1111…"}, "context": {"aws:username": "alice", "aws:TagKeys":
//    ["a"]}}
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "syntax/node.h"

namespace grantproof::access {

enum class CallerKind {
  kUser,           // arn:aws:iam::A:user/[path/]name
  kRole,           // some session of arn:aws:iam::A:role/[path/]name, its session name not known
  kAssumedRole,    // arn:aws:sts::A:assumed-role/name/session
  kFederatedUser,  // arn:aws:sts::A:federated-user/name
  kRoot,           // arn:aws:iam::A:root
  kService,        // events.amazonaws.com
  kFederated,      // caller of AssumeRoleWithSAML / WithWebIdentity: provider ARN or domain
  kAnonymous,      // unsigned
};

// "user", "role", "assumed-role", "federated-user", "root", "service", "federated", "anonymous"
std::string_view name(CallerKind kind);
std::optional<CallerKind> find_caller_kind(std::string_view name);

struct Caller {
  CallerKind kind = CallerKind::kAnonymous;
  std::string id;       // ARN, service name or provider; empty for kAnonymous
  std::string account;  // empty for kService, kFederated (unless an ARN gives it) and kAnonymous
};

struct ContextValue {
  std::string key;  // as written
  bool multivalued = false;
  std::vector<std::string> values;  // exactly one where not multivalued
};

// By lower-case key. A key that is not in the map is absent from the request.
using RequestContext = std::map<std::string, ContextValue, std::less<>>;

struct Resource {
  std::string arn;      // "*" for actions without resource-level permissions
  std::string account;  // owner; S3 ARNs have none in them
};

struct Request {
  Caller principal;
  std::string action;
  Resource resource;
  RequestContext context;
};

// Nothing (and diagnostics, rule GP0005) where the node is no request.
std::optional<Request> read_request(const syntax::Node& node, base::DiagnosticSink& sink);
syntax::Node write_request(const Request& request);

}  // namespace grantproof::access
