// SPDX-License-Identifier: Apache-2.0
#include "reports/uri.h"

#include <fmt/format.h>

#include "reports/summary.h"

namespace grantproof::reports {
namespace {

// RFC 3986 `unreserved`, and '/'. A colon is encoded, too: in the first segment it would read as a scheme.
bool is_plain(char character) {
  const bool letter = ('a' <= character && character <= 'z') || ('A' <= character && character <= 'Z');
  const bool digit = '0' <= character && character <= '9';
  return letter || digit || std::string_view("-._~/").find(character) != std::string_view::npos;
}

}  // namespace

std::string artifact_uri(std::string_view path) {
  std::string_view rest = tidy_path(path);
  if (rest.empty())
    rest = "-";  // a URI must not be empty
  std::string uri = rest.starts_with('/') ? "file://" : "";
  for (const char character : rest) {
    if (is_plain(character)) {
      uri += character;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(character));
    }
  }
  return uri;
}

}  // namespace grantproof::reports
