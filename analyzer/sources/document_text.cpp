// SPDX-License-Identifier: Apache-2.0
#include "sources/document_text.h"

#include <algorithm>
#include <array>

#include "syntax/json_reader.h"
#include "syntax/yaml_reader.h"

namespace grantproof::sources {
namespace {

bool contains_ignoring_case(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(), [](char left, char right) {
           return (left >= 'A' && left <= 'Z' ? left - 'A' + 'a' : left) == right;
         }) != text.end();
}

bool contains(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

// One of these stands in every source that is no policy.
constexpr std::array<std::string_view, 6> kWords = {
    "AWS::",                     // templates, bundles
    "arn:aws",                   // answers of the AWS CLI; states and plans
    "format_version",            // plans and states of Terraform
    "aws:cloudformation:stack",  // manifests of the CDK
    "EventBuses",                // bundles
    "Bundle",
};

enum class Format { kJson, kYaml, kUrlEncoded };

std::string_view without_blanks_in_front(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF"))
    text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

Format format_of(std::string_view path, std::string_view text) {
  text = without_blanks_in_front(text);
  if (text.starts_with('%') || text.starts_with("{%") || text.starts_with("[%"))
    return Format::kUrlEncoded;
  if (path.ends_with(".yaml") || path.ends_with(".yml"))
    return Format::kYaml;
  // No extension that says so, and nothing that JSON begins with, but names that stand at the left of a
  // policy or a template.
  const bool json_begins = text.empty() || text.front() == '{' || text.front() == '[' || text.front() == '"';
  const bool yaml_keys =
      contains(text, "\nStatement:") || contains(text, "\nResources:") || text.starts_with("Resources:");
  return !json_begins && !path.ends_with(".json") && yaml_keys ? Format::kYaml : Format::kJson;
}

}  // namespace

bool mentions_policy(std::string_view text) {
  return contains_ignoring_case(text, "statement") || contains(text, "2012-10-17");
}

bool mentions_source(std::string_view text) {
  return mentions_policy(text) || std::any_of(kWords.begin(), kWords.end(),
                                              [&](std::string_view word) { return contains(text, word); });
}

bool reads_like_broken_source(std::string_view text) {
  constexpr std::array<std::string_view, 5> kAnswers = {"EventBuses", "\"Rules\"", "\"Targets\"",
                                                        "DetailList", "resource_changes"};
  if (contains_ignoring_case(text, "statement") && contains_ignoring_case(text, "effect"))
    return true;
  const bool types = contains(text, "AWS::") && contains(text, "Resources") && contains(text, "Type");
  return types || (contains(text, "arn:aws") &&
                   std::any_of(kAnswers.begin(), kAnswers.end(),
                               [&](std::string_view word) { return contains(text, word); }));
}

bool mentions_bundle(std::string_view text) {
  return contains(text, "Bundle") || contains(text, "EventBuses");
}

std::optional<syntax::Node> read_document(std::string_view path, base::FileId file, base::SourceMap& sources,
                                          base::DiagnosticSink& mistakes) {
  const std::string_view text = sources.text(file);
  switch (format_of(path, text)) {
    case Format::kYaml:
      return syntax::read_yaml(sources, file, mistakes);
    case Format::kUrlEncoded: {
      syntax::Node string;
      string.kind = syntax::NodeKind::kString;
      string.span = {file, 0, static_cast<std::uint32_t>(text.size())};
      string.text = text;
      return syntax::read_embedded_json(sources, string, mistakes);
    }
    case Format::kJson:
      break;
  }
  return syntax::read_json(sources, file, mistakes);
}

}  // namespace grantproof::sources
