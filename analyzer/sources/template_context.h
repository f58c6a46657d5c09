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

// What stands for something unknown in texts and conditions. Two versions of the same templates share one, so
// that equal texts are the same unknown in both.
struct TemplateUnknowns {
  UnknownParts parts;
  Comparisons comparisons;
};

struct TemplateContext {
  // `shared` with the other version; null: there is none.
  explicit TemplateContext(Translation& translation, TemplateUnknowns* shared = nullptr)
      : into(translation),
        reports(translation.sink),
        unknowns(shared == nullptr ? own.parts : shared->parts),
        comparisons(shared == nullptr ? own.comparisons : shared->comparisons),
        has_other_version(shared != nullptr) {
    comparisons.begin_other_version();
  }

  void gap(std::string message, std::string help, base::Span span, std::string about = {});

  Translation& into;
  TemplateReports reports;
  TemplateUnknowns own;
  UnknownParts& unknowns;
  Comparisons& comparisons;
  bool has_other_version;
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
