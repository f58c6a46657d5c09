// SPDX-License-Identifier: Apache-2.0
//
// A SAM template while it is expanded (serverless.h): the resources that were made so far, what was said
// about it, and how large it may become. Every kind of SAM resource writes into it.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/source.h"
#include "sources/node_builder.h"
#include "sources/translation.h"
#include "syntax/node.h"

namespace grantproof::sources {

// What makes a resource: a SAM resource, one of its events, a connector. The resource has its spans and its
// condition.
struct Maker {
  base::Span name;  // its key
  base::Span span;
  const syntax::Node* condition = nullptr;  // null: none
};

struct SamResource {
  std::string logical_id;
  base::Span name;
  syntax::Node attributes;  // the resource without its properties
  syntax::Node properties;  // with the Globals; a map
  syntax::Node condition;   // null: none

  Maker maker() const { return {name, attributes.span, is_null(&condition) ? nullptr : &condition}; }
};

// CloudFormation's limit.
constexpr std::size_t kLongestLogicalId = 255;

class ServerlessExpansion {
 public:
  // `root` is the template. It has to outlive this, but its members may move: only what they own is kept.
  ServerlessExpansion(const syntax::Node& root, Translation& into);

  // ---- what is said
  void mistake(base::Span span, std::string message, std::string help = {});
  void warning(base::Span span, std::string message, std::string help = {});
  void gap(base::Span span, std::string message, std::string about, std::string help = {});

  // ---- how large it may become
  // Is there room for so many nodes more? Once there is not, this is said, and there never is again.
  bool has_room(std::size_t nodes, base::Span span);
  // Long keys count as several nodes.
  static std::size_t size_of_key(const syntax::Member& member) {
    return 1 + member.key.size() / kBytesOfANode;
  }
  // A copy of the user's; an unknown part where there is no room.
  syntax::Node copy(const syntax::Node& node);

  // ---- what is made
  // The logical ids of the template itself, which must not be made a second time.
  void reserve(const std::string& logical_id) { written_ids_.insert(logical_id); }
  // A resource that stands in the template, under its own name.
  void put(std::string logical_id, base::Span name, syntax::Node resource);
  void put(SamResource resource, std::string type, syntax::Node properties);
  // A resource that SAM adds. Made twice alike, it is one.
  void add(std::string logical_id, std::string_view type, syntax::Node properties, const Maker& maker);
  // Null where there is none.
  const syntax::Node* find(std::string_view logical_id) const;

  // The name of a condition that is true when this one is false, or when both are true.
  std::string negated(const std::string& condition, base::Span span);
  std::string both(const std::string& first, const std::string& second, base::Span span);

  // "Handler.Alias" in a reference means this resource.
  void refer(std::string name, std::string logical_id) {
    references_[std::move(name)] = std::move(logical_id);
  }
  const std::unordered_map<std::string, std::string>& references() const { return references_; }

  // ---- what the template says
  // A text, or the default of the parameter that it refers to; empty where it is neither.
  std::string_view text_of(const syntax::Node& node) const;
  // The stages of the template's APIs: the name, or "" where it is not written as a text.
  std::unordered_map<std::string, std::string> api_stages;

  // ---- for the end
  void use_implicit_api(std::string_view type, const Maker& user);
  void postpone_connector(SamResource connector) { connectors_.push_back(std::move(connector)); }
  std::deque<SamResource>& connectors() { return connectors_; }
  // The first event of an API that the template does not describe; by the API's type.
  const std::unordered_map<std::string, Maker>& implicit_apis() const { return implicit_apis_; }
  std::vector<syntax::Member> take_resources();
  std::vector<syntax::Member> take_conditions() { return std::move(conditions_); }

 private:
  static constexpr std::size_t kBytesOfANode = 64;
  static std::size_t size_of(const syntax::Node& node);

  Translation& into_;
  std::size_t room_;
  bool full_ = false;
  std::unordered_map<std::string, const syntax::Node*> parameters_;
  std::unordered_set<std::string> written_ids_;
  std::deque<syntax::Member> resources_;  // references to its elements stay
  std::unordered_map<std::string, const syntax::Node*> made_;
  std::unordered_set<std::string> condition_names_;
  std::vector<syntax::Member> conditions_;
  std::unordered_map<std::string, std::string> references_;
  std::unordered_map<std::string, Maker> implicit_apis_;
  std::deque<SamResource> connectors_;
};

}  // namespace grantproof::sources
