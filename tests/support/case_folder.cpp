// SPDX-License-Identifier: Apache-2.0
#include "support/case_folder.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace grantproof::tests {

std::optional<std::string> read_file(const std::filesystem::path& file) {
  if (!std::filesystem::is_regular_file(file))
    return std::nullopt;
  std::ifstream stream(file, std::ios::binary);
  return std::string{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<std::string> lines_of(std::string_view text) {
  constexpr std::string_view kWhite = " \t\r";
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t begin = line.find_first_not_of(kWhite);
    if (begin == std::string_view::npos || line[begin] == '#')
      continue;
    line = line.substr(begin, line.find_last_not_of(kWhite) + 1 - begin);
    lines.emplace_back(line);
  }
  return lines;
}

std::vector<std::string> command_words(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;  // '' is a word too
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0 && c == quote) {
      quote = 0;
    } else if (c == '\\' && quote != '\'' && i + 1 < line.size()) {
      word += line[++i];
      in_word = true;
    } else if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
      in_word = true;
    } else if (quote == 0 && (c == ' ' || c == '\t')) {
      if (in_word)
        words.push_back(std::move(word));
      word.clear();
      in_word = false;
    } else {
      word += c;
      in_word = true;
    }
  }
  if (quote != 0)
    throw std::invalid_argument("a quote is not closed in: " + std::string(line));
  if (in_word)
    words.push_back(std::move(word));
  if (!words.empty() && words.front() == "grantproof")
    words.erase(words.begin());
  return words;
}

std::vector<std::string> read_command(const std::filesystem::path& file) {
  const std::vector<std::string> lines = lines_of(read_file(file).value_or(""));
  if (lines.size() != 1)
    throw std::invalid_argument(file.string() + " must hold one command line");
  return command_words(lines.front());
}

std::vector<std::filesystem::path> case_folders(const std::filesystem::path& root, int depth) {
  std::vector<std::filesystem::path> folders = {root};
  for (int level = 0; level < depth; ++level) {
    std::vector<std::filesystem::path> below;
    for (const std::filesystem::path& folder : folders) {
      if (!std::filesystem::is_directory(folder))
        continue;
      for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const bool hidden = entry.path().filename().string().front() == '.';
        if (entry.is_directory() && !hidden)
          below.push_back(entry.path());
      }
    }
    folders = std::move(below);
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::string test_name(const std::filesystem::path& folder, const std::filesystem::path& root) {
  std::string name = folder.lexically_relative(root).string();
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0)
      c = '_';
  }
  return name;
}

}  // namespace grantproof::tests
