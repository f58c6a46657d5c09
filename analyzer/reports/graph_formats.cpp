// SPDX-License-Identifier: Apache-2.0
//
// A Graph as DOT (Graphviz), as a Mermaid flowchart, and as JSON.
#include <fmt/format.h>

#include <array>
#include <map>

#include "reports/graph.h"
#include "syntax/json_writer.h"

namespace grantproof::reports {
namespace {

struct Look {
  std::string_view kind;
  std::string_view dot_shape;
  std::string_view mermaid_open;
  std::string_view mermaid_close;
};
constexpr std::array<Look, 6> kLooks = {{
    {"event bus", "cylinder", "[(", ")]"},
    {"rule", "note", ">", "]"},
    {"target", "box", "[", "]"},
    {"principal", "ellipse", "([", "])"},
    {"sender", "component", "[[", "]]"},
    {"archive", "folder", "[/", "/]"},
}};

const Look& look_of(std::string_view kind) {
  for (const Look& look : kLooks) {
    if (look.kind == kind)
      return look;
  }
  return kLooks[2];
}

std::string edge_text(const GraphEdge& edge) {
  return edge.label.empty() ? edge.kind : fmt::format("{}: {}", edge.kind, edge.label);
}

std::string dot_quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char byte : text) {
    if (byte == '"' || byte == '\\')
      quoted += '\\';
    quoted += byte == '\n' ? ' ' : byte;
  }
  return quoted + '"';
}

// Mermaid has entities, but no escapes.
std::string mermaid_quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char byte : text) {
    constexpr std::string_view kSpecial = "\"#<>&;`";
    if (kSpecial.find(byte) != std::string_view::npos)
      quoted += fmt::format("#{};", static_cast<int>(static_cast<unsigned char>(byte)));
    else
      quoted += byte == '\n' ? ' ' : byte;
  }
  return quoted + '"';
}

// Indices of the nodes of each account, in order.
std::map<std::string, std::vector<std::size_t>> by_account(const Graph& graph) {
  std::map<std::string, std::vector<std::size_t>> accounts;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    accounts[graph.nodes[i].account].push_back(i);
  return accounts;
}

}  // namespace

std::string graph_dot(const Graph& graph) {
  std::string text = "digraph grantproof {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n";
  for (const auto& [account, nodes] : by_account(graph)) {
    const bool cluster = !account.empty();
    if (cluster)
      text += fmt::format("  subgraph {} {{\n    label={};\n", dot_quoted("cluster " + account),
                          dot_quoted("account " + account));
    for (const std::size_t i : nodes)
      text += fmt::format("{}  n{} [label={}, shape={}, tooltip={}];\n", cluster ? "  " : "", i,
                          dot_quoted(graph.nodes[i].label), look_of(graph.nodes[i].kind).dot_shape,
                          dot_quoted(graph.nodes[i].id));
    if (cluster)
      text += "  }\n";
  }
  for (const GraphEdge& edge : graph.edges)
    text += fmt::format("  n{} -> n{} [label={}];\n", edge.from, edge.to, dot_quoted(edge_text(edge)));
  return text + "}\n";
}

std::string graph_mermaid(const Graph& graph) {
  std::string text = "flowchart LR\n";
  std::size_t number = 0;
  for (const auto& [account, nodes] : by_account(graph)) {
    const bool cluster = !account.empty();
    if (cluster)
      text += fmt::format("  subgraph a{}[{}]\n", number++, mermaid_quoted("account " + account));
    for (const std::size_t i : nodes) {
      const Look& look = look_of(graph.nodes[i].kind);
      text += fmt::format("{}  n{}{}{}{}\n", cluster ? "  " : "", i, look.mermaid_open,
                          mermaid_quoted(graph.nodes[i].label), look.mermaid_close);
    }
    if (cluster)
      text += "  end\n";
  }
  for (const GraphEdge& edge : graph.edges)
    text += fmt::format("  n{} -->|{}| n{}\n", edge.from, mermaid_quoted(edge_text(edge)), edge.to);
  return text;
}

std::string graph_json(const Graph& graph) {
  std::vector<syntax::Node> nodes;
  nodes.reserve(graph.nodes.size());
  for (const GraphNode& node : graph.nodes)
    nodes.push_back(syntax::map_node({{"id", syntax::string_node(node.id)},
                                      {"label", syntax::string_node(node.label)},
                                      {"kind", syntax::string_node(node.kind)},
                                      {"account", syntax::string_node(node.account)}}));
  std::vector<syntax::Node> edges;
  edges.reserve(graph.edges.size());
  for (const GraphEdge& edge : graph.edges)
    edges.push_back(syntax::map_node({{"from", syntax::string_node(graph.nodes[edge.from].id)},
                                      {"to", syntax::string_node(graph.nodes[edge.to].id)},
                                      {"kind", syntax::string_node(edge.kind)},
                                      {"label", syntax::string_node(edge.label)}}));
  return syntax::write_json(syntax::map_node({{"format", syntax::string_node("grantproof-graph/1")},
                                              {"nodes", syntax::list_node(std::move(nodes))},
                                              {"edges", syntax::list_node(std::move(edges))}}),
                            2) +
         "\n";
}

}  // namespace grantproof::reports
