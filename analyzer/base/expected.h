// SPDX-License-Identifier: Apache-2.0
//
// A value, or the reason there is none. For what is wrong with the world (a file that is missing, a write
// that failed), not for mistakes in the user's documents: those are Diagnostics.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace grantproof::base {

struct Error {
  std::string message;
};

template <typename T>
using Expected = tl::expected<T, Error>;

inline tl::unexpected<Error> error(std::string message) {
  return tl::unexpected<Error>(Error{std::move(message)});
}

}  // namespace grantproof::base
