// SPDX-License-Identifier: Apache-2.0
#include "syntax/pointer.h"

#include <fmt/format.h>

#include <charconv>

namespace grantproof::syntax {
namespace {

bool contains(base::Span outer, base::Span inner) {
  return outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

// One reference token without its escapes; nothing where a '~' is no escape.
std::optional<std::string> unescaped(std::string_view token) {
  std::string key;
  for (std::size_t at = 0; at < token.size(); ++at) {
    if (token[at] != '~') {
      key += token[at];
      continue;
    }
    ++at;
    if (at >= token.size() || (token[at] != '0' && token[at] != '1'))
      return std::nullopt;
    key += token[at] == '0' ? '~' : '/';
  }
  return key;
}

// RFC 6901: digits without a leading zero.
std::optional<std::size_t> list_index(std::string_view token) {
  std::size_t index = 0;
  const auto [end, failure] = std::from_chars(token.data(), token.data() + token.size(), index);
  const bool digits = failure == std::errc() && end == token.data() + token.size();
  if (!digits || (token.size() > 1 && token[0] == '0'))
    return std::nullopt;
  return index;
}

}  // namespace

std::string pointer_to_member(std::string_view pointer, std::string_view key) {
  std::string longer = fmt::format("{}/", pointer);
  for (const char byte : key) {
    if (byte == '~') {
      longer += "~0";
    } else if (byte == '/') {
      longer += "~1";
    } else {
      longer += byte;
    }
  }
  return longer;
}

std::string pointer_to_item(std::string_view pointer, std::size_t index) {
  return fmt::format("{}/{}", pointer, index);
}

const Node* node_at(const Node& root, std::string_view pointer) {
  const Node* node = &root;
  while (node != nullptr && !pointer.empty()) {
    if (pointer[0] != '/')
      return nullptr;
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    const std::string_view token = pointer.substr(0, end);
    pointer.remove_prefix(end);
    if (node->kind == NodeKind::kList) {
      const auto index = list_index(token);
      node = index && *index < node->items.size() ? &node->items[*index] : nullptr;
    } else {
      const auto key = unescaped(token);
      node = key ? node->find(*key) : nullptr;
    }
  }
  return node;
}

std::optional<std::string> pointer_at(const Node& root, base::Span span) {
  if (!contains(root.span, span))
    return std::nullopt;
  std::string pointer;
  const Node* node = &root;
  while (node != nullptr) {
    const Node* inner = nullptr;
    for (std::size_t i = 0; i < node->items.size() && inner == nullptr; ++i) {
      if (!contains(node->items[i].span, span))
        continue;
      inner = &node->items[i];
      pointer = pointer_to_item(pointer, i);
    }
    for (const Member& member : node->members) {
      if (contains(member.key_span, span))
        return pointer_to_member(pointer, member.key);
      if (!contains(member.value.span, span))
        continue;
      inner = &member.value;
      pointer = pointer_to_member(pointer, member.key);
      break;
    }
    node = inner;
  }
  return pointer;
}

}  // namespace grantproof::syntax
