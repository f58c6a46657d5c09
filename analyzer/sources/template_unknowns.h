// SPDX-License-Identifier: Apache-2.0
//
// The unknown parts (base/unknown_text.h) that the templates of one set leave in texts. Equal parts are taken
// for the same value by everything downstream, so two values that differ must never get the same text here.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "syntax/node.h"

namespace grantproof::sources {

class UnknownParts {
 public:
  // "‹what›". `identity` is what the value is, where `what`, which is for people, does not say it all; of two
  // values that would read the same the second one gets a number.
  std::string part(std::string_view what, std::string_view identity = {});

  // The same, of a value that has only letters, digits, '-', '_' and '.': account ids, regions, names that
  // AWS makes up. Such a value has no ':', '/' or ',', so a text around it can be split there.
  std::string word(std::string_view what, std::string_view identity = {});
  bool is_word(std::string_view between_marks) const;

 private:
  std::map<std::string, std::string> parts_;  // by what they are
  std::map<std::string, std::size_t> taken_;  // how many values wanted this text
  std::set<std::string, std::less<>> words_;
};

// A text without its marks, and not longer than a line: for the name of a part that is made of it.
std::string without_marks(std::string_view text);

// A string node that is one unknown part and nothing else: a value, of any kind, that is not known.
bool is_unknown(const syntax::Node& node);
bool is_unknown(std::string_view text);

}  // namespace grantproof::sources
