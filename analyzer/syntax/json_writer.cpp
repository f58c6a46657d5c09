// SPDX-License-Identifier: Apache-2.0
#include "syntax/json_writer.h"

#include <fmt/format.h>

#include "base/text.h"
#include "syntax/json_scan.h"

namespace grantproof::syntax {
namespace {

// YAML's ways to write a number that JSON does not have: +1, 007, .5, 1., 0x1F, 0o17. What is left (.inf,
// .nan) has no JSON number and is written as a string.
std::string json_number(std::string_view text) {
  if (is_json_number(text))
    return std::string(text);
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+'))
    rest.remove_prefix(1);
  const unsigned radix = rest.starts_with("0x") ? 16 : rest.starts_with("0o") ? 8 : 10;
  std::string written;
  if (radix == 10) {
    while (rest.size() > 1 && rest[0] == '0' && rest[1] >= '0' && rest[1] <= '9')
      rest.remove_prefix(1);
    written = rest;
    if (rest.starts_with('.'))
      written.insert(0, 1, '0');
    const std::size_t point = written.find('.');
    if (point != std::string::npos &&
        (point + 1 == written.size() || written[point + 1] < '0' || written[point + 1] > '9'))
      written.insert(point + 1, 1, '0');
  } else {
    constexpr std::size_t kMostDigits = 15;  // fits into 64 bits
    unsigned long long value = 0;
    bool whole = rest.size() > 2 && rest.size() - 2 <= kMostDigits;
    for (const char digit : rest.substr(2)) {
      const auto digit_value = base::hexadecimal_digit(digit);
      whole = whole && digit_value && *digit_value < radix;
      if (whole)
        value = value * radix + *digit_value;
    }
    if (whole)
      written = std::to_string(value);
  }
  if (negative)
    written.insert(0, 1, '-');
  return is_json_number(written) ? written : json_quoted(text);
}

class Writer {
 public:
  explicit Writer(int indent) : indent_(indent) {}

  void write(const Node& node) {
    switch (node.kind) {
      case NodeKind::kNull:
        out_ += "null";
        break;
      case NodeKind::kBool:
        out_ += node.boolean ? "true" : "false";
        break;
      case NodeKind::kNumber:
        out_ += json_number(node.text);
        break;
      case NodeKind::kString:
        out_ += json_quoted(node.text);
        break;
      case NodeKind::kList:
        write_children('[', node.items, ']', [this](const Node& item) { write(item); });
        break;
      case NodeKind::kMap:
        write_children('{', node.members, '}', [this](const Member& member) {
          out_ += json_quoted(member.key);
          out_ += indent_ < 0 ? ":" : ": ";
          write(member.value);
        });
        break;
    }
  }

  std::string take() { return std::move(out_); }

 private:
  template <typename Child, typename Write>
  void write_children(char open, const std::vector<Child>& children, char close, const Write& write_child) {
    out_ += open;
    ++level_;
    for (std::size_t i = 0; i < children.size(); ++i) {
      if (i > 0)
        out_ += ',';
      break_line();
      write_child(children[i]);
    }
    --level_;
    if (!children.empty())
      break_line();
    out_ += close;
  }

  void break_line() {
    if (indent_ < 0)
      return;
    out_ += '\n';
    out_.append(static_cast<std::size_t>(indent_) * level_, ' ');
  }

  int indent_;
  std::size_t level_ = 0;
  std::string out_;
};

}  // namespace

Node string_node(std::string text) {
  Node node;
  node.kind = NodeKind::kString;
  node.text = std::move(text);
  return node;
}

Node number_node(long long value) {
  Node node;
  node.kind = NodeKind::kNumber;
  node.text = std::to_string(value);
  return node;
}

Node bool_node(bool value) {
  Node node;
  node.kind = NodeKind::kBool;
  node.boolean = value;
  node.text = value ? "true" : "false";
  return node;
}

Node list_node(std::vector<Node> items) {
  Node node;
  node.kind = NodeKind::kList;
  node.items = std::move(items);
  return node;
}

Node map_node(std::vector<std::pair<std::string, Node>> members) {
  Node node;
  node.kind = NodeKind::kMap;
  node.members.reserve(members.size());
  for (std::pair<std::string, Node>& from : members) {
    Member& member = node.members.emplace_back();
    member.key = std::move(from.first);
    member.value = std::move(from.second);
  }
  return node;
}

std::string write_json(const Node& node, int indent) {
  Writer writer(indent);
  writer.write(node);
  return writer.take();
}

std::string json_quoted(std::string_view text) {
  constexpr std::string_view kEscaped = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  std::string quoted;
  quoted.reserve(text.size() + 2);
  quoted += '"';
  for (std::size_t at = 0; at < text.size();) {
    const char byte = text[at];
    if (static_cast<unsigned char>(byte) >= 0x80) {
      // Through code points, so that a text made in code cannot put ill-formed UTF-8 into a report.
      const base::CodePoint next = base::code_point_at(text, at);
      base::append_utf8(quoted, next.value);
      at += next.length;
      continue;
    }
    ++at;
    if (const std::size_t index = kEscaped.find(byte); index != std::string_view::npos) {
      quoted += '\\';
      quoted += kLetters[index];
    } else if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F) {
      fmt::format_to(std::back_inserter(quoted), "\\u{:04x}", static_cast<unsigned>(byte));
    } else {
      quoted += byte;
    }
  }
  quoted += '"';
  return quoted;
}

}  // namespace grantproof::syntax
