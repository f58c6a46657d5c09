// SPDX-License-Identifier: Apache-2.0
#include "checks/caller_choice.h"

#include "access/unknown_match.h"
#include "aws/arn.h"
#include "base/unknown_text.h"
#include "logic/encode_unknown.h"
#include "logic/formats.h"

namespace grantproof::checks {
namespace {

using access::CallerKind;
using logic::Formula;
using logic::SymbolicRequest;
using patterns::Glob;

std::string_view last_component(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// "NAME" and "SESSION" of "assumed-role/NAME/SESSION".
std::pair<std::string_view, std::string_view> session_parts(std::string_view resource) {
  resource.remove_prefix(std::string_view("assumed-role/").size());
  const std::size_t slash = resource.find('/');
  if (slash == std::string_view::npos)
    return {resource, {}};
  return {resource.substr(0, slash), resource.substr(slash + 1)};
}

}  // namespace

std::optional<CallerChoice> CallerChoice::read(std::string_view text) {
  if (text == "anonymous")
    return CallerChoice(Kind::kAnonymous, text);
  if (aws::is_account_id(text))
    return CallerChoice(Kind::kAccount, text);
  const auto arn = aws::parse_arn(text);
  if (!arn) {
    const bool service =
        text.find('.') != std::string_view::npos && text.find_first_of(":/*? ") == std::string_view::npos;
    if (!service)
      return std::nullopt;
    return CallerChoice(
        text.find(".amazonaws.com") != std::string_view::npos ? Kind::kService : Kind::kFederated, text);
  }
  if (arn->service == "iam") {
    if (arn->resource == "root")
      return CallerChoice(Kind::kRoot, text);
    if (arn->resource.starts_with("user/"))
      return CallerChoice(Kind::kUser, text);
    if (arn->resource.starts_with("role/"))
      return CallerChoice(Kind::kRole, text);
    if (arn->resource.starts_with("oidc-provider/") || arn->resource.starts_with("saml-provider/"))
      return CallerChoice(Kind::kFederated, text);
  }
  if (arn->service == "sts") {
    if (arn->resource.starts_with("assumed-role/") && !session_parts(arn->resource).second.empty())
      return CallerChoice(Kind::kSession, text);
    if (arn->resource.starts_with("federated-user/"))
      return CallerChoice(Kind::kFederatedUser, text);
  }
  return std::nullopt;
}

std::string_view CallerChoice::role_name() const {
  const auto arn = aws::parse_arn(text_);
  return kind_ == Kind::kSession ? session_parts(arn->resource).first : last_component(arn->resource);
}

Formula CallerChoice::encode(SymbolicRequest& request) const {
  const auto principal = [&](std::string_view prefix) {
    return logic::equals(request, request.principal(), std::string(prefix) + text_);
  };
  switch (kind_) {
    case Kind::kUser:
    case Kind::kRole:
    case Kind::kFederatedUser:
    case Kind::kRoot:
      return principal({});
    case Kind::kService:
      return principal(logic::kServicePrefix);
    case Kind::kFederated:
      return principal(logic::kFederatedPrefix);
    case Kind::kAnonymous:
      return request.is(SymbolicRequest::Kind::kAnonymous);
    case Kind::kAccount:
      return request.in(request.principal(), request.text_set(logic::principals_of_account(text_)));
    case Kind::kSession:
      break;
  }
  if (base::has_unknown(text_))
    return logic::depends_on(request, "caller " + text_, text_);
  // The ARN of a session has no path; its role may have one.
  const auto arn = aws::parse_arn(text_);
  const auto [role, session] = session_parts(arn->resource);
  const auto start = [&] {
    return Glob()
        .literal("arn:")
        .literal(arn->partition)
        .literal(":iam::")
        .literal(arn->account)
        .literal(":role/");
  };
  return request.formulas().both(
      request.in(request.principal(),
                 request.text_set({start().literal(role),
                                   start().run(patterns::UnitClass::kNotColon).literal("/").literal(role)})),
      request.in(request.session(), request.exact(session)));
}

access::Truth CallerChoice::holds(const access::Caller& caller) const {
  const auto is = [&](CallerKind kind) -> access::Truth {
    return access::Truth(caller.kind == kind) && access::same_text(text_, caller.id);
  };
  switch (kind_) {
    case Kind::kUser:
      return is(CallerKind::kUser);
    case Kind::kFederatedUser:
      return is(CallerKind::kFederatedUser);
    case Kind::kRoot:
      return is(CallerKind::kRoot);
    case Kind::kSession:
      return is(CallerKind::kAssumedRole);
    case Kind::kService:
      return is(CallerKind::kService);
    case Kind::kFederated:
      return is(CallerKind::kFederated);
    case Kind::kAnonymous:
      return caller.kind == CallerKind::kAnonymous;
    case Kind::kAccount:
      return access::same_text(text_, caller.account);
    case Kind::kRole:
      break;
  }
  const auto arn = aws::parse_arn(text_);
  const auto id = aws::parse_arn(caller.id);
  if (caller.kind != CallerKind::kAssumedRole || !id || !id->resource.starts_with("assumed-role/"))
    return false;
  return access::same_text(arn->account, id->account) &&
         access::same_text(role_name(), session_parts(id->resource).first);
}

bool CallerChoice::may_hold(std::string_view attached_to) const {
  const auto attached = aws::parse_arn(attached_to);
  if (!attached)
    return true;
  const auto may_be = [](std::string_view a, std::string_view b) {
    return access::same_text(a, b).possibly();
  };
  switch (kind_) {
    case Kind::kUser:
    case Kind::kRole:
      return may_be(attached_to, text_);
    case Kind::kSession:
      return may_be(attached->account, aws::parse_arn(text_)->account) &&
             attached->resource.starts_with("role/") &&
             may_be(last_component(attached->resource), role_name());
    case Kind::kAccount:
      return may_be(attached->account, text_);
    case Kind::kFederatedUser:
    case Kind::kRoot:
    case Kind::kService:
    case Kind::kFederated:
    case Kind::kAnonymous:
      break;
  }
  return false;
}

}  // namespace grantproof::checks
