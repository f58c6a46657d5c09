// SPDX-License-Identifier: Apache-2.0
//
// The path of a field, in patterns and in events alike: keys joined by dots, so that {"a.b": 1} and
// {"a": {"b": 1}} have one and the same.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace grantproof::events {

class FieldPath {
 public:
  FieldPath() = default;  // of the whole document
  FieldPath below(std::string_view key) const {
    if (root_)
      return FieldPath(std::string(key));
    return FieldPath(text_ + '.' + std::string(key));
  }
  bool is_root() const { return root_; }
  const std::string& text() const { return text_; }

 private:
  explicit FieldPath(std::string text) : root_(false), text_(std::move(text)) {}

  bool root_ = true;  // an empty key is not the root
  std::string text_;
};

// The order of paths as UTF-16, which is the order in which the service looks at fields. REQUIRES: UTF-8.
bool path_less(std::string_view left, std::string_view right);

}  // namespace grantproof::events
