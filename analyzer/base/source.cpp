// SPDX-License-Identifier: Apache-2.0
#include "base/source.h"

#include <algorithm>
#include <utility>

namespace grantproof::base {
namespace {

// Code points are counted once and remembered every so many bytes, so that a thousand findings in one line of
// 50 MB (minified JSON) do not each count that line from its start.
constexpr std::size_t kStride = 4096;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::uint32_t narrow(std::size_t offset) {
  return static_cast<std::uint32_t>(offset);
}

bool starts_code_point(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

std::uint32_t count_code_points(std::string_view text) {
  return narrow(static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point)));
}

}  // namespace

FileId SourceMap::add(std::string name, std::string text) {
  Source& added = sources_.emplace_back();
  added.name = std::move(name);
  added.text = std::move(text);
  return static_cast<FileId>(sources_.size() - 1);
}

FileId SourceMap::add_embedded(Span outer, std::string text, std::vector<std::uint32_t> offsets) {
  Source& added = sources_.emplace_back();
  added.text = std::move(text);
  // In a file that does not exist (a node made in code) the text stands for itself. So `outer` always leads
  // to an earlier source, and walking outwards ends.
  added.embedded = static_cast<std::size_t>(outer.file) + 1 < sources_.size();
  added.outer = outer;
  added.offsets = std::move(offsets);
  return static_cast<FileId>(sources_.size() - 1);
}

std::string_view SourceMap::name(FileId file) const {
  const Source* at = &source(file);
  while (at->embedded)
    at = &source(at->outer.file);
  return at->name;
}

std::string_view SourceMap::text(FileId file) const {
  return source(file).text;
}

std::string_view SourceMap::text(Span span) const {
  const std::string_view whole = text(span.file);
  const std::size_t begin = std::min<std::size_t>(span.begin, whole.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, whole.size());
  return whole.substr(begin, end - begin);
}

Span SourceMap::outermost(Span span) const {
  for (const Source* at = &source(span.file); at->embedded; at = &source(span.file)) {
    const auto map = [at](std::uint32_t offset) {
      // Tables are as long as the text and one more; a shorter one leads to the whole string, not astray.
      if (offset < at->offsets.size())
        return at->offsets[offset];
      return at->offsets.empty() ? at->outer.begin : at->outer.end;
    };
    span = Span{at->outer.file, map(span.begin), map(span.end)};
  }
  return span;
}

Location SourceMap::locate(Span span) const {
  const Span outer = outermost(span);
  return Location{name(outer.file), outer, line_column(outer.file, outer.begin),
                  line_column(outer.file, outer.end)};
}

std::string_view SourceMap::line(FileId outermost_file, std::uint32_t line) const {
  const Source& source = with_line_table(outermost_file);
  if (line == 0 || line > source.line_starts.size())
    return {};
  const std::size_t begin = source.line_starts[line - 1];
  const std::size_t end = line < source.line_starts.size() ? source.line_starts[line] : source.text.size();
  std::string_view text = std::string_view(source.text).substr(begin, end - begin);
  if (text.ends_with('\n'))
    text.remove_suffix(1);
  if (text.ends_with('\r'))
    text.remove_suffix(1);
  if (line == 1 && text.starts_with(kByteOrderMark))
    text.remove_prefix(kByteOrderMark.size());
  return text;
}

const SourceMap::Source& SourceMap::source(FileId file) const {
  static const Source kUnknown{};
  const auto index = static_cast<std::size_t>(file);
  return index < sources_.size() ? sources_[index] : kUnknown;
}

const SourceMap::Source& SourceMap::with_line_table(FileId file) const {
  const Source& source = this->source(file);
  if (!source.line_starts.empty() || static_cast<std::size_t>(file) >= sources_.size())
    return source;
  const std::string_view text = source.text;
  std::vector<std::uint32_t> starts{0};
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    starts.push_back(narrow(at + 1));
  std::vector<std::uint32_t> counts{0};
  for (std::size_t at = kStride; at <= text.size(); at += kStride)
    counts.push_back(counts.back() + count_code_points(text.substr(at - kStride, kStride)));
  source.code_point_counts = std::move(counts);
  source.line_starts = std::move(starts);
  return source;
}

LineColumn SourceMap::line_column(FileId file, std::uint32_t offset) const {
  const Source& source = with_line_table(file);
  if (source.line_starts.empty())
    return {};
  const std::string_view text = source.text;
  const std::size_t clamped = std::min<std::size_t>(offset, text.size());
  const auto code_points_before = [&](std::size_t end) {
    const std::size_t step = end / kStride;
    return source.code_point_counts[step] +
           count_code_points(text.substr(step * kStride, end - step * kStride));
  };
  const auto after = std::upper_bound(source.line_starts.begin(), source.line_starts.end(), clamped);
  std::size_t start = *(after - 1);
  // A byte order mark is not a column: editors do not show it.
  if (start == 0 && text.starts_with(kByteOrderMark))
    start = std::min(kByteOrderMark.size(), clamped);
  return LineColumn{narrow(static_cast<std::size_t>(after - source.line_starts.begin())),
                    code_points_before(clamped) - code_points_before(start) + 1};
}

}  // namespace grantproof::base
