// SPDX-License-Identifier: Apache-2.0
#include "syntax/json_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "syntax/json_mistake.h"
#include "syntax/json_scan.h"
#include "syntax/reader_checks.h"

namespace grantproof::syntax {
namespace {

using base::Span;

// Takes nlohmann's SAX events, finds each token again in the text, and builds the tree.
//
// Containers that are not closed are kept as pointers into the tree. They stay valid: only the innermost one
// grows, and its parents do not move until it is closed.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view text, base::FileId file, const JsonLimits& limits, const JsonDialect& dialect,
              base::DiagnosticSink& sink)
      : text_(text), file_(file), limits_(limits), dialect_(dialect), sink_(sink) {
    if (text_.starts_with(kByteOrderMark))
      at_ = kByteOrderMark.size();
  }

  // ---- the events, under the names that nlohmann asks for ----
  bool null() { return scalar(NodeKind::kNull, at_token() + 4); }
  bool boolean(bool value) {
    if (!scalar(NodeKind::kBool, at_token() + (value ? 4U : 5U)))
      return false;
    last_->boolean = value;
    last_->text = value ? "true" : "false";
    return true;
  }
  bool number_integer(std::int64_t) { return number(); }
  bool number_unsigned(std::uint64_t) { return number(); }
  bool number_float(double, const std::string&) { return number(); }
  bool string(std::string& value) {
    if (!scalar(NodeKind::kString, string_end()))
      return false;
    last_->text = value;
    return true;
  }
  bool binary(nlohmann::json::binary_t&) { return false; }  // not in JSON text
  bool key(std::string& value) {
    const std::size_t end = string_end();
    Member& member = open_.back()->members.emplace_back();
    member.key = value;
    member.key_span = token(end);
    place_ = JsonPlace::kKey;
    return true;
  }
  bool start_object(std::size_t) { return start(NodeKind::kMap, JsonPlace::kObjectStart); }
  bool start_array(std::size_t) { return start(NodeKind::kList, JsonPlace::kListStart); }
  bool end_object() {
    if (!dialect_.duplicate_keys)
      report_duplicate_keys(*open_.back(), duplicates_, sink_);
    return end();
  }
  bool end_array() { return end(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& exception) {
    constexpr int kNumberOverflow = 406;
    number_too_large_ = exception.id == kNumberOverflow;
    return false;
  }

  // ---- what came of it ----
  bool refused() const { return refused_; }
  bool number_too_large() const { return number_too_large_; }
  JsonProgress progress() const {
    JsonProgress progress{place_, at_, std::nullopt};
    if (!open_.empty())
      progress.open_bracket = open_.back()->span.begin;
    return progress;
  }
  Node take() { return std::move(root_); }

 private:
  // Between two events only white space, ',' and ':' can stand.
  std::size_t at_token() {
    while (at_ < text_.size() && (is_json_space(text_[at_]) || text_[at_] == ',' || text_[at_] == ':'))
      ++at_;
    return at_;
  }

  std::size_t string_end() {
    std::size_t end = at_token() + 1;
    while (end < text_.size() && text_[end] != '"')
      end += text_[end] == '\\' ? 2U : 1U;
    return end + 1;
  }

  Span span(std::size_t begin, std::size_t end) const {
    return Span{file_, static_cast<std::uint32_t>(begin),
                static_cast<std::uint32_t>(std::min(end, text_.size()))};
  }

  // The token from where the tracker stands to `end`, and past it.
  Span token(std::size_t end) {
    const Span token = span(at_, end);
    at_ = token.end;
    return token;
  }

  bool refuse(base::Diagnostic diagnostic) {
    refused_ = true;
    sink_.report(std::move(diagnostic));
    return false;
  }

  // A new node at its place in the tree.
  bool add(NodeKind kind, std::size_t end) {
    const Span place = token(end);
    if (++nodes_ > limits_.nodes)
      return refuse(too_many_nodes(place, limits_.nodes));
    if (open_.empty()) {
      last_ = &root_;
    } else if (open_.back()->kind == NodeKind::kMap) {
      last_ = &open_.back()->members.back().value;
    } else {
      last_ = &open_.back()->items.emplace_back();
    }
    last_->kind = kind;
    last_->span = place;
    return true;
  }

  void after_value() {
    if (open_.empty()) {
      place_ = JsonPlace::kDocumentEnd;
    } else {
      place_ = open_.back()->kind == NodeKind::kMap ? JsonPlace::kMember : JsonPlace::kItem;
    }
  }

  bool scalar(NodeKind kind, std::size_t end) {
    if (!add(kind, end))
      return false;
    after_value();
    return true;
  }

  bool number() {
    const std::size_t begin = at_token();
    if (!scalar(NodeKind::kNumber, json_number_end(text_, begin)))
      return false;
    last_->text = text_.substr(last_->span.begin, last_->span.end - last_->span.begin);
    return true;
  }

  bool start(NodeKind kind, JsonPlace place) {
    const std::size_t bracket = at_token();
    if (open_.size() >= limits_.depth)
      return refuse(too_deep(span(bracket, bracket + 1), limits_.depth));
    if (!add(kind, bracket + 1))
      return false;
    open_.push_back(last_);
    place_ = place;
    return true;
  }

  bool end() {
    open_.back()->span.end = token(at_token() + 1).end;
    open_.pop_back();
    after_value();
    return true;
  }

  std::string_view text_;
  base::FileId file_;
  const JsonLimits& limits_;
  const JsonDialect& dialect_;
  base::DiagnosticSink& sink_;

  Node root_;
  std::vector<Node*> open_;
  Node* last_ = nullptr;
  std::size_t at_ = 0;  // end of the last token
  JsonPlace place_ = JsonPlace::kDocumentStart;
  std::size_t nodes_ = 0;
  std::size_t duplicates_ = 0;
  bool refused_ = false;
  bool number_too_large_ = false;
};

bool parse(std::string_view text, const JsonDialect& dialect, TreeBuilder& builder) {
  return nlohmann::json::sax_parse(text.begin(), text.end(), &builder, nlohmann::json::input_format_t::json,
                                   !dialect.text_after_end);
}

// The text with a zero in place of each number, every token at its place. nlohmann refuses numbers that no
// double holds, such as 1e400; JSON does not, and the tree has numbers as they are written.
std::string without_numbers(std::string_view text) {
  std::string result(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t number_end = json_number_end(text, at);
    if (text[at] == '"') {
      at = scan_json_string(text, at).end;
    } else if (number_end > at) {
      result[at] = '0';
      std::fill(result.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                result.begin() + static_cast<std::ptrdiff_t>(number_end), ' ');
      at = number_end;
    } else {
      ++at;
    }
  }
  return result;
}

}  // namespace

std::optional<Node> read_json(const base::SourceMap& sources, base::FileId file, base::DiagnosticSink& sink,
                              const JsonLimits& limits, const JsonDialect& dialect) {
  const std::string_view text = sources.text(file);
  if (!check_text(text, file, limits, sink))
    return std::nullopt;
  if (!dialect.byte_order_mark && text.starts_with(kByteOrderMark)) {
    sink.report(reader_error("GP0001", Span{file, 0, static_cast<std::uint32_t>(kByteOrderMark.size())},
                             "the text begins with a byte order mark, which AWS does not take here",
                             "save the file as UTF-8 without a byte order mark"));
    return std::nullopt;
  }
  std::optional<TreeBuilder> builder(std::in_place, text, file, limits, dialect, sink);
  bool accepted = parse(text, dialect, *builder);
  if (dialect.large_numbers && builder->number_too_large()) {
    builder.emplace(text, file, limits, dialect, sink);
    accepted = parse(without_numbers(text), dialect, *builder);
  }
  if (builder->refused())
    return std::nullopt;
  if (accepted && dialect.text_after_end && builder->progress().place == JsonPlace::kDocumentEnd)
    return builder->take();
  // Asked even where nlohmann accepts: it takes a NUL byte for the end of the text.
  if (auto mistake = find_json_mistake(file, text, builder->progress())) {
    sink.report(std::move(*mistake));
    return std::nullopt;
  }
  if (!accepted) {
    const auto at = static_cast<std::uint32_t>(builder->progress().at);
    sink.report(reader_error("GP0001", Span{file, at, at}, "the text is not JSON from here on"));
    return std::nullopt;
  }
  return builder->take();
}

}  // namespace grantproof::syntax
