// SPDX-License-Identifier: Apache-2.0
//
// Two Terraform resources that speak of one thing: a queue's policy is an attribute that the provider reads
// back, and may be a resource of its own. What the resource says counts, also where the plan deletes it: what
// was read back is then of before.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sources/terraform_identity.h"
#include "sources/terraform_plan.h"

namespace grantproof::sources::terraform {

class Parts {
 public:
  Parts(const Plan& plan, const Places& places, const Identities& identities);

  // Does another resource say this attribute of the owner, or the item of it with that name or ARN?
  bool says(const Resource& owner, std::string_view attribute, std::string_view key) const;
  // The resources of that type that belong to the owner and will be there.
  std::vector<const Resource*> parts(const Resource& owner, std::string_view type) const;
  // What a part belongs to and is told with; nullptr where that is not there, or it is told by itself.
  const Resource* told_with(const Resource& part) const;

 private:
  std::vector<std::string> own_texts(const Resource& owner) const;
  std::string reference_text(const Resource& part, std::string_view attribute, std::string_view type) const;
  std::string scoped(const Resource& resource, std::string_view type, std::string_view text) const;
  void read_part(const Resource& part);

  using Attribute = std::pair<const Resource*, std::string_view>;
  const Places& places_;
  const Identities& identities_;
  std::map<std::string, const Resource*> owners_;  // by type, account and name, ARN or id
  std::map<Attribute, std::set<std::string>> said_;
  std::map<Attribute, std::vector<const Resource*>> parts_;  // by owner and type
  std::map<const Resource*, const Resource*> told_with_;
};

}  // namespace grantproof::sources::terraform
