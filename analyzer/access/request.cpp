// SPDX-License-Identifier: Apache-2.0
#include "access/request.h"

#include <array>
#include <utility>

#include "aws/arn.h"
#include "base/text.h"
#include "syntax/json_writer.h"

namespace grantproof::access {
namespace {

using syntax::Node;
using syntax::NodeKind;

struct KindName {
  CallerKind kind;
  std::string_view name;
};

constexpr std::array<KindName, 8> kKindNames = {{
    {CallerKind::kUser, "user"},
    {CallerKind::kRole, "role"},
    {CallerKind::kAssumedRole, "assumed-role"},
    {CallerKind::kFederatedUser, "federated-user"},
    {CallerKind::kRoot, "root"},
    {CallerKind::kService, "service"},
    {CallerKind::kFederated, "federated"},
    {CallerKind::kAnonymous, "anonymous"},
}};

// Reads the members of a request and reports what is missing or of the wrong kind.
class RequestReader {
 public:
  explicit RequestReader(base::DiagnosticSink& sink) : sink_(sink) {}

  bool failed() const { return failed_; }

  void mistake(const Node& node, std::string message, std::string help = {}) {
    failed_ = true;
    report(base::Severity::kError, node.span, std::move(message), std::move(help));
  }
  void report(base::Severity severity, base::Span span, std::string message, std::string help = {}) {
    sink_.report({.rule = "GP0005",
                  .severity = severity,
                  .message = std::move(message),
                  .primary = {.span = span, .text = {}},
                  .secondary = {},
                  .help = std::move(help)});
  }

  const Node* member(const Node& map, std::string_view key, NodeKind kind) {
    const Node* node = map.find(key);
    if (node == nullptr) {
      mistake(map, "no \"" + std::string(key) + "\" in the request");
      return nullptr;
    }
    if (node->kind != kind) {
      mistake(*node, "\"" + std::string(key) + "\" is " + std::string(syntax::describe(node->kind)),
              "write " + std::string(syntax::describe(kind)));
      return nullptr;
    }
    return node;
  }
  std::string text(const Node& map, std::string_view key) {
    const Node* node = member(map, key, NodeKind::kString);
    return node == nullptr ? std::string() : node->text;
  }
  std::string optional_text(const Node& map, std::string_view key) {
    const Node* node = map.find(key);
    return node == nullptr || node->kind == NodeKind::kNull ? std::string() : text(map, key);
  }

  Caller caller(const Node& node) {
    Caller result;
    const std::string type = text(node, "type");
    const std::optional<CallerKind> kind = find_caller_kind(type);
    if (!kind.has_value()) {
      if (!type.empty()) {
        mistake(*node.find("type"), "unknown kind of principal \"" + type + "\"",
                "write user, role, assumed-role, federated-user, root, service, federated or anonymous");
      }
      return result;
    }
    result.kind = *kind;
    if (*kind == CallerKind::kAnonymous)
      return result;
    result.id = text(node, "id");
    result.account = optional_text(node, "account");
    const std::optional<aws::Arn> arn = aws::parse_arn(result.id);
    if (*kind != CallerKind::kService && *kind != CallerKind::kFederated && !arn.has_value() &&
        !result.id.empty()) {
      mistake(*node.find("id"), "the id of a " + type + " is not an ARN");
    }
    if (result.account.empty() && arn.has_value())
      result.account = arn->account;
    return result;
  }

  Resource resource(const Node& node) {
    if (node.kind == NodeKind::kString)
      return {.arn = node.text, .account = {}};
    if (node.kind != NodeKind::kMap) {
      mistake(node, "\"resource\" is " + std::string(syntax::describe(node.kind)));
      return {};
    }
    return {.arn = text(node, "arn"), .account = optional_text(node, "accountId")};
  }

  ContextValue context_value(const syntax::Member& member) {
    ContextValue value{.key = member.key, .multivalued = member.value.kind == NodeKind::kList, .values = {}};
    if (!value.multivalued) {
      value.values.push_back(scalar(member.value));
      return value;
    }
    for (const Node& item : member.value.items)
      value.values.push_back(scalar(item));
    return value;
  }

  RequestContext context(const Node& node) {
    RequestContext result;
    for (const syntax::Member& member : node.members) {
      std::string folded = base::fold_case(member.key);
      if (result.contains(folded)) {
        report(base::Severity::kWarning, member.key_span,
               "\"" + member.key + "\" is in the context twice: condition keys are compared without case",
               "the last one counts");
      }
      result.insert_or_assign(std::move(folded), context_value(member));
    }
    return result;
  }

 private:
  std::string scalar(const Node& node) {
    if (node.kind == NodeKind::kString || node.kind == NodeKind::kNumber || node.kind == NodeKind::kBool) {
      return node.text;
    }
    mistake(node, "a context value is " + std::string(syntax::describe(node.kind)),
            "write a string, or a list of strings for a multivalued key");
    return {};
  }

  base::DiagnosticSink& sink_;
  bool failed_ = false;
};

}  // namespace

std::string_view name(CallerKind kind) {
  for (const KindName& row : kKindNames) {
    if (row.kind == kind)
      return row.name;
  }
  return {};
}

std::optional<CallerKind> find_caller_kind(std::string_view name) {
  for (const KindName& row : kKindNames) {
    if (row.name == name)
      return row.kind;
  }
  return std::nullopt;
}

std::optional<Request> read_request(const Node& node, base::DiagnosticSink& sink) {
  RequestReader reader(sink);
  if (node.kind != NodeKind::kMap) {
    reader.mistake(node, "a request is " + std::string(syntax::describe(node.kind)), "write an object");
    return std::nullopt;
  }
  Request request;
  if (const Node* principal = reader.member(node, "principal", NodeKind::kMap)) {
    request.principal = reader.caller(*principal);
  }
  request.action = reader.text(node, "action");
  if (const Node* resource = node.find("resource")) {
    request.resource = reader.resource(*resource);
  } else {
    reader.mistake(node, "no \"resource\" in the request",
                   R"(write {"arn": …, "accountId": …}, or "*" for an action without resources)");
  }
  if (node.find("context") != nullptr) {
    if (const Node* context = reader.member(node, "context", NodeKind::kMap)) {
      request.context = reader.context(*context);
    }
  }
  if (reader.failed())
    return std::nullopt;
  return request;
}

syntax::Node write_request(const Request& request) {
  std::vector<std::pair<std::string, Node>> principal;
  principal.emplace_back("type", syntax::string_node(std::string(name(request.principal.kind))));
  if (!request.principal.id.empty())
    principal.emplace_back("id", syntax::string_node(request.principal.id));
  if (!request.principal.account.empty()) {
    principal.emplace_back("account", syntax::string_node(request.principal.account));
  }
  std::vector<std::pair<std::string, Node>> resource;
  resource.emplace_back("arn", syntax::string_node(request.resource.arn));
  if (!request.resource.account.empty()) {
    resource.emplace_back("accountId", syntax::string_node(request.resource.account));
  }
  std::vector<std::pair<std::string, Node>> context;
  for (const auto& [folded, value] : request.context) {
    std::vector<Node> values;
    for (const std::string& text : value.values)
      values.push_back(syntax::string_node(text));
    const bool list = value.multivalued || values.size() != 1;
    context.emplace_back(value.key, list ? syntax::list_node(std::move(values)) : std::move(values.front()));
  }
  std::vector<std::pair<std::string, Node>> members;
  members.emplace_back("principal", syntax::map_node(std::move(principal)));
  members.emplace_back("action", syntax::string_node(request.action));
  members.emplace_back("resource", syntax::map_node(std::move(resource)));
  members.emplace_back("context", syntax::map_node(std::move(context)));
  return syntax::map_node(std::move(members));
}

}  // namespace grantproof::access
