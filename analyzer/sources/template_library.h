// SPDX-License-Identifier: Apache-2.0
//
// The template files of a set, found by what nested stacks say: a relative path, the asset path of the CDK,
// or a URL at whose end a file of the set has its name.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/translation.h"
#include "syntax/node.h"

namespace grantproof::sources {

struct TemplateFile {
  const syntax::Node* root = nullptr;
  Place place;
};

class TemplateLibrary {
 public:
  explicit TemplateLibrary(const std::vector<TemplateFile>& files);

  std::optional<std::size_t> at_path(std::string_view path) const;
  // "orders" of stacks/orders.template.json; "stacks/orders" where another file is called orders too.
  const std::string& label(std::size_t file) const { return labels_[file]; }
  // `url`: TemplateURL, resolved. `from`: path of the template that nests. `except` are not meant by a URL
  // that ends in their names: they nest, and are not nested.
  std::optional<std::size_t> nested(std::string_view url, const std::string& from,
                                    const std::vector<std::size_t>& except) const;

 private:
  std::vector<std::string> paths_;
  std::vector<std::string> labels_;
  std::map<std::string, std::size_t> by_path_;
};

}  // namespace grantproof::sources
