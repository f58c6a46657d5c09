// SPDX-License-Identifier: Apache-2.0
#include "reports/excerpt.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "reports/terminal_text.h"

namespace grantproof::reports {
namespace {

constexpr std::size_t kLines = 8;
constexpr std::uint32_t kLinesBefore = 2;
constexpr std::size_t kNarrowest = 20;  // columns of source that are shown, however narrow the terminal

// A label on the line where it begins.
struct Mark {
  std::uint32_t line = 1;
  std::size_t begin = 0;  // bytes within the line
  std::size_t end = 0;
  bool primary = false;
  base::Label label;
};

// The part of a line that is printed.
struct Window {
  std::vector<Cell> cells;
  std::size_t first = 0;  // cells [first, last)
  std::size_t last = 0;
  bool cut_left = false;
  bool cut_right = false;
};

bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

class Painter {
 public:
  Painter(const base::SourceMap& sources, base::Severity severity, const RenderOptions& options)
      : sources_(sources), severity_(severity), options_(options), ellipsis_(options.ascii ? "..." : "…") {}

  Excerpt draw(const base::Label& primary, const std::vector<base::Label>& secondary);

 private:
  Mark mark(const base::Label& label, const base::Location& location, bool primary) const;
  std::set<std::uint32_t> choose_lines(std::vector<Mark>& marks, Excerpt& result) const;
  void draw_line(std::uint32_t line, std::vector<Mark> marks, Excerpt& result);
  Window window(std::string_view text, const Mark* anchor) const;
  bool shows(const Window& window, const Mark& mark) const;
  void draw_row(std::string_view number, std::string_view content, std::string& out) const;
  void draw_mark(const Window& window, const Mark& mark, std::string& out) const;

  const base::SourceMap& sources_;
  base::Severity severity_;
  const RenderOptions& options_;
  std::string ellipsis_;
  base::FileId file_{};
  std::size_t gutter_ = 4;
  std::size_t room_ = 80;      // columns for source text
  std::size_t rows_left_ = 0;  // for showing a line once more
};

Mark Painter::mark(const base::Label& label, const base::Location& location, bool primary) const {
  const std::string_view text = sources_.line(location.span.file, location.begin.line);
  Mark result{location.begin.line, 0, 0, primary, label};
  if (text.empty())
    return result;
  const auto line_start = static_cast<std::size_t>(text.data() - sources_.text(location.span.file).data());
  result.begin = std::min(text.size(), std::max<std::size_t>(location.span.begin, line_start) - line_start);
  result.end = std::min(text.size(), std::max<std::size_t>(location.span.end, line_start) - line_start);
  result.end = std::max(result.begin, result.end);
  while (result.end > result.begin + 1 && (text[result.end - 1] == ' ' || text[result.end - 1] == '\t'))
    --result.end;
  return result;
}

// The lines of the labels first, then what leads to the primary one, then the gaps that can be closed.
std::set<std::uint32_t> Painter::choose_lines(std::vector<Mark>& marks, Excerpt& result) const {
  std::set<std::uint32_t> lines;
  std::vector<Mark> kept;
  for (Mark& mark : marks) {
    if (lines.size() < kLines || lines.contains(mark.line)) {
      lines.insert(mark.line);
      kept.push_back(std::move(mark));
    } else {
      result.left_over.push_back(std::move(mark.label));
    }
  }
  marks = std::move(kept);
  const std::uint32_t primary_line = marks.front().line;
  for (std::uint32_t before = 1; before <= kLinesBefore && before < primary_line; ++before) {
    if (lines.size() < kLines)
      lines.insert(primary_line - before);
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> gaps;  // length, line before it
  for (auto line = lines.begin(); std::next(line) != lines.end(); ++line) {
    const std::uint32_t length = *std::next(line) - *line - 1;
    if (length > 0)
      gaps.emplace_back(length, *line);
  }
  std::sort(gaps.begin(), gaps.end());
  for (const auto& [length, before] : gaps) {
    if (lines.size() + length > kLines)
      break;
    for (std::uint32_t step = 1; step <= length; ++step)
      lines.insert(before + step);
  }
  return lines;
}

// As much of the line as there is room for, around the anchor. A line of megabytes is not laid out as a
// whole.
Window Painter::window(std::string_view text, const Mark* anchor) const {
  const std::size_t at = anchor == nullptr ? 0 : anchor->begin;
  std::size_t begin = at > 4 * room_ ? at - 4 * room_ : 0;
  std::size_t end = std::min(text.size(), at + 8 * room_);
  while (begin > 0 && continues_character(text[begin]))
    --begin;
  while (end < text.size() && continues_character(text[end]))
    ++end;

  Window result;
  result.cells = lay_out(text.substr(begin, end - begin), options_.ascii);
  for (Cell& cell : result.cells)
    cell.offset += begin;
  const std::vector<Cell>& cells = result.cells;
  std::size_t all = 0;
  for (const Cell& cell : cells)
    all += cell.columns;
  result.last = cells.size();
  if (begin == 0 && end == text.size() && all <= room_)
    return result;

  // The anchor stands in the middle, or as near to it as the ends of the line allow.
  std::size_t anchor_cell = 0;
  std::size_t marked = 0;
  for (std::size_t index = 0; anchor != nullptr && index < cells.size(); ++index) {
    if (cells[index].offset < anchor->begin)
      anchor_cell = index + 1;
    if (cells[index].offset >= anchor->begin && cells[index].offset < anchor->end)
      marked += cells[index].columns;
  }
  const std::size_t usable = room_ - 2 * columns(ellipsis_);
  const std::size_t before = (usable - std::min(usable, marked)) / 2;
  std::size_t taken = 0;
  result.first = anchor_cell;
  while (result.first > 0 && taken + cells[result.first - 1].columns <= before) {
    taken += cells[--result.first].columns;
  }
  result.last = anchor_cell;
  while (result.last < cells.size() && taken + cells[result.last].columns <= usable) {
    taken += cells[result.last++].columns;
  }
  while (result.first > 0 && taken + cells[result.first - 1].columns <= usable) {
    taken += cells[--result.first].columns;
  }
  // A side that is not cut needs no room for an ellipsis.
  result.cut_left = begin > 0 || result.first > 0;
  result.cut_right = end < text.size() || result.last < cells.size();
  const std::size_t spare = usable + columns(ellipsis_);
  while (!result.cut_left && result.last < cells.size() && taken + cells[result.last].columns <= spare) {
    taken += cells[result.last++].columns;
  }
  while (!result.cut_right && result.first > 0 && taken + cells[result.first - 1].columns <= spare) {
    taken += cells[--result.first].columns;
  }
  return result;
}

// Is the beginning of the mark to be seen?
bool Painter::shows(const Window& window, const Mark& mark) const {
  if (window.first == window.last)
    return true;
  const bool after_start = !window.cut_left || mark.begin >= window.cells[window.first].offset;
  const bool before_end = !window.cut_right || mark.begin <= window.cells[window.last - 1].offset;
  return after_start && before_end;
}

void Painter::draw_row(std::string_view number, std::string_view content, std::string& out) const {
  const std::string gutter =
      fmt::format("{}{} {}", std::string(gutter_ - std::min(gutter_, columns(number)), ' '), number,
                  options_.ascii ? "|" : "│");
  out += paint(gutter, Ink::kGutter, options_.colour);
  const std::size_t end = content.find_last_not_of(' ');
  if (end != std::string_view::npos) {
    out += ' ';
    out += content.substr(0, end + 1);
  }
  out += '\n';
}

void Painter::draw_mark(const Window& window, const Mark& mark, std::string& out) const {
  std::size_t indent = window.cut_left ? columns(ellipsis_) : 0;
  std::size_t length = 0;
  for (std::size_t index = window.first; index < window.last; ++index) {
    const Cell& cell = window.cells[index];
    if (cell.offset < mark.begin)
      indent += cell.columns;
    if (cell.offset >= mark.begin && cell.offset < mark.end)
      length += cell.columns;
  }
  std::string sign(std::max<std::size_t>(1, length), mark.primary ? '^' : '-');
  const std::string text = printable(mark.label.text, options_.ascii);
  if (!text.empty())
    sign += ' ' + text;
  const Ink colour = mark.primary ? ink(severity_) : Ink::kLabel;
  draw_row("", std::string(indent, ' ') + paint(sign, colour, options_.colour), out);
}

// A line and what is said about it. Marks that are out of sight get the line shown again, around them.
void Painter::draw_line(std::uint32_t line, std::vector<Mark> marks, Excerpt& result) {
  const std::string_view text = sources_.line(file_, line);
  std::sort(marks.begin(), marks.end(), [](const Mark& left, const Mark& right) {
    return std::pair(!left.primary, left.begin) < std::pair(!right.primary, right.begin);
  });
  bool again = false;
  do {
    if (again && rows_left_ == 0)
      break;
    if (again)
      --rows_left_;
    again = true;
    const Window part = window(text, marks.empty() ? nullptr : &marks.front());
    std::string content = part.cut_left ? ellipsis_ : "";
    for (std::size_t index = part.first; index < part.last; ++index)
      content += part.cells[index].text;
    if (part.cut_right)
      content += ellipsis_;
    draw_row(std::to_string(line), content, result.text);

    std::vector<Mark> out_of_sight;
    for (Mark& mark : marks) {
      if (shows(part, mark)) {
        draw_mark(part, mark, result.text);
      } else {
        out_of_sight.push_back(std::move(mark));
      }
    }
    marks = std::move(out_of_sight);
  } while (!marks.empty());
  for (Mark& mark : marks)
    result.left_over.push_back(std::move(mark.label));
}

Excerpt Painter::draw(const base::Label& primary, const std::vector<base::Label>& secondary) {
  Excerpt result;
  const base::Location place = sources_.locate(primary.span);
  file_ = place.span.file;
  std::vector<Mark> marks = {mark(primary, place, true)};
  for (const base::Label& label : secondary) {
    const base::Location location = sources_.locate(label.span);
    if (location.span.file == file_) {
      marks.push_back(mark(label, location, false));
    } else {
      result.left_over.push_back(label);
    }
  }
  if (sources_.text(file_).empty())
    return result;

  const std::set<std::uint32_t> lines = choose_lines(marks, result);
  gutter_ = std::to_string(*lines.rbegin()).size() + 2;
  const std::size_t taken = gutter_ + 3;
  room_ = std::max(kNarrowest, options_.width > taken ? options_.width - taken : 0);
  rows_left_ = kLines - lines.size();
  std::uint32_t last = 0;
  for (const std::uint32_t line : lines) {
    if (last != 0 && line > last + 1)
      result.text += padded("", gutter_ - columns(ellipsis_)) + ellipsis_ + '\n';
    last = line;
    std::vector<Mark> here;
    std::copy_if(marks.begin(), marks.end(), std::back_inserter(here),
                 [&](const Mark& mark) { return mark.line == line; });
    draw_line(line, std::move(here), result);
  }
  return result;
}

}  // namespace

Excerpt excerpt(const base::SourceMap& sources, base::Severity severity, const base::Label& primary,
                const std::vector<base::Label>& secondary, const RenderOptions& options) {
  return Painter(sources, severity, options).draw(primary, secondary);
}

}  // namespace grantproof::reports
