// SPDX-License-Identifier: Apache-2.0
#include "support/unknown_parts.h"

#include <algorithm>
#include <stdexcept>

#include "base/unknown_text.h"
#include "support/test_policy.h"
#include "syntax/json_reader.h"
#include "syntax/json_writer.h"

namespace grantproof::tests {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::string_view kNames[] = {"Name", "parameter Account", "Bus.Arn"};
constexpr std::string_view kPlain[] = {"app",       "alice", "orders", "111122223333", "444455556666",
                                       "us-east-1", "red",   "true",   "o-a1b2c3d4e5"};
constexpr std::string_view kAny[] = {"",
                                     "*",
                                     "?",
                                     "a*",
                                     "app",
                                     "orders",
                                     "111122223333",
                                     "444455556666",
                                     "us-east-1:111122223333",
                                     "arn:aws:iam::111122223333:root",
                                     "arn:aws:events:us-east-1:111122223333:event-bus/orders",
                                     "events:*",
                                     "team/app",
                                     "true",
                                     "300"};

Node read(std::string_view json) {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add("policy.json", std::string(json));
  auto node = syntax::read_json(sources, file, sink);
  if (!node)
    throw std::invalid_argument("no JSON: " + std::string(json));
  return std::move(*node);
}

bool has_texts(std::string_view element) {
  return element != "Version" && element != "Id" && element != "Sid" && element != "Effect" &&
         element != "type";
}

// Every string below, but for keys.
template <typename Change>
void change_texts(Node& node, const Change& change) {
  if (node.kind == NodeKind::kString)
    node.text = change(node.text);
  for (Node& item : node.items)
    change_texts(item, change);
  for (syntax::Member& member : node.members) {
    if (has_texts(member.key))
      change_texts(member.value, change);
  }
}

}  // namespace

std::string UnknownParts::some_name() {
  std::string name(random_.pick(kNames));
  stood_there_[name];
  return name;
}

std::string UnknownParts::with_part(const std::string& text) {
  if (!random_.chance(22))
    return text;
  std::size_t begin = 0;
  std::size_t end = text.size();
  if (text.starts_with("arn:") && random_.chance(60)) {
    // One of its fields.
    const std::size_t field = 1 + random_.below(5);
    for (std::size_t i = 0; i < field && begin != std::string::npos; ++i) {
      begin = text.find(':', begin);
      begin = begin == std::string::npos ? begin : begin + 1;
    }
    if (begin == std::string::npos)
      return text;
    end = field == 5 ? text.size() : text.find(':', begin);
    if (field == 5 && random_.chance(50))
      begin = std::min(text.find_first_of("/:", begin), text.size() - 1) + 1;
  } else if (random_.chance(65)) {
    begin = random_.below(text.size() + 1);
    end = begin + random_.below(text.size() - begin + 1);
  }
  end = std::min(end, text.size());
  // No policy variable begins in an unknown part, or with a '$' before it.
  if (begin > 0 && text[begin - 1] == '$')
    return text;
  const std::string part = text.substr(begin, end - begin);
  const std::string name = some_name();
  if (part.find_first_of("${") == std::string::npos)
    stood_there_[name].push_back(part);
  return text.substr(0, begin) + base::unknown_text(name) + text.substr(end);
}

std::string UnknownParts::in_policy(std::string_view json) {
  Node policy = read(json);
  change_texts(policy, [this](const std::string& text) { return with_part(text); });
  return syntax::write_json(policy);
}

access::Request UnknownParts::in_request(const access::Request& request) {
  // What may be unknown: accounts, the last name of the resource, values of the context.
  std::vector<std::string> tokens;
  if (!request.principal.account.empty())
    tokens.push_back(request.principal.account);
  if (!request.resource.account.empty())
    tokens.push_back(request.resource.account);
  const std::string& arn = request.resource.arn;
  tokens.push_back(arn.substr(arn.find_last_of("/:") + 1));
  for (const auto& [key, value] : request.context) {
    if (!value.values.empty())
      tokens.push_back(value.values.front());
  }
  const std::string token = random_.pick(tokens);
  if (token.empty() || token == "*" || token.find_first_of(":/\"\\") != std::string::npos)
    return request;
  const std::string name = some_name();
  stood_there_[name].push_back(token);
  in_requests_.push_back(name);
  // Whole fields and whole values only: an account in an ARN, a name behind a slash.
  Node node = access::write_request(request);
  change_texts(node, [&](const std::string& text) {
    std::string changed;
    std::size_t begin = 0;
    while (begin <= text.size()) {
      const std::size_t end = std::min(text.find_first_of(":/", begin), text.size());
      const std::string field = text.substr(begin, end - begin);
      changed += field == token ? base::unknown_text(name) : field;
      if (end < text.size())
        changed += text[end];
      begin = end + 1;
    }
    return changed;
  });
  return read_request_text(syntax::write_json(node));
}

Values UnknownParts::values(bool plain) {
  Values values;
  for (const auto& [name, texts] : stood_there_) {
    std::string value(plain ? random_.pick(kPlain) : random_.pick(kAny));
    if (!texts.empty() && random_.chance(55))
      value = random_.pick(texts);
    if (plain && value.find_first_of("*?:/") != std::string::npos)
      value = random_.pick(kPlain);
    values[name] = value;
  }
  return values;
}

Values UnknownParts::values_without_wildcards() {
  Values values = this->values();
  for (auto& [name, value] : values) {
    if (value.find_first_of("*?") != std::string::npos)
      value = random_.pick(kPlain);
  }
  return values;
}

Values UnknownParts::values_for_requests() {
  Values values = this->values();
  const Values plain = this->values(true);
  for (const std::string& name : in_requests_)
    values[name] = plain.at(name);
  return values;
}

std::string filled(std::string_view json, const Values& values) {
  std::string result;
  for (const base::TextSegment& segment : base::cut_at_unknowns(json))
    result += segment.unknown ? values.at(std::string(segment.text)) : std::string(segment.text);
  return result;
}

access::Request filled(const access::Request& request, const Values& values) {
  return read_request_text(filled(syntax::write_json(access::write_request(request)), values));
}

}  // namespace grantproof::tests
