// SPDX-License-Identifier: Apache-2.0
#include "checks/rule.h"

#include <algorithm>
#include <stdexcept>

#include "base/source.h"
#include "syntax/yaml_reader.h"

// The pages one after the other, each followed by kPageEnd: cmake/EmbedRules.cmake.
extern "C" const char kGrantproofRulePages[];
extern "C" const char kGrantproofRulePagesEnd[];

namespace grantproof::checks {
namespace {

constexpr char kPageEnd = '\x1e';
constexpr std::string_view kFence = "---\n";

// A page of ours that is wrong: found by the first test that runs.
[[noreturn]] void refuse(std::string_view page, std::string_view why) {
  throw std::logic_error("rule page " + std::string(page.substr(0, page.find('\n', kFence.size()))) + ": " +
                         std::string(why));
}

base::Severity severity_of(std::string_view page, std::string_view text) {
  for (const base::Severity severity :
       {base::Severity::kError, base::Severity::kWarning, base::Severity::kNote}) {
    if (base::name(severity) == text)
      return severity;
  }
  refuse(page, "no such severity");
}

std::string text_of(const syntax::Node& node, std::string_view key) {
  const syntax::Node* value = node.find(key);
  return value == nullptr ? std::string() : value->text;
}

Rule read_page(base::SourceMap& sources, std::string_view page) {
  if (!page.starts_with(kFence))
    refuse(page, "no front matter");
  const std::size_t end = page.find("\n---\n", kFence.size() - 1);
  if (end == std::string_view::npos)
    refuse(page, "front matter without end");
  const std::string_view front = page.substr(kFence.size(), end + 1 - kFence.size());

  base::DiagnosticSink sink;
  const base::FileId file = sources.add("rule page", std::string(front));
  const std::optional<syntax::Node> node = syntax::read_yaml(sources, file, sink);
  if (!node)
    refuse(page, "front matter is no YAML");
  Rule rule;
  rule.id = text_of(*node, "id");
  rule.slug = text_of(*node, "slug");
  rule.title = text_of(*node, "title");
  rule.severity = severity_of(page, text_of(*node, "severity"));
  rule.security_severity = text_of(*node, "security-severity");
  rule.precision = text_of(*node, "precision");
  if (const syntax::Node* tags = node->find("tags")) {
    for (const syntax::Node& tag : tags->items)
      rule.tags.push_back(tag.text);
  }
  std::string_view text = page.substr(end + 5);
  text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
  rule.markdown = text;
  if (node->find("never-allowed") != nullptr || node->find("only-allowed") != nullptr) {
    rule.claim = read_claim(*node, rule.id, sink);
    if (!rule.claim)
      refuse(page, sink.diagnostics().empty() ? "no claim" : sink.diagnostics().front().message);
  }
  if (sink.errors() != 0)
    refuse(page, sink.diagnostics().front().message);
  return rule;
}

std::vector<Rule> read_pages() {
  base::SourceMap sources;
  std::string_view pages(kGrantproofRulePages,
                         static_cast<std::size_t>(kGrantproofRulePagesEnd - kGrantproofRulePages));
  std::vector<Rule> rules;
  while (!pages.empty()) {
    const std::size_t end = std::min(pages.find(kPageEnd), pages.size());
    rules.push_back(read_page(sources, pages.substr(0, end)));
    pages.remove_prefix(std::min(end + 1, pages.size()));
  }
  std::ranges::sort(rules, {}, &Rule::id);
  return rules;
}

}  // namespace

const std::vector<Rule>& rules() {
  static const std::vector<Rule> kRules = read_pages();
  return kRules;
}

const Rule* find_rule(std::string_view id_or_slug) {
  for (const Rule& rule : rules()) {
    if (rule.id == id_or_slug || rule.slug == id_or_slug)
      return &rule;
  }
  return nullptr;
}

}  // namespace grantproof::checks
