// SPDX-License-Identifier: Apache-2.0
#include "logic/encode_unknown.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/unknown_match.h"
#include "aws/arn.h"
#include "base/unknown_text.h"

namespace grantproof::logic {
namespace {

using patterns::Glob;
using patterns::UnitClass;
using policy::TextPart;

std::string written(const OpenText& text) {
  std::string result;
  for (const TextPart& part : text.text.parts)
    result += part.kind == TextPart::Kind::kVariable ? "${" + part.key + "}" : part.text;
  return result;
}

// One text, not a pattern of texts.
bool is_exact(const OpenText& text) {
  return text.op != nullptr && text.op->comparison == policy::Comparison::kText && !text.op->wildcards;
}

AttributeId resolved(const SymbolicRequest& request, AttributeId attribute) {
  const auto& same_as = request.attribute(attribute).same_as;
  return same_as ? *same_as : attribute;
}

// For whole ARNs it makes no difference of which policy type they are.
std::string identity_of(const OpenText& text) {
  if (text.op != nullptr)
    return identity(text);
  OpenText whole = text;
  std::ptrdiff_t colons = 0;
  for (const TextPart& part : text.text.parts) {
    if (part.kind == TextPart::Kind::kPattern)
      colons += std::ranges::count(part.text, ':');
  }
  if (colons >= 5)
    whole.type = policy::PolicyType::kIdentity;
  return identity(whole);
}

// What a text can show that it matches: nothing where a variable stands in it.
std::vector<Unknown::Example> examples_of(AttributeId attribute, const OpenText& text) {
  std::string example;
  for (const TextPart& part : text.text.parts) {
    const bool variable = part.kind == TextPart::Kind::kVariable ||
                          (part.kind == TextPart::Kind::kUnknown && !base::wholly_unknown(part.text));
    if (variable)
      return {};
    example += part.text;
  }
  // A short ARN is that of nothing.
  const bool resource = text.op == nullptr;
  if (resource && text.text.parts.front().kind != TextPart::Kind::kUnknown && !aws::parse_arn(example))
    return {};
  return {{attribute, std::move(example)}};
}

// Texts that grantproof makes up are none that an unknown part stands for.
ValueSetId made_up(SymbolicRequest& request) {
  Glob word = Glob().run(UnitClass::kAny).literal(access::kMadeUpWord, true);
  return request.text_set({Glob().literal(access::kMadeUpAccount), word.run(UnitClass::kAny)});
}

bool is_never_made_up(const SymbolicRequest& request, const OpenText& text) {
  const std::string all = written(text);
  const bool one_text =
      is_exact(text) || (all.find_first_of("*?$") == std::string::npos && request.are_names(all));
  return one_text && !access::is_made_up(all);
}

// The account in an ARN with unknown parts: whoever matches the ARN is of that account, or has it.
class AccountOfArn {
 public:
  AccountOfArn(SymbolicRequest& request, AttributeId attribute, const OpenText& text)
      : request_(request), attribute_(attribute), text_(text), written_(written(text)) {}

  Formula encode() {
    const auto arn = aws::parse_arn(written_);
    if (!arn || !base::has_unknown(arn->account) ||
        arn->account.find_first_of("*?$") != std::string_view::npos)
      return Formula::kTrue;
    // A pattern may have wildcards in its unknown parts, and then it is of no one account.
    if (!is_exact(text_) && !request_.are_names(arn->account))
      return Formula::kTrue;
    Formula same = Formula::kTrue;
    if (attribute_ == request_.principal())
      same = equals(request_, request_.key("aws:PrincipalAccount"), arn->account);
    else if (attribute_ == request_.resource())
      same = equals(request_, request_.owner(), arn->account);
    else
      return Formula::kTrue;
    // A '*' before it may reach over colons, and an unknown part may have some.
    return may_vary(arn->partition) || may_vary(arn->service) || may_vary(arn->region)
               ? request_.formulas().either(same, request_.in(attribute_, more_colons()))
               : same;
  }

 private:
  static bool may_vary(std::string_view field) {
    return field.find_first_of("*?$") != std::string_view::npos || base::has_unknown(field);
  }

  ValueSetId more_colons() {
    Glob glob;
    for (int colon = 0; colon < 6; ++colon)
      glob.run(UnitClass::kAny).literal(":");
    return request_.text_set({glob.run(UnitClass::kAny)});
  }

  SymbolicRequest& request_;
  AttributeId attribute_;
  const OpenText& text_;
  std::string written_;
};

Formula nobody_knows(SymbolicRequest& request, std::string_view question, AttributeId attribute,
                     const OpenText& text) {
  return depends_on(
      request, fmt::format("{} {} {}", question, static_cast<std::uint32_t>(attribute), identity_of(text)),
      written(text), examples_of(attribute, text));
}

}  // namespace

ValueSet upper_set(SymbolicRequest& request, const OpenText& text) {
  ValueSet set;
  if (text.op != nullptr && !policy::has_variables(*text.op)) {
    // A number, a date, an address: any.
    set.text = request.patterns().intern({Glob().run(UnitClass::kAny)});
    return set;
  }
  if (text.text.has_variable()) {
    for (const TextPart& part : text.text.parts) {
      if (part.kind == TextPart::Kind::kVariable)
        request.key(part.key);
    }
    set.text = request.patterns().intern({});
    set.open.push_back(text);
    return set;
  }
  const auto glob = instantiate(text, {});
  set.text = request.patterns().intern(glob ? std::vector<Glob>{*glob} : std::vector<Glob>());
  return set;
}

Formula in_unknown(SymbolicRequest& request, AttributeId attribute, const OpenText& text) {
  FormulaStore& formulas = request.formulas();
  const AttributeId asked = resolved(request, attribute);
  const Formula possible = request.in(asked, request.values(upper_set(request, text)));
  if (possible == Formula::kFalse)
    return possible;
  std::vector<Formula> all{possible, nobody_knows(request, "in", asked, text)};
  if (is_never_made_up(request, text))
    all.push_back(formulas.not_(request.in(asked, made_up(request))));
  all.push_back(AccountOfArn(request, asked, text).encode());
  return formulas.all_of(all);
}

Formula some_in_unknown(SymbolicRequest& request, AttributeId attribute, const OpenText& text) {
  std::vector<Formula> all{request.some_in(attribute, request.values(upper_set(request, text))),
                           nobody_knows(request, "some in", attribute, text)};
  if (is_never_made_up(request, text))
    all.push_back(request.some_out(attribute, made_up(request)));
  return request.formulas().all_of(all);
}

Formula equals(SymbolicRequest& request, AttributeId attribute, std::string_view text) {
  if (!base::has_unknown(text))
    return request.in(attribute, request.exact(text));
  OpenText open;
  open.op = policy::find_condition_operator("StringEquals");
  open.text = policy::value_text(*open.op, text, policy::Version::k2012);
  return in_unknown(request, attribute, open);
}

Formula depends_on(SymbolicRequest& request, const std::string& identity, std::string_view text,
                   std::vector<Unknown::Example> examples) {
  Unknown what;
  what.reason = access::dependence(std::span(&text, 1));
  what.text = text;
  what.examples = std::move(examples);
  return request.same_unknown("unknown " + identity, std::move(what));
}

}  // namespace grantproof::logic
