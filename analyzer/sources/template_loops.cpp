// SPDX-License-Identifier: Apache-2.0
#include "sources/template_loops.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sources/template_evaluator.h"

namespace grantproof::sources {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

bool has_loop(const Node& node) {
  for (const Member& member : node.members) {
    if (is_loop(member.key) || has_loop(member.value))
      return true;
  }
  return std::any_of(node.items.begin(), node.items.end(), has_loop);
}

bool is_alphanumeric(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

std::size_t alphanumeric_end(std::string_view text, std::size_t begin) {
  while (begin < text.size() && is_alphanumeric(text[begin]))
    ++begin;
  return begin;
}

std::string only_alphanumeric(std::string_view text) {
  std::string kept;
  std::copy_if(text.begin(), text.end(), std::back_inserter(kept), is_alphanumeric);
  return kept;
}

// Copies a section. Where a loop is open its identifier stands for the value at hand: as ${Identifier}, as
// &{Identifier} (without what is not alphanumeric), and as {"Ref": "Identifier"}.
class LoopExpander {
 public:
  LoopExpander(TemplateStack& stack, TemplateContext& context) : stack_(stack), context_(context) {}

  Node expand(const Node& node) {
    Node made;
    made.kind = node.kind;
    made.span = node.span;
    made.boolean = node.boolean;
    if (const Identifier* identifier = referred(node)) {
      made.kind = NodeKind::kString;
      made.text = identifier->value;
    } else {
      made.text = node.kind == NodeKind::kString ? filled(node.text, node.span) : node.text;
      for (const Node& item : node.items)
        made.items.push_back(expand(item));
      for (const Member& member : node.members)
        add(member, made);
    }
    spend(1, made.text.size(), node.span);
    return made;
  }

 private:
  struct Identifier {
    std::string name;
    std::string value;
  };

  void add(const Member& member, Node& into) {
    if (is_spent_)
      return;
    if (is_loop(member.key)) {
      if (!add_loop(member, into))
        into.members.push_back({member.key, member.key_span, copied(member.value)});
      return;
    }
    into.members.push_back({filled(member.key, member.key_span), member.key_span, expand(member.value)});
    spend(0, member.key.size(), member.key_span);
  }

  // False: what it goes over is not known.
  bool add_loop(const Member& loop, Node& into) {
    const std::vector<Node>& given = loop.value.items;
    if (loop.value.kind != NodeKind::kList || given.size() != 3 || given[0].kind != NodeKind::kString ||
        given[2].kind != NodeKind::kMap) {
      context_.reports.error(kSourceMistake, loop.value.span,
                             fmt::format("{} has not the form of a loop", loop.key),
                             "write [IDENTIFIER, [VALUE, ...], {KEY: VALUE}], with ${IDENTIFIER} in KEY");
      return false;
    }
    TemplateEvaluator evaluator(context_, *stack_.budget);
    const auto values = evaluator.resolve_texts(expand(given[1]), stack_);
    if (!values)
      return false;
    for (const std::string& value : *values) {
      spend(1, 0, loop.key_span);
      if (is_spent_)
        break;
      identifiers_.push_back({given[0].text, value});
      for (const Member& member : given[2].members)
        add(member, into);
      identifiers_.pop_back();
    }
    return true;
  }

  // A loop that stays keeps its own form.
  Node copied(const Node& node) {
    spend(1, node.text.size(), node.span);
    return node;
  }

  const Identifier* find(std::string_view name) const {
    const auto found = std::find_if(identifiers_.rbegin(), identifiers_.rend(),
                                    [name](const Identifier& one) { return one.name == name; });
    return found == identifiers_.rend() ? nullptr : &*found;
  }

  const Identifier* referred(const Node& node) const {
    if (node.members.size() != 1 || node.members[0].key != "Ref" ||
        node.members[0].value.kind != NodeKind::kString)
      return nullptr;
    return find(node.members[0].value.text);
  }

  std::string filled(const std::string& text, base::Span span) {
    if (identifiers_.empty())
      return text;
    std::string made;
    std::size_t done = 0;
    for (std::size_t open = text.find('{', 1); open != std::string::npos; open = text.find('{', open + 1)) {
      const char sign = open > done ? text[open - 1] : '\0';
      const std::size_t close = alphanumeric_end(text, open + 1);
      if ((sign != '$' && sign != '&') || close == text.size() || text[close] != '}')
        continue;
      const Identifier* identifier = find(std::string_view(text).substr(open + 1, close - open - 1));
      if (identifier == nullptr)
        continue;
      made.append(text, done, open - 1 - done);
      made += sign == '&' ? only_alphanumeric(identifier->value) : identifier->value;
      done = close + 1;
      if (made.size() > TemplateBudget::kMostBytesOfText) {
        spend(TemplateBudget::kMostNodes, 0, span);
        return {};
      }
    }
    return done == 0 ? text : made.append(text, done);
  }

  void spend(std::size_t nodes, std::size_t bytes, base::Span span) {
    if (is_spent_ || stack_.budget->spend(nodes, bytes))
      return;
    is_spent_ = true;
    stack_.is_open = true;
    stack_.budget->report();
    context_.reports.error(kSourceLimit, span, "loops make more of this template than it may become");
  }

  TemplateStack& stack_;
  TemplateContext& context_;
  std::vector<Identifier> identifiers_;
  bool is_spent_ = false;
};

}  // namespace

bool is_loop(std::string_view key) {
  return key.starts_with("Fn::ForEach::");
}

const Node& expand_loops(const Node& section, TemplateStack& stack, TemplateContext& context) {
  if (!has_loop(section))
    return section;
  return stack.expanded.emplace_back(LoopExpander(stack, context).expand(section));
}

}  // namespace grantproof::sources
