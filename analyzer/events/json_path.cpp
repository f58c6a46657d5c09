// SPDX-License-Identifier: Apache-2.0
#include "events/json_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "syntax/json_writer.h"

namespace grantproof::events {
namespace {

using syntax::Node;

class PathReader {
 public:
  explicit PathReader(std::string_view text) : text_(text) {}

  base::Expected<JsonPath> read() {
    if (!text_.starts_with('$'))
      return mistake("a path begins with $");
    at_ = 1;
    while (at_ < text_.size()) {
      const auto step = text_[at_] == '.' ? dotted() : text_[at_] == '[' ? bracketed() : unexpected();
      if (!step)
        return tl::unexpected<base::Error>(step.error());
      path_.steps.push_back(*step);
    }
    return std::move(path_);
  }

 private:
  tl::unexpected<base::Error> mistake(std::string_view what) const {
    return base::error(fmt::format("{} (character {} of the path)", what, at_ + 1));
  }
  base::Expected<PathStep> unexpected() const { return mistake("expected .name or [ behind this"); }

  base::Expected<PathStep> dotted() {
    ++at_;
    const std::size_t end = std::min(text_.find_first_of(".[", at_), text_.size());
    const std::string_view name = text_.substr(at_, end - at_);
    if (name.empty())
      return mistake("there is no name behind the dot");
    at_ = end;
    if (name == "*")
      return PathStep{PathStep::Kind::kEach, {}, 0};
    return PathStep{PathStep::Kind::kName, std::string(name), 0};
  }

  base::Expected<PathStep> bracketed() {
    ++at_;
    PathStep step;
    if (at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"')) {
      const std::size_t end = text_.find(text_[at_], at_ + 1);
      if (end == std::string_view::npos)
        return mistake("this quote is not closed");
      step.name = text_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
    } else if (text_.substr(at_).starts_with('*')) {
      step.kind = PathStep::Kind::kEach;
      ++at_;
    } else {
      step.kind = PathStep::Kind::kIndex;
      const char* begin = text_.data() + at_;
      const auto [end, failure] = std::from_chars(begin, text_.data() + text_.size(), step.index);
      if (failure != std::errc())
        return mistake("expected 'name', an index or * in the brackets");
      at_ += static_cast<std::size_t>(end - begin);
    }
    if (at_ >= text_.size() || text_[at_] != ']')
      return mistake("expected ]");
    ++at_;
    return step;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  JsonPath path_;
};

const Node* last_member(const Node& node, std::string_view name) {
  const auto found = std::find_if(node.members.rbegin(), node.members.rend(),
                                  [&](const syntax::Member& member) { return member.key == name; });
  return found == node.members.rend() ? nullptr : &found->value;
}

}  // namespace

base::Expected<JsonPath> parse_json_path(std::string_view text) {
  return PathReader(text).read();
}

std::optional<Node> find_path(const Node& root, const JsonPath& path) {
  std::vector<const Node*> found = {&root};
  bool each = false;
  for (const PathStep& step : path.steps) {
    std::vector<const Node*> next;
    for (const Node* node : found) {
      switch (step.kind) {
        case PathStep::Kind::kName:
          if (const Node* member = last_member(*node, step.name))
            next.push_back(member);
          break;
        case PathStep::Kind::kIndex:
          if (step.index < node->items.size())
            next.push_back(&node->items[step.index]);
          break;
        case PathStep::Kind::kEach:
          for (const Node& item : node->items)
            next.push_back(&item);
          for (const syntax::Member& member : node->members)
            next.push_back(&member.value);
          break;
      }
    }
    each = each || step.kind == PathStep::Kind::kEach;
    found = std::move(next);
  }
  if (found.empty())
    return std::nullopt;
  if (!each)
    return *found.front();
  std::vector<Node> all;
  all.reserve(found.size());
  for (const Node* node : found)
    all.push_back(*node);
  return syntax::list_node(std::move(all));
}

}  // namespace grantproof::events
