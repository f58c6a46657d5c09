// SPDX-License-Identifier: Apache-2.0
#include "patterns/search.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "patterns/bucket_queue.h"

namespace grantproof::patterns {
namespace {

using State = Product::State;

}  // namespace

WordResult find_any(Product& product) {
  const std::optional<State> start = product.start();
  if (!start) {
    return {RegionAnswer::kEmpty, {}};
  }
  if (product.accepting(*start)) {
    return {RegionAnswer::kFound, {}};
  }
  BucketQueue queue;
  queue.push(0, *start);
  std::vector<Product::Edge> edges;
  std::vector<State> fresh;
  while (const std::optional<State> state = queue.pop()) {
    const std::size_t known = product.state_count();
    if (!product.expand(*state, edges)) {
      return {RegionAnswer::kUndecided, {}};
    }
    fresh.clear();
    for (const Product::Edge& edge : edges) {
      if (edge.target < known || product.has_parent(edge.target)) {
        continue;
      }
      product.set_parent(edge.target, *state, edge);
      if (product.accepting(edge.target)) {
        return {RegionAnswer::kFound, product.word(edge.target)};
      }
      fresh.push_back(edge.target);
    }
    // The most ordinary one last: the last one in is looked at first.
    for (auto target = fresh.rbegin(); target != fresh.rend(); ++target) {
      queue.push(product.distance_sum(*target), *target);
    }
  }
  return {RegionAnswer::kEmpty, {}};
}

WordResult find_shortest(Product& product) {
  const std::optional<State> start = product.start();
  if (!start) {
    return {RegionAnswer::kEmpty, {}};
  }
  // A*: length so far plus the distance that is certain to remain. That sum never falls along a way, so a
  // state is final when it comes out first.
  constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> length{0};
  std::vector<bool> done{false};
  BucketQueue queue;
  queue.push(product.distance(*start), *start);
  std::vector<Product::Edge> edges;
  while (const std::optional<State> state = queue.pop()) {
    if (done[*state]) {
      continue;
    }
    done[*state] = true;
    if (product.accepting(*state)) {
      return {RegionAnswer::kFound, product.word(*state)};
    }
    if (!product.expand(*state, edges)) {
      return {RegionAnswer::kUndecided, {}};
    }
    length.resize(product.state_count(), kFar);
    done.resize(product.state_count(), false);
    for (auto edge = edges.rbegin(); edge != edges.rend(); ++edge) {
      const std::uint32_t next_length = length[*state] + edge->length;
      if (next_length < length[edge->target]) {
        length[edge->target] = next_length;
        product.set_parent(edge->target, *state, *edge);
        queue.push(next_length + product.distance(edge->target), edge->target);
      }
    }
  }
  return {RegionAnswer::kEmpty, {}};
}

}  // namespace grantproof::patterns
