// SPDX-License-Identifier: Apache-2.0
#include "logic/formats.h"

#include <algorithm>

#include "aws/arn.h"

namespace grantproof::logic {
namespace {

using patterns::Glob;
using patterns::GlobToken;
using patterns::UnitClass;

// The glob with its wildcards held inside the class; nothing where it has a unit outside it.
std::optional<Glob> narrowed(const Glob& glob, UnitClass unit_class) {
  Glob result;
  for (GlobToken token : glob.tokens()) {
    if (token.kind == GlobToken::Kind::kUnit) {
      if (!patterns::in_class(token.unit, unit_class))
        return std::nullopt;
    } else if (token.unit_class == UnitClass::kAny || token.unit_class == UnitClass::kNotColon) {
      token.unit_class = unit_class;
    }
    result.append(token);
  }
  return result;
}

bool matches_empty(const Glob& glob) {
  return glob.matches(std::string_view());
}

Glob user_start() {
  return account_id(arn_start().literal("iam::")).literal(":user/");
}

}  // namespace

Glob& some_units(Glob& glob, UnitClass unit_class) {
  return glob.one(unit_class).run(unit_class);
}

Glob arn_start() {
  return Glob().literal("arn:aws").run(UnitClass::kLowerAlnum).literal(":");
}

Glob& account_id(Glob& glob) {
  for (int digit = 0; digit < 12; ++digit)
    glob.one(UnitClass::kDigit);
  return glob;
}

std::vector<Glob> principal_format(SymbolicRequest::Kind kind) {
  using Kind = SymbolicRequest::Kind;
  Glob glob;
  switch (kind) {
    case Kind::kUser:
      glob = user_start();
      some_units(glob, UnitClass::kNotColon);
      break;
    case Kind::kRoleSession:
      glob = arn_start().literal("iam::");
      account_id(glob).literal(":role/");
      some_units(glob, UnitClass::kNotColon);
      break;
    case Kind::kFederatedUser:
      glob = arn_start().literal("sts::");
      account_id(glob).literal(":federated-user/");
      some_units(glob, UnitClass::kNotSlashOrColon);
      break;
    case Kind::kRoot:
      glob = arn_start().literal("iam::");
      account_id(glob).literal(":root");
      break;
    case Kind::kService:
      glob.literal(kServicePrefix);
      some_units(glob, UnitClass::kNotSlashOrColon).literal(".amazonaws.com");
      break;
    case Kind::kFederated:
      glob.literal(kFederatedPrefix);
      some_units(glob, UnitClass::kAny);
      break;
    case Kind::kAnonymous:
      glob.literal(kAnonymous);
      break;
  }
  std::vector<Glob> globs{glob};
  if (kind == Kind::kService) {
    Glob china;
    china.literal(kServicePrefix);
    some_units(china, UnitClass::kNotSlashOrColon).literal(".amazonaws.com.cn");
    globs.push_back(china);
  }
  return globs;
}

std::vector<Glob> principals_of_account(std::string_view account) {
  // Asked for every account that a policy names: the parts are made once.
  static const Glob kIam = arn_start().literal("iam::");
  static const Glob kSts = arn_start().literal("sts::");
  static const Glob kRoot = Glob().literal(":root");
  static const Glob kUser = [] {
    Glob glob = Glob().literal(":user/");
    return some_units(glob, UnitClass::kNotColon);
  }();
  static const Glob kRole = [] {
    Glob glob = Glob().literal(":role/");
    return some_units(glob, UnitClass::kNotColon);
  }();
  static const Glob kFederatedUser = [] {
    Glob glob = Glob().literal(":federated-user/");
    return some_units(glob, UnitClass::kNotSlashOrColon);
  }();
  Glob field;
  field.pattern(account, false, UnitClass::kNotColon);
  std::vector<Glob> globs(4, kIam);
  globs[3] = kSts;
  const Glob* const endings[] = {&kUser, &kRole, &kRoot, &kFederatedUser};
  for (std::size_t i = 0; i < globs.size(); ++i)
    globs[i].append(field).append(*endings[i]);
  return globs;
}

std::vector<Glob> resource_format(std::string_view arn_format) {
  // An account field is twelve digits, "aws" for what AWS manages, or empty for what AWS owns: three globs.
  std::vector<Glob> globs(1);
  std::size_t at = 0;
  int colons = 0;
  while (at < arn_format.size()) {
    const std::size_t open = arn_format.find("${", at);
    const std::string_view text = arn_format.substr(at, open == std::string_view::npos ? open : open - at);
    colons += static_cast<int>(std::ranges::count(text, ':'));
    // A '*' in a format stands for any text, as in "arn:${Partition}:s3:*:…".
    for (Glob& glob : globs)
      glob.pattern(text);
    if (open == std::string_view::npos)
      break;
    const std::size_t close = arn_format.find('}', open);
    if (close == std::string_view::npos)
      break;
    const std::string_view placeholder = arn_format.substr(open + 2, close - open - 2);
    at = close + 1;
    if (colons == 1) {
      for (Glob& glob : globs)
        glob.literal("aws").run(UnitClass::kLowerAlnum);
    } else if (colons == 3) {
      for (Glob& glob : globs)
        glob.run(UnitClass::kLowerAlnum);
    } else if (colons == 4) {
      std::vector<Glob> managed = globs;
      std::vector<Glob> unowned = globs;
      for (Glob& glob : globs)
        account_id(glob);
      for (Glob& glob : managed)
        glob.literal("aws");
      globs.insert(globs.end(), managed.begin(), managed.end());
      globs.insert(globs.end(), unowned.begin(), unowned.end());
    } else {
      // Bucket names have no '/': without this an object ARN would pass for a bucket.
      // Nor have names in EventBridge a ':' (API Reference, CreateEventBus and PutRule, Name): without this
      // "event-bus/a:event-bus/b" would pass for a bus.
      const bool no_colon = colons < 5 || arn_format.find(":events:") != std::string_view::npos;
      const UnitClass unit_class = placeholder == "BucketName" ? UnitClass::kNotSlashOrColon
                                   : no_colon                  ? UnitClass::kNotColon
                                                               : UnitClass::kAny;
      for (Glob& glob : globs)
        some_units(glob, unit_class);
    }
  }
  return globs;
}

std::vector<Glob> project(Projection projection, const std::vector<Glob>& globs) {
  std::vector<Glob> result;
  for (const Glob& glob : globs) {
    switch (projection) {
      case Projection::kNone:
        result.push_back(glob);
        break;
      case Projection::kPrincipalAccount:
        if (glob.matches(kAnonymous))
          result.push_back(Glob().literal(kAnonymous));
        [[fallthrough]];
      case Projection::kArnAccount:
      case Projection::kArnRegion: {
        // The field is not empty: an empty one is no value.
        const std::optional<Glob> inner = narrowed(glob, UnitClass::kNotColon);
        if (!inner || inner->tokens().empty())
          break;
        const int fields_before = projection == Projection::kArnRegion ? 2 : 3;
        Glob base;
        base.literal("arn:");
        for (int field = 0; field < fields_before; ++field)
          base.run(UnitClass::kNotColon).literal(":");
        if (matches_empty(*inner)) {
          // "*" and the like: at least one unit. Anything else that matches the empty text is runs only.
          some_units(base, UnitClass::kNotColon);
        } else {
          base.append(*inner);
        }
        base.literal(":");
        if (projection == Projection::kArnRegion)
          base.run(UnitClass::kNotColon).literal(":");
        base.run(UnitClass::kAny);
        result.push_back(std::move(base));
        break;
      }
      case Projection::kUserName: {
        const std::optional<Glob> inner = narrowed(glob, UnitClass::kNotSlashOrColon);
        if (!inner)
          break;
        Glob plain = user_start();
        plain.append(*inner);
        result.push_back(std::move(plain));
        Glob with_path = user_start().run(UnitClass::kNotColon).literal("/");
        with_path.append(*inner);
        result.push_back(std::move(with_path));
        break;
      }
      case Projection::kServiceName: {
        Glob base;
        base.literal(kServicePrefix);
        base.append(glob);
        result.push_back(std::move(base));
        break;
      }
    }
  }
  return result;
}

std::vector<Glob> without_part(Projection projection) {
  if (projection != Projection::kArnAccount && projection != Projection::kArnRegion)
    return {};
  // "*" is what actions without resource types are evaluated against.
  Glob glob =
      Glob().literal("arn:").run(UnitClass::kNotColon).literal(":").run(UnitClass::kNotColon).literal(":");
  if (projection == Projection::kArnAccount)
    glob.run(UnitClass::kNotColon).literal(":");
  return {glob.literal(":").run(UnitClass::kAny), Glob().literal("*")};
}

std::optional<std::string> projected(Projection projection, std::string_view base_value) {
  switch (projection) {
    case Projection::kNone:
      return std::string(base_value);
    case Projection::kPrincipalAccount:
      if (base_value == kAnonymous)
        return std::string(kAnonymous);
      [[fallthrough]];
    case Projection::kArnAccount:
    case Projection::kArnRegion: {
      const std::optional<aws::Arn> arn = aws::parse_arn(base_value);
      if (!arn)
        return std::nullopt;
      const std::string_view field = projection == Projection::kArnRegion ? arn->region : arn->account;
      if (field.empty())
        return std::nullopt;
      return std::string(field);
    }
    case Projection::kUserName: {
      const std::optional<aws::Arn> arn = aws::parse_arn(base_value);
      if (!arn || arn->service != "iam" || !arn->resource.starts_with("user/"))
        return std::nullopt;
      return std::string(arn->resource.substr(arn->resource.rfind('/') + 1));
    }
    case Projection::kServiceName:
      if (!base_value.starts_with(kServicePrefix))
        return std::nullopt;
      return std::string(base_value.substr(kServicePrefix.size()));
  }
  return std::nullopt;
}

std::vector<Glob> key_format(std::string_view folded_key, aws::KeyType type) {
  const auto account = [] {
    Glob glob;
    return account_id(glob);
  };
  const auto prefixed = [](std::string_view prefix) {
    Glob glob;
    return some_units(glob.literal(prefix), UnitClass::kLowerAlnum);
  };
  struct Row {
    std::string_view key;
    std::vector<Glob> globs;
  };
  Glob organization_path = prefixed("o-");
  organization_path.literal("/r-").run(UnitClass::kLowerAlnum).literal("/").run(UnitClass::kAny);
  const Row rows[] = {
      {"aws:sourceaccount", {account()}},
      {"aws:resourceaccount", {account()}},
      {"aws:vpceaccount", {account()}},
      {"aws:sourceowner", {account()}},
      {"kms:calleraccount", {account()}},
      {"aws:principalorgid", {prefixed("o-")}},
      {"aws:resourceorgid", {prefixed("o-")}},
      {"aws:sourceorgid", {prefixed("o-")}},
      {"aws:vpceorgid", {prefixed("o-")}},
      {"aws:sourcevpc", {prefixed("vpc-")}},
      {"aws:sourcevpce", {prefixed("vpce-")}},
      {"aws:requestedregion", {prefixed("")}},
      {"aws:principalorgpaths", {organization_path}},
      {"aws:resourceorgpaths", {organization_path}},
      {"aws:sourceorgpaths", {organization_path}},
  };
  for (const Row& row : rows) {
    if (row.key == folded_key)
      return row.globs;
  }
  if (type == aws::KeyType::kBool)
    return {Glob().literal("true", true), Glob().literal("false", true)};
  if (type == aws::KeyType::kArn) {
    Glob arn = arn_start();
    some_units(arn, UnitClass::kLowerAlnum).literal(":").run(UnitClass::kNotColon).literal(":");
    arn.run(UnitClass::kNotColon).literal(":");
    return {some_units(arn, UnitClass::kAny)};
  }
  return {};
}

}  // namespace grantproof::logic
