// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a JSON document, and as the text of a string inside of one (JSON and URL-encoded).
// Properties:
//   - a text is read, or there is an error; never neither
//   - every span lies in its text, children inside of their parents, one behind the other
//   - every span leads into the outermost file, and every diagnostic has a place there
//   - read(write(read(x))) = read(x)
// The fallback message for mistakes that nlohmann finds and our explanation does not is a failure here.
// Texts over 64 KiB are skipped: what they add is time, not paths.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "syntax/json_reader.h"
#include "syntax/json_writer.h"
#include "syntax/pointer.h"

namespace {

using namespace grantproof;

void require(bool property, const char* what) {
  if (property)
    return;
  std::fprintf(stderr, "violated: %s\n", what);
  std::abort();
}

bool inside(base::Span inner, base::Span outer) {
  return inner.file == outer.file && outer.begin <= inner.begin && inner.begin <= inner.end &&
         inner.end <= outer.end;
}

void check_spans(const base::SourceMap& sources, const syntax::Node& node, base::FileId outermost) {
  require(node.span.begin < node.span.end, "a value has text");
  require(node.span.end <= sources.text(node.span.file).size(), "a span lies in its text");
  const base::Span outer = sources.outermost(node.span);
  require(outer.file == outermost, "a span leads into the outermost file");
  require(outer.begin < outer.end && outer.end <= sources.text(outermost).size(),
          "an outer span lies in its text");
  std::uint32_t behind = node.span.begin;
  const auto next = [&](base::Span child) {
    require(inside(child, node.span), "children stand inside of their parents");
    require(child.begin > behind, "children stand one behind the other");
    behind = child.end - 1;
  };
  for (const syntax::Node& item : node.items) {
    next(item.span);
    check_spans(sources, item, outermost);
  }
  for (const syntax::Member& member : node.members) {
    next(member.key_span);
    next(member.value.span);
    check_spans(sources, member.value, outermost);
  }
}

bool equal(const syntax::Node& left, const syntax::Node& right) {
  if (left.kind != right.kind || left.boolean != right.boolean || left.text != right.text ||
      left.items.size() != right.items.size() || left.members.size() != right.members.size())
    return false;
  for (std::size_t i = 0; i < left.items.size(); ++i)
    if (!equal(left.items[i], right.items[i]))
      return false;
  for (std::size_t i = 0; i < left.members.size(); ++i)
    if (left.members[i].key != right.members[i].key || !equal(left.members[i].value, right.members[i].value))
      return false;
  return true;
}

void check(const base::SourceMap& sources, base::FileId outermost, const std::optional<syntax::Node>& tree,
           const base::DiagnosticSink& sink) {
  require(tree.has_value() || sink.errors() > 0, "a text is read or refused");
  for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
    const base::Location location = sources.locate(diagnostic.primary.span);
    require(location.span.file == outermost, "a diagnostic leads into the outermost file");
    require(location.span.begin <= location.span.end, "a diagnostic has a place");
    require(location.span.end <= sources.text(outermost).size(), "a diagnostic lies in the text");
    require(diagnostic.message.find("not JSON from here on") == std::string::npos,
            "every mistake is explained");
    require(!tree || diagnostic.rule == "GP0002", "only repeated keys leave a tree");
  }
  if (!tree)
    return;
  check_spans(sources, *tree, outermost);
  for (const int indent : {-1, 2}) {
    base::SourceMap again;
    base::DiagnosticSink again_sink;
    const base::FileId file = again.add("again", syntax::write_json(*tree, indent));
    const auto copy = syntax::read_json(again, file, again_sink);
    require(copy && equal(*tree, *copy), "what is written is read back equal");
  }
  const auto pointer = syntax::pointer_at(*tree, tree->span);
  require(pointer && syntax::node_at(*tree, *pointer) == &*tree, "the root has its pointer");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kLongest = 64 * 1024;
  if (size > kLongest)
    return 0;
  const std::string text(reinterpret_cast<const char*>(data), size);
  {
    base::SourceMap sources;
    base::DiagnosticSink sink;
    const base::FileId file = sources.add("fuzz.json", text);
    const auto tree = syntax::read_json(sources, file, sink);
    check(sources, file, tree, sink);
  }
  {
    base::DiagnosticSink sink;
    // The same bytes as a string value: what json_quoted makes of them is read, then its text as a document.
    base::SourceMap sources;
    const base::FileId file = sources.add("outer.json", "[" + syntax::json_quoted(text) + "]");
    const auto outer = syntax::read_json(sources, file, sink);
    require(outer && outer->items.size() == 1, "a quoted text is JSON");
    const auto tree = syntax::read_embedded_json(sources, outer->items[0], sink);
    check(sources, file, tree, sink);
  }
  return 0;
}
