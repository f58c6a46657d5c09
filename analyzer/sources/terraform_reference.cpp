// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform_reference.h"

#include <cstddef>

namespace grantproof::sources::terraform {
namespace {

// Behind the ']' of the index that begins at `at`; npos where it does not end.
std::size_t index_end(std::string_view text, std::size_t at) {
  bool quoted = false;
  for (++at; at < text.size(); ++at) {
    if (quoted && text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      quoted = !quoted;
    else if (text[at] == ']' && !quoted)
      return at + 1;
  }
  return std::string_view::npos;
}

// Of one expression. More are told as one that leads nowhere: an expression is read for every instance.
constexpr std::size_t kMostReferences = 1'000;

bool is_part_of(std::string_view shorter, std::string_view longer) {
  return longer.size() > shorter.size() && longer.starts_with(shorter) &&
         (longer[shorter.size()] == '.' || longer[shorter.size()] == '[');
}

}  // namespace

std::vector<std::string_view> cut_reference(std::string_view text) {
  std::vector<std::string_view> steps;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '[') {
      const std::size_t end = index_end(text, at);
      if (end == std::string_view::npos || steps.empty())
        return {};
      steps.push_back(text.substr(at, end - at));
      at = end;
      if (at < text.size() && text[at] != '.' && text[at] != '[')
        return {};
    } else {
      if (!steps.empty() && text[at++] != '.')
        return {};
      const std::size_t end = text.find_first_of(".[", at);
      const std::string_view name = text.substr(at, end == std::string_view::npos ? end : end - at);
      if (name.empty())
        return {};
      steps.push_back(name);
      at += name.size();
    }
  }
  return steps;
}

std::vector<std::string_view> deepest_references(const syntax::Node* expression) {
  std::vector<std::string_view> deepest;
  const syntax::Node* list = expression == nullptr ? nullptr : expression->find("references");
  if (list == nullptr)
    return deepest;
  if (list->items.size() > kMostReferences)
    return {std::string_view()};
  std::string_view last;
  for (const syntax::Node& item : list->items) {
    const std::string_view text =
        item.kind == syntax::NodeKind::kString ? std::string_view(item.text) : std::string_view();
    if (text.empty() || !is_part_of(text, last))
      deepest.push_back(text);
    last = text;
  }
  return deepest;
}

}  // namespace grantproof::sources::terraform
