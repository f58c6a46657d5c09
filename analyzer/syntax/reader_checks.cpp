// SPDX-License-Identifier: Apache-2.0
#include "syntax/reader_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace grantproof::syntax {
namespace {

constexpr std::size_t kMostDuplicates = 100;

void report_duplicate(const Member& first, const Member& again, std::size_t& reported,
                      base::DiagnosticSink& sink) {
  ++reported;
  if (reported > kMostDuplicates + 1)
    return;
  base::Diagnostic diagnostic = reader_error(
      "GP0002", again.key_span, fmt::format("the key \"{}\" stands twice in this object", again.key),
      "AWS refuses a policy with a repeated key, and other readers drop one of the two: keep one, or merge "
      "their values");
  diagnostic.secondary.push_back(base::Label{first.key_span, "first here"});
  if (reported == kMostDuplicates + 1)
    diagnostic.message += "; further repeated keys are not listed";
  sink.report(std::move(diagnostic));
}

}  // namespace

base::Diagnostic reader_error(std::string_view rule, base::Span span, std::string message, std::string help) {
  base::Diagnostic diagnostic;
  diagnostic.rule = rule;
  diagnostic.message = std::move(message);
  diagnostic.primary = base::Label{span, {}};
  diagnostic.help = std::move(help);
  return diagnostic;
}

bool check_text(std::string_view text, base::FileId file, const JsonLimits& limits,
                base::DiagnosticSink& sink) {
  if (text.size() > limits.bytes) {
    sink.report(too_long(base::Span{file, 0, 0}, text.size(), limits.bytes));
    return false;
  }
  const auto invalid = base::first_invalid_utf8(text);
  if (!invalid)
    return true;
  const auto at = static_cast<std::uint32_t>(*invalid);
  const bool utf16 = at == 0 && (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"));
  const auto byte = static_cast<unsigned>(static_cast<unsigned char>(text[at]));
  sink.report(reader_error("GP0004", base::Span{file, at, at + 1},
                           utf16 ? std::string("the text is UTF-16, not UTF-8")
                                 : fmt::format("found the byte 0x{:02X}, which is not UTF-8", byte),
                           "save the file as UTF-8"));
  return false;
}

base::Diagnostic too_long(base::Span span, std::size_t bytes, std::size_t limit) {
  return reader_error("GP0003", span,
                      fmt::format("the text has {} bytes, more than the limit of {}", bytes, limit));
}

base::Diagnostic too_deep(base::Span span, std::size_t depth) {
  return reader_error("GP0003", span, fmt::format("the document is nested more than {} levels deep", depth));
}

base::Diagnostic too_many_nodes(base::Span span, std::size_t nodes) {
  return reader_error("GP0003", span, fmt::format("the document has more than {} values", nodes));
}

void report_duplicate_keys(const Node& map, std::size_t& reported, base::DiagnosticSink& sink) {
  const std::vector<Member>& members = map.members;
  constexpr std::size_t kFew = 16;
  if (members.size() <= kFew) {
    for (std::size_t i = 1; i < members.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (members[i].key == members[j].key) {
          report_duplicate(members[j], members[i], reported, sink);
          break;
        }
    return;
  }
  std::vector<const Member*> sorted;
  sorted.reserve(members.size());
  for (const Member& member : members)
    sorted.push_back(&member);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Member* left, const Member* right) { return left->key < right->key; });
  const Member* first = sorted.front();
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i]->key == first->key) {
      report_duplicate(*first, *sorted[i], reported, sink);
    } else {
      first = sorted[i];
    }
  }
}

}  // namespace grantproof::syntax
