// SPDX-License-Identifier: Apache-2.0
//
// YAML text between and around what yaml-cpp reports: it gives only where a node starts, tags and anchors
// included.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace grantproof::syntax {

// Past white space, line breaks and comments.
std::size_t skip_yaml_space(std::string_view text, std::size_t at);

// Past the tag or anchor that starts at `at`; `at` where none does.
std::size_t yaml_property_end(std::string_view text, std::size_t at);

// Past a plain null ("~", "null") that is written at `at`; `at` where none is.
std::size_t null_word_end(std::string_view text, std::size_t at);

// Past the bracket that closes a flow collection whose last child ends at `at`.
std::size_t flow_collection_end(std::string_view text, std::size_t at, char bracket);

// Past the name behind '*' or '&'.
std::size_t anchor_name_end(std::string_view text, std::size_t at);

// Past a quoted or block or plain scalar that starts at `at` and has this value. Nothing where it is not
// written out there: a quote that is never closed, which yaml-cpp forgives.
std::optional<std::size_t> scalar_end(std::string_view text, std::size_t at, std::string_view value);

// The first control character that may not be read: YAML allows them nowhere, but yaml-cpp takes some for the
// end of the text. A carriage return that ends no line of "\r\n" is a line break for YAML and a letter for
// yaml-cpp.
std::optional<std::size_t> first_control_character(std::string_view text);

}  // namespace grantproof::syntax
