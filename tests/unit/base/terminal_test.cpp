// SPDX-License-Identifier: Apache-2.0
#include "base/terminal.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace grantproof::base {
namespace {

using Variables = std::map<std::string, std::string>;

Environment environment(Variables variables) {
  return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end())
      return std::nullopt;
    return found->second;
  };
}

TEST(Terminal, Color) {
  struct Case {
    ColorChoice choice;
    Variables variables;
    bool terminal;
    bool expected;
  };
  const std::vector<Case> cases = {
      // the stream decides
      {ColorChoice::kAuto, {}, true, true},
      {ColorChoice::kAuto, {}, false, false},
      {ColorChoice::kAuto, {{"TERM", "dumb"}}, true, false},
      {ColorChoice::kAuto, {{"TERM", "xterm"}}, true, true},
      // CLICOLOR_FORCE
      {ColorChoice::kAuto, {{"CLICOLOR_FORCE", "1"}}, false, true},
      {ColorChoice::kAuto, {{"CLICOLOR_FORCE", "0"}}, false, false},
      {ColorChoice::kAuto, {{"CLICOLOR_FORCE", ""}}, false, false},
      {ColorChoice::kAuto, {{"CLICOLOR_FORCE", "1"}, {"TERM", "dumb"}}, true, true},
      // NO_COLOR is stronger, unless empty
      {ColorChoice::kAuto, {{"NO_COLOR", "1"}}, true, false},
      {ColorChoice::kAuto, {{"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}}, true, false},
      {ColorChoice::kAuto, {{"NO_COLOR", ""}}, true, true},
      // FORCE_COLOR is stronger still
      {ColorChoice::kAuto, {{"FORCE_COLOR", "1"}, {"NO_COLOR", "1"}}, false, true},
      {ColorChoice::kAuto, {{"FORCE_COLOR", ""}, {"NO_COLOR", "1"}}, true, false},
      {ColorChoice::kAuto, {{"FORCE_COLOR", "0"}}, true, false},
      // the flag wins over all
      {ColorChoice::kNever, {{"FORCE_COLOR", "1"}}, true, false},
      {ColorChoice::kAlways, {{"NO_COLOR", "1"}, {"TERM", "dumb"}}, false, true},
  };
  for (std::size_t i = 0; i < cases.size(); ++i)
    EXPECT_EQ(use_color(cases[i].choice, environment(cases[i].variables), cases[i].terminal),
              cases[i].expected)
        << i;
}

TEST(Terminal, Utf8Locale) {
  EXPECT_TRUE(is_utf8_locale(environment({{"LANG", "en_US.UTF-8"}})));
  EXPECT_TRUE(is_utf8_locale(environment({{"LC_CTYPE", "C.utf8"}, {"LANG", "C"}})));
  EXPECT_FALSE(is_utf8_locale(environment({{"LC_ALL", "C"}, {"LANG", "en_US.UTF-8"}})));
  EXPECT_TRUE(is_utf8_locale(environment({{"LC_ALL", ""}, {"LANG", "en_US.UTF-8"}})));
  EXPECT_FALSE(is_utf8_locale(environment({})));
}

TEST(Terminal, WidthFromColumnsWhereThereIsNoTerminal) {
  if (is_terminal(Stream::kOutput))
    GTEST_SKIP() << "the terminal has a width of its own";
  EXPECT_EQ(terminal_width(Stream::kOutput, environment({})), 80U);
  EXPECT_EQ(terminal_width(Stream::kOutput, environment({{"COLUMNS", "132"}})), 132U);
  EXPECT_EQ(terminal_width(Stream::kOutput, environment({{"COLUMNS", "0"}})), 80U);
  EXPECT_EQ(terminal_width(Stream::kOutput, environment({{"COLUMNS", "12x"}})), 80U);
}

TEST(Terminal, ProcessEnvironment) {
  ASSERT_EQ(::setenv("GRANTPROOF_TEST_VARIABLE", "value", 1), 0);
  EXPECT_EQ(process_environment()("GRANTPROOF_TEST_VARIABLE"), "value");
  ASSERT_EQ(::unsetenv("GRANTPROOF_TEST_VARIABLE"), 0);
  EXPECT_FALSE(process_environment()("GRANTPROOF_TEST_VARIABLE"));
}

}  // namespace
}  // namespace grantproof::base
