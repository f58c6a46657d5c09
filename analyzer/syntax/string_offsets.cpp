// SPDX-License-Identifier: Apache-2.0
#include "syntax/string_offsets.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "syntax/json_scan.h"

namespace grantproof::syntax {
namespace {

using Offsets = std::vector<std::uint32_t>;

std::uint32_t narrow(std::size_t offset) {
  return static_cast<std::uint32_t>(offset);
}

// ---- YAML
// -------------------------------------------------------------------------------------------------------

// What a backslash and a letter stand for (YAML 1.2, 5.7); x, u and U take so many hexadecimal digits
// instead.
struct YamlEscape {
  char letter;
  char32_t meaning;
  std::size_t digits;
};
constexpr std::array<YamlEscape, 21> kYamlEscapes{
    {{'0', 0x00, 0}, {'a', 0x07, 0},  {'b', 0x08, 0}, {'t', 0x09, 0}, {'\t', 0x09, 0},  {'n', 0x0A, 0},
     {'v', 0x0B, 0}, {'f', 0x0C, 0},  {'r', 0x0D, 0}, {'e', 0x1B, 0}, {' ', 0x20, 0},   {'"', 0x22, 0},
     {'/', 0x2F, 0}, {'\\', 0x5C, 0}, {'N', 0x85, 0}, {'_', 0xA0, 0}, {'L', 0x2028, 0}, {'P', 0x2029, 0},
     {'x', 0, 2},    {'u', 0, 4},     {'U', 0, 8}}};

// One character of the value, or none (a line break behind a backslash), as it is written.
struct Unit {
  std::size_t begin = 0;
  std::size_t length = 1;
  std::string value;
};

bool is_space(const Unit& unit) {
  return unit.value.empty() || (unit.value.size() == 1 && is_json_space(unit.value[0]));
}

// A scalar in one of YAML's styles but the literal one, unit by unit. Runs of white space are folded, so a
// run of the value stands for a run of the text; everything else corresponds one to one.
class FoldedScalar {
 public:
  FoldedScalar(std::string_view written, std::string_view value) : written_(written), value_(value) {
    if (written_.starts_with('"') || written_.starts_with('\'')) {
      quote_ = written_[0];
      at_ = 1;
    } else if (written_.starts_with('>')) {
      at_ = std::min(written_.find('\n'), written_.size());
    }
    offsets_.reserve(value.size() + 1);
  }

  std::optional<Offsets> align() {
    for (std::size_t index = 0; index < value_.size();) {
      std::size_t end = index;
      while (end < value_.size() && is_json_space(value_[end]))
        ++end;
      const std::vector<Unit> spaces = take_spaces();
      if (end > index) {
        if (spaces.empty())
          return std::nullopt;
        note_spaces(spaces, end - index, end == value_.size());
        index = end;
        continue;
      }
      const Unit unit = next_unit();
      if (unit.value.empty() || !value_.substr(index).starts_with(unit.value))
        return std::nullopt;
      offsets_.insert(offsets_.end(), unit.value.size(), narrow(unit.begin));
      at_ = unit.begin + unit.length;
      index += unit.value.size();
    }
    if (quote_ != '\0') {
      // Only spaces that count for nothing can stand between the value and the closing quote.
      take_spaces();
      if (at_ >= written_.size() || written_[at_] != quote_)
        return std::nullopt;
    }
    offsets_.push_back(narrow(at_));
    return std::move(offsets_);
  }

 private:
  Unit next_unit() const {
    if (at_ >= written_.size())
      return Unit{at_, 0, {}};
    const char byte = written_[at_];
    if (quote_ == '\'' && byte == '\'')
      return written_.substr(at_).starts_with("''") ? Unit{at_, 2, "'"} : Unit{at_, 0, {}};
    if (quote_ == '"' && byte == '"')
      return Unit{at_, 0, {}};
    if (quote_ == '"' && byte == '\\')
      return escape();
    return Unit{at_, 1, std::string(1, byte)};
  }

  Unit escape() const {
    const std::string_view rest = written_.substr(at_ + 1);
    if (rest.starts_with("\r\n"))
      return Unit{at_, 3, {}};
    if (rest.starts_with('\n'))
      return Unit{at_, 2, {}};
    for (const YamlEscape& escape : kYamlEscapes) {
      if (!rest.starts_with(escape.letter))
        continue;
      char32_t meaning = escape.meaning;
      for (std::size_t i = 1; i <= escape.digits; ++i) {
        const auto digit = i < rest.size() ? base::hexadecimal_digit(rest[i]) : std::nullopt;
        if (!digit)
          return Unit{at_, 0, {}};
        meaning = meaning * 16 + *digit;
      }
      Unit unit{at_, 2 + escape.digits, {}};
      base::append_utf8(unit.value, meaning);
      return unit;
    }
    return Unit{at_, 0, {}};
  }

  std::vector<Unit> take_spaces() {
    std::vector<Unit> spaces;
    for (Unit unit = next_unit(); unit.length > 0 && is_space(unit); unit = next_unit()) {
      at_ = unit.begin + unit.length;
      if (!unit.value.empty())
        spaces.push_back(std::move(unit));
    }
    return spaces;
  }

  // `count` spaces of the value for what was written. Folding and indentation eat from the front; behind the
  // last character they eat from the back.
  void note_spaces(const std::vector<Unit>& spaces, std::size_t count, bool last) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t from_back = std::min(count - i, spaces.size());
      const std::size_t index = last ? std::min(i, spaces.size() - 1) : spaces.size() - from_back;
      offsets_.push_back(narrow(spaces[index].begin));
    }
    if (last && quote_ == '\0') {
      const Unit& end = spaces[std::min(count, spaces.size()) - 1];
      at_ = end.begin + end.length;
    }
  }

  std::string_view written_;
  std::string_view value_;
  char quote_ = '\0';
  std::size_t at_ = 0;
  Offsets offsets_;
};

// A literal block: every line of the value is the end of a line of the text.
std::optional<Offsets> literal_offsets(std::string_view written, std::string_view value) {
  Offsets offsets;
  offsets.reserve(value.size() + 1);
  std::size_t line_begin = written.find('\n');
  if (line_begin == std::string_view::npos)
    line_begin = written.size();
  std::size_t at = line_begin;  // the break of the header's line
  for (std::size_t index = 0; index < value.size();) {
    if (line_begin >= written.size())
      return std::nullopt;
    ++line_begin;
    const std::size_t break_at = std::min(written.find('\n', line_begin), written.size());
    std::size_t line_end = break_at;
    if (line_end > line_begin && written[line_end - 1] == '\r')
      --line_end;
    const std::size_t value_end = std::min(value.find('\n', index), value.size());
    const std::string_view line = value.substr(index, value_end - index);
    if (!written.substr(line_begin, line_end - line_begin).ends_with(line))
      return std::nullopt;
    for (std::size_t i = 0; i < line.size(); ++i)
      offsets.push_back(narrow(line_end - line.size() + i));
    at = line_end;
    index = value_end;
    if (index < value.size()) {
      offsets.push_back(narrow(line_end));  // the line break
      at = std::min(break_at + 1, written.size());
      ++index;
    }
    line_begin = break_at;
  }
  offsets.push_back(narrow(at));
  return offsets;
}

}  // namespace

std::optional<Offsets> json_string_offsets(std::string_view written, std::string_view value) {
  if (!written.starts_with('"'))
    return std::nullopt;
  Offsets offsets;
  offsets.reserve(value.size() + 1);
  std::string decoded;
  decoded.reserve(value.size());
  const StringScan scan = scan_json_string(written, 0, &decoded, &offsets);
  if (scan.problem != StringProblem::kNone || decoded != value)
    return std::nullopt;
  return offsets;
}

std::optional<Offsets> yaml_string_offsets(std::string_view written, std::string_view value) {
  if (written.starts_with('|'))
    return literal_offsets(written, value);
  return FoldedScalar(written, value).align();
}

std::vector<std::uint32_t> offsets_in_source(const base::SourceMap& sources, const Node& string) {
  const std::string_view written = sources.text(string.span);
  auto offsets = json_string_offsets(written, string.text);
  if (!offsets)
    offsets = yaml_string_offsets(written, string.text);
  if (offsets) {
    for (std::uint32_t& offset : *offsets)
      offset += string.span.begin;
    return std::move(*offsets);
  }
  std::vector<std::uint32_t> coarse(string.text.size(), string.span.begin);
  coarse.push_back(string.span.end);
  return coarse;
}

}  // namespace grantproof::syntax
