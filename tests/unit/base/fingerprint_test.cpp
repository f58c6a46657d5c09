// SPDX-License-Identifier: Apache-2.0
#include "base/fingerprint.h"

#include <gtest/gtest.h>

#include <string>

namespace grantproof::base {
namespace {

// Values of an independent implementation (arbitrary precision integers): baselines store these, so they
// never change.
TEST(Fingerprint, IsFnv1aWith128Bits) {
  EXPECT_EQ(fingerprint("").text(), "6c62272e07bb014262b821756295c58d");
  EXPECT_EQ(fingerprint("a").text(), "d228cb696f1a8caf78912b704e4a8964");
  EXPECT_EQ(fingerprint("foobar").text(), "343e1662793c64bf6f0d3597ba446f18");
  EXPECT_EQ(fingerprint(std::string(100, '\xff')).text(), "16f54af15c2a766199d8061083912b69");
  EXPECT_EQ(Fingerprinter().add("ab").result().text(), "87957b35f99e7be952e131c813733388");
}

TEST(Fingerprint, FieldsDoNotRunTogether) {
  EXPECT_NE(Fingerprinter().add("ab").add("c").result(), Fingerprinter().add("a").add("bc").result());
  EXPECT_NE(Fingerprinter().add("").result(), Fingerprinter().result());
  EXPECT_EQ(Fingerprinter().add_bytes("ab").add_bytes("c").result(), fingerprint("abc"));
}

}  // namespace
}  // namespace grantproof::base
