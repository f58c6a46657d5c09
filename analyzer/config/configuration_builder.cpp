// SPDX-License-Identifier: Apache-2.0
#include "config/configuration_builder.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "config/gathering.h"
#include "config/link.h"

namespace grantproof::config {

struct ConfigurationBuilder::Impl {
  Gathering gathering;
  // Mistakes of readers that are shared with the files of `replay` name no rule.
  base::DiagnosticSink mistakes;
  base::DiagnosticSink& sink;
  std::set<std::tuple<std::string, base::FileId, std::uint32_t, std::uint32_t, std::string>> said;
  std::map<std::string_view, void (*)(const Resource&, Gathering&)> types;

  Impl(base::SourceMap& sources, base::DiagnosticSink& into, const aws::Reference* reference)
      : gathering(sources, mistakes, reference), sink(into) {
    for (const auto table : {iam_types(), event_types(), organization_types()}) {
      for (const ResourceType& row : table)
        types.emplace(row.type, row.read);
    }
    types.emplace("AWS::Lambda::Permission", read_permission);
  }

  void say_mistakes() {
    for (base::Diagnostic diagnostic : mistakes.diagnostics()) {
      if (diagnostic.rule.empty())
        diagnostic.rule = "GP0301";
      // A resource that is read for several cases has its mistakes in each.
      const base::Span place = diagnostic.primary.span;
      if (!said.emplace(diagnostic.rule, place.file, place.begin, place.end, diagnostic.message).second)
        continue;
      sink.report(std::move(diagnostic));
    }
    mistakes = {};
  }
};

ConfigurationBuilder::ConfigurationBuilder(base::SourceMap& sources, base::DiagnosticSink& sink,
                                           const aws::Reference* reference)
    : impl_(std::make_unique<Impl>(sources, sink, reference)) {}

ConfigurationBuilder::~ConfigurationBuilder() = default;

void ConfigurationBuilder::add(const Resource& resource) {
  const auto type = impl_->types.find(resource.type);
  if (type != impl_->types.end())
    type->second(resource, impl_->gathering);
  read_target_resource(resource, impl_->gathering);
  read_resource_policy(resource, impl_->gathering);
  impl_->say_mistakes();
}

void ConfigurationBuilder::add(Gap gap) {
  impl_->gathering.configuration.gaps.push_back(std::move(gap));
}

void ConfigurationBuilder::add(PolicyDocument document) {
  impl_->gathering.configuration.policies.push_back(std::move(document));
}

void ConfigurationBuilder::assume(std::string clause) {
  impl_->gathering.configuration.assumptions.push_back(std::move(clause));
}

Configuration ConfigurationBuilder::finish() && {
  link(impl_->gathering);
  impl_->say_mistakes();
  return std::move(impl_->gathering.configuration);
}

}  // namespace grantproof::config
