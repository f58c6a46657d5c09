// SPDX-License-Identifier: Apache-2.0
//
// The same work for every index, on several threads. Which thread takes which index is left to chance;
// results go to places of their own, so the outcome does not depend on it. The exception of the lowest index
// is thrown again.
#pragma once

#include <cstddef>
#include <functional>

namespace grantproof::checks {

// `work(index)` for 0 <= index < count on at most `jobs` threads, each with its own copy of what `make_work`
// returns.
void for_each_index(std::size_t count, unsigned jobs,
                    const std::function<std::function<void(std::size_t)>()>& make_work);

}  // namespace grantproof::checks
