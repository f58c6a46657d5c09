// SPDX-License-Identifier: Apache-2.0
//
// CloudFormation and SAM templates, and the manifests of cdk.out that say in which account and region each is
// deployed. They are read together, because they refer to one another: nested stacks, exports and imports.
//
// Intrinsic functions are resolved as CloudFormation documents them. What cannot be resolved (a parameter
// without a value, a name that AWS chooses) becomes an unknown part of the text; under a condition that
// cannot be decided a resource is described once for each case (Resource::when). Nothing is dropped.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sources/translation.h"
#include "syntax/node.h"

namespace grantproof::sources {

bool is_template(const syntax::Node& root);
bool is_cdk_manifest(const syntax::Node& root);

struct TemplateUnknowns;  // template_context.h

class TemplateSet {
 public:
  // `parameters`: values that were given for parameters of templates (--parameter NAME=VALUE). Of a parameter
  // that names a value of Systems Manager it is the value itself.
  explicit TemplateSet(std::map<std::string, std::string> parameters = {});

  void add_template(syntax::Node root, Place place);
  void add_cdk_manifest(syntax::Node root, Place place);

  // Given parameters that no template has.
  std::vector<std::string> unused_parameters() const;

  // Every template's resources, in the order in which they were added; those of nested stacks behind their
  // parent's.
  // `shared`: with another version of these templates.
  void translate(Translation& into, TemplateUnknowns* shared = nullptr) const;

 private:
  struct Document {
    syntax::Node root;
    Place place;
  };
  static syntax::Node without_macros(const Document& document, Translation& into);

  std::map<std::string, std::string> parameters_;
  std::vector<Document> templates_;
  std::vector<Document> manifests_;
};

}  // namespace grantproof::sources
