// SPDX-License-Identifier: Apache-2.0
//
// What the answers of AWS look like, as data: by which keys an answer is recognised, and which of its members
// are which properties. One table a topic (aws_dump_events.cpp, aws_dump_iam.cpp, …); aws_dump.cpp walks
// them. Source: AWS CLI Command Reference and the API references that it leads to.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "config/resource.h"
#include "syntax/node.h"

namespace grantproof::sources {

class AnswerReader;

// How a member of an answer becomes a property.
enum class Form {
  kName,               // a text that names the resource; where it is absent, the name in the ARN
  kText,               // a string, or a number as it is written
  kAny,                // as it is
  kMap,                // an object
  kList,               // a list
  kPattern,            // an event pattern: an object or its JSON text
  kDocument,           // a policy, in any encoding
  kNames,              // a list of texts
  kInlinePolicies,     // [{PolicyName, PolicyDocument}]
  kManagedPolicyArns,  // [{PolicyName, PolicyArn}]
  kBoundary,           // {PermissionsBoundaryType, PermissionsBoundaryArn}
};

struct Property {
  std::string_view member;
  std::string_view property;
  Form form = Form::kText;
  // AWS prints it for every resource, if only as an empty list: where it is absent, the answer does not tell.
  bool always = false;
};

// What carries a resource policy: rows of aws_dump_policy_home.cpp.
enum class Home { kEventBus, kFunction, kQueue, kTopic, kKey, kBucket, kSecret, kStream };

// A kind of resource as AWS describes it.
struct Description {
  std::string_view type;
  std::string_view one;   // "event bus"
  std::string_view many;  // "event buses"
  std::string_view arn;   // member
  std::span<const Property> properties = {};
  // What is no plain member.
  void (*complete)(const syntax::Node& entry, config::Resource& resource, AnswerReader& reader) = nullptr;
  // Member with the resource's own policy, which becomes a resource by itself.
  std::string_view policy = {};
  Home home = Home::kEventBus;
  // Reads the whole value of the key instead of each entry by the properties.
  void (*read)(const syntax::Node& value, AnswerReader& reader) = nullptr;
  // Keys that AWS does not print in it, and people put there: the rules of a bus.
  std::array<std::string_view, 2> inside = {};
};

// A member that shows what an object is. `begins`: how its text begins, '#' standing for a digit; of an ARN,
// SERVICE:RESOURCE.
struct Mark {
  std::string_view member;
  std::string_view begins = {};
};

struct Row {
  // In the answer: its value is one such resource, or a list of them. Empty: the answer itself is one.
  std::string_view key;
  const Description* description = nullptr;
  std::array<Mark, 2> marks = {};  // all of them
  // Properties that this answer never tells.
  std::array<std::string_view, 3> lacks = {};
  // Or: a parameter of the call that stands beside the key.
  std::string_view beside = {};
  // Nothing but an answer of AWS has such a key, so a value of a wrong kind is a mistake and not another
  // document.
  bool distinctive = false;
};

std::span<const Row> event_rows();
std::span<const Row> iam_rows();
std::span<const Row> organization_rows();
std::span<const Row> target_rows();    // functions, queues, topics, keys, …
std::span<const Row> recorded_rows();  // AWS Config

// Every table, one after the other: the first row that fits is the one.
std::span<const std::span<const Row>> all_rows();

bool fits(const Row& row, const syntax::Node& entry);

// ---- looking into answers

// A member that is not null; also in the letter case of SDKs and AWS Config ("roleName").
const syntax::Node* find_member(const syntax::Node& node, std::string_view name);
// A string, or a number as written; empty where there is none.
std::string_view text_of(const syntax::Node& node, std::string_view name);
bool is_text(const syntax::Node& node);
// One entry, or the entries of a list.
std::span<const syntax::Node> entries_of(const syntax::Node& value);
// "fwd" of arn:aws:iam::111122223333:role/service/fwd.
std::string_view name_in_arn(std::string_view arn);

}  // namespace grantproof::sources
