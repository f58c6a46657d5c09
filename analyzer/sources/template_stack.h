// SPDX-License-Identifier: Apache-2.0
//
// A template as it is deployed once: in which account and region, under which name, with which parameters.
// template_tree.h makes one of every template, and one for every nested stack; TemplateEvaluator resolves
// functions in it.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "sources/template_budget.h"
#include "syntax/node.h"

namespace grantproof::sources {

struct TemplateContext;
struct TemplateStack;

struct TemplateResource {
  std::string logical_id;
  std::string type;
  base::Span span;                     // of the logical id
  const syntax::Node* node = nullptr;  // kMap
  // Of AWS::CloudFormation::Stack and StackSet: what they deploy, as far as it is there.
  std::vector<const TemplateStack*> nested;

  // Of the resource as it is written; nullptr where there is none.
  const syntax::Node* property(std::string_view name) const;
};

// A member of a section: a parameter, a mapping, a condition, an output.
struct TemplateMember {
  const syntax::Node* node = nullptr;
  base::Span span;  // of its name
};
using TemplateSection = std::map<std::string, TemplateMember, std::less<>>;

struct TemplateStack {
  std::string label;  // what unknown parts and messages call it; no two stacks have the same
  std::string path;
  const syntax::Node* root = nullptr;

  // Each a text, or an unknown part.
  std::string name;
  std::string account;
  std::string region;
  std::string partition;
  std::string url_suffix;

  const TemplateStack* parent = nullptr;  // of a nested stack
  const TemplateResource* parent_resource = nullptr;
  std::map<std::string, const syntax::Node*, std::less<>> arguments;  // from the parent, in its terms
  std::map<std::string, std::string> given;                           // --parameter, or a CDK manifest

  TemplateSection parameters;
  TemplateSection mappings;
  TemplateSection conditions;
  TemplateSection outputs;
  std::deque<TemplateResource> resources;  // in source order
  std::map<std::string, const TemplateResource*, std::less<>> by_logical_id;
  bool is_open = false;  // macros, or loops over something unknown, may make more resources

  TemplateBudget* budget = nullptr;   // one for the template and all that is nested in it
  std::deque<syntax::Node> expanded;  // sections that had loops

  const TemplateResource* find(std::string_view logical_id) const;
};

// Fills the sections from `root`: loops are expanded, what is no section or resource is reported.
void read_sections(TemplateStack& stack, TemplateContext& context);

}  // namespace grantproof::sources
