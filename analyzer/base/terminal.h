// SPDX-License-Identifier: Apache-2.0
//
// What may be written to a stream: colours, how wide, which characters. The environment is passed in, so that
// the rules can be tested.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace grantproof::base {

// The value of an environment variable; nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
Environment process_environment();

enum class Stream { kOutput, kErrors };
bool is_terminal(Stream stream);

// --color auto | always | never
enum class ColorChoice { kAuto, kAlways, kNever };

// The flag wins; then FORCE_COLOR (set and not empty; "0" means never, as in Node); then NO_COLOR (not
// empty); then CLICOLOR_FORCE (not empty, not "0"); then whether the stream is a terminal and TERM is not
// "dumb".
bool use_color(ColorChoice choice, const Environment& environment, bool terminal);

// Columns: of the terminal, else COLUMNS, else 80.
std::size_t terminal_width(Stream stream, const Environment& environment);

// Whether LC_ALL, LC_CTYPE or LANG (the first that is not empty) names UTF-8.
bool is_utf8_locale(const Environment& environment);

}  // namespace grantproof::base
