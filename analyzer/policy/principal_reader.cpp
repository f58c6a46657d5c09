// SPDX-License-Identifier: Apache-2.0
#include "policy/principal_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "aws/arn.h"
#include "base/text.h"
#include "base/unknown_text.h"

namespace grantproof::policy {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::string_view kServiceDomains[] = {".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu",
                                                ".c2s.ic.gov",    ".sc2s.sgov.gov",    ".aws.internal",
                                                ".aws.dev"};

bool is_domain(std::string_view text) {
  return text.find('.') != std::string_view::npos && std::all_of(text.begin(), text.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_';
         });
}

bool is_service_name(std::string_view text) {
  return is_domain(text) && std::any_of(std::begin(kServiceDomains), std::end(kServiceDomains),
                                        [&](std::string_view domain) { return text.ends_with(domain); });
}

// AIDAJQABLZS4A3QDU576Q: what AWS shows in place of the ARN of a principal that was deleted.
// Source: IAM User Guide, "IAM identifiers", unique identifiers.
bool is_unique_id(std::string_view text) {
  return text.size() >= 16 && text.size() <= 128 && text.front() == 'A' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

// What is said of one entry: a principal, or why it is none.
struct Entry {
  std::optional<Principal> principal;
  GrammarRuleId rule = GrammarRuleId::kPrincipalFormat;
  std::string message;
  std::string help;
};

Entry found(PrincipalType type, std::string_view value) {
  return Entry{.principal = Principal{.type = type, .value = std::string(value), .span = {}},
               .rule = GrammarRuleId::kPrincipalFormat,
               .message = {},
               .help = {}};
}

Entry none(std::string message, std::string help, GrammarRuleId rule = GrammarRuleId::kPrincipalFormat) {
  return Entry{
      .principal = std::nullopt, .rule = rule, .message = std::move(message), .help = std::move(help)};
}

Entry wildcard(std::string_view text, std::string help) {
  return none("the principal " + quoted(text) + " has a wildcard, which AWS does not expand here",
              std::move(help), GrammarRuleId::kPrincipalWildcard);
}

// The resource part of an IAM or STS ARN under AWS.
Entry read_identity_arn(std::string_view text, const aws::Arn& arn) {
  const std::string_view kind = arn.resource.substr(0, arn.resource.find('/'));
  const bool named = kind.size() + 1 < arn.resource.size() && arn.resource.back() != '/';
  if (arn.service == "iam" && arn.resource == "root")
    return found(PrincipalType::kAccount, arn.account);
  if (arn.service == "iam" && kind == "group") {
    return none("the group " + quoted(text) + " is named as a principal, but a group is none",
                "name the users of the group, or a role that they assume", GrammarRuleId::kPrincipalGroup);
  }
  if (arn.service == "iam" && (kind == "saml-provider" || kind == "oidc-provider")) {
    return none("the identity provider " + quoted(text) + " stands under `AWS`", "put it under `Federated`");
  }
  if (arn.service == "iam" && (kind == "user" || kind == "role") && named)
    return found(PrincipalType::kAws, text);
  if (arn.service == "sts" && kind == "federated-user" && named)
    return found(PrincipalType::kAws, text);
  if (arn.service == "sts" && kind == "assumed-role" && named) {
    const std::string_view role_and_session = arn.resource.substr(kind.size() + 1);
    if (std::count(role_and_session.begin(), role_and_session.end(), '/') == 1 ||
        base::has_unknown(role_and_session)) {
      return found(PrincipalType::kAws, text);
    }
    return none("the session " + quoted(text) + " does not have a role name and a session name",
                "write arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION, without the path of the role");
  }
  return none(
      quoted(text) + " is the ARN of no principal",
      "principals are the root, users and roles of IAM, and the role sessions and federated users of STS");
}

Entry read_aws(std::string_view text) {
  if (text == "*")
    return found(PrincipalType::kEveryone, text);
  if (aws::is_account_id(text))
    return found(PrincipalType::kAccount, text);
  if (is_unique_id(text))
    return found(PrincipalType::kAws, text);
  if (has_wildcard(text)) {
    return wildcard(text,
                    "write \"*\" and limit it with a condition on aws:PrincipalArn, or name each principal");
  }
  if (const std::optional<aws::Arn> arn = aws::parse_arn(text)) {
    // An origin access identity of CloudFront is a user of an account with a name.
    const bool named_account =
        arn->account == "cloudfront" || arn->account == "aws" || base::has_unknown(arn->account);
    if (!aws::is_account_id(arn->account) && !named_account) {
      return none("the account " + quoted(arn->account) + " of the principal is not a 12-digit account id",
                  "write the account id with its 12 digits");
    }
    const std::string_view kind = arn->resource.substr(0, arn->resource.find('/'));
    if (base::has_unknown(arn->service) || base::has_unknown(kind))
      return found(PrincipalType::kAws, text);
    return read_identity_arn(text, *arn);
  }
  // As a whole it may be an account, an ARN or "*".
  if (base::has_unknown(text))
    return found(PrincipalType::kAws, text);
  if (is_service_name(text))
    return none("the service " + quoted(text) + " stands under `AWS`", "put it under `Service`");
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(),
                                                   [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
  if (digits) {
    return none(quoted(text) + " is no account id: it does not have exactly 12 digits",
                "write the account id with its 12 digits and without hyphens");
  }
  if (text.find_first_of("<>{}[]") != std::string_view::npos) {
    return none(quoted(text) + " is a placeholder; as written it is no principal",
                "write an account id of 12 digits, an ARN, or \"*\"");
  }
  return none(quoted(text) + " is no AWS principal", "write an account id of 12 digits, an ARN, or \"*\"");
}

Entry read_service(std::string_view text) {
  if (has_wildcard(text))
    return wildcard(text, "name each service, as in events.amazonaws.com");
  if (is_service_name(text) || base::has_unknown(text))
    return found(PrincipalType::kService, text);
  return none(quoted(text) + " is no service principal",
              "write the name of the service's principal, as in "
              "events.amazonaws.com");
}

Entry read_federated(std::string_view text) {
  if (has_wildcard(text))
    return wildcard(text, "name each identity provider");
  if (base::has_unknown(text))
    return found(PrincipalType::kFederated, text);
  if (const std::optional<aws::Arn> arn = aws::parse_arn(text)) {
    const std::string_view kind = arn->resource.substr(0, arn->resource.find('/'));
    if (arn->service != "iam" || (kind != "saml-provider" && kind != "oidc-provider")) {
      return none(
          quoted(text) + " is the ARN of no identity provider",
          "write arn:aws:iam::ACCOUNT:saml-provider/NAME or arn:aws:iam::ACCOUNT:oidc-provider/DOMAIN");
    }
    if (!aws::is_account_id(arn->account)) {
      return none(
          "the account " + quoted(arn->account) + " of the identity provider is not a 12-digit account id",
          "write the account id with its 12 digits");
    }
    return found(PrincipalType::kFederated, text);
  }
  if (is_domain(text))
    return found(PrincipalType::kFederated, text);
  return none(quoted(text) + " is no identity provider",
              "write the ARN of a SAML or OIDC provider, or a domain such as cognito-identity.amazonaws.com");
}

// 64 hexadecimal digits. Source: Amazon S3 User Guide, "Finding the canonical user ID".
Entry read_canonical_user(std::string_view text) {
  const bool hexadecimal = text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
                             return std::isxdigit(static_cast<unsigned char>(c)) != 0;
                           });
  if (hexadecimal || base::has_unknown(text))
    return found(PrincipalType::kCanonicalUser, text);
  return none(quoted(text) + " is no canonical user id",
              "write the 64 hexadecimal digits of the account's canonical "
              "user id");
}

struct PrincipalKind {
  std::string_view name;
  Entry (*read)(std::string_view text);
};

constexpr std::array<PrincipalKind, 4> kKinds = {{
    {"AWS", read_aws},
    {"Service", read_service},
    {"Federated", read_federated},
    {"CanonicalUser", read_canonical_user},
}};

void read_entry(ReaderContext& context, const PrincipalKind& kind, const Node& node,
                PrincipalElement& element, bool& understood) {
  Entry entry = kind.read(node.text);
  if (!entry.principal.has_value()) {
    understood = false;
    context.report(entry.rule, node.span, std::move(entry.message), std::move(entry.help));
    return;
  }
  entry.principal->span = node.span;
  if (entry.principal->type == PrincipalType::kAws && is_unique_id(node.text)) {
    context.report(
        GrammarRuleId::kPrincipalUniqueId, node.span,
        quoted(node.text) + " is a unique id in place of an ARN: AWS shows it when the principal was deleted",
        "remove it, or write the ARN of the principal that is meant now");
  }
  element.principals.push_back(std::move(*entry.principal));
}

}  // namespace

PrincipalElement read_principal(ReaderContext& context, const Node& node, bool negated, bool& understood) {
  const std::string_view name = negated ? "NotPrincipal" : "Principal";
  PrincipalElement element{.negated = negated, .principals = {}, .span = node.span};
  const auto empty = [&](base::Span span) {
    // Whether NotPrincipal without entries is everyone is written nowhere.
    if (negated)
      understood = false;
    context.report(GrammarRuleId::kElementEmpty, span, std::string(name) + " names no principal",
                   "name a principal, or remove the statement");
  };
  if (node.kind != NodeKind::kMap) {
    if (node.kind == NodeKind::kList && node.items.empty())
      empty(node.span);
    for (const Node* item : strings_of(context, name, node, understood)) {
      if (item->text == "*") {
        element.principals.push_back(
            Principal{.type = PrincipalType::kEveryone, .value = "*", .span = item->span});
        continue;
      }
      if (base::has_unknown(item->text)) {
        // Whoever it is: this entry may be everyone.
        element.principals.push_back(
            Principal{.type = PrincipalType::kAws, .value = item->text, .span = item->span});
        continue;
      }
      understood = false;
      const bool service = is_service_name(item->text);
      context.report(
          GrammarRuleId::kPrincipalFormat, item->span,
          quoted(item->text) + " stands where only \"*\" or an object can",
          "write {\"" + std::string(service ? "Service" : "AWS") + "\": \"" + shortened(item->text) + "\"}");
    }
    return element;
  }
  if (node.members.empty())
    empty(node.span);
  std::vector<std::string_view> names;
  names.reserve(kKinds.size());
  for (const PrincipalKind& kind : kKinds)
    names.push_back(kind.name);
  const auto members = find_elements(context, node, names, name, understood);
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (members[i] == nullptr)
      continue;
    const Node& value = members[i]->value;
    if (value.kind == NodeKind::kList && value.items.empty())
      empty(value.span);
    for (const Node* item : strings_of(context, kKinds[i].name, value, understood)) {
      read_entry(context, kKinds[i], *item, element, understood);
    }
  }
  return element;
}

}  // namespace grantproof::policy
