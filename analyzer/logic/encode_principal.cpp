// SPDX-License-Identifier: Apache-2.0
#include "logic/encode_principal.h"

#include <fmt/format.h>

#include "aws/arn.h"
#include "base/unknown_text.h"
#include "logic/encode_unknown.h"
#include "logic/formats.h"

namespace grantproof::logic {
namespace {

using patterns::Glob;
using patterns::UnitClass;
using policy::Principal;
using policy::PrincipalType;

// The role by name, whatever its path: role names are unique in an account, and the session ARN that the
// service compares has no path.
std::vector<Glob> role_by_name(const aws::Arn& arn, std::string_view role_name) {
  const auto start = [&] {
    return Glob()
        .literal("arn:")
        .literal(arn.partition)
        .literal(":iam::")
        .literal(arn.account)
        .literal(":role/");
  };
  return {start().literal(role_name), start().run(UnitClass::kNotColon).literal("/").literal(role_name)};
}

PrincipalFormulas aws_principal(SymbolicRequest& request, std::string_view value) {
  PrincipalFormulas ways;
  const std::optional<aws::Arn> arn = aws::parse_arn(value);
  if (!arn)
    return ways;  // the unique id of a deleted principal: nobody is it
  // The same principals are asked for in policy after policy.
  const auto named = [&](std::string_view kind, auto&& globs) {
    std::string name = fmt::format("principal {} {}", kind, value);
    ValueSet set;
    const std::optional<patterns::PatternSetId> known = request.patterns().named(name);
    set.text = known ? *known : request.patterns().intern_named(std::move(name), globs());
    return request.in(request.principal(), request.values(std::move(set)));
  };
  const auto itself = [&] { return std::vector{Glob().literal(value)}; };
  if (arn->service == "iam" && arn->resource.starts_with("user/")) {
    ways.direct = named("itself", itself);
    // A federated session that the user made with GetFederationToken carries the session's name, not the
    // user's: by name, as AWS writes it.
    const std::string_view user_name = arn->resource.substr(arn->resource.rfind('/') + 1);
    ways.by_role = named("federated", [&] {
      return std::vector{Glob()
                             .literal("arn:")
                             .literal(arn->partition)
                             .literal(":sts::")
                             .literal(arn->account)
                             .literal(":federated-user/")
                             .literal(user_name)};
    });
  } else if (arn->service == "iam" && arn->resource.starts_with("role/")) {
    ways.by_role =
        named("role", [&] { return role_by_name(*arn, arn->resource.substr(arn->resource.rfind('/') + 1)); });
  } else if (arn->service == "sts" && arn->resource.starts_with("assumed-role/")) {
    const std::string_view rest = arn->resource.substr(std::string_view("assumed-role/").size());
    const std::size_t slash = rest.find('/');
    // Sessions have no Region: such an ARN is nobody's.
    if (slash == std::string_view::npos || !arn->region.empty())
      return ways;
    ways.direct =
        request.formulas().both(named("role", [&] { return role_by_name(*arn, rest.substr(0, slash)); }),
                                request.in(request.session(), request.exact(rest.substr(slash + 1))));
  } else {
    ways.direct = named("itself", itself);
  }
  return ways;
}

// ---- entries with unknown parts

// The text with any text for its unknown parts.
Glob any_for_unknown(std::string_view text, Glob glob = {}) {
  for (const base::TextSegment& segment : base::cut_at_unknowns(text)) {
    if (segment.unknown)
      glob.run(UnitClass::kAny);
    else
      glob.literal(segment.text);
  }
  return glob;
}

// One entry with unknown parts: each way is bounded by what is known, and otherwise unknown.
class UnknownEntry {
 public:
  UnknownEntry(SymbolicRequest& request, const Principal& principal)
      : request_(request), formulas_(request.formulas()), principal_(principal), text_(principal.value) {}

  PrincipalFormulas encode() {
    PrincipalFormulas ways;
    switch (principal_.type) {
      case PrincipalType::kAccount:
        ways.by_account = formulas_.both(request_.account_principal(), of_account(text_));
        break;
      case PrincipalType::kAws:
        ways = aws();
        break;
      case PrincipalType::kService:
        ways.direct = prefixed(kServicePrefix);
        break;
      case PrincipalType::kFederated:
        ways.direct = prefixed(kFederatedPrefix);
        break;
      case PrincipalType::kEveryone:
      case PrincipalType::kCanonicalUser:
        break;
    }
    return ways;
  }

 private:
  Formula of_account(std::string_view account) {
    return equals(request_, request_.key("aws:PrincipalAccount"), account);
  }

  // `example`: who is covered in this way, whatever the unknown parts stand for.
  Formula way(std::string_view name, Formula possible, std::vector<Unknown::Example> example = {}) {
    return formulas_.both(possible, depends_on(request_, fmt::format("principal {} {}", name, text_), text_,
                                               std::move(example)));
  }

  Formula prefixed(std::string_view prefix) {
    return way(prefix, in({any_for_unknown(text_, Glob().literal(prefix))}),
               {{request_.principal(), std::string(prefix) + text_}});
  }

  Formula in(std::vector<Glob> globs) {
    return request_.in(request_.principal(), request_.text_set(std::move(globs)));
  }

  PrincipalFormulas aws() {
    const std::optional<aws::Arn> arn = aws::parse_arn(text_);
    if (!arn) {
      // It may be an account, an ARN, or "*".
      const Formula caller = request_.account_principal();
      return {way("itself", Formula::kTrue), way("role", caller), way("account", caller)};
    }
    PrincipalFormulas ways;
    const bool user = arn->resource.starts_with("user/");
    const bool role = arn->resource.starts_with("role/");
    if (user)
      ways.direct = way("itself", in({any_for_unknown(text_)}), {{request_.principal(), text_}});
    if (user || role)
      ways.by_role = way("role", of_kind(*arn, user ? "sts" : "iam", user ? ":federated-user/" : ":role/"),
                         role ? std::vector<Unknown::Example>{{request_.principal(), text_}}
                              : std::vector<Unknown::Example>{});
    if (arn->resource.starts_with("assumed-role/"))
      ways.direct = way("itself", of_kind(*arn, "iam", ":role/"), session_of(*arn));
    const bool known_kind = user || role || arn->resource.starts_with("assumed-role/");
    if (!known_kind) {
      const Formula caller = request_.account_principal();
      ways = {way("itself", caller), way("role", caller), way("account", caller)};
    }
    // Whoever it names is of its account.
    const Formula account = of_account(arn->account);
    return {formulas_.both(ways.direct, account), formulas_.both(ways.by_role, account),
            formulas_.both(ways.by_account, account)};
  }

  // Everybody of a kind in the partition.
  Formula of_kind(const aws::Arn& arn, std::string_view service, std::string_view kind) {
    Glob glob = any_for_unknown(arn.partition, Glob().literal("arn:"));
    glob.literal(":").literal(service).literal("::").run(UnitClass::kAny).literal(kind);
    return in({glob.run(UnitClass::kAny)});
  }

  // "arn:…:assumed-role/ROLE/SESSION" as a role and its session.
  std::vector<Unknown::Example> session_of(const aws::Arn& arn) {
    const std::string_view rest = arn.resource.substr(std::string_view("assumed-role/").size());
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos)
      return {};
    return {{request_.principal(),
             fmt::format("arn:{}:iam::{}:role/{}", arn.partition, arn.account, rest.substr(0, slash))},
            {request_.session(), std::string(rest.substr(slash + 1))}};
  }

  SymbolicRequest& request_;
  FormulaStore& formulas_;
  const Principal& principal_;
  const std::string& text_;
};

PrincipalFormulas entry(SymbolicRequest& request, const Principal& principal) {
  if (base::has_unknown(principal.value))
    return UnknownEntry(request, principal).encode();
  PrincipalFormulas ways;
  switch (principal.type) {
    case PrincipalType::kEveryone:
      ways.direct = Formula::kTrue;
      break;
    case PrincipalType::kAccount:
      ways.by_account =
          request.in(request.principal(), request.text_set(principals_of_account(principal.value)));
      break;
    case PrincipalType::kAws:
      ways = aws_principal(request, principal.value);
      break;
    case PrincipalType::kService:
      ways.direct =
          request.in(request.principal(), request.exact(std::string(kServicePrefix) + principal.value));
      break;
    case PrincipalType::kFederated:
      ways.direct =
          request.in(request.principal(), request.exact(std::string(kFederatedPrefix) + principal.value));
      break;
    case PrincipalType::kCanonicalUser:
      // Which account has this canonical id is not in the policy.
      ways.by_account = request.unknown("the account of a CanonicalUser is not known");
      break;
  }
  return ways;
}

}  // namespace

PrincipalFormulas encode_principal(SymbolicRequest& request, const policy::PrincipalElement& element) {
  FormulaStore& formulas = request.formulas();
  std::vector<Formula> direct, by_role, by_account;
  for (const Principal& principal : element.principals) {
    const PrincipalFormulas ways = entry(request, principal);
    direct.push_back(ways.direct);
    by_role.push_back(ways.by_role);
    by_account.push_back(ways.by_account);
  }
  PrincipalFormulas ways{formulas.any_of(direct), formulas.any_of(by_role), formulas.any_of(by_account)};
  if (!element.negated)
    return ways;
  // Everybody else. A listed account exempts its root user only, not the principals in it.
  std::vector<Formula> listed{ways.direct, ways.by_role};
  listed.push_back(formulas.both(ways.by_account, request.is(SymbolicRequest::Kind::kRoot)));
  return {formulas.not_(formulas.any_of(listed)), Formula::kFalse, Formula::kFalse};
}

Formula any_way(SymbolicRequest& request, const PrincipalFormulas& ways) {
  return request.formulas().any_of({ways.direct, ways.by_role, ways.by_account});
}

}  // namespace grantproof::logic
