// SPDX-License-Identifier: Apache-2.0
//
// In which account and region the resources of a plan or state stand. A plan does not say it outright: it is
// taken from ARNs, from data that was read while planning (aws_caller_identity, aws_region), from the
// provider's configuration, and last from the file's place. What stays open is one unknown part for each
// provider configuration, so that equal things stay equal.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "sources/terraform_plan.h"
#include "sources/translation.h"

namespace grantproof::sources::terraform {

struct Where {
  std::string partition;
  std::string account;
  std::string region;
};

class Places {
 public:
  Places(const Plan& plan, const Place& place);

  const Where& where(const Resource& resource) const;

 private:
  // What is said of one provider configuration. Configurations with the same credentials share `account`.
  struct Provider {
    std::string credentials;
    std::set<std::string> regions;
    bool region_is_written = false;  // in its configuration, which has the say
  };
  Where find_where(const Resource& resource) const;
  std::string provider_key(const Resource& resource) const;
  void read_provider(const std::string& key, const syntax::Node* node);
  void read_resource(const Resource& resource);
  const syntax::Node* constant(const syntax::Node* expression, std::string_view module_address) const;
  std::string unknown(std::string_view what, const std::string& key) const;
  std::string neighbour_arn(const Resource& resource) const;
  std::string account_of(const std::string& key) const;
  std::string region_of(const std::string& key) const;

  const Plan& plan_;
  const Place& place_;
  std::map<std::string, Provider> providers_;              // by key
  std::map<std::string, std::set<std::string>> accounts_;  // by credentials
  std::map<std::string, std::string> first_keys_;          // by credentials
  std::set<std::string> partitions_;
  mutable std::map<const Resource*, Where> where_;
};

}  // namespace grantproof::sources::terraform
