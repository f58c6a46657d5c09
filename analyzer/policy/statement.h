// SPDX-License-Identifier: Apache-2.0
//
// A statement of an IAM policy, as written, with the place of every part. Made by statement_reader, read by
// access/ (does it apply to this request) and logic/ (for which requests does it apply).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/source.h"
#include "policy/condition.h"

namespace grantproof::policy {

enum class Effect { kAllow, kDeny };

struct Text {
  std::string text;
  base::Span span;
};

// Action or NotAction: patterns with '*' and '?', compared without regard to case.
struct ActionElement {
  bool negated = false;
  std::vector<Text> patterns;
  base::Span span;
};

// Resource or NotResource: ARN patterns, possibly with policy variables.
struct ResourceElement {
  bool negated = false;
  std::vector<Text> patterns;
  base::Span span;
};

enum class PrincipalType {
  kEveryone,  // "*" or {"AWS": "*"}
  kAccount,   // account id or arn:…:iam::A:root: delegation to the account. `value` is the 12-digit id
  kAws,  // user, role, assumed-role session or federated-user ARN, or an opaque unique id (AROA…, AIDA…)
  kService,        // "events.amazonaws.com"
  kFederated,      // provider ARN or domain name
  kCanonicalUser,  // S3 only
};

struct Principal {
  PrincipalType type = PrincipalType::kEveryone;
  std::string value;
  base::Span span;
};

// Principal or NotPrincipal. The entries are alternatives, across AWS, Service and Federated.
struct PrincipalElement {
  bool negated = false;
  std::vector<Principal> principals;
  base::Span span;
};

struct Statement {
  std::optional<std::string> sid;
  base::Span sid_span;  // of the Sid's value; the opening brace where there is none
  Effect effect = Effect::kAllow;
  std::optional<PrincipalElement> principal;
  ActionElement action;
  std::optional<ResourceElement> resource;
  std::vector<Condition> conditions;
  // A part of this statement was not understood and reported as an error (unknown operator, unknown element,
  // wrong shape). Such a statement is never assumed harmless: a question that could depend on it is
  // undecided.
  bool understood = true;
  base::Span span;
  base::Span effect_span;
  // It exists only under a condition that nobody could decide ("IsProd"); empty: always.
  std::string when;
};

}  // namespace grantproof::policy
