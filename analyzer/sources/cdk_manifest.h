// SPDX-License-Identifier: Apache-2.0
//
// manifest.json of cdk.out: which template is deployed as which stack, in which account and region. Source:
// aws-cdk, cloud-assembly-schema.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/source.h"
#include "sources/translation.h"
#include "syntax/node.h"

namespace grantproof::sources {

class TemplateReports;

bool is_cdk_manifest(const syntax::Node& root);

struct CdkStack {
  std::string template_path;
  std::string name;
  std::string account;  // empty: left to the deployment, as the region
  std::string region;
  std::map<std::string, std::string> parameters;
  base::Span span;
};
// Nested assemblies have manifests of their own.
std::vector<CdkStack> read_cdk_manifest(const syntax::Node& root, const Place& place,
                                        TemplateReports& reports);

}  // namespace grantproof::sources
