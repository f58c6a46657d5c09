// SPDX-License-Identifier: Apache-2.0
#include "reports/sarif_message.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "reports/summary.h"

namespace grantproof::reports {
namespace {

constexpr std::size_t kMostLinks = 100;

bool is_digit(char character) {
  return '0' <= character && character <= '9';
}

// "{12}" at `offset`, or nothing: what a viewer would replace.
std::string_view placeholder_at(std::string_view text, std::size_t offset) {
  if (text[offset] != '{')
    return {};
  std::size_t end = offset + 1;
  while (end < text.size() && is_digit(text[end]))
    ++end;
  if (end == offset + 1 || end == text.size() || text[end] != '}')
    return {};
  return text.substr(offset, end + 1 - offset);
}

std::string link_text(std::string_view text) {
  std::string result;
  for (const char character : literal_text(text)) {
    if (character == '[' || character == ']' || character == '\\')
      result += '\\';
    result += character;
  }
  return result;
}

// "any AWS account …" begins a sentence; "events:PutEvents …" is a name and stays as it is.
std::string capitalised(std::string text) {
  const std::string_view word = std::string_view(text).substr(0, text.find(' '));
  const bool ordinary = !word.empty() && std::all_of(word.begin(), word.end(), [](char character) {
    return 'a' <= character && character <= 'z';
  });
  if (ordinary)
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string sentence(std::string_view text) {
  if (text.ends_with(':'))
    text.remove_suffix(1);  // nothing follows
  std::string result = capitalised(std::string(text));
  if (!result.empty() && std::string_view(".!?").find(result.back()) == std::string_view::npos)
    result += '.';
  return result;
}

// The help and the text to add, in one paragraph: a message has no layout.
std::string remedy(const checks::Finding& finding) {
  std::string result = finding.help;
  for (const std::string_view line : finding.remedy_lines) {
    const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
    result += ' ';
    result += line.substr(begin);
  }
  return literal_text(capitalised(std::move(result)));
}

}  // namespace

std::vector<base::Label> linked_labels(const checks::Finding& finding) {
  const auto most = static_cast<std::ptrdiff_t>(std::min(finding.secondary.size(), kMostLinks));
  return {finding.secondary.begin(), finding.secondary.begin() + most};
}

std::string literal_text(std::string_view text) {
  std::string result;
  for (std::size_t offset = 0; offset < text.size(); ++offset) {
    const std::string_view placeholder = placeholder_at(text, offset);
    if (!placeholder.empty()) {
      result += fmt::format("{{{}}}", placeholder);  // braces are doubled
      offset += placeholder.size() - 1;
    } else {
      result += text[offset];
      // "](" is what makes brackets a link.
      if (text.substr(offset, 2) == "](")
        result += ' ';
    }
  }
  return result;
}

std::string sarif_message(const checks::Finding& finding) {
  std::string message = sentence(literal_text(finding.message));
  if (message.empty())
    message = finding.rule + '.';
  if (!finding.statement.empty()) {
    const std::string name = literal_text(quoted_statement(finding.statement));
    message += name.starts_with("statement ") ? fmt::format(" In {}.", name)
                                              : fmt::format(" In statement {}.", name);
  }
  std::size_t id = 0;
  for (const base::Label& label : linked_labels(finding)) {
    message += fmt::format(" See [{}]({}).", link_text(label.text.empty() ? "here" : label.text), ++id);
  }
  if (finding.witness) {
    std::vector<std::string> words = witness_words(*finding.witness);
    message += fmt::format(" Witness: {}.", literal_text(fmt::format("{}", fmt::join(words, ", "))));
  }
  if (finding.remedy_lines.empty() && !finding.help.empty())
    message += ' ' + sentence(literal_text(finding.help));
  if (!finding.remedy_lines.empty())
    message += ' ' + remedy(finding);
  return message;
}

std::string first_paragraph(std::string_view markdown) {
  const std::size_t claim = markdown.find("## What it proves\n");
  if (claim != std::string_view::npos)
    markdown.remove_prefix(claim);
  std::string result;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(markdown.size(), end + 1));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r'))
      line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) {
      if (!result.empty())
        break;
      continue;
    }
    if (!result.empty())
      result += ' ';
    result += line;
  }
  return result;
}

std::string first_characters(std::string_view text, std::size_t most) {
  std::size_t count = 0;
  std::size_t last = 0;  // where the last character that fits begins
  for (std::size_t offset = 0; offset < text.size(); ++count) {
    if (count == most)
      return std::string(text.substr(0, last)) + "…";
    last = offset;
    offset += base::code_point_at(text, offset).length;
  }
  return std::string(text);
}

}  // namespace grantproof::reports
