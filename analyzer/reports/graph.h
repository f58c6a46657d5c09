// SPDX-License-Identifier: Apache-2.0
//
// Who is connected to what in a Configuration: `grantproof graph`. Edges say what is written down, not what
// is proved: a grant may still be denied elsewhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/configuration.h"

namespace grantproof::reports {

struct GraphNode {
  std::string id;  // ARN, or the text of a policy: "*", "service:events.amazonaws.com"
  std::string label;
  std::string kind;  // "event bus", "rule", "target", "principal", "sender", "archive"
  std::string account;
};

struct GraphEdge {
  std::size_t from = 0;  // indices of nodes
  std::size_t to = 0;
  std::string kind;   // "rule of", "target", "dead letter", "may put events", "may assume", "as", "archive"
  std::string label;  // a statement, a condition
};

struct Graph {
  std::vector<GraphNode> nodes;  // by account and id
  std::vector<GraphEdge> edges;
};

enum class GraphPart { kAll, kRoutes, kGrants, kTrust };

Graph make_graph(const config::Configuration& configuration, GraphPart part);

std::string graph_dot(const Graph& graph);
std::string graph_mermaid(const Graph& graph);
std::string graph_json(const Graph& graph);

}  // namespace grantproof::reports
