// SPDX-License-Identifier: Apache-2.0
#include "policy/reader_context.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/unknown_text.h"

namespace grantproof::policy {
namespace {

std::size_t index_of(const std::vector<std::string_view>& names, std::string_view name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

}  // namespace

void ReaderContext::report(GrammarRuleId rule, base::Span span, std::string message, std::string help,
                           std::vector<base::Label> secondary) {
  // A hostile document has a mistake in every few bytes. What is left out was marked as not understood all
  // the same.
  if (reported > kMostDiagnostics)
    return;
  if (reported++ == kMostDiagnostics) {
    rule = GrammarRuleId::kMoreMistakes;
    message = "this policy has more mistakes, which are not reported";
    help.clear();
    secondary.clear();
  }
  const GrammarRule& row = grammar_rule(rule);
  sink->report(base::Diagnostic{.rule = std::string(row.id),
                                .severity = row.severity,
                                .message = std::move(message),
                                .primary = base::Label{.span = span, .text = {}},
                                .secondary = std::move(secondary),
                                .help = std::move(help)});
}

bool ReaderContext::arn_service_known(std::string_view service) {
  if (reference->find_service(service).has_value())
    return true;
  if (!arn_services.has_value()) {
    arn_services.emplace();
    for (aws::ResourceTypeId id = 0; id < reference->resource_type_count(); ++id) {
      // "arn:${Partition}:events:…": the service is the third field, and a format's partition has no colon.
      const std::string_view format = reference->arn_format(id);
      const std::size_t begin = format.find(':', format.find(':') + 1);
      const std::size_t end = format.find(':', begin + 1);
      if (end != std::string_view::npos)
        arn_services->push_back(format.substr(begin + 1, end - begin - 1));
    }
    std::sort(arn_services->begin(), arn_services->end());
  }
  return std::binary_search(arn_services->begin(), arn_services->end(),
                            std::string_view(base::fold_case(service)));
}

bool ReaderContext::report_unknown(std::string_view what, base::Span span, std::string_view text) {
  if (!base::has_unknown(text))
    return false;
  if (reported++ >= kMostDiagnostics)
    return true;
  // The rule for what was not understood, which nobody can switch off.
  sink->report(base::Diagnostic{
      .rule = "GP0007",
      .severity = base::Severity::kError,
      .message = std::string(what) + " is not known: it depends on " + base::list_unknowns(text),
      .primary = base::Label{.span = span, .text = {}},
      .secondary = {},
      .help = "nothing is proved about it until it is known"});
  return true;
}

base::Span part_of(const syntax::Node& node, std::size_t begin, std::size_t end) {
  const std::size_t length = node.span.end - node.span.begin;
  std::size_t quote = 0;
  if (length == node.text.size() + 2) {
    quote = 1;  // "text"
  } else if (length != node.text.size()) {
    return node.span;
  }
  base::Span span = node.span;
  span.end = span.begin + static_cast<std::uint32_t>(quote + std::min(end, node.text.size()));
  span.begin += static_cast<std::uint32_t>(quote + std::min(begin, node.text.size()));
  return span;
}

std::optional<std::string_view> nearest(std::string_view name,
                                        const std::vector<std::string_view>& candidates) {
  return base::nearest(name, candidates);
}

std::vector<const syntax::Member*> find_elements(ReaderContext& context, const syntax::Node& map,
                                                 const std::vector<std::string_view>& names,
                                                 std::string_view where, bool& understood) {
  std::vector<const syntax::Member*> found(names.size(), nullptr);
  std::vector<std::pair<std::size_t, const syntax::Member*>> misspelt;
  for (const syntax::Member& member : map.members) {
    const std::size_t index = index_of(names, member.key);
    if (index < names.size()) {
      if (found[index] != nullptr)
        understood = false;
      found[index] = &member;
      continue;
    }
    understood = false;
    std::optional<std::string_view> meant;
    if (context.may_suggest(member.key))
      meant = nearest(member.key, names);
    if (meant.has_value())
      misspelt.emplace_back(index_of(names, *meant), &member);
    context.report(GrammarRuleId::kElementUnknown, member.key_span,
                   quoted(member.key) + " is no element of " + std::string(where),
                   meant.has_value() ? "did you mean " + quoted(*meant) + "?" : std::string());
  }
  for (const auto& entry : misspelt) {
    if (found[entry.first] == nullptr)
      found[entry.first] = entry.second;
  }
  return found;
}

std::vector<const syntax::Node*> strings_of(ReaderContext& context, std::string_view element,
                                            const syntax::Node& node, bool& understood) {
  std::vector<const syntax::Node*> result;
  const auto take = [&](const syntax::Node& item) {
    if (item.kind == syntax::NodeKind::kString) {
      result.push_back(&item);
      return;
    }
    understood = false;
    context.report(GrammarRuleId::kElementKind, item.span,
                   std::string(element) + " holds " + std::string(syntax::describe(item.kind)) +
                       " where a string is needed",
                   item.kind == syntax::NodeKind::kNumber ? "put it in quotes" : std::string());
  };
  if (node.kind == syntax::NodeKind::kList) {
    for (const syntax::Node& item : node.items)
      take(item);
  } else {
    take(node);
  }
  return result;
}

}  // namespace grantproof::policy
