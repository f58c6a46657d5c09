// SPDX-License-Identifier: Apache-2.0
//
// What a Terraform resource is called: its name, its ARN, and which of its attributes stand for it. ARNs that
// are known only after apply are made of what is known; the rest is an unknown part in them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sources/terraform_follow.h"
#include "sources/terraform_place.h"
#include "sources/terraform_plan.h"

namespace grantproof::sources::terraform {

struct IdentityRow {
  std::string_view type;
  // ${Partition}, ${Region}, ${Account}, and attributes of the resource. Empty: an ARN of it cannot be made.
  std::string_view arn;
  std::string_view names;  // attributes that have its name, the one that is given first
  std::string_view arns;   // attributes that have its ARN
  std::string_view ids;    // attributes that have something for which the ARN may stand: a URL, a key id
  // Policies write more behind its ARN: arn:aws:s3:::bucket/*
  bool extended = false;
};
// Null where the type is none that others refer to.
const IdentityRow* find_identity(std::string_view type);

// The ARN, as far as the provider has said it; a view of the plan.
std::string_view own_arn(const Resource& resource);

// What an attribute does with a text that it gets of another resource.
enum class Taking {
  kPlain,       // anything: a name made of another name
  kReference,   // it takes it as it is: the role of a target
  kArnPattern,  // an ARN that a policy takes, perhaps with more behind it: "${aws_s3_bucket.b.arn}/*"
  kPattern,     // the same, or something else than an ARN: the value of a condition
};

class Identities {
 public:
  Identities(const Place& place, const Places& places, const Follower& follower)
      : place_(place), places_(places), follower_(follower) {}

  // Empty where none can be made.
  std::string arn(const Resource& resource) const;
  // The value of an attribute that is a text, or an unknown part.
  std::string text(const Resource& resource, std::string_view attribute) const;
  // An unknown part: "aws_sqs_queue.q.name" of this plan.
  std::string unknown(const std::string& what) const;
  std::string unknown(const Value& value) const;

  // The text of a value that is known after apply, of the one thing that it refers to. `type`: what a
  // reference to a whole resource must be. Nothing where that does not say what the text will be.
  std::optional<std::string> referred(const Value& value, Taking taking, std::string_view type) const;
  // The same for the unknown items of a list, in any order, where there is one reference for each.
  std::vector<std::optional<std::string>> referred_items(const Value& list, std::size_t count, Taking taking,
                                                         std::string_view type) const;

  // The values that were taken to be what they refer to: "aws_lambda_permission.p.source_arn is …".
  const std::set<std::string>& taken() const { return taken_; }
  void count_taken(const Value& value, const Value& referred) const;

 private:
  std::optional<std::string> meaning(const Value& value, const Value& referred, Taking taking,
                                     std::string_view type) const;
  std::string rule_arn(const Resource& resource, const Where& where) const;
  std::string place_in(std::string_view format, const Resource& resource, const Where& where) const;

  const Place& place_;
  const Places& places_;
  const Follower& follower_;
  mutable std::set<std::string> taken_;
  // Unknown parts that are spelled alike and are not the same: which is the how-manieth.
  mutable std::map<std::string, std::map<std::string, std::size_t>> alike_;
};

// Is the word one of those, with spaces between?
bool has_word(std::string_view words, std::string_view word);

}  // namespace grantproof::sources::terraform
