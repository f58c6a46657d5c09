// SPDX-License-Identifier: Apache-2.0
#include "events/address.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>

namespace grantproof::events {
namespace {

TEST(Address, HasOtherSpellings) {
  struct Row {
    std::string_view left;
    std::string_view right;
    bool same;
  };
  for (const Row& row : {
           Row{"10.0.0.1", "10.0.0.1", true},
           Row{"10.0.0.1", "010.000.000.001", true},
           Row{"10.0.0.1", "::ffff:a00:1", true},
           Row{"10.0.0.1", "0:0:0:0:0:FFFF:0A00:0001", true},
           Row{"10.0.0.1", "10.0.0.2", false},
           Row{"10.0.0.1", "::a00:1", false},
           Row{"::1", "0:0:0:0:0:0:0:1", true},
           Row{"::1", "::0001", true},
           Row{"2001:DB8::A", "2001:db8:0:0::a", true},
           Row{"2001:db8::", "2001:db8:0:0:0:0:0:0", true},
           Row{"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", true},
           Row{"::", "::1", false},
       }) {
    const std::optional<Network> left = parse_address(row.left);
    const std::optional<Network> right = parse_address(row.right);
    ASSERT_TRUE(left.has_value() && right.has_value()) << row.left << " " << row.right;
    EXPECT_EQ(contains(*left, *right), row.same) << row.left << " " << row.right;
    EXPECT_EQ(contains(*right, *left), row.same) << row.left << " " << row.right;
  }
}

TEST(Address, IsWrittenInOneSpelling) {
  EXPECT_EQ(write_address(*parse_address("010.0.0.1")), "10.0.0.1");
  EXPECT_EQ(write_address(*parse_address("::ffff:0A00:1")), "10.0.0.1");
  EXPECT_EQ(write_address(*parse_address("2001:DB8::00001")), "2001:db8:0:0:0:0:0:1");
}

TEST(Address, IsNotAnyText) {
  for (const std::string_view text : {"",
                                      "1",
                                      "1.2.3",
                                      "1.2.3.4.5",
                                      "1.2.3.",
                                      ".1.2.3",
                                      "256.1.1.1",
                                      "1.2.3.4 ",
                                      " 1.2.3.4",
                                      "1.2.3.4/24",
                                      "+1.2.3.4",
                                      "-1.2.3.4",
                                      "1.2.3.0x1",
                                      "0000000010.0.0.1",
                                      "1..2.3",
                                      ":",
                                      ":::",
                                      "1:2",
                                      "::1::",
                                      ":1::2",
                                      "1:2:3:4:5:6:7:",
                                      "1:2:3:4:5:6:7:8:9",
                                      "1::2:3:4:5:6:7:8",
                                      "g::",
                                      "12345::",
                                      "2001:db8:::1",
                                      "::1%eth0",
                                      "fe80:",
                                      "10,0,0,1"}) {
    EXPECT_FALSE(parse_address(text).has_value()) << text;
  }
}

TEST(Network, ContainsAddresses) {
  struct Row {
    std::string_view network;
    std::string_view address;
    bool inside;
  };
  for (const Row& row : {
           Row{"10.0.0.0/24", "10.0.0.0", true},
           Row{"10.0.0.0/24", "10.0.0.255", true},
           Row{"10.0.0.0/24", "10.0.1.0", false},
           Row{"10.0.0.77/24", "10.0.0.1", true},  // host bits
           Row{"10.0.0.0/31", "10.0.0.1", true},
           Row{"10.0.0.0/31", "10.0.0.2", false},
           Row{"0.0.0.0/0", "255.255.255.255", true},
           Row{"0.0.0.0/0", "2001:db8::1", false},
           Row{"10.0.0.0/9", "10.127.255.255", true},
           Row{"10.0.0.0/9", "10.128.0.0", false},
           Row{"10.0.0.0/24", "::ffff:a00:1", true},
           Row{"::ffff:a00:0/24", "10.0.0.200", true},
           Row{"10.0.0.0/24", "a00:5::1", false},
           Row{"2001:db8::/32", "2001:db8:ffff::1", true},
           Row{"2001:db8::/32", "2001:db9::", false},
           Row{"2001:db8::/127", "2001:db8::1", true},
           Row{"2001:db8::/127", "2001:db8::2", false},
           Row{"::/0", "2001:db8::2", true},
           Row{"::/0", "10.0.0.1", false},
           Row{"10.0.0.0/24/", "10.0.0.9", true},  // captured
           Row{"10.0.0.0/+8", "10.9.9.9", true},
       }) {
    const auto network = parse_network(row.network);
    ASSERT_TRUE(std::holds_alternative<Network>(network)) << row.network;
    const std::optional<Network> address = parse_address(row.address);
    ASSERT_TRUE(address.has_value()) << row.address;
    EXPECT_EQ(contains(std::get<Network>(network), *address), row.inside)
        << row.network << " " << row.address;
  }
}

TEST(Network, HasOnePrefixLength) {
  struct Row {
    std::string_view text;
    NetworkMistake mistake;
  };
  for (const Row& row : {
           Row{"10.0.0.0", NetworkMistake::kSlash},
           Row{"10.0.0.0/", NetworkMistake::kSlash},
           Row{"/", NetworkMistake::kSlash},
           Row{"", NetworkMistake::kSlash},
           Row{"10.0.0.0/8/8", NetworkMistake::kSlash},
           Row{"/24", NetworkMistake::kAddress},
           Row{"10.0.0/24", NetworkMistake::kAddress},
           Row{"300.0.0.0/8", NetworkMistake::kAddress},
           Row{"host.example/24", NetworkMistake::kAddress},
           Row{"2001:db8:::/32", NetworkMistake::kAddress},
           Row{"10.0.0.0/x", NetworkMistake::kPrefixLength},
           Row{"10.0.0.0/8x", NetworkMistake::kPrefixLength},
           Row{"10.0.0.0/++8", NetworkMistake::kPrefixLength},
           Row{"10.0.0.0/99999999999", NetworkMistake::kPrefixLength},
           Row{"10.0.0.0/-1", NetworkMistake::kPrefixNegative},
           Row{"10.0.0.0/32", NetworkMistake::kPrefixTooLong},
           Row{"10.0.0.0/33", NetworkMistake::kPrefixTooLong},
           Row{"::ffff:a00:0/104", NetworkMistake::kPrefixTooLong},
           Row{"2001:db8::/128", NetworkMistake::kPrefixTooLong},
       }) {
    const auto network = parse_network(row.text);
    ASSERT_TRUE(std::holds_alternative<NetworkMistake>(network)) << row.text;
    EXPECT_EQ(std::get<NetworkMistake>(network), row.mistake) << row.text;
  }
}

}  // namespace
}  // namespace grantproof::events
