// SPDX-License-Identifier: Apache-2.0
//
// What the translation of one set of templates shares: where mistakes go (each is said once, though a
// resource is described for several cases), and how much may come of a template.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "sources/template_conditions.h"
#include "sources/template_stack.h"
#include "sources/template_unknowns.h"
#include "sources/translation.h"

namespace grantproof::sources {

// The rules of sources/.
constexpr std::string_view kSourceMistake = "GP0301";
constexpr std::string_view kSourceReference = "GP0304";
constexpr std::string_view kSourceCycle = "GP0305";
constexpr std::string_view kSourceLimit = "GP0307";

class TemplateReports {
 public:
  explicit TemplateReports(base::DiagnosticSink& sink) : sink_(sink) {}

  void error(std::string_view rule, base::Span span, std::string message, std::string help = {});

 private:
  base::DiagnosticSink& sink_;
  std::set<std::tuple<std::string_view, base::FileId, std::uint32_t, std::string>> said_;
};

// An output that other stacks import.
struct TemplateExport {
  std::string name;
  const TemplateStack* stack = nullptr;
  std::string_view output;  // key of TemplateStack::outputs
};

struct TemplateContext {
  explicit TemplateContext(Translation& translation) : into(translation), reports(translation.sink) {}

  void gap(std::string message, std::string help, base::Span span, std::string about = {});

  Translation& into;
  TemplateReports reports;
  UnknownParts unknowns;
  Comparisons comparisons;
  std::deque<syntax::Node> roots;    // of templates, those in stack sets included
  std::deque<TemplateStack> stacks;  // each behind its parent
  std::deque<TemplateBudget> budgets;
  std::vector<TemplateExport> exports;
  std::set<std::string> labels;                                  // of the stacks
  std::map<std::string, std::size_t, std::less<>> declarations;  // how many stacks declare a parameter
  std::set<const syntax::Node*> defaults_used;                   // parameters that have their default
  std::set<const syntax::Node*> read_from_given;  // parameters of Systems Manager whose value was given
  std::set<std::tuple<base::FileId, std::uint32_t, std::string>> gaps_said;
  bool several_places = false;  // whether the stacks may stand in different accounts or regions
};

}  // namespace grantproof::sources
