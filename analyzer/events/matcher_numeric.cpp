// SPDX-License-Identifier: Apache-2.0
#include "events/matcher_numeric.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include "events/comparable_number.h"

namespace grantproof::events {
namespace {

using syntax::Node;
using syntax::NodeKind;
using enum EventPatternRuleId;

// Source: EventBridge user guide, comparison operators: numeric values from -5 billion to 5 billion. The
// service's engine takes any number that a double keeps.
constexpr double kLargestDocumentedNumber = 5e9;

enum class Side { kLower, kUpper, kBoth };

struct Comparison {
  std::string_view text;
  Side side;
  bool inclusive;
};
constexpr std::array kComparisons = {
    Comparison{">", Side::kLower, false}, Comparison{">=", Side::kLower, true},
    Comparison{"<", Side::kUpper, false}, Comparison{"<=", Side::kUpper, true},
    Comparison{"=", Side::kBoth, true},
};
// What other languages write.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kOtherComparisons = {{
    {"==", "for equality write \"=\""},
    {"!=", "for inequality write {\"anything-but\": [5]} in place of this matcher"},
    {"<>", "for inequality write {\"anything-but\": [5]} in place of this matcher"},
    {"=>", "write \">=\""},
    {"=<", "write \"<=\""},
}};

constexpr std::string_view kForm = "write for example {\"numeric\": [\">\", 0, \"<=\", 5]}";

std::string beginning(std::string_view path) {
  return "the numeric matcher of " + quoted(path) + " ";
}

const Comparison* read_comparison(const EventPatternContext& context, const Node& node,
                                  std::string_view path) {
  if (node.kind != NodeKind::kString) {
    context.report(
        kMatcherNumeric, node.span,
        beginning(path) + "has " + std::string(describe(node.kind)) + " where a comparison must stand",
        std::string(kForm));
    return nullptr;
  }
  const auto* found = std::find_if(kComparisons.begin(), kComparisons.end(),
                                   [&node](const Comparison& row) { return row.text == node.text; });
  if (found != kComparisons.end())
    return found;
  const auto* other = std::find_if(kOtherComparisons.begin(), kOtherComparisons.end(),
                                   [&node](const auto& row) { return row.first == node.text; });
  context.report(
      kMatcherNumeric, node.span, beginning(path) + "has the unknown comparison " + quoted(node.text),
      other != kOtherComparisons.end() ? std::string(other->second)
                                       : "a comparison is one of \"=\", \"<\", \"<=\", \">\" and \">=\"");
  return nullptr;
}

std::optional<double> read_number(const EventPatternContext& context, const Node& comparison,
                                  const Node* node, std::string_view path) {
  if (node == nullptr || node->kind != NodeKind::kNumber) {
    const bool number_in_quotes = node != nullptr && node->kind == NodeKind::kString;
    context.report(kMatcherNumeric, node == nullptr ? comparison.span : node->span,
                   beginning(path) + "has no number behind " + quoted(comparison.text),
                   number_in_quotes ? "write the number without quotes" : std::string(kForm));
    return std::nullopt;
  }
  const std::optional<double> number = comparable_number(node->text);
  if (!number.has_value()) {
    context.report(kMatcherNumeric, node->span,
                   beginning(path) + "has the number " + quoted(node->text) +
                       ", which has more digits than can be compared",
                   "write a number that a 64-bit floating point number keeps");
    return std::nullopt;
  }
  if (std::fabs(*number) > kLargestDocumentedNumber) {
    context.report(kNumberSize, node->span,
                   beginning(path) + "has the number " + quoted(node->text) +
                       "; documented are numbers from -5,000,000,000 to 5,000,000,000",
                   "the service was seen to compare larger numbers, but does not promise it");
  }
  return number;
}

}  // namespace

std::optional<NumericRange> read_numeric_range(const EventPatternContext& context, const Node& operand,
                                               std::string_view path) {
  if (operand.kind != NodeKind::kList || operand.items.empty()) {
    context.report(kMatcherNumeric, operand.span, beginning(path) + "needs a list of comparisons and numbers",
                   std::string(kForm));
    return std::nullopt;
  }
  NumericRange range;
  const auto& items = operand.items;
  for (std::size_t i = 0; i < items.size(); i += 2) {
    const bool complete = range.upper.has_value();
    if (complete) {
      context.report(kMatcherNumeric, items[i].span,
                     beginning(path) + "goes on behind its upper bound or its \"=\"",
                     "write the lower bound first, and no third; for another range a matcher of its own");
      return std::nullopt;
    }
    const Comparison* comparison = read_comparison(context, items[i], path);
    if (comparison == nullptr)
      return std::nullopt;
    if (range.lower.has_value() && comparison->side != Side::kUpper) {
      context.report(kMatcherNumeric, items[i].span,
                     beginning(path) + "has " + quoted(comparison->text) + " behind a lower bound",
                     "behind a lower bound only \"<\" or \"<=\" may follow");
      return std::nullopt;
    }
    const std::optional<double> number =
        read_number(context, items[i], i + 1 < items.size() ? &items[i + 1] : nullptr, path);
    if (!number.has_value())
      return std::nullopt;
    const Bound bound{.value = *number, .inclusive = comparison->inclusive};
    if (comparison->side != Side::kUpper)
      range.lower = bound;
    if (comparison->side != Side::kLower)
      range.upper = bound;
    if (comparison->side == Side::kUpper && range.lower.has_value() &&
        range.lower->value >= range.upper->value) {
      context.report(kMatcherNumeric, operand.span,
                     beginning(path) + "has a lower bound that is not below its upper bound",
                     "for one number write {\"numeric\": [\"=\", 5]}, or the number itself",
                     {base::Label{.span = items[1].span, .text = "the lower bound"},
                      base::Label{.span = items[i + 1].span, .text = "the upper bound"}});
      return std::nullopt;
    }
  }
  return range;
}

}  // namespace grantproof::events
