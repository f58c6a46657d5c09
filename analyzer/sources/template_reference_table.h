// SPDX-License-Identifier: Apache-2.0
//
// What Ref and Fn::GetAtt return for each type of resource, and what its ARN is made of. A table, and nothing
// that knows how it is filled in: template_references.cpp does.
//
// Source: CloudFormation resource and property reference, "Return values"; Service Authorization Reference.
#pragma once

#include <array>
#include <string_view>

namespace grantproof::sources {

// Texts with placeholders:
//   {partition} {region} {account} {suffix}     of the stack; {suffix}: amazonaws.com
//   {name} {id}                                 the resource's name; something that AWS makes up
//   {arn} {ref}                                 these forms themselves
//   {Path|/}                                    a property, with its default
//   {EventBusName:bus} and the like             a property in another form:
//     bus       what stands before a rule's name: nothing for the default bus
//     account, region    of an ARN; where it is none, the stack's
//     function  the name in the name or ARN of a function
//     last      behind the last '/'
//     host      without https://
//     slash     with '/' in front
struct ReturnedAttribute {
  std::string_view name;
  std::string_view form;
};
struct ReferencedType {
  std::string_view type;
  std::string_view name_property;  // empty: AWS makes up the name
  std::string_view arn;            // empty: it has none, or none that could be told
  std::string_view ref;
  std::array<ReturnedAttribute, 4> attributes;
};

// nullptr: no type of the table.
const ReferencedType* referenced_type(std::string_view type);

}  // namespace grantproof::sources
