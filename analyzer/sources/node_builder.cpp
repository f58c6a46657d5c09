// SPDX-License-Identifier: Apache-2.0
#include "sources/node_builder.h"

#include <algorithm>

#include "syntax/json_writer.h"

namespace grantproof::sources {

using syntax::Node;
using syntax::NodeKind;

namespace {

Node at(base::Span span, Node node) {
  node.span = span;
  return node;
}

}  // namespace

Node NodeBuilder::text(std::string text) const {
  return at(span_, syntax::string_node(std::move(text)));
}

Node NodeBuilder::boolean(bool value) const {
  return at(span_, syntax::bool_node(value));
}

Node NodeBuilder::list(std::vector<Node> items) const {
  return at(span_, syntax::list_node(std::move(items)));
}

Node NodeBuilder::map(Members members) const {
  Node node = at(span_, syntax::map_node(std::move(members)));
  for (syntax::Member& member : node.members)
    member.key_span = span_;
  return node;
}

Node NodeBuilder::ref(std::string logical_id) const {
  return map({{"Ref", text(std::move(logical_id))}});
}

Node NodeBuilder::get_att(std::string logical_id, std::string attribute) const {
  return map({{"Fn::GetAtt", list({text(std::move(logical_id)), text(std::move(attribute))})}});
}

Node NodeBuilder::sub(std::string format, Members variables) const {
  Node node = map();
  Node value = text(std::move(format));
  if (!variables.empty()) {
    Node arguments = list();
    arguments.items.push_back(std::move(value));
    arguments.items.push_back(map(std::move(variables)));
    value = std::move(arguments);
  }
  set(node, "Fn::Sub", std::move(value));
  return node;
}

Node NodeBuilder::condition(Node condition, Node if_true, Node if_false) const {
  Node arguments = list();
  arguments.items.push_back(std::move(condition));
  arguments.items.push_back(std::move(if_true));
  arguments.items.push_back(std::move(if_false));
  Node node = map();
  set(node, "Fn::If", std::move(arguments));
  return node;
}

void set(Node& map, std::string_view key, Node value) {
  for (syntax::Member& member : map.members) {
    if (member.key == key) {
      member.value = std::move(value);
      return;
    }
  }
  syntax::Member member;
  member.key = key;
  member.key_span = value.span;
  member.value = std::move(value);
  map.members.push_back(std::move(member));
}

Node take(Node& map, std::string_view key) {
  const auto found = std::find_if(map.members.begin(), map.members.end(),
                                  [key](const syntax::Member& member) { return member.key == key; });
  if (found == map.members.end())
    return at(map.span, Node{});
  Node value = std::move(found->value);
  map.members.erase(found);
  return value;
}

bool is_intrinsic_function(const Node& node) {
  if (node.kind != NodeKind::kMap || node.members.size() != 1)
    return false;
  const std::string& key = node.members[0].key;
  // A loop makes members of what it stands in.
  return key == "Ref" || key == "Condition" || (key.starts_with("Fn::") && !key.starts_with("Fn::ForEach::"));
}

bool is_no_value(const Node& node) {
  return referred_id(node) == "AWS::NoValue";
}

const std::vector<Node>* if_arguments(const Node& node) {
  if (!is_intrinsic_function(node) || node.members[0].key != "Fn::If")
    return nullptr;
  const Node& arguments = node.members[0].value;
  return arguments.kind == NodeKind::kList && arguments.items.size() == 3 ? &arguments.items : nullptr;
}

std::string_view referred_id(const Node& node) {
  if (!is_intrinsic_function(node))
    return {};
  const syntax::Member& function = node.members[0];
  if (function.key == "Ref" && is_text(&function.value))
    return function.value.text;
  if (function.key != "Fn::GetAtt")
    return {};
  if (is_text(&function.value))
    return std::string_view(function.value.text).substr(0, function.value.text.find('.'));
  const std::vector<Node>& arguments = function.value.items;
  return !arguments.empty() && is_text(&arguments[0]) ? std::string_view(arguments[0].text)
                                                      : std::string_view();
}

std::string_view referred_attribute(const Node& node) {
  if (!is_intrinsic_function(node) || node.members[0].key != "Fn::GetAtt")
    return {};
  const Node& value = node.members[0].value;
  if (is_text(&value)) {
    const std::size_t point = value.text.find('.');
    return point == std::string::npos ? std::string_view() : std::string_view(value.text).substr(point + 1);
  }
  return value.items.size() == 2 && is_text(&value.items[1]) ? std::string_view(value.items[1].text)
                                                             : std::string_view();
}

bool same_value(const Node& left, const Node& right) {
  return left.kind == right.kind && left.text == right.text && left.boolean == right.boolean &&
         std::equal(left.items.begin(), left.items.end(), right.items.begin(), right.items.end(),
                    same_value) &&
         std::equal(left.members.begin(), left.members.end(), right.members.begin(), right.members.end(),
                    [](const syntax::Member& one, const syntax::Member& other) {
                      return one.key == other.key && same_value(one.value, other.value);
                    });
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' '))
      return !word.empty();
  }
  return false;
}

}  // namespace grantproof::sources
