// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform_statement.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/unknown_text.h"

namespace grantproof::sources::terraform {
namespace {

using syntax::Node;
using syntax::NodeKind;

// Blocks are compared with one another; no statement of AWS has as many.
constexpr std::size_t kMostBlocks = 1'000;

struct ListRow {
  std::string_view attribute;
  std::string_view element;
  Taking taking;
};
constexpr std::array<ListRow, 4> kLists = {{
    {"actions", "Action", Taking::kPlain},
    {"not_actions", "NotAction", Taking::kPlain},
    {"resources", "Resource", Taking::kArnPattern},
    {"not_resources", "NotResource", Taking::kArnPattern},
}};

Node map_at(base::Span span) {
  Node node;
  node.kind = NodeKind::kMap;
  node.span = span;
  return node;
}

Node list_at(base::Span span, std::vector<Node> items) {
  Node node;
  node.kind = NodeKind::kList;
  node.span = span;
  node.items = std::move(items);
  return node;
}

// The provider's spelling of policy variables, since Terraform has ${ } itself: &{aws:username}
void replace_variables(std::vector<Node>& texts) {
  for (Node& text : texts) {
    for (std::size_t at = text.text.find("&{"); at != std::string::npos; at = text.text.find("&{", at))
      text.text[at] = '$';
  }
}

std::vector<Node> read_texts(const Value& value, const Texts& texts) {
  std::vector<Node> read = texts.list(value, Taking::kPattern);
  replace_variables(read);
  return read;
}

// A text that must be known; nothing where it is not.
std::optional<Node> read_known(const Value& value, const Texts& texts) {
  auto text = texts.text(value, Taking::kPlain);
  if (!text || base::has_unknown(text->text))
    return std::nullopt;
  return text;
}

Node& member_of(Node& map, const Node& key, NodeKind kind) {
  for (syntax::Member& member : map.members) {
    if (member.key == key.text)
      return member.value;
  }
  Node value;
  value.kind = kind;
  value.span = key.span;
  map.members.push_back({key.text, key.span, std::move(value)});
  return map.members.back().value;
}

void append(Node& list, std::vector<Node> items) {
  list.items.insert(list.items.end(), std::make_move_iterator(items.begin()),
                    std::make_move_iterator(items.end()));
}

// [{type, identifiers}] to {"AWS": […]}, or "*". False where a type is not known.
bool add_principals(const Value& blocks, std::string_view element, const Texts& texts, Node& statement) {
  if (blocks.is_unknown() || blocks.size() > kMostBlocks)
    return false;
  if (blocks.size() == 0)
    return true;
  Node principals = map_at(blocks.span());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Value block = blocks.item(i, false);
    const auto type = read_known(block.attribute("type"), texts);
    if (!type)
      return false;
    std::vector<Node> identifiers = read_texts(block.attribute("identifiers"), texts);
    if (blocks.size() == 1 && type->text == "*" && identifiers.size() == 1 && identifiers[0].text == "*")
      principals = std::move(identifiers[0]);
    else
      append(member_of(principals, *type, NodeKind::kList), std::move(identifiers));
  }
  add_member(statement, element, std::move(principals));
  return true;
}

// [{test, variable, values}] to {"StringEquals": {"aws:SourceAccount": […]}}. False where a test or variable
// is not known.
bool add_conditions(const Value& blocks, const Texts& texts, Node& statement) {
  if (blocks.is_unknown() || blocks.size() > kMostBlocks)
    return false;
  if (blocks.size() == 0)
    return true;
  Node conditions = map_at(blocks.span());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Value block = blocks.item(i, false);
    const auto test = read_known(block.attribute("test"), texts);
    const auto variable = read_known(block.attribute("variable"), texts);
    if (!test || !variable)
      return false;
    Node& keys = member_of(conditions, *test, NodeKind::kMap);
    append(member_of(keys, *variable, NodeKind::kList), read_texts(block.attribute("values"), texts));
  }
  add_member(statement, "Condition", std::move(conditions));
  return true;
}

std::string_view text_of(const Node& map, std::string_view name) {
  const Node* value = map.find(name);
  return value != nullptr && value->kind == NodeKind::kString ? std::string_view(value->text)
                                                              : std::string_view();
}

}  // namespace

std::optional<Node> read_statement(const Value& block, const Texts& texts) {
  if (block.is_unknown())
    return std::nullopt;
  Node statement = map_at(block.span());
  // A Sid decides nothing but which statement takes another's place; then the text must be known.
  if (const Value sid = block.attribute("sid"); sid.is_unknown())
    return std::nullopt;
  else if (auto text = texts.text(sid, Taking::kPlain); text && !text->text.empty())
    add_member(statement, "Sid", std::move(*text));
  const Value effect = block.attribute("effect");
  if (effect.is_absent()) {
    add_member(statement, "Effect", text_node("Allow", statement.span));
  } else if (auto text = read_known(effect, texts)) {
    add_member(statement, "Effect", std::move(*text));
  } else {
    return std::nullopt;
  }
  if (!add_principals(block.attribute("principals"), "Principal", texts, statement) ||
      !add_principals(block.attribute("not_principals"), "NotPrincipal", texts, statement))
    return std::nullopt;
  for (const ListRow& row : kLists) {
    const Value value = block.attribute(row.attribute);
    std::vector<Node> items = texts.list(value, row.taking);
    if (row.taking == Taking::kArnPattern)
      replace_variables(items);
    if (!items.empty())
      add_member(statement, row.element, list_at(value.span(), std::move(items)));
  }
  if (!add_conditions(block.attribute("condition"), texts, statement))
    return std::nullopt;
  return statement;
}

MergedDocument::MergedDocument(base::Span span) : span_(span) {}

bool MergedDocument::add(const Node& document) {
  const Node* statements = document.find("Statement");
  if (document.kind != NodeKind::kMap ||
      (statements != nullptr && statements->kind != NodeKind::kList && statements->kind != NodeKind::kMap))
    return false;
  if (!text_of(document, "Id").empty())
    id_ = *document.find("Id");
  const std::string_view version = text_of(document, "Version");
  if (!version.empty() && (!version_ || version_->text < version))
    version_ = *document.find("Version");
  if (statements != nullptr && statements->kind == NodeKind::kMap)
    add_statement(*statements);
  else if (statements != nullptr)
    std::for_each(statements->items.begin(), statements->items.end(),
                  [this](const Node& statement) { add_statement(statement); });
  return true;
}

void MergedDocument::add_statement(const Node& statement) {
  const std::string_view sid = text_of(statement, "Sid");
  const auto same = sid.empty() ? by_sid_.end() : by_sid_.find(std::string(sid));
  if (same != by_sid_.end()) {
    statements_[same->second] = statement;
    return;
  }
  if (!sid.empty())
    by_sid_.emplace(sid, statements_.size());
  statements_.push_back(statement);
}

Node MergedDocument::take() && {
  Node document = map_at(span_);
  if (version_)
    add_member(document, "Version", std::move(*version_));
  if (id_)
    add_member(document, "Id", std::move(*id_));
  add_member(document, "Statement", list_at(span_, std::move(statements_)));
  return document;
}

}  // namespace grantproof::sources::terraform
