// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "policy/matching.h"

namespace grantproof::policy {
namespace {

constexpr Address v4(std::uint64_t value) {
  return {.v6 = false, .high = 0, .low = value};
}
constexpr Address v6(std::uint64_t high, std::uint64_t low) {
  return {.v6 = true, .high = high, .low = low};
}

TEST(ParseAddress, ReadsBothFamilies) {
  struct Row {
    std::string_view text;
    Address address;
  };
  static constexpr std::array kRows = {
      Row{"0.0.0.0", v4(0)},
      Row{"203.0.113.9", v4(0xcb007109)},
      Row{"255.255.255.255", v4(0xffffffff)},
      Row{"010.001.000.009", v4(0x0a010009)},  // captured: leading zeros are decimal
      Row{"::", v6(0, 0)},
      Row{"::1", v6(0, 1)},
      Row{"2001:db8::1", v6(0x20010db800000000, 1)},
      Row{"2001:DB8:0:0:0:0:0:1", v6(0x20010db800000000, 1)},
      Row{"2001:db8:1:2:3:4:5:6", v6(0x20010db800010002, 0x0003000400050006)},
      Row{"2001:db8:1:2:3:4:5::", v6(0x20010db800010002, 0x0003000400050000)},
      Row{"fe80::", v6(0xfe80000000000000, 0)},
      // a v4-mapped address is IPv4
      Row{"::ffff:203.0.113.9", v4(0xcb007109)},
      Row{"::ffff:cb00:7109", v4(0xcb007109)},
      Row{"0:0:0:0:0:ffff:cb00:7109", v4(0xcb007109)},
      // captured spellings
      Row{":2001:db8::1", v6(0x000020010db80000, 1)},
      Row{"2001:db8:::1", v6(0x20010db800000000, 1)},
      Row{"2001:db8:1:2:3:4:5:6:", v6(0x20010db800010002, 0x0003000400050006)},
      Row{"2001:db8::1:", v6(0x20010db800000000, 1)},
  };
  for (const Row& row : kRows)
    EXPECT_EQ(parse_address(row.text), row.address) << row.text;
}

TEST(ParseAddress, RefusesWhatIsNoAddress) {
  for (const std::string_view text : {"",
                                      "1.2.3",
                                      "1.2.3.4.5",
                                      "1.2.3.256",
                                      "1.2.3.",
                                      "1..3.4",
                                      "1.2.3.4 ",
                                      "1.2.3.4/32",
                                      "a.b.c.d",
                                      "0x1.2.3.4",
                                      "1:2:3:4:5:6:7",
                                      "1:2:3:4:5:6:7:8:9",
                                      "1::2::3",
                                      "12345::",
                                      "g::",
                                      "::1%eth0",
                                      "[::1]",
                                      "::1.2.3.4",
                                      "2001:db8::1.2.3.4",
                                      "1:2:3:4:5:6:7::8",
                                      "localhost"}) {
    EXPECT_FALSE(parse_address(text).has_value()) << '"' << text << '"';
  }
}

TEST(ParseAddressRange, HoldsTheAddressesOfTheBlock) {
  struct Row {
    std::string_view range;
    std::string_view address;
    bool inside;
  };
  static constexpr std::array kRows = {
      // everything of the family, nothing of the other
      Row{"0.0.0.0/0", "203.0.113.9", true},
      Row{"0.0.0.0/0", "10.1.2.3", true},
      Row{"0.0.0.0/0", "2001:db8::1", false},
      Row{"::/0", "2001:db8::1", true},
      Row{"::/0", "203.0.113.9", false},
      // edges
      Row{"203.0.113.0/24", "203.0.113.0", true},
      Row{"203.0.113.0/24", "203.0.113.255", true},
      Row{"203.0.113.0/24", "203.0.112.255", false},
      Row{"203.0.113.0/24", "203.0.114.0", false},
      Row{"203.0.113.0/25", "203.0.113.128", false},
      Row{"10.0.0.0/8", "10.255.255.255", true},
      Row{"2001:db8::/32", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", true},
      Row{"2001:db8::/32", "2001:db9::", false},
      Row{"2001:db8:0:1::/64", "2001:db8:0:1:ffff::", true},
      Row{"2001:db8:0:1::/64", "2001:db8:0:2::", false},
      Row{"2001:db8::4/127", "2001:db8::5", true},
      Row{"2001:db8::4/127", "2001:db8::6", false},
      // one address
      Row{"203.0.113.7", "203.0.113.7", true},
      Row{"203.0.113.7", "203.0.113.8", false},
      Row{"203.0.113.7/32", "203.0.113.7", true},
      Row{"2001:db8::1", "2001:db8::1", true},
      Row{"2001:db8::1", "2001:db8::2", false},
      // host bits of IPv4 are ignored
      Row{"203.0.113.77/24", "203.0.113.1", true},
      // spelling
      Row{"203.0.113.0/+24", "203.0.113.1", true},
      Row{"203.0.113.0/024", "203.0.113.1", true},
      // a mapped request compares as IPv4; a mapped range is IPv6 and holds none
      Row{"203.0.113.0/24", "::ffff:203.0.113.9", true},
      Row{"::ffff:cb00:7100/120", "203.0.113.9", false},
      Row{"::ffff:cb00:7100/120", "::ffff:203.0.113.9", false},
  };
  for (const Row& row : kRows) {
    const auto range = parse_address_range(row.range);
    ASSERT_TRUE(range.has_value()) << row.range;
    EXPECT_EQ(holds(ValueTest(*range), row.address), row.inside) << row.range << ' ' << row.address;
  }
}

TEST(ParseAddressRange, RefusesWhatMatchesNothing) {
  for (const std::string_view text :
       {"2001:db8::5/64", "2001:db8::1/127", "::1/0", "203.0.113.0/33", "203.0.113.0/", "203.0.113.0/-1",
        "::/129", "203.0.113/24", "::ffff:203.0.113.0/120", "203.0.113.0/24/24", "", "/8", "any"}) {
    EXPECT_FALSE(parse_address_range(text).has_value()) << '"' << text << '"';
  }
}

}  // namespace
}  // namespace grantproof::policy
