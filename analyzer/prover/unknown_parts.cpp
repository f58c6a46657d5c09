// SPDX-License-Identifier: Apache-2.0
#include "prover/unknown_parts.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "access/unknown_match.h"
#include "aws/arn.h"
#include "base/unknown_text.h"
#include "prover/implicant.h"
#include "prover/theory.h"

namespace grantproof::prover {
namespace {

using logic::Atom;
using logic::AttributeId;
using logic::Formula;
using logic::FormulaKind;
using logic::Literal;
using logic::Projection;
using logic::SymbolicRequest;

bool is_unknown(const SymbolicRequest& request, const Literal& literal) {
  return request.atom(literal.atom).kind == Atom::Kind::kUnknown;
}

bool has_example(const SymbolicRequest& request, const Literal& literal) {
  return literal.positive && !request.unknown_of(request.atom(literal.atom)).examples.empty();
}

class WithoutUnknown {
 public:
  explicit WithoutUnknown(SymbolicRequest& request) : request_(request), formulas_(request.formulas()) {}

  Formula rebuild(Formula formula) {
    const FormulaKind kind = formulas_.kind(formula);
    if (kind == FormulaKind::kTrue || kind == FormulaKind::kFalse)
      return formula;
    if (kind == FormulaKind::kLiteral) {
      const Literal literal = formulas_.literal_of(formula);
      return is_unknown(request_, literal) && !has_example(request_, literal) ? Formula::kFalse : formula;
    }
    if (const auto known = rebuilt_.find(formula); known != rebuilt_.end())
      return known->second;
    std::vector<Formula> parts(formulas_.parts(formula).begin(), formulas_.parts(formula).end());
    for (Formula& part : parts)
      part = rebuild(part);
    const Formula result = kind == FormulaKind::kAll ? formulas_.all_of(parts) : formulas_.any_of(parts);
    rebuilt_.emplace(formula, result);
    return result;
  }

 private:
  SymbolicRequest& request_;
  logic::FormulaStore& formulas_;
  std::unordered_map<Formula, Formula> rebuilt_;
};

// ---- texts of examples, with something in place of their wildcards

std::string without_wildcards(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '*')
      result += "example";
    else
      result += c == '?' ? 'x' : c;
  }
  return result;
}

std::array<std::string_view, 6> fields_of(const aws::Arn& arn) {
  return {"arn", arn.partition, arn.service, arn.region, arn.account, arn.resource};
}

std::string joined(const std::array<std::string, 6>& fields) {
  std::string text = fields[0];
  for (std::size_t i = 1; i < fields.size(); ++i)
    text += ":" + fields[i];
  return text;
}

// The example; of ARNs, fields that are nothing but a pattern are those of the value.
std::string merged(std::string_view example, std::string_view value) {
  const auto pattern = aws::parse_arn(example);
  const auto found = aws::parse_arn(value);
  if (!pattern || !found)
    return without_wildcards(example);
  const auto wanted = fields_of(*pattern);
  const auto known = fields_of(*found);
  std::array<std::string, 6> fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool pattern_only =
        wanted[i].find_first_of("*?") != std::string_view::npos && !base::has_unknown(wanted[i]);
    fields[i] = pattern_only ? std::string(known[i]) : without_wildcards(wanted[i]);
  }
  return joined(fields);
}

// The value with another part in it; nothing where it has no such part.
std::optional<std::string> with_part(Projection projection, const std::string& value, std::string_view part) {
  std::size_t field = 0;
  switch (projection) {
    case Projection::kNone:
      return std::string(part);
    case Projection::kServiceName:
      return std::string(logic::kServicePrefix) + std::string(part);
    case Projection::kUserName:
      return value.substr(0, value.rfind('/') + 1) + std::string(part);
    case Projection::kArnRegion:
      field = 3;
      break;
    case Projection::kArnAccount:
    case Projection::kPrincipalAccount:
      field = 4;
      break;
  }
  const auto arn = aws::parse_arn(value);
  if (!arn || fields_of(*arn)[field].empty())
    return std::nullopt;
  std::array<std::string, 6> fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    fields[i] = i == field ? part : fields_of(*arn)[i];
  return joined(fields);
}

class Realizer {
 public:
  Realizer(const SymbolicRequest& request, Assignment assignment)
      : request_(request), assignment_(std::move(assignment)) {}

  void set(const logic::Unknown::Example& example) {
    AttributeId id = example.attribute;
    if (const auto& same_as = request_.attribute(id).same_as)
      id = *same_as;
    const logic::Attribute& attribute = request_.attribute(id);
    if (attribute.kind == logic::AttributeKind::kSet) {
      std::vector<std::string>& values = assignment_.sets[id];
      // One value is in place of another; of several the others may be needed.
      if (values.size() == 1 && !base::has_unknown(values.front()))
        values.clear();
      values.push_back(without_wildcards(example.text));
    } else if (attribute.projection != Projection::kNone) {
      set_part(attribute, example.text);
    } else {
      if (attribute.part_of)
        set_part(request_.attribute(*attribute.part_of), example.text);
      std::string& value = assignment_.texts[id];
      value = merged(example.text, value);
      // Whose it is is not known either.
      if (id == request_.resource() && !aws::parse_arn(value))
        assignment_.texts[request_.owner()] = value;
    }
  }

  // Paths of an organisation begin with its id.
  void keep_organizations_together() {
    constexpr std::array<std::array<std::string_view, 2>, 3> kKeys = {
        {{"aws:principalorgid", "aws:principalorgpaths"},
         {"aws:resourceorgid", "aws:resourceorgpaths"},
         {"aws:sourceorgid", "aws:sourceorgpaths"}}};
    for (const auto& [id_key, paths_key] : kKeys) {
      const auto id = request_.find_key(id_key);
      const auto paths = request_.find_key(paths_key);
      if (!id || !paths || !assignment_.texts.contains(*id) || !assignment_.sets.contains(*paths))
        continue;
      std::string& organization = assignment_.texts[*id];
      for (std::string& path : assignment_.sets[*paths]) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        if (base::has_unknown(path.substr(0, slash)))
          organization = path.substr(0, slash);
        else if (base::has_unknown(organization))
          path = organization + path.substr(slash);
      }
    }
  }

  Assignment take() { return std::move(assignment_); }

 private:
  void set_part(const logic::Attribute& derived, std::string_view text) {
    const auto whole = assignment_.texts.find(derived.base);
    if (whole == assignment_.texts.end())
      return;
    if (auto value = with_part(derived.projection, whole->second, without_wildcards(text)))
      whole->second = std::move(*value);
  }

  const SymbolicRequest& request_;
  Assignment assignment_;
};

std::string account_in(const Assignment& assignment, AttributeId id) {
  const auto text = assignment.texts.find(id);
  const auto arn = text == assignment.texts.end() ? std::nullopt : aws::parse_arn(text->second);
  return arn ? std::string(arn->account) : std::string();
}

}  // namespace

Formula without_unknown(SymbolicRequest& request, Formula formula) {
  return WithoutUnknown(request).rebuild(formula);
}

std::vector<Assignment> with_unknown_parts(const SymbolicRequest& request, Assignment assignment,
                                           std::span<const Literal> assumed) {
  Realizer realizer(request, std::move(assignment));
  // Whole values first, parts of them afterwards.
  for (const bool part : {false, true}) {
    for (const Literal& literal : assumed) {
      if (!literal.positive)
        continue;
      for (const logic::Unknown::Example& example : request.unknown_of(request.atom(literal.atom)).examples) {
        const logic::Attribute& attribute = request.attribute(example.attribute);
        if ((attribute.projection != Projection::kNone || attribute.part_of.has_value()) == part)
          realizer.set(example);
      }
    }
  }
  realizer.keep_organizations_together();
  std::vector<Assignment> assignments{realizer.take()};
  const AttributeId sides[] = {request.principal(), request.resource()};
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string account = account_in(assignments.front(), sides[i]);
    if (!base::has_unknown(account_in(assignments.front(), sides[1 - i])) || !aws::is_account_id(account))
      continue;
    Assignment other = assignments.front();
    std::string& text = other.texts[sides[i]];
    text = *with_part(Projection::kArnAccount, text, access::kMadeUpAccount);
    if (sides[i] == request.resource())
      other.texts[request.owner()] = access::kMadeUpAccount;
    assignments.push_back(std::move(other));
  }
  return assignments;
}

std::string pattern_that_may_mean(SymbolicRequest& request, std::string_view action) {
  if (request.reference().find_action(action))
    return {};
  std::string pattern;
  for (const SymbolicRequest::UnknownAction& known : request.unknown_actions()) {
    if (!request.patterns().matches(known.text, action))
      continue;
    if (known.unknown_pattern.empty())
      return {};
    pattern = known.unknown_pattern;
  }
  return pattern;
}

std::string reason_of(const SymbolicRequest& request, std::span<const Literal> assumed) {
  std::vector<std::string_view> texts;
  // That for which there is an example is rarely what stands in the way.
  for (const bool example : {false, true}) {
    for (const Literal& literal : assumed) {
      const logic::Unknown& unknown = request.unknown_of(request.atom(literal.atom));
      if (has_example(request, literal) != example)
        continue;
      if (unknown.text.empty())
        return unknown.reason;
      texts.push_back(unknown.text);
    }
    if (!texts.empty())
      break;
  }
  return access::dependence(texts);
}

}  // namespace grantproof::prover
