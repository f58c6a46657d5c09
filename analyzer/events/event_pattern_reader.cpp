// SPDX-License-Identifier: Apache-2.0
#include "events/event_pattern_reader.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "events/event_pattern_context.h"
#include "events/event_pattern_limits.h"
#include "events/field_path.h"
#include "events/matcher_reader.h"
#include "syntax/json_reader.h"
#include "syntax/json_scan.h"
#include "syntax/json_writer.h"
#include "syntax/reader_checks.h"

namespace grantproof::events {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;
using enum EventPatternRuleId;

constexpr std::string_view kOrKey = "$or";

// One walk over the pattern in the order of the document. `alternatives` are what $or has made so far of
// everything that was read: each field goes into all of them.
class PatternReader {
 public:
  explicit PatternReader(const EventPatternContext& context) : context_(context) {}

  std::optional<EventPattern> read(const Node& root) {
    if (root.kind != NodeKind::kMap) {
      context_.report(kKind, root.span,
                      "an event pattern is an object, and this is " + std::string(describe(root.kind)),
                      "write for example {\"source\": [\"aws.ec2\"]}");
      return std::nullopt;
    }
    std::vector<Alternative> alternatives(1);
    read_object(root, FieldPath(), false, alternatives);
    if (context_.sink->errors() > 0)
      return std::nullopt;
    for (const Alternative& alternative : alternatives) {
      if (alternative.size() > kMostFields) {
        context_.report(kFieldCount, root.span, "the pattern has more than 256 fields",
                        "leave out fields that do not decide");
        return std::nullopt;
      }
    }
    warn_of_combinations(context_, root.span, alternatives.size());
    return finish(root, std::move(alternatives));
  }

 private:
  void read_object(const Node& object, const FieldPath& path, bool inside_or,
                   std::vector<Alternative>& alternatives) {
    if (object.members.empty()) {
      context_.report(kEmpty, object.span,
                      path.is_root() ? "the pattern is an empty object"
                                     : "the field " + quoted(path.text()) + " is an empty object",
                      path.is_root() ? "for all events write {\"source\": [{\"prefix\": \"\"}]}"
                                     : "leave the field out, or write {\"exists\": true} for a field in it");
    }
    for (const Member& member : object.members) {
      if (stopped_)
        return;
      if (member.key == kOrKey && !context_.or_is_field) {
        read_or(member, path, alternatives);
      } else if (inside_or && is_matcher_name(member.key)) {
        context_.report(
            kOr, member.key_span,
            "inside of $or, the field " + quoted(path.below(member.key).text()) +
                " has the name of a matcher",
            "a matcher stands in the list of its field: \"state\": [{\"" + member.key + "\": …}]");
      } else {
        read_field(member, path.below(member.key), inside_or, alternatives);
      }
    }
  }

  void read_field(const Member& member, const FieldPath& path, bool inside_or,
                  std::vector<Alternative>& alternatives) {
    if (member.key == kOrKey) {
      context_.report(
          kOrAsField, member.key_span,
          "$or is read as the name of a field here, " + quoted(path.text()) + ", not as alternatives",
          "alternatives are a list of two or more objects whose keys are fields");
    }
    const Node& value = member.value;
    if (value.kind == NodeKind::kMap) {
      warn_of_matcher(value, path);
      read_object(value, path, inside_or, alternatives);
    } else if (value.kind == NodeKind::kList) {
      read_list(member, path, alternatives);
    } else {
      const bool matcher = is_matcher_name(member.key);
      context_.report(kKind, value.span,
                      "the field " + quoted(path.text()) + " is " + std::string(describe(value.kind)) +
                          ", and must be a list of values or an object of fields",
                      matcher ? "a matcher stands in the list of its field: \"state\": [" +
                                    syntax::write_json(syntax::map_node({{member.key, value}})) + "]"
                              : "write [" + syntax::write_json(value) + "]");
    }
  }

  // {"state": {"prefix": ["a"]}} is a field state.prefix.
  void warn_of_matcher(const Node& object, const FieldPath& path) {
    if (object.members.size() != 1 || !is_matcher_name(object.members[0].key))
      return;
    const Member& member = object.members[0];
    if (member.value.kind != NodeKind::kList)
      return;
    context_.report(
        kMatcherAsField, member.key_span,
        quoted(path.below(member.key).text()) + " is a field here, not a matcher",
        "for a matcher write " + quoted(path.text()) + " as a list: [{\"" + member.key + "\": …}]");
  }

  void read_list(const Member& member, const FieldPath& path, std::vector<Alternative>& alternatives) {
    const Node& list = member.value;
    if (list.items.empty()) {
      context_.report(kEmpty, list.span, "the list of " + quoted(path.text()) + " is empty",
                      "write the values that match, or [{\"exists\": true}] for all");
    }
    FieldTest test;
    test.path = path.text();
    test.span = list.span;
    for (const Node& item : list.items) {
      if (std::optional<Matcher> matcher = read_matcher(context_, item, path.text()))
        test.matchers.push_back(std::move(*matcher));
    }
    add(std::move(test), member.key_span, alternatives);
  }

  // The field in all alternatives, in place of an earlier one of that path.
  void add(FieldTest test, base::Span key_span, std::vector<Alternative>& alternatives) {
    const auto path_id = static_cast<std::uint32_t>(path_ids_.size());
    const std::uint32_t id = path_ids_.try_emplace(test.path, path_id).first->second;
    const auto index = static_cast<std::uint32_t>(tests_.size());
    std::optional<std::uint32_t> replaced;
    for (Alternative& alternative : alternatives) {
      const auto earlier = std::find_if(alternative.begin(), alternative.end(),
                                        [&](std::uint32_t other) { return path_of_test_[other] == id; });
      if (earlier != alternative.end()) {
        replaced = *earlier;
        *earlier = index;
      } else if (alternative.size() <= kMostFields) {
        alternative.push_back(index);
      }
    }
    if (replaced.has_value()) {
      context_.report(kFieldRepeated, key_span,
                      "the field " + quoted(test.path) + " replaces an earlier list for the same field",
                      "only the later list counts: keep one of them",
                      {base::Label{.span = tests_[*replaced].span, .text = "this does not count"}});
    }
    tests_.push_back(std::move(test));
    path_of_test_.push_back(id);
  }

  void read_or(const Member& member, const FieldPath& path, std::vector<Alternative>& alternatives) {
    const Node& branches = member.value;
    const std::string name = path.is_root() ? "$or" : "$or in " + quoted(path.text());
    if (branches.kind != NodeKind::kList || branches.items.size() < 2) {
      context_.report(
          kOr, branches.span, name + " needs a list of two or more objects",
          "write {\"$or\": [{\"a\": [1]}, {\"b\": [2]}]}; for one object write its fields without $or");
      return;
    }
    const std::vector<Alternative> before = std::exchange(alternatives, {});
    for (const Node& branch : branches.items) {
      if (branch.kind != NodeKind::kMap) {
        context_.report(kOr, branch.span,
                        name + " has " + std::string(describe(branch.kind)) + " in its list",
                        "each element is an object of fields, as in {\"$or\": [{\"a\": [1]}, {\"b\": [2]}]}");
        continue;
      }
      if (too_many(alternatives.size() + before.size(), member))
        return;
      std::vector<Alternative> branched = before;
      read_object(branch, path, true, branched);
      std::move(branched.begin(), branched.end(), std::back_inserter(alternatives));
      if (too_many(alternatives.size(), member))
        return;
    }
    // With mistakes in all branches the other fields are still read.
    if (alternatives.empty())
      alternatives = before;
  }

  // Stops the reading where there are.
  bool too_many(std::size_t alternatives, const Member& member) {
    if (!stopped_ && alternatives > kMostAlternatives) {
      stopped_ = true;
      context_.report(
          kOrExpansion, member.key_span,
          "the branches of $or make more than 4,096 combinations; the service takes at most 1,000",
          "branches that differ in one field can be one list of values of that field");
    }
    return stopped_;
  }

  // The tests that any alternative needs, and the alternatives in the order of their paths.
  EventPattern finish(const Node& root, std::vector<Alternative> alternatives) {
    std::vector<bool> used(tests_.size(), false);
    for (const Alternative& alternative : alternatives) {
      for (const std::uint32_t test : alternative)
        used[test] = true;
    }
    EventPattern pattern;
    pattern.span = root.span;
    std::vector<std::uint32_t> index_of(tests_.size(), 0);
    for (std::size_t test = 0; test < tests_.size(); ++test) {
      index_of[test] = static_cast<std::uint32_t>(pattern.tests.size());
      if (used[test])
        pattern.tests.push_back(std::move(tests_[test]));
    }
    for (Alternative& alternative : alternatives) {
      for (std::uint32_t& test : alternative)
        test = index_of[test];
      std::sort(alternative.begin(), alternative.end(), [&](std::uint32_t left, std::uint32_t right) {
        return path_less(pattern.tests[left].path, pattern.tests[right].path);
      });
    }
    pattern.alternatives = std::move(alternatives);
    return pattern;
  }

  const EventPatternContext& context_;
  std::vector<FieldTest> tests_;
  std::vector<std::uint32_t> path_of_test_;
  std::unordered_map<std::string, std::uint32_t> path_ids_;
  bool stopped_ = false;  // there are too many alternatives to go on
};

void forward(const base::DiagnosticSink& from, base::DiagnosticSink& to) {
  for (const base::Diagnostic& diagnostic : from.diagnostics())
    to.report(diagnostic);
}

std::optional<EventPattern> read_once(const Node& root, bool or_is_field, base::DiagnosticSink& sink) {
  const EventPatternContext context{.or_is_field = or_is_field, .sink = &sink};
  return PatternReader(context).read(root);
}

// A pattern with mistakes is read once more, with $or as a field. Where that does not succeed either, the
// mistakes of the first reading are those that the author has to hear of.
std::optional<EventPattern> read_twice(const Node& root, base::DiagnosticSink& sink) {
  base::DiagnosticSink first;
  std::optional<EventPattern> pattern = read_once(root, false, first);
  if (!pattern.has_value()) {
    base::DiagnosticSink second;
    pattern = read_once(root, true, second);
    if (pattern.has_value()) {
      forward(second, sink);
      return pattern;
    }
  }
  forward(first, sink);
  return pattern;
}

}  // namespace

std::optional<EventPattern> read_event_pattern(const base::SourceMap& sources, base::FileId file,
                                               base::DiagnosticSink& sink) {
  constexpr syntax::JsonLimits kLimits{.depth = 256, .bytes = kMostPatternBytes};
  constexpr syntax::JsonDialect kDialect{
      .byte_order_mark = false, .duplicate_keys = true, .text_after_end = true, .large_numbers = true};
  const std::optional<Node> root = syntax::read_json(sources, file, sink, kLimits, kDialect);
  if (!root.has_value())
    return std::nullopt;

  const std::string_view text = sources.text(file);
  const EventPatternContext context{.or_is_field = false, .sink = &sink};
  const std::size_t rest = syntax::skip_json_space(text, root->span.end);
  if (rest < text.size()) {
    const base::Span span{file, static_cast<std::uint32_t>(rest), static_cast<std::uint32_t>(text.size())};
    context.report(kTextAfterEnd, span, "the text behind the pattern is not read",
                   "delete it, or look for a closing bracket too many");
  }
  warn_of_size(context, root->span, text);
  return read_twice(*root, sink);
}

std::optional<EventPattern> read_event_pattern(const Node& node, base::DiagnosticSink& sink) {
  const std::string text = syntax::write_json(node);
  const EventPatternContext context{.or_is_field = false, .sink = &sink};
  if (text.size() > kMostPatternBytes) {
    sink.report(syntax::too_long(node.span, text.size(), kMostPatternBytes));
    return std::nullopt;
  }
  warn_of_size(context, node.span, text);
  return read_twice(node, sink);
}

}  // namespace grantproof::events
