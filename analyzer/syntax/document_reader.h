// SPDX-License-Identifier: Apache-2.0
//
// What the readers of configuration and expectation files share: maps with known keys, texts, lists, and how
// their mistakes are said.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/text.h"
#include "base/unknown_text.h"
#include "syntax/node.h"

namespace grantproof::syntax {

class DocumentReader {
 public:
  explicit DocumentReader(base::DiagnosticSink& sink) : sink_(sink) {}

 protected:
  void report(base::Severity severity, base::Span span, std::string message, std::string help = {}) {
    sink_.report({.rule = {},
                  .severity = severity,
                  .message = std::move(message),
                  .primary = {.span = span, .text = {}},
                  .secondary = {},
                  .help = std::move(help)});
  }
  void mistake(base::Span span, std::string message, std::string help = {}) {
    report(base::Severity::kError, span, std::move(message), std::move(help));
  }
  void warning(base::Span span, std::string message, std::string help = {}) {
    report(base::Severity::kWarning, span, std::move(message), std::move(help));
  }

  // `names` is what could have been meant.
  void unknown(base::Span span, std::string_view what, const std::string& written,
               const std::vector<std::string_view>& names) {
    if (const auto meant = base::nearest(written, names)) {
      mistake(span, fmt::format("unknown {} \"{}\"", what, written),
              fmt::format("did you mean \"{}\"?", *meant));
      return;
    }
    std::string all;
    for (const std::string_view one : names)
      all += fmt::format("{}{}", all.empty() ? "" : ", ", one);
    mistake(span, fmt::format("unknown {} \"{}\"", what, written), fmt::format("one of: {}", all));
  }

  // A key of a map, and what its value does to a Target. No function: a key that AWS prints and that has no
  // part in routing.
  template <typename Reader, typename Into>
  struct Key {
    std::string_view name;
    void (Reader::*read)(const Node& value, Into& into) = nullptr;
  };

  template <typename Reader, typename Into>
  void map(const Node& node, std::string_view what, std::span<const Key<Reader, Into>> keys, Into& into) {
    if (node.kind != NodeKind::kMap) {
      if (!not_known(node, what))
        mistake(node.span, fmt::format("{} is {}, expected keys with values", what, describe(node.kind)));
      return;
    }
    for (const Member& member : node.members) {
      const Key<Reader, Into>* found = nullptr;
      std::vector<std::string_view> names;
      for (const Key<Reader, Into>& key : keys) {
        names.push_back(key.name);
        if (key.name == member.key)
          found = &key;
      }
      if (found == nullptr)
        unknown(member.key_span, "key", member.key, names);
      else if (found->read != nullptr && member.value.kind != NodeKind::kNull)
        (static_cast<Reader*>(this)->*found->read)(member.value, into);
    }
  }

  // Where a value that is not known stands for something larger: that is no mistake, but a gap.
  bool not_known(const Node& node, std::string_view what) {
    if (!base::has_unknown(node.text))
      return false;
    sink_.report({.rule = "GP0302",
                  .severity = base::Severity::kWarning,
                  .message = fmt::format("{} is not known: {}", what, base::list_unknowns(node.text)),
                  .primary = {.span = node.span, .text = {}},
                  .secondary = {},
                  .help = {}});
    return true;
  }

  // A number is taken as it is written: 000011112222 keeps its zeros.
  bool text(const Node& node, std::string_view what, std::string& into) {
    const bool plain = node.kind == NodeKind::kString || node.kind == NodeKind::kNumber;
    if (plain && !node.text.empty()) {
      into = node.text;
      return true;
    }
    mistake(node.span, fmt::format("{} is {}, expected a text", what,
                                   plain ? std::string_view("empty") : describe(node.kind)));
    return false;
  }

  bool is_list(const Node& node, std::string_view what) {
    if (node.kind == NodeKind::kList)
      return true;
    if (!not_known(node, what))
      mistake(node.span, fmt::format("{} is {}, expected a list", what, describe(node.kind)));
    return false;
  }

  // A whole number from `least` to `most`; nothing where it is not known.
  std::optional<unsigned> number(const Node& node, std::string_view what, unsigned least, unsigned most) {
    unsigned long long value = 0;
    bool whole = !node.text.empty() && node.text.size() < 12;
    for (const char digit : node.text) {
      whole = whole && digit >= '0' && digit <= '9';
      value = value * 10 + static_cast<unsigned long long>(digit - '0');
      if (!whole)
        break;
    }
    if (whole && value >= least && value <= most)
      return static_cast<unsigned>(value);
    if (!base::has_unknown(node.text))
      mistake(node.span, fmt::format("{} is no whole number from {} to {}", what, least, most));
    return std::nullopt;
  }

  base::DiagnosticSink& sink_;
};

}  // namespace grantproof::syntax
