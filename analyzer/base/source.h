// SPDX-License-Identifier: Apache-2.0
//
// Where text came from. A SourceMap owns the text of every document that was read; everything after the
// readers carries Spans into it, and line and column are computed only when something is printed.
//
// A policy that arrives as a JSON string inside another document, or URL-encoded, is decoded into an
// *embedded* source that remembers, byte by byte, where each decoded byte stood. Its spans therefore still
// lead to the file that the user has open.
#pragma once

#include <compare>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace grantproof::base {

enum class FileId : std::uint32_t {};

// Bytes [begin, end) of one source.
struct Span {
  FileId file{};
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

// Both count from 1; column counts code points, not bytes.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend auto operator<=>(const LineColumn&, const LineColumn&) = default;
};

// A span as a person sees it: always in the outermost file.
struct Location {
  std::string_view file_name;
  Span span;  // in the outermost file
  LineColumn begin;
  LineColumn end;  // one past the last code point
};

// Adding needs the map for itself; reading from several threads is safe only after the first locate() of each
// file, which fills that file's line table. A span of a file that the map does not have (nodes made in code)
// is located at the start of a file without name and text.
class SourceMap {
 public:
  // Takes ownership of the text. Texts over 4 GiB are the caller's error (readers refuse far smaller ones).
  FileId add(std::string name, std::string text);

  // Text decoded from `outer` (a JSON string, a URL-encoded string). `offsets[i]` is the byte of the outer
  // source that decoded byte i came from; offsets.size() == text.size() + 1, the last is the end.
  FileId add_embedded(Span outer, std::string text, std::vector<std::uint32_t> offsets);

  // Valid for the life of the map.
  std::string_view name(FileId file) const;  // of the outermost file
  std::string_view text(FileId file) const;
  std::string_view text(Span span) const;

  // The same place in the outermost file.
  Span outermost(Span span) const;
  Location locate(Span span) const;

  // The whole text of a line of the outermost file, without its line end; line counts from 1.
  std::string_view line(FileId outermost_file, std::uint32_t line) const;

 private:
  struct Source {
    std::string name;
    std::string text;
    bool embedded = false;
    Span outer;
    std::vector<std::uint32_t> offsets;
    mutable std::vector<std::uint32_t> line_starts;        // filled on first use
    mutable std::vector<std::uint32_t> code_point_counts;  // before byte 0, kStride, 2 * kStride, ...
  };
  const Source& source(FileId file) const;
  const Source& with_line_table(FileId file) const;
  LineColumn line_column(FileId file, std::uint32_t offset) const;

  std::deque<Source> sources_;  // not a vector: views of names and texts stay valid when sources are added
};

}  // namespace grantproof::base
