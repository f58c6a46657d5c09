// SPDX-License-Identifier: Apache-2.0
#include "checks/caller_choice.h"

#include "aws/arn.h"
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
    return request.in(request.principal(), request.exact(std::string(prefix) + text_));
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

bool CallerChoice::holds(const access::Caller& caller) const {
  switch (kind_) {
    case Kind::kUser:
      return caller.kind == CallerKind::kUser && caller.id == text_;
    case Kind::kFederatedUser:
      return caller.kind == CallerKind::kFederatedUser && caller.id == text_;
    case Kind::kRoot:
      return caller.kind == CallerKind::kRoot && caller.id == text_;
    case Kind::kSession:
      return caller.kind == CallerKind::kAssumedRole && caller.id == text_;
    case Kind::kService:
      return caller.kind == CallerKind::kService && caller.id == text_;
    case Kind::kFederated:
      return caller.kind == CallerKind::kFederated && caller.id == text_;
    case Kind::kAnonymous:
      return caller.kind == CallerKind::kAnonymous;
    case Kind::kAccount:
      return caller.account == text_;
    case Kind::kRole:
      break;
  }
  const auto arn = aws::parse_arn(text_);
  const auto id = aws::parse_arn(caller.id);
  return caller.kind == CallerKind::kAssumedRole && id && id->account == arn->account &&
         id->resource.starts_with("assumed-role/") && session_parts(id->resource).first == role_name();
}

bool CallerChoice::may_hold(std::string_view attached_to) const {
  const auto attached = aws::parse_arn(attached_to);
  if (!attached)
    return true;
  switch (kind_) {
    case Kind::kUser:
    case Kind::kRole:
      return attached_to == text_;
    case Kind::kSession:
      return attached->account == aws::parse_arn(text_)->account && attached->resource.starts_with("role/") &&
             last_component(attached->resource) == role_name();
    case Kind::kAccount:
      return attached->account == text_;
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
