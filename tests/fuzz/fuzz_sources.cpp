// SPDX-License-Identifier: Apache-2.0
//
// Any bytes, read as a source of each format: no crash, every place inside its file, and reading twice gives
// the same Configuration.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "aws/reference.h"
#include "reports/configuration_json.h"
#include "sources/source_reader.h"

namespace {

using namespace grantproof;

std::string read(const std::string& path, const std::string& text) {
  base::SourceMap map;
  base::DiagnosticSink sink;
  sources::SourceOptions options;
  options.reference = &aws::Reference::embedded();
  sources::SourceReader reader(options, map, sink);
  if (!reader.add(path, text, true))
    return {};
  const config::Configuration configuration = reader.finish();
  for (const base::Diagnostic& diagnostic : sink.diagnostics()) {
    const base::Span span = diagnostic.primary.span;
    if (span.begin > span.end || span.end > map.text(span.file).size()) {
      std::fprintf(stderr, "a place outside of its file: %s\n", diagnostic.message.c_str());
      std::abort();
    }
    map.locate(span);
  }
  return reports::configuration_json(configuration, map);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  for (const char* path : {"111122223333/eu-west-1/input.json", "input.yaml"}) {
    const std::string once = read(path, text);
    if (once != read(path, text)) {
      std::fprintf(stderr, "reading twice gives two configurations\n");
      std::abort();
    }
  }
  return 0;
}
