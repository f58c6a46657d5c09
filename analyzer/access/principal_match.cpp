// SPDX-License-Identifier: Apache-2.0
#include "access/principal_match.h"

#include <algorithm>
#include <cstddef>

#include "access/unknown_match.h"
#include "aws/arn.h"
#include "base/unknown_text.h"

namespace grantproof::access {
namespace {

using policy::Principal;
using policy::PrincipalType;

std::string_view last_component(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

// "Name" of "assumed-role/Name/Session", which has no path.
std::string_view first_component_after(std::string_view text, std::string_view prefix) {
  text.remove_prefix(prefix.size());
  return text.substr(0, text.find('/'));
}

// Is `listed` the role (or user) `name` of that account, whatever its path? Session ARNs carry no path.
bool names_entity(std::string_view listed, const aws::Arn& session, std::string_view kind,
                  std::string_view name) {
  const std::optional<aws::Arn> entity = aws::parse_arn(listed);
  return entity.has_value() && entity->service == "iam" && entity->partition == session.partition &&
         entity->account == session.account && entity->resource.starts_with(kind) &&
         last_component(entity->resource) == name;
}

constexpr std::string_view kAssumedRole = "assumed-role/";
constexpr std::string_view kFederatedUser = "federated-user/";

PrincipalMatch match_session_issuer(std::string_view listed, const Caller& caller) {
  const std::optional<aws::Arn> session = aws::parse_arn(caller.id);
  if (!session.has_value())
    return PrincipalMatch::kNone;
  bool issued = false;
  if (caller.kind == CallerKind::kAssumedRole && session->resource.starts_with(kAssumedRole)) {
    issued = names_entity(listed, *session, "role/", first_component_after(session->resource, kAssumedRole));
  } else if (caller.kind == CallerKind::kFederatedUser && session->resource.starts_with(kFederatedUser)) {
    issued = names_entity(listed, *session, "user/", session->resource.substr(kFederatedUser.size()));
  }
  return issued ? PrincipalMatch::kByRole : PrincipalMatch::kNone;
}

bool is_aws_principal(CallerKind kind) {
  switch (kind) {
    case CallerKind::kUser:
    case CallerKind::kRole:
    case CallerKind::kAssumedRole:
    case CallerKind::kFederatedUser:
    case CallerKind::kRoot:
      return true;
    case CallerKind::kService:
    case CallerKind::kFederated:
    case CallerKind::kAnonymous:
      return false;
  }
  return false;
}

PrincipalMatch match_arn(std::string_view listed, const Caller& caller) {
  // An opaque id (AIDA…, AROA…) is what is left of a deleted principal: it covers nobody who can still ask.
  if (!is_aws_principal(caller.kind))
    return PrincipalMatch::kNone;
  if (listed == caller.id) {
    // Some session of the role, its name not known: never more than the role itself.
    return caller.kind == CallerKind::kRole ? PrincipalMatch::kByRole : PrincipalMatch::kDirect;
  }
  return match_session_issuer(listed, caller);
}

// NotPrincipal: an account entry leaves out the root user, not the whole account (IAM User Guide, the example
// of Bob and his account).
bool is_listed(PrincipalMatch match, const Caller& caller) {
  return match == PrincipalMatch::kByAccount ? caller.kind == CallerKind::kRoot
                                             : match != PrincipalMatch::kNone;
}

// Could a resource part with unknown parts be "role/…" with this name behind its last slash? An unknown part
// may have slashes in it.
bool may_name(std::string_view resource, std::string_view kind, std::string_view name) {
  const std::vector<base::TextSegment> segments = base::cut_at_unknowns(resource);
  const std::string_view begin = segments.front().unknown ? std::string_view() : segments.front().text;
  const std::size_t common = std::min(begin.size(), kind.size());
  if (begin.substr(0, common) != kind.substr(0, common))
    return false;
  if (segments.back().unknown)
    return true;
  const std::string_view last = last_component(segments.back().text);
  const bool whole = segments.size() == 1 || last.size() < segments.back().text.size();
  return whole ? same_text(last, name).possibly() : base::has_unknown(name) || name.ends_with(last);
}

// Who an ARN with unknown parts may cover, or who may be covered where the caller's has some.
PrincipalMatch may_match_arn(std::string_view listed, const Caller& caller) {
  const std::optional<aws::Arn> arn = aws::parse_arn(listed);
  if (!arn.has_value()) {
    // As a whole it may be "*".
    return base::has_unknown(listed) ? PrincipalMatch::kEveryone : PrincipalMatch::kNone;
  }
  const std::optional<aws::Arn> id = aws::parse_arn(caller.id);
  const auto may_be = [](std::string_view a, std::string_view b) { return same_text(a, b).possibly(); };
  if (!is_aws_principal(caller.kind) || !id.has_value() || !may_be(arn->partition, id->partition) ||
      !may_be(arn->account, id->account)) {
    return PrincipalMatch::kNone;
  }
  const bool itself = may_be(listed, caller.id);
  if (itself && caller.kind != CallerKind::kRole)
    return PrincipalMatch::kDirect;
  bool issuer = itself;
  if (caller.kind == CallerKind::kAssumedRole && id->resource.starts_with(kAssumedRole))
    issuer |= may_name(arn->resource, "role/", first_component_after(id->resource, kAssumedRole));
  if (caller.kind == CallerKind::kFederatedUser)
    issuer |= may_name(arn->resource, "user/", last_component(id->resource));
  if (!may_be(arn->service, "iam"))
    return PrincipalMatch::kNone;
  if (issuer)
    return PrincipalMatch::kByRole;
  return may_be(arn->resource, "root") ? PrincipalMatch::kByAccount : PrincipalMatch::kNone;
}

}  // namespace

PrincipalMatch match_principal(const Principal& principal, const Caller& caller) {
  switch (principal.type) {
    case PrincipalType::kEveryone:
      return PrincipalMatch::kEveryone;
    case PrincipalType::kAccount:
      return is_aws_principal(caller.kind) && principal.value == caller.account ? PrincipalMatch::kByAccount
                                                                                : PrincipalMatch::kNone;
    case PrincipalType::kAws:
      return match_arn(principal.value, caller);
    case PrincipalType::kService:
      return caller.kind == CallerKind::kService && principal.value == caller.id ? PrincipalMatch::kDirect
                                                                                 : PrincipalMatch::kNone;
    case PrincipalType::kFederated:
      return caller.kind == CallerKind::kFederated && principal.value == caller.id ? PrincipalMatch::kDirect
                                                                                   : PrincipalMatch::kNone;
    case PrincipalType::kCanonicalUser:
      return PrincipalMatch::kNone;
  }
  return PrincipalMatch::kNone;
}

PrincipalMatch match_principal(const policy::PrincipalElement& element, policy::Effect effect,
                               const Caller& caller, bool caller_has_boundary) {
  if (element.negated) {
    if (effect == policy::Effect::kDeny && caller_has_boundary)
      return PrincipalMatch::kEveryone;
    const bool listed = std::any_of(
        element.principals.begin(), element.principals.end(),
        [&caller](const Principal& entry) { return is_listed(may_match_principal(entry, caller), caller); });
    return listed ? PrincipalMatch::kNone : PrincipalMatch::kEveryone;
  }
  PrincipalMatch strongest = PrincipalMatch::kNone;
  for (const Principal& entry : element.principals) {
    strongest = std::max(strongest, match_principal(entry, caller));
  }
  return strongest;
}

PrincipalMatch may_match_principal(const Principal& principal, const Caller& caller) {
  if (!base::has_unknown(principal.value) && !base::has_unknown(caller.id))
    return match_principal(principal, caller);
  switch (principal.type) {
    case PrincipalType::kEveryone:
      return PrincipalMatch::kEveryone;
    case PrincipalType::kAccount:
      return is_aws_principal(caller.kind) && same_text(principal.value, caller.account).possibly()
                 ? PrincipalMatch::kByAccount
                 : PrincipalMatch::kNone;
    case PrincipalType::kAws:
      return may_match_arn(principal.value, caller);
    case PrincipalType::kService:
      return caller.kind == CallerKind::kService && same_text(principal.value, caller.id).possibly()
                 ? PrincipalMatch::kDirect
                 : PrincipalMatch::kNone;
    case PrincipalType::kFederated:
      return caller.kind == CallerKind::kFederated && same_text(principal.value, caller.id).possibly()
                 ? PrincipalMatch::kDirect
                 : PrincipalMatch::kNone;
    case PrincipalType::kCanonicalUser:
      return PrincipalMatch::kNone;
  }
  return PrincipalMatch::kNone;
}

PrincipalMatch may_match_principal(const policy::PrincipalElement& element, policy::Effect effect,
                                   const Caller& caller, bool caller_has_boundary) {
  if (element.negated) {
    if (effect == policy::Effect::kDeny && caller_has_boundary)
      return PrincipalMatch::kEveryone;
    const bool listed = std::any_of(
        element.principals.begin(), element.principals.end(),
        [&caller](const Principal& entry) { return is_listed(match_principal(entry, caller), caller); });
    return listed ? PrincipalMatch::kNone : PrincipalMatch::kEveryone;
  }
  PrincipalMatch strongest = PrincipalMatch::kNone;
  for (const Principal& entry : element.principals)
    strongest = std::max(strongest, may_match_principal(entry, caller));
  return strongest;
}

bool may_cover_unseen(const policy::PrincipalElement& element, const Caller& caller) {
  return is_aws_principal(caller.kind) &&
         std::any_of(element.principals.begin(), element.principals.end(),
                     [](const Principal& entry) { return entry.type == PrincipalType::kCanonicalUser; });
}

bool is_service_linked_role(std::string_view role_arn) {
  const std::optional<aws::Arn> arn = aws::parse_arn(role_arn);
  return arn.has_value() && arn->service == "iam" && arn->resource.starts_with("role/aws-service-role/");
}

}  // namespace grantproof::access
