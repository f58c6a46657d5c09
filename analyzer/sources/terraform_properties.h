// SPDX-License-Identifier: Apache-2.0
//
// The attributes of a Terraform resource to properties of CloudFormation, by a row of terraform_table.h.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sources/terraform_parts.h"
#include "sources/terraform_policy.h"
#include "sources/terraform_table.h"
#include "sources/terraform_text.h"
#include "syntax/node.h"

namespace grantproof::sources::terraform {

class Properties {
 public:
  Properties(const Identities& identities, const Texts& texts, const Policies& policies, const Parts& parts)
      : identities_(identities), texts_(texts), policies_(policies), parts_(parts) {}

  syntax::Node read(const Resource& resource, const ResourceRow& row) const;

 private:
  // Of one object: `self` is the resource, or a block of it.
  struct Object {
    const Resource& resource;
    const ResourceRow& row;
    Value self;
  };
  syntax::Node read_object(const Object& object, std::span<const AttributeRow> rows) const;
  std::optional<syntax::Node> read_property(const Object& object, const AttributeRow& row) const;
  std::optional<syntax::Node> read_value(const Object& object, const AttributeRow& row,
                                         const Value& value) const;
  std::optional<syntax::Node> read_text(const Object& object, const AttributeRow& row,
                                        const Value& value) const;
  std::optional<syntax::Node> read_policy(const Object& object, const AttributeRow& row,
                                          const Value& value) const;
  std::optional<syntax::Node> read_block(const Object& object, const AttributeRow& row,
                                         const Value& value) const;
  std::optional<syntax::Node> read_blocks(const Object& object, const AttributeRow& row,
                                          const Value& value) const;
  std::optional<syntax::Node> read_references(const Object& object, const AttributeRow& row,
                                              const Value& value) const;
  std::optional<syntax::Node> read_parts(const Object& object, const AttributeRow& row) const;
  bool is_read_back(const Object& object, const AttributeRow& row) const;

  const Identities& identities_;
  const Texts& texts_;
  const Policies& policies_;
  const Parts& parts_;
};

}  // namespace grantproof::sources::terraform
