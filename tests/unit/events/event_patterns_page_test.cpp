// SPDX-License-Identifier: Apache-2.0
//
// docs/reference/event-patterns.md: the rows of its tables are what the reader and the direct matcher say.
//
//   | in the list | matches | does not match |…     cells of JSON values in code spans, and "nothing"
//   | pattern | event | matches |…                  "yes", "no", or "refused" of "any" event
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "unit/events/event_case_file.h"

namespace grantproof::events {
namespace {

constexpr std::string_view kValues = "in the list";
constexpr std::string_view kEvents = "pattern";

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos)
    return {};
  return std::string(text.substr(begin, text.find_last_not_of(' ') + 1 - begin));
}

using Row = std::vector<std::string>;

Row cells_of(std::string_view line) {
  Row cells;
  while (line.size() > 1) {
    line.remove_prefix(1);
    const std::size_t end = std::min(line.find('|'), line.size());
    cells.push_back(trimmed(line.substr(0, end)));
    line.remove_prefix(end);
  }
  return cells;
}

// The rows of all tables, by the first cell of their headers.
std::map<std::string, std::vector<Row>> tables_of_the_page() {
  std::ifstream file(GRANTPROOF_SOURCE_DIR "/docs/reference/event-patterns.md");
  EXPECT_TRUE(file.is_open());
  std::map<std::string, std::vector<Row>> tables;
  std::optional<std::string> header;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with('|')) {
      header.reset();
      continue;
    }
    const Row cells = cells_of(line);
    if (!header.has_value()) {
      header = cells.at(0);
    } else if (!cells.at(0).starts_with("---")) {
      tables[*header].push_back(cells);
    }
  }
  return tables;
}

// "`1` `null` nothing" as the events {"a":1}, {"a":null}, {}.
std::vector<std::string> events_of(std::string_view cell) {
  std::vector<std::string> events;
  std::string outside;
  while (!cell.empty()) {
    const std::size_t opening = std::min(cell.find('`'), cell.size());
    outside += cell.substr(0, opening);
    cell.remove_prefix(opening);
    if (cell.empty())
      break;
    const std::size_t closing = cell.find('`', 1);
    if (closing == std::string_view::npos)
      throw std::invalid_argument("a code span is not closed");
    events.push_back(R"({"a":)" + std::string(cell.substr(1, closing - 1)) + "}");
    cell.remove_prefix(closing + 1);
  }
  outside = trimmed(outside);
  if (outside == "nothing") {
    events.push_back("{}");
  } else if (!outside.empty()) {
    throw std::invalid_argument("neither a code span nor \"nothing\": " + outside);
  }
  return events;
}

std::string code(std::string_view cell) {
  if (cell.size() < 2 || cell.front() != '`' || cell.back() != '`')
    throw std::invalid_argument("no code span: " + std::string(cell));
  return std::string(cell.substr(1, cell.size() - 2));
}

TEST(EventPatternsPage, ValuesMatchAsItSays) {
  const std::vector<Row> rows = tables_of_the_page()[std::string(kValues)];
  EXPECT_GE(rows.size(), 20U);
  for (const Row& row : rows) {
    ASSERT_GE(row.size(), 3U) << row.at(0);
    const std::string pattern = R"({"a":[)" + code(row[0]) + "]}";
    const std::vector<std::string> matching = events_of(row[1]);
    const std::vector<std::string> others = events_of(row[2]);
    EXPECT_FALSE(matching.empty()) << pattern;
    EXPECT_FALSE(others.empty()) << pattern;
    for (const std::string& event : matching)
      EXPECT_TRUE(tests::matches_directly(pattern, event)) << pattern << " " << event;
    for (const std::string& event : others)
      EXPECT_FALSE(tests::matches_directly(pattern, event)) << pattern << " " << event;
  }
}

TEST(EventPatternsPage, EventsMatchAsItSays) {
  const std::vector<Row> rows = tables_of_the_page()[std::string(kEvents)];
  EXPECT_GE(rows.size(), 30U);
  for (const Row& row : rows) {
    ASSERT_GE(row.size(), 3U) << row.at(0);
    const std::string pattern = code(row[0]);
    const std::string& says = row[2];
    if (says == "refused") {
      EXPECT_EQ(row[1], "any");
      EXPECT_FALSE(tests::pattern_of(pattern).has_value()) << pattern;
      continue;
    }
    ASSERT_TRUE(says == "yes" || says == "no") << says;
    EXPECT_EQ(tests::matches_directly(pattern, code(row[1])), says == "yes") << pattern << " " << row[1];
  }
}

}  // namespace
}  // namespace grantproof::events
