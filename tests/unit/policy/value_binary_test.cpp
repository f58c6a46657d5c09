// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "policy/matching.h"

namespace grantproof::policy {
namespace {

TEST(DecodeBase64, ReadsTheVectorsOfRfc4648) {
  struct Row {
    std::string_view text;
    std::string_view bytes;
  };
  static constexpr std::array kRows = {
      Row{"", ""},
      Row{"Zg==", "f"},
      Row{"Zm8=", "fo"},
      Row{"Zm9v", "foo"},
      Row{"Zm9vYg==", "foob"},
      Row{"Zm9vYmE=", "fooba"},
      Row{"Zm9vYmFy", "foobar"},
      Row{"+/+/", "\xfb\xff\xbf"},
  };
  for (const Row& row : kRows)
    EXPECT_EQ(decode_base64(row.text), std::string(row.bytes)) << row.text;
  EXPECT_EQ(decode_base64("AAAA"), std::string(3, '\0'));
}

TEST(DecodeBase64, RefusesWhatIsNone) {
  for (const std::string_view text :
       {"Zg", "Zg=", "Zm9", "Z===", "====", "Zm9v\n", "Zm 9", "-_-_", "Zg==Zg=="}) {
    EXPECT_FALSE(decode_base64(text).has_value()) << '"' << text << '"';
  }
}

}  // namespace
}  // namespace grantproof::policy
