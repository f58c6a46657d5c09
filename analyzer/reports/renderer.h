// SPDX-License-Identifier: Apache-2.0
//
// One row a format: its name on the command line and the function that turns a Report into text. A renderer
// reads the report and nothing else; the same report gives the same bytes. cli/ decides where the text goes.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "reports/render_options.h"
#include "reports/report.h"

namespace grantproof::reports {

struct Renderer {
  std::string_view name;
  std::string_view summary;  // for --help
  std::string (*render)(const Report&, const RenderOptions&);
};

std::span<const Renderer> renderers();
// nullptr where there is no such format.
const Renderer* find_renderer(std::string_view name);

std::string render_text(const Report& report, const RenderOptions& options);
std::string render_concise(const Report& report, const RenderOptions& options);
std::string render_json(const Report& report, const RenderOptions& options);
std::string render_sarif(const Report& report, const RenderOptions& options);
std::string render_github(const Report& report, const RenderOptions& options);
std::string render_junit(const Report& report, const RenderOptions& options);

// Not a format of its own: the Markdown table that goes to the file $GITHUB_STEP_SUMMARY names, beside
// `github`.
std::string render_github_step_summary(const Report& report, const RenderOptions& options);

}  // namespace grantproof::reports
