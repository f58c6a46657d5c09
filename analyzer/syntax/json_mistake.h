// SPDX-License-Identifier: Apache-2.0
//
// Why a text is not JSON, in plain words. nlohmann's own messages speak of literals and tokens; people need
// to hear what stands there, what should, and what to write instead. The reader says how far it came, this
// file looks at the next few tokens.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source.h"

namespace grantproof::syntax {

// Where in the grammar a text stands, after the last token that the reader has taken.
enum class JsonPlace {
  kDocumentStart,
  kObjectStart,  // behind '{'
  kListStart,    // behind '['
  kKey,          // behind a key
  kColon,        // behind a key and its ':'
  kMember,       // behind the value of a member
  kMemberComma,  // behind a member and ','
  kItem,         // behind an item of a list
  kItemComma,    // behind an item and ','
  kDocumentEnd,  // behind the whole document
};

struct JsonProgress {
  JsonPlace place = JsonPlace::kDocumentStart;
  std::size_t at = 0;                       // end of the last token
  std::optional<std::size_t> open_bracket;  // offset of the innermost '{' or '[' that is not closed
};

// GP0001 for the first mistake behind `progress`; nothing where the next token is in order. REQUIRES: valid
// UTF-8.
std::optional<base::Diagnostic> find_json_mistake(base::FileId file, std::string_view text,
                                                  const JsonProgress& progress);

}  // namespace grantproof::syntax
