// SPDX-License-Identifier: Apache-2.0
#include "sources/template_context.h"

#include <fmt/format.h>

#include <utility>

namespace grantproof::sources {

void TemplateReports::error(std::string_view rule, base::Span span, std::string message, std::string help) {
  constexpr std::size_t kMost = 1000;
  if (said_.size() > kMost || !said_.emplace(rule, span.file, span.begin, message).second)
    return;
  if (said_.size() > kMost) {
    rule = kSourceLimit;
    message = fmt::format("the templates have more than {} mistakes, the others are not shown", kMost);
    help.clear();
  }
  sink_.report({.rule = std::string(rule),
                .severity = base::Severity::kError,
                .message = std::move(message),
                .primary = {.span = span, .text = {}},
                .secondary = {},
                .help = std::move(help)});
}

void TemplateContext::gap(std::string message, std::string help, base::Span span, std::string about) {
  if (!gaps_said.emplace(span.file, span.begin, message).second)
    return;
  into.gaps.push_back({std::move(message), std::move(help), span, std::move(about)});
}

}  // namespace grantproof::sources
