// SPDX-License-Identifier: Apache-2.0
#include "syntax/yaml_reader.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "syntax/reader_checks.h"
#include "syntax/tree_budget.h"
#include "syntax/yaml_mistake.h"
#include "syntax/yaml_scalar.h"
#include "syntax/yaml_text.h"

namespace grantproof::syntax {
namespace {

using base::Span;

// Takes yaml-cpp's events and builds the tree. Containers that are not closed are pointers into it, as in the
// JSON reader; anchored nodes are remembered by their path from the root, because they move when their list
// grows.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view text, std::size_t begin, base::FileId file, const JsonLimits& limits,
              base::DiagnosticSink& sink)
      : text_(text), begin_(begin), at_(begin), file_(file), sink_(sink), budget_(limits, sink) {}

  // ---- events ----
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 0)
      return;
    const std::size_t at = position(mark);
    stop("GP0001", span(at, std::min(at + 1, text_.size())), "found more text after the end of the document",
         "a file holds one document");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    // An empty value is marked where the next token stands; it is said to stand behind the last one, which in
    // a block list is its '-'.
    if (!open_.empty() && open_.back().node->kind == NodeKind::kList && !flow(*open_.back().node)) {
      const std::size_t dash =
          skip_yaml_space(text_, std::max<std::size_t>(at_, open_.back().node->span.begin));
      if (dash < text_.size() && text_[dash] == '-')
        at_ = dash + 1;
    }
    const std::size_t begin = value_begin(mark);
    const std::size_t end = null_word_end(text_, begin);
    const bool written = begin >= at_ && end > begin && !outdented(begin);
    const Span place = written ? span(begin, end) : span(at_, at_);
    if (expects_key())
      return add_key(std::string(text_.substr(place.begin, place.end - place.begin)), place);
    if (!written && anchor == 0)
      require_colon();
    add(NodeKind::kNull, place, anchor, {});
    value_done();
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const std::size_t begin = value_begin(mark);
    const bool quoted =
        begin < text_.size() && std::string_view("\"'|>").find(text_[begin]) != std::string_view::npos;
    const auto end = scalar_end(text_, begin, value);
    if (!end && quoted && text_[begin] != '|' && text_[begin] != '>')
      stop("GP0001", span(begin, begin + 1), "this quote is not closed", "");
    // A value without text ("a: !Ref") has no place of its own.
    const Span place = value.empty() && !quoted ? span(at_, at_) : span(begin, end.value_or(begin));
    if (expects_key()) {
      add_key(value, place);
      if (anchor != 0)
        anchored_keys_.insert_or_assign(anchor, value);
      return;
    }
    const Tag meaning = known_tag(tag, mark);
    NodeKind kind = NodeKind::kString;
    if (meaning.meaning == TagMeaning::kPlain || (!quoted && meaning.meaning != TagMeaning::kText))
      kind = core_schema_kind(value);
    Node& node = add(kind, place, anchor, meaning);
    budget_.count_bytes(value.size(), place);
    if (kind == NodeKind::kBool) {
      node.boolean = value[0] == 't' || value[0] == 'T';
      node.text = node.boolean ? "true" : "false";
    } else if (kind != NodeKind::kNull) {
      node.text = value;
    }
    value_done();
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t begin = position(mark);
    const Span place = span(begin, anchor_name_end(text_, begin));
    if (const auto key = anchored_keys_.find(anchor); key != anchored_keys_.end()) {
      if (expects_key())
        return add_key(key->second, place);
      Node& node = add(NodeKind::kString, place, 0, {});
      node.text = key->second;
      return value_done();
    }
    const auto path = anchors_.find(anchor);
    if (path == anchors_.end())
      stop("GP0001", place, "this alias has no anchor before it", "define it with &name");
    const Node& original = at_path(path->second);
    for (const Open& open : open_)
      if (open.node == &original || open.outer == &original)
        stop("GP0001", place, "this alias stands inside the value that it repeats", "");
    if (expects_key()) {
      if (original.kind == NodeKind::kList || original.kind == NodeKind::kMap)
        stop("GP0001", place, fmt::format("found {} as a key, expected a text", describe(original.kind)), "");
      return add_key(original.text, place);
    }
    // Counted before it is copied: ten lines of aliases can stand for a billion values.
    budget_.count_copy(original, open_.size(), place);
    Node copy = original;
    copy.span = place;
    add(NodeKind::kNull, place, 0, {}) = std::move(copy);
    value_done();
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    start(NodeKind::kList, mark, tag, anchor);
  }
  void OnSequenceEnd() override { end(']'); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    start(NodeKind::kMap, mark, tag, anchor);
  }
  void OnMapEnd() override {
    report_duplicate_keys(*open_.back().node, duplicates_, sink_);
    end('}');
  }

  // ---- what came of it ----
  bool empty() const { return documents_ == 0; }
  std::size_t position(const YAML::Mark& mark) const {
    return mark.pos < 0 ? at_ : std::min(begin_ + static_cast<std::size_t>(mark.pos), text_.size());
  }
  Node take() { return std::move(root_); }

 private:
  using Path = std::vector<std::size_t>;

  struct Open {
    Node* node;
    Node* outer;                // where a tag put the node into an object of its own; else the node
    bool expects_key = true;    // in a map: whether a key comes next
    bool explicit_key = false;  // whether the last one has a '?' in front of it
  };

  Span span(std::size_t begin, std::size_t end) const {
    return Span{file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(std::max(begin, end))};
  }

  // Nodes stand one behind the other. Where a mark of yaml-cpp leads back (empty values have the mark of what
  // comes next), the node is said to stand behind the last one.
  Span in_order(Span place) const {
    return span(std::max<std::size_t>(place.begin, at_), std::max<std::size_t>(place.end, at_));
  }

  [[noreturn]] void stop(std::string_view rule, Span place, std::string message, std::string help) {
    sink_.report(reader_error(rule, place, std::move(message), std::move(help)));
    throw StopReading{};
  }

  bool expects_key() const {
    return !open_.empty() && open_.back().node->kind == NodeKind::kMap && open_.back().expects_key;
  }

  void add_key(std::string key, Span place) {
    const std::size_t mark =
        skip_yaml_space(text_, std::max<std::size_t>(at_, open_.back().node->span.begin));
    open_.back().explicit_key =
        mark < text_.size() && text_[mark] == '?' && (place.begin > mark || key.empty());
    // An empty key stands behind its '?'.
    if (open_.back().explicit_key)
      at_ = mark + 1;
    place = in_order(place);
    Member& member = open_.back().node->members.emplace_back();
    budget_.count_bytes(key.size(), place);
    member.key = std::move(key);
    member.key_span = place;
    open_.back().expects_key = false;
    at_ = std::max<std::size_t>(at_, place.end);
  }

  Tag known_tag(const std::string& tag, const YAML::Mark& mark) {
    Tag meaning = tag_meaning(tag);
    if (meaning.meaning == TagMeaning::kUnknown) {
      const std::size_t begin = position(mark);
      stop("GP0001", span(begin, anchor_name_end(text_, begin)), fmt::format("the tag {} is not known", tag),
           "known are the tags of YAML's core schema and of CloudFormation's functions");
    }
    return meaning;
  }

  // Where the node under construction will stand: inside of the last child of every open container, behind
  // the last child of the innermost.
  Path next_path() const {
    Path path;
    for (const Open& open : open_) {
      if (open.outer != open.node)
        path.push_back(0);
      const bool map = open.node->kind == NodeKind::kMap;
      const std::size_t children = map ? open.node->members.size() : open.node->items.size();
      // A map has its new member already, with the key.
      path.push_back(&open == &open_.back() && !map ? children : children - 1);
    }
    return path;
  }

  const Node& at_path(const Path& path) const {
    const Node* node = &root_;
    for (const std::size_t index : path)
      node = node->kind == NodeKind::kMap ? &node->members[index].value : &node->items[index];
    return *node;
  }

  // A new node at its place in the tree, inside of {"Fn::Sub": ...} where the tag says so.
  Node& add(NodeKind kind, Span place, YAML::anchor_t anchor, const Tag& tag) {
    budget_.count_nodes(1, place);
    place = in_order(place);
    if (anchor != 0) {
      anchors_.insert_or_assign(anchor, next_path());
      anchored_keys_.erase(anchor);
    }
    Node* node = &root_;
    if (!open_.empty()) {
      Node& parent = *open_.back().node;
      node = parent.kind == NodeKind::kMap ? &parent.members.back().value : &parent.items.emplace_back();
    }
    outer_ = node;
    if (tag.meaning == TagMeaning::kCloudFormation) {
      node->kind = NodeKind::kMap;
      node->span = place;
      Member& member = node->members.emplace_back();
      member.key = tag.key;
      member.key_span = span(place.begin, place.begin);
      node = &member.value;
    }
    node->kind = kind;
    node->span = place;
    at_ = std::max<std::size_t>(at_, place.end);
    return *node;
  }

  void value_done() {
    if (!open_.empty())
      open_.back().expects_key = true;
  }

  void start(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    const std::size_t begin = value_begin(mark);
    const Span place = span(begin, begin);
    if (expects_key())
      stop("GP0001", place, fmt::format("found {} as a key, expected a text", describe(kind)), "");
    budget_.check_depth(open_.size(), place);
    Node& node = add(kind, place, anchor, known_tag(tag, mark));
    open_.push_back(Open{&node, outer_});
    // Past the bracket of a flow collection, so that the end of an empty one is not looked for before it.
    if (flow(node))
      at_ = std::max(at_, begin + 1);
  }

  bool flow(const Node& node) const {
    const char bracket = node.kind == NodeKind::kMap ? '{' : '[';
    return node.span.begin < text_.size() && text_[node.span.begin] == bracket;
  }

  // Where the value itself starts, behind its tag and anchor. What stands in front of another node further
  // out is not passed: the value is empty then ("a: !Ref" and, on the next line, "&x b: 1").
  std::size_t value_begin(const YAML::Mark& mark) const {
    std::size_t at = position(mark);
    char first = '\0';
    for (std::size_t end = yaml_property_end(text_, at); end > at; end = yaml_property_end(text_, at)) {
      if (text_[at] == first)
        return at;  // one tag and one anchor; a second one is of the next node
      first = text_[at];
      const std::size_t next = skip_yaml_space(text_, end);
      if (outdented(next))
        return end;
      at = next;
    }
    return at;
  }

  // yaml-cpp forgives a last line of a block that is a word alone, and makes it a key without a value.
  void require_colon() {
    if (open_.empty() || open_.back().node->kind != NodeKind::kMap || flow(*open_.back().node))
      return;
    const std::size_t colon = skip_yaml_space(text_, at_);
    if (colon < text_.size() && text_[colon] == ':')
      return;
    if (!open_.back().explicit_key)
      stop("GP0001", open_.back().node->members.back().key_span, "found a key without ':'", "");
  }

  // Whether a place is on a later line and not further right than the block that is open: then it belongs to
  // what comes behind that block. ("a:" and, on the next line, the key "null")
  bool outdented(std::size_t at) const {
    if (open_.empty() || flow(*open_.back().node) || at <= at_)
      return false;
    if (text_.substr(at_, at - at_).find('\n') == std::string_view::npos)
      return false;
    const auto column = [this](std::size_t offset) {
      const std::size_t line_break = text_.substr(begin_, offset - begin_).rfind('\n');
      return line_break == std::string_view::npos ? offset - begin_ : offset - begin_ - line_break - 1;
    };
    // Keys stand where their block starts, values further in.
    const std::size_t block = column(open_.back().node->span.begin);
    return expects_key() ? column(at) < block : column(at) <= block;
  }

  void end(char bracket) {
    const Open open = open_.back();
    // A pair in a flow list ("[{a: 1}: b]" and the like) starts at a bracket that is its key's; keys are
    // never collections here, so a bracket is the container's own.
    if (flow(*open.node))
      at_ = std::max(at_, flow_collection_end(text_, at_, bracket));
    open.node->span.end = static_cast<std::uint32_t>(std::max<std::size_t>(at_, open.node->span.begin));
    open.outer->span.end = open.node->span.end;
    open_.pop_back();
    value_done();
  }

  std::string_view text_;
  std::size_t begin_;  // behind the byte order mark: yaml-cpp does not count it
  std::size_t at_;     // end of the last token
  base::FileId file_;
  base::DiagnosticSink& sink_;
  TreeBudget budget_;

  Node root_;
  std::vector<Open> open_;
  Node* outer_ = nullptr;  // of the node added last
  std::unordered_map<YAML::anchor_t, Path> anchors_;
  std::unordered_map<YAML::anchor_t, std::string> anchored_keys_;
  std::size_t documents_ = 0;
  std::size_t duplicates_ = 0;
};

// A stream on text that stays where it is.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    // The stream is only read; streambuf's interface has no place for const.
    char* begin = const_cast<char*>(text.data());
    setg(begin, begin, begin + text.size());
  }
};

}  // namespace

std::optional<Node> read_yaml(const base::SourceMap& sources, base::FileId file, base::DiagnosticSink& sink,
                              const JsonLimits& limits) {
  const std::string_view text = sources.text(file);
  if (!check_text(text, file, limits, sink))
    return std::nullopt;
  if (const auto control = first_control_character(text)) {
    const auto at = static_cast<std::uint32_t>(*control);
    const auto byte = static_cast<unsigned>(static_cast<unsigned char>(text[at]));
    sink.report(reader_error("GP0001", Span{file, at, at + 1},
                             fmt::format("found the control character U+{:04X}", byte),
                             byte == '\r' ? "end lines with \\n or \\r\\n" : ""));
    return std::nullopt;
  }
  const std::size_t begin = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  TreeBuilder builder(text, begin, file, limits, sink);
  try {
    ViewBuffer buffer(text.substr(begin));
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const StopReading&) {
    return std::nullopt;
  } catch (const YAML::Exception& exception) {
    sink.report(yaml_mistake(file, text, builder.position(exception.mark), exception.msg, limits.depth));
    return std::nullopt;
  }
  if (builder.empty()) {
    const auto end = static_cast<std::uint32_t>(text.size());
    sink.report(reader_error("GP0001", Span{file, end, end}, "the text holds no document"));
    return std::nullopt;
  }
  return builder.take();
}

}  // namespace grantproof::syntax
