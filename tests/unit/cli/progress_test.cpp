// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.h"

#include <gtest/gtest.h>

#include "unit/cli/test_machine.h"

namespace grantproof::cli {
namespace {

TEST(ProgressLine, IsWrittenOverAndTakenAway) {
  TestMachine test;
  {
    ProgressLine progress(test.machine, true, std::chrono::milliseconds(0));
    progress.update(12'000, 3'400'000);
    EXPECT_EQ(test.errors, "\r\x1b[K12000 events, 3.4 MB");
    // Ten times a second at most.
    progress.update(12'001, 3'400'100);
    EXPECT_EQ(test.errors, "\r\x1b[K12000 events, 3.4 MB");
    progress.clear();
    progress.clear();
    EXPECT_EQ(test.errors, "\r\x1b[K12000 events, 3.4 MB\r\x1b[K");
  }
  EXPECT_EQ(test.errors, "\r\x1b[K12000 events, 3.4 MB\r\x1b[K");
}

TEST(ProgressLine, CountsPolicies) {
  TestMachine test;
  {
    ProgressLine progress(test.machine, true, std::chrono::milliseconds(0));
    progress.update_policies(41, 63);
    EXPECT_EQ(test.errors, "\r\x1b[K[41/63] policies proved");
  }
  EXPECT_EQ(test.errors, "\r\x1b[K[41/63] policies proved\r\x1b[K");
}

TEST(ProgressLine, SaysNothingAtFirstOrWhereNobodySeesIt) {
  TestMachine test;
  {
    ProgressLine soon(test.machine, true);
    soon.update(1, 1);
    ProgressLine unseen(test.machine, false, std::chrono::milliseconds(0));
    unseen.update(1, 1);
  }
  EXPECT_EQ(test.errors, "");
}

}  // namespace
}  // namespace grantproof::cli
