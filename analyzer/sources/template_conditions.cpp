// SPDX-License-Identifier: Apache-2.0
#include "sources/template_conditions.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "base/unknown_text.h"
#include "sources/template_unknowns.h"

namespace grantproof::sources {
namespace {

void add_parts(std::string_view text, std::set<std::string>& parts) {
  for (const base::TextSegment& segment : base::cut_at_unknowns(text)) {
    if (segment.unknown)
      parts.emplace(segment.text);
  }
}

std::set<std::string> parts_of(std::string_view left, std::string_view right) {
  std::set<std::string> parts;
  add_parts(left, parts);
  add_parts(right, parts);
  return parts;
}

std::string with_value(std::string_view text, std::string_view part, std::string_view value) {
  std::string filled;
  for (const base::TextSegment& segment : base::cut_at_unknowns(text))
    filled += segment.unknown && segment.text == part ? value : segment.text;
  return filled;
}

bool is_only(std::string_view text, std::string_view part) {
  const std::vector<base::TextSegment> segments = base::cut_at_unknowns(text);
  return segments.size() == 1 && segments.front().unknown && segments.front().text == part;
}

std::string quoted(std::string_view text) {
  return base::has_unknown(text) ? without_marks(text) : fmt::format("\"{}\"", without_marks(text));
}

}  // namespace

void Comparisons::allow(std::string part, std::vector<std::string> values) {
  allowed_.insert_or_assign(std::move(part), std::move(values));
}

// The values that a part may have in this case; empty: any.
std::vector<std::string> Comparisons::possible_values(const std::string& part,
                                                      const TemplateCase& in_case) const {
  std::vector<std::string> values;
  if (const auto allowed = allowed_.find(part); allowed != allowed_.end())
    values = allowed->second;
  for (const auto& [index, holds] : in_case) {
    const Comparison& one = comparisons_[index];
    if (parts_of(one.left, one.right) != std::set<std::string>{part})
      continue;
    if (values.empty() && holds && is_only(one.left, part) && !base::has_unknown(one.right))
      values.push_back(one.right);
    else if (values.empty() && holds && is_only(one.right, part) && !base::has_unknown(one.left))
      values.push_back(one.left);
    const bool wanted = holds;
    const auto contradicts = [&one, &part, wanted](const std::string& value) {
      return (with_value(one.left, part, value) == with_value(one.right, part, value)) != wanted;
    };
    values.erase(std::remove_if(values.begin(), values.end(), contradicts), values.end());
  }
  return values;
}

void Comparisons::begin_other_version() {
  for (const Comparison& one : comparisons_) {
    names_before_.insert(one.holds);
    names_before_.insert(one.fails);
  }
}

Decision Comparisons::equal(const std::string& left, const std::string& right, const TemplateCase& in_case,
                            const ConditionName& name) {
  if (left == right)
    return {true, 0};
  const std::set<std::string> parts = parts_of(left, right);
  if (parts.empty())
    return {false, 0};
  if (parts.size() == 1) {
    const std::string& part = *parts.begin();
    std::size_t equal = 0;
    const std::vector<std::string> values = possible_values(part, in_case);
    for (const std::string& value : values)
      equal += with_value(left, part, value) == with_value(right, part, value) ? 1U : 0U;
    if (!values.empty() && (equal == 0 || equal == values.size()))
      return {equal != 0, 0};
  }
  return settle(std::min(left, right), std::max(left, right), in_case, name);
}

Decision Comparisons::not_understood(const std::string& identity, const TemplateCase& in_case,
                                     const ConditionName& name) {
  return settle(identity, {}, in_case, name);
}

Decision Comparisons::settle(const std::string& left, const std::string& right, const TemplateCase& in_case,
                             const ConditionName& name) {
  const auto [found, is_new] = index_.try_emplace({left, right}, comparisons_.size());
  if (is_new) {
    Comparison one{left, right, fmt::format("{} is {}", quoted(left), quoted(right)),
                   fmt::format("{} is not {}", quoted(left), quoted(right))};
    if (!base::has_unknown(left)) {
      one.holds = fmt::format("{} is {}", quoted(right), quoted(left));
      one.fails = fmt::format("{} is not {}", quoted(right), quoted(left));
    }
    if (!name.name.empty() && names_before_.count(name.name) == 0) {
      one.holds = name.negated ? "not " + name.name : name.name;
      one.fails = name.negated ? name.name : "not " + name.name;
    }
    comparisons_.push_back(std::move(one));
  }
  const auto assumed = in_case.find(found->second);
  return assumed != in_case.end() ? Decision{assumed->second, 0} : Decision{std::nullopt, found->second};
}

std::string Comparisons::describe(const TemplateCase& in_case) const {
  std::string text;
  for (const auto& [index, holds] : in_case) {
    if (!text.empty())
      text += " and ";
    text += holds ? comparisons_[index].holds : comparisons_[index].fails;
  }
  return text;
}

}  // namespace grantproof::sources
