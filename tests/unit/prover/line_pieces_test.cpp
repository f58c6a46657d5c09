// SPDX-License-Identifier: Apache-2.0
#include "prover/line_pieces.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace grantproof::prover {
namespace {

using policy::Relation;
using policy::ValueTest;

ValueTest number(Relation relation, std::string_view value) {
  return policy::NumberTest{relation, *policy::parse_decimal(value)};
}
ValueTest date(Relation relation, std::string_view value) {
  return policy::DateTest{relation, *policy::parse_date(value)};
}
ValueTest range(std::string_view value) {
  return *policy::parse_address_range(value);
}

std::vector<std::string> pieces(const std::vector<ValueTest>& tests) {
  LinePieces line;
  line.add(tests);
  return line.representatives();
}

// Which tests a value passes.
std::string passes(const std::vector<ValueTest>& tests, std::string_view value) {
  std::string pattern;
  for (const ValueTest& test : tests)
    pattern += policy::holds(test, value) ? '1' : '0';
  return pattern;
}

bool some_passes(const std::vector<ValueTest>& tests, const std::string& pattern) {
  const std::vector<std::string> values = pieces(tests);
  return std::any_of(values.begin(), values.end(),
                     [&](const std::string& value) { return passes(tests, value) == pattern; });
}

// Every combination of outcomes that one of `values` has, some representative has.
void check_covers(const std::vector<ValueTest>& tests, const std::vector<std::string>& values) {
  for (const std::string& value : values)
    EXPECT_TRUE(some_passes(tests, passes(tests, value))) << value << " " << passes(tests, value);
}

TEST(LinePieces, WithoutTestsThereIsNothingToTell) {
  EXPECT_TRUE(pieces({}).empty());
}

TEST(LinePieces, Numbers) {
  const std::vector<ValueTest> tests = {number(Relation::kLess, "10"), number(Relation::kLessOrEqual, "10"),
                                        number(Relation::kEqual, "-2.5"), number(Relation::kGreater, "-3"),
                                        number(Relation::kGreaterOrEqual, "0.001")};
  check_covers(tests, {"-1000000", "-3", "-2.9", "-2.5", "-2.4", "0", "0.0005", "0.001", "0.002", "9.999",
                       "10", "10.0001", "1000000"});
}

TEST(LinePieces, NumbersThatAreVeryNear) {
  const std::vector<ValueTest> tests = {number(Relation::kLess, "1.000000000000000000002"),
                                        number(Relation::kLess, "1.000000000000000000001"),
                                        number(Relation::kEqual, "1.000000000000000000001")};
  check_covers(tests,
               {"1", "1.000000000000000000001", "1.0000000000000000000015", "1.000000000000000000002"});
}

TEST(LinePieces, NumbersOnBothSidesOfZero) {
  for (const char* bound : {"0", "-0", "5", "-5", "0.5", "-0.5", "1e3", "-1e-3"}) {
    const std::vector<ValueTest> tests = {number(Relation::kLess, bound), number(Relation::kEqual, bound)};
    EXPECT_TRUE(some_passes(tests, "10")) << "below " << bound;
    EXPECT_TRUE(some_passes(tests, "01")) << "at " << bound;
    EXPECT_TRUE(some_passes(tests, "00")) << "above " << bound;
  }
}

TEST(LinePieces, Dates) {
  const std::vector<ValueTest> tests = {date(Relation::kLess, "2025-01-01T00:00:00Z"),
                                        date(Relation::kEqual, "2025-01-01T00:00:00.001Z"),
                                        date(Relation::kGreater, "2024-02-29T12:00:00Z")};
  check_covers(tests, {"2000-01-01T00:00:00Z", "2024-02-29T12:00:00Z", "2024-02-29T12:00:00.001Z",
                       "2024-12-31T23:59:59.999Z", "2025-01-01T00:00:00Z", "2025-01-01T00:00:00.001Z",
                       "2030-01-01T00:00:00Z"});
  // They are written as dates that can be read back.
  for (const std::string& value : pieces(tests))
    EXPECT_TRUE(policy::parse_date(value).has_value()) << value;
}

TEST(LinePieces, DatesBefore1970) {
  const std::vector<ValueTest> tests = {date(Relation::kLess, "1969-12-31T23:59:59.500Z"),
                                        date(Relation::kLess, "1900-03-01T00:00:00Z")};
  check_covers(tests, {"1850-01-01T00:00:00Z", "1900-02-28T23:59:59Z", "1900-03-01T00:00:00Z",
                       "1969-12-31T23:59:59Z", "1969-12-31T23:59:59.500Z", "1971-01-01T00:00:00Z"});
}

TEST(LinePieces, SecondsAreNumbersAndDates) {
  const std::vector<ValueTest> tests = {number(Relation::kLess, "1735689602"),
                                        date(Relation::kGreater, "2025-01-01T00:00:00Z")};
  check_covers(tests, {"1735689599", "1735689600", "1735689601", "1735689602", "1735689603",
                       "2025-06-01T00:00:00Z", "2024-06-01T00:00:00Z"});
}

TEST(LinePieces, Addresses) {
  const std::vector<ValueTest> tests = {range("10.0.0.0/8"), range("10.1.0.0/16"), range("255.255.255.255"),
                                        range("2001:db8::/32"), range("ffff::/16")};
  check_covers(tests, {"0.0.0.0", "9.255.255.255", "10.0.0.0", "10.1.2.3", "10.2.0.0", "11.0.0.0",
                       "255.255.255.254", "255.255.255.255", "::", "2001:db7::1", "2001:db8::1",
                       "2001:db9::1", "ffff::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"});
}

TEST(LinePieces, AddressesAreWrittenSoThatTheyAreRead) {
  for (const std::string& value : pieces({range("2001:db8:0:1::/64"), range("::/1"), range("0.0.0.0/1")}))
    EXPECT_TRUE(policy::parse_address(value).has_value()) << value;
}

TEST(LinePieces, Bytes) {
  const std::vector<ValueTest> tests = {policy::BinaryTest{"abc"}, policy::BinaryTest{"a"},
                                        policy::BinaryTest{""}};
  check_covers(tests, {"YWJj", "YQ==", "", "eHl6"});
}

TEST(LinePieces, OrderOfTestsDoesNotCount) {
  std::vector<ValueTest> tests = {number(Relation::kLess, "10"), range("10.0.0.0/8"),
                                  date(Relation::kLess, "2025-01-01"), policy::BinaryTest{"abc"}};
  const std::vector<std::string> before = pieces(tests);
  std::reverse(tests.begin(), tests.end());
  EXPECT_EQ(pieces(tests), before);
}

}  // namespace
}  // namespace grantproof::prover
