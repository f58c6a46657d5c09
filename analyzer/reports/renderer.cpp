// SPDX-License-Identifier: Apache-2.0
#include "reports/renderer.h"

#include <algorithm>
#include <array>

namespace grantproof::reports {
namespace {

constexpr auto kRenderers = std::to_array<Renderer>({
    {"text", "findings with source excerpt, witness and remedy", render_text},
    {"concise", "one line for each finding", render_concise},
    {"json", "everything, as grantproof-report/1", render_json},
    {"sarif", "SARIF 2.1.0, for code scanning", render_sarif},
    {"github", "GitHub Actions annotations", render_github},
    {"junit", "JUnit XML, one test case for each claim", render_junit},
});

}  // namespace

std::span<const Renderer> renderers() {
  return kRenderers;
}

const Renderer* find_renderer(std::string_view name) {
  const auto* found = std::find_if(kRenderers.begin(), kRenderers.end(),
                                   [&](const Renderer& renderer) { return renderer.name == name; });
  return found == kRenderers.end() ? nullptr : &*found;
}

}  // namespace grantproof::reports
