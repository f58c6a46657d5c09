// SPDX-License-Identifier: Apache-2.0
#include "cli/case_lines.h"

#include <fmt/format.h>

#include "reports/terminal_text.h"

namespace grantproof::cli {

constexpr std::size_t kMostMessages = 50;

base::Expected<void> CaseLines::read(const std::function<void(std::string_view)>& each) {
  return machine_.for_each_line(path_, [&](std::string_view text) {
    ++line_;
    if (text.find_first_not_of(" \t") != std::string_view::npos) {
      ++count_;
      each(text);
    }
    return true;
  });
}

void CaseLines::complain(std::string_view id, std::string_view message) {
  if (++messages_ > kMostMessages)
    return;
  machine_.errors(fmt::format("{}:{}: {}: {}\n", shown_path(), line_,
                              id.empty() ? "no case" : reports::printable(id, false),
                              reports::printable(message, false)));
  if (messages_ == kMostMessages)
    machine_.errors("further lines of this kind are left out\n");
}

}  // namespace grantproof::cli
