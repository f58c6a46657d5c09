// SPDX-License-Identifier: Apache-2.0
#include "checks/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace grantproof::checks {

void for_each_index(std::size_t count, unsigned jobs,
                    const std::function<std::function<void(std::size_t)>()>& make_work) {
  const std::size_t threads = std::min<std::size_t>(std::max(jobs, 1U), count);
  std::vector<std::exception_ptr> errors(count);
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    std::function<void(std::size_t)> work;
    for (std::size_t index = next++; index < count; index = next++) {
      try {
        if (!work)
          work = make_work();
        work(index);
      } catch (...) {
        errors[index] = std::current_exception();
      }
    }
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads; ++i)
    others.emplace_back(run);
  run();
  for (std::thread& thread : others)
    thread.join();
  for (const std::exception_ptr& error : errors) {
    if (error)
      std::rethrow_exception(error);
  }
}

}  // namespace grantproof::checks
