// SPDX-License-Identifier: Apache-2.0
//
// Files of events: whatever the bytes, no crash; the same events and mistakes however the file is cut into
// pieces; and what an accepted entry becomes is an event. Aborts on a disagreement.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "events/event_reader.h"
#include "events/input_shape.h"

namespace {

using namespace grantproof;

[[noreturn]] void disagree(const char* what, std::string_view text) {
  std::fprintf(stderr, "%s:\n%.*s\n", what, static_cast<int>(text.size()), text.data());
  std::abort();
}

std::string place(base::LineColumn at) {
  return std::to_string(at.line) + ":" + std::to_string(at.column);
}

// Everything that a reader says, one line each.
std::string told(std::string_view text, std::size_t piece) {
  std::string lines;
  events::EventReader reader(
      {.account = "111122223333", .region = "us-east-1", .time = 0, .size_limit = 4096},
      events::EventReader::Envelope::kAny,
      {.event =
           [&](events::IncomingEvent& event) {
             lines += place(event.begin) + (event.event ? " " + event.event->text : " none") + "\n";
             if (event.put && event.event) {
               base::DiagnosticSink sink;
               events::check_envelope(*event.event, sink);
               if (sink.errors() > 0)
                 disagree("an accepted entry is no event", event.event->text);
             }
             return true;
           },
       .mistake =
           [&](const events::EventMistake& mistake) {
             lines += place(mistake.at) + mistake.message + "\n";
           }});
  for (std::size_t at = 0; at < text.size(); at += piece) {
    if (!reader.feed(text.substr(at, piece)))
      break;
  }
  reader.finish();
  return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string whole = told(text, text.size() + 1);
  if (whole != told(text, 1) || whole != told(text, 5))
    disagree("pieces change what is read", text);

  // The first line as a template, filled with itself.
  const std::string input_template(text.substr(0, text.find('\n')));
  base::SourceMap sources;
  base::DiagnosticSink sink;
  const auto event = events::read_event(sources, sources.add("event", std::string(text)), sink);
  if (!event)
    return 0;
  events::InputShape shape;
  shape.transformer = events::InputTransformer{{}, input_template};
  (void)events::shape_input(shape, *event, {});
  if (const auto path = events::parse_json_path(input_template))
    (void)events::find_path(event->envelope, *path);
  return 0;
}
