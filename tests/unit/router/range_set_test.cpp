// SPDX-License-Identifier: Apache-2.0
#include "router/range_set.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/random.h"

namespace grantproof::router {
namespace {

events::NumericRange between(std::optional<double> lower, std::optional<double> upper) {
  events::NumericRange range;
  if (lower)
    range.lower = events::Bound{*lower, true};
  if (upper)
    range.upper = events::Bound{*upper, true};
  return range;
}

std::vector<std::uint32_t> found(const RangeSet& set, double value) {
  std::vector<std::uint32_t> numbers;
  set.find(value, [&](std::uint32_t number) { numbers.push_back(number); });
  std::ranges::sort(numbers);
  return numbers;
}

TEST(RangeSet, FindsWhatHoldsTheValue) {
  RangeSet set;
  EXPECT_TRUE(set.empty());
  set.add(between(1, 3), 0);
  set.add(between(2, {}), 1);
  set.add(between({}, 2), 2);
  set.add(between(5, 5), 3);
  EXPECT_EQ(found(set, 0), (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(found(set, 2), (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(found(set, 5), (std::vector<std::uint32_t>{1, 3}));
  set.remove(1);
  EXPECT_EQ(found(set, 5), (std::vector<std::uint32_t>{3}));
  for (const std::uint32_t number : {0U, 2U, 3U})
    set.remove(number);
  EXPECT_TRUE(set.empty());
}

TEST(RangeSet, AgreesWithAList) {
  tests::Random random(17);
  RangeSet set;
  std::vector<std::pair<std::uint32_t, std::pair<double, double>>> list;
  for (std::uint32_t number = 0; number < 2'000; ++number) {
    const auto lower = static_cast<double>(random.below(100));
    const double upper = lower + static_cast<double>(random.below(20));
    set.add(between(lower, upper), number);
    list.push_back({number, {lower, upper}});
    if (random.chance(30)) {
      const std::size_t gone = random.below(list.size());
      set.remove(list[gone].first);
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(gone));
    }
    if (number % 50 != 0)
      continue;
    for (int value = -1; value < 122; ++value) {
      std::vector<std::uint32_t> expected;
      for (const auto& [of, range] : list) {
        if (range.first <= value && value <= range.second)
          expected.push_back(of);
      }
      ASSERT_EQ(found(set, value), expected) << number << " " << value;
    }
  }
}

}  // namespace
}  // namespace grantproof::router
