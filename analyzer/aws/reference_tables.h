// SPDX-License-Identifier: Apache-2.0
//
// What a Reference holds: views into a block of tables, and the block itself where it was made at run time.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

#include "aws/reference.h"
#include "aws/reference_blob.h"
#include "aws/reference_compiler.h"

namespace grantproof::aws {

struct Reference::Tables {
  explicit Tables(const void* embedded) : view(embedded) {}
  explicit Tables(Block made) : block(std::move(made)), view(block.data()) {}
  Tables(const Tables&) = delete;  // the views lead into the block
  Tables& operator=(const Tables&) = delete;

  // Actions by the row of a key they list, filled as it is asked for. The vectors stay where they are.
  std::mutex listing_mutex;
  std::map<std::uint32_t, std::vector<ActionId>> listing;

  Block block;  // empty for the embedded tables
  blob::View view;
};

}  // namespace grantproof::aws
