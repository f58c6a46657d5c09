// SPDX-License-Identifier: Apache-2.0
//
// Where TemplateEvaluator is while it follows references: in which stack, and in the middle of which nodes.
#pragma once

#include "sources/template_evaluator.h"

namespace grantproof::sources {

class TemplateEvaluator::InStack {
 public:
  InStack(TemplateEvaluator& evaluator, const TemplateStack& stack)
      : evaluator_(evaluator), before_(evaluator.stack_) {
    evaluator_.stack_ = &stack;
  }
  ~InStack() { evaluator_.stack_ = before_; }
  InStack(const InStack&) = delete;
  InStack& operator=(const InStack&) = delete;

 private:
  TemplateEvaluator& evaluator_;
  const TemplateStack* before_;
};

// Reports a cycle where the node is being followed already: `what` is made of itself.
class TemplateEvaluator::Following {
 public:
  Following(TemplateEvaluator& evaluator, const syntax::Node& node, std::string_view what, base::Span span)
      : evaluator_(evaluator),
        key_(evaluator.stack_, &node),
        is_new_(evaluator.following_.insert(key_).second) {
    if (!is_new_)
      evaluator_.context_.reports.error(kSourceCycle, span, std::string(what) + " refers to itself");
  }
  ~Following() {
    if (is_new_)
      evaluator_.following_.erase(key_);
  }
  Following(const Following&) = delete;
  Following& operator=(const Following&) = delete;

  bool is_cycle() const { return !is_new_; }

 private:
  TemplateEvaluator& evaluator_;
  std::pair<const TemplateStack*, const syntax::Node*> key_;
  bool is_new_;
};

}  // namespace grantproof::sources
