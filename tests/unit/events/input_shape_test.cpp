// SPDX-License-Identifier: Apache-2.0
#include "events/input_shape.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace grantproof::events {
namespace {

constexpr std::string_view kEvent =
    R"({"version": "0", "id": "e1", "detail-type": "Placed", "source": "com.shop", "account": "111122223333",
       "time": "2026-11-21T08:00:00Z", "region": "us-east-1", "resources": ["r"],
       "detail": {"name": "baz", "n": 1.50, "yes": true, "none": null, "quoted": "say \"hi\"\n",
                  "payload": {"acc_id": 1, "sf_id": "baz"}, "states": ["ACTIVE", "INACTIVE"], "numbers": [1, 2],
                  "items": [{"id": 1}, {"id": 2}], "a.b": 7, "twice": 1, "twice": 2}})";

Event event() {
  static base::SourceMap sources;
  base::DiagnosticSink sink;
  return *read_event(sources, sources.add("event", std::string(kEvent)), sink);
}

const ShapeContext kContext{.rule_arn = "arn:aws:events:us-east-1:111122223333:rule/r",
                            .rule_name = "r",
                            .ingestion_time = "2026-11-21T08:00:01Z"};

std::string path(std::string_view text) {
  const auto parsed = parse_json_path(text);
  if (!parsed)
    return parsed.error().message;
  InputShape shape;
  shape.input_path = *parsed;
  return shape_input(shape, event(), kContext).payload;
}

TEST(InputShape, PathsLeadToParts) {
  struct Row {
    std::string_view path;
    std::string_view payload;
  };
  const Row rows[] = {
      {"$.detail.name", R"("baz")"},
      {"$.detail-type", R"("Placed")"},
      {"$['detail-type']", R"("Placed")"},
      {"$[\"detail\"]['n']", "1.50"},
      {"$.detail['a.b']", "7"},
      {"$.detail.yes", "true"},
      {"$.detail.none", "null"},
      {"$.detail.payload", R"({"acc_id":1,"sf_id":"baz"})"},
      {"$.detail.states[1]", R"("INACTIVE")"},
      {"$.detail.items[0].id", "1"},
      {"$.detail.items[*].id", "[1,2]"},
      {"$.detail.payload.*", R"([1,"baz"])"},
      {"$.detail.twice", "2"},
      {"$.detail.missing", R"("")"},
      {"$.detail.states[2]", R"("")"},
      {"$.detail.name.deeper", R"("")"},
      // no paths
      {"", "a path begins with $ (character 1 of the path)"},
      {"detail", "a path begins with $ (character 1 of the path)"},
      {"$detail", "expected .name or [ behind this (character 2 of the path)"},
      {"$.", "there is no name behind the dot (character 3 of the path)"},
      {"$..a", "there is no name behind the dot (character 3 of the path)"},
      {"$['a", "this quote is not closed (character 3 of the path)"},
      {"$[a]", "expected 'name', an index or * in the brackets (character 3 of the path)"},
      {"$[-1]", "expected 'name', an index or * in the brackets (character 3 of the path)"},
      {"$[99999999999999999999]", "expected 'name', an index or * in the brackets (character 3 of the path)"},
      {"$[1", "expected ] (character 4 of the path)"},
      {"$['a'", "expected ] (character 6 of the path)"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(path(row.path), row.payload) << row.path;
}

ShapedInput transformed(std::string_view input_template) {
  InputTransformer transformer;
  transformer.input_template = input_template;
  for (const std::string_view name :
       {"name", "n", "yes", "none", "quoted", "payload", "states", "numbers", "missing"})
    transformer.paths.emplace_back(name, *parse_json_path("$.detail." + std::string(name)));
  InputShape shape;
  shape.transformer = std::move(transformer);
  return shape_input(shape, event(), kContext);
}

TEST(InputShape, TemplatesAreFilledAsCaptured) {
  struct Row {
    std::string_view what;
    std::string_view input_template;
    std::string_view payload;
    bool invalid = false;
  };
  const Row rows[] = {
      // text
      {"quoted text", R"("<name> is <n>")", R"("baz is 1.50")"},
      {"objects without quotes", R"("<payload>")", R"("{acc_id:1,sf_id:baz}")"},
      {"lists without quotes", R"("<states>")", R"("[ACTIVE,INACTIVE]")"},
      {"plain text", "<name> is <yes>", "baz is true"},
      {"nothing where the path leads nowhere", R"("<missing>.")", R"(".")"},
      {"several lines", "\"<name>\"\n\"<n>\"", "\"baz\"\n\"1.50\""},
      {"a text keeps its escapes within quotes", R"("<quoted>")", R"("say \"hi\"\n")"},
      {"plain text has the characters themselves", "<quoted>", "say \"hi\"\n"},
      // JSON
      {"values with their types", R"({"a": <name>, "b": <n>, "c": <yes>, "d": <none>})",
       R"({"a": "baz", "b": 1.50, "c": true, "d": null})"},
      {"objects and lists", R"({"a": <payload>, "b": <states>})",
       R"({"a": {"acc_id":1,"sf_id":"baz"}, "b": ["ACTIVE","INACTIVE"]})"},
      {"in a string", R"({"a": "<name> and <n>"})", R"({"a": "baz and 1.50"})"},
      {"a text in a string", R"({"a": "<quoted>"})", R"({"a": "say \"hi\"\n"})"},
      {"an escaped quote before it", R"({"a": "\"<name>\""})", R"({"a": "\"baz\""})"},
      {"nothing unquoted", R"({"a": <missing>})", R"({"a": ""})"},
      {"nothing in a string", R"({"a": "x<missing>"})", R"({"a": "x"})"},
      {"a quoted object", R"({"a": "<payload>"})", R"({"a": "{"acc_id":1,"sf_id":"baz"}"})", true},
      {"a quoted list of texts", R"({"a": "<states>"})", R"({"a": "["ACTIVE","INACTIVE"]"})", true},
      {"a quoted list of numbers", R"({"a": "<numbers>"})", R"({"a": "[1,2]"})"},
      {"a template that is no JSON", R"({"a": <name>)", R"({"a": "baz")", true},
      {"a key", R"({<name>: 1})", R"({"baz": 1})", true},
      {"a part of a key", R"({"a-<name>": 1})", R"({"a-baz": 1})", true},
      // reserved variables
      {"the rule", R"({"a": <aws.events.rule-arn>, "n": "<aws.events.rule-name>"})",
       R"({"a": "arn:aws:events:us-east-1:111122223333:rule/r", "n": "r"})"},
      {"the time", R"({"t": <aws.events.event.ingestion-time>})", R"({"t": "2026-11-21T08:00:01Z"})"},
      {"the event without its detail", R"({"e": <aws.events.event>})",
       R"({"e": {"id":"e1","account":"111122223333","detailType":"Placed","time":"2026-11-21T08:00:01Z",)"
       R"("source":"com.shop","region":"us-east-1","resources":["r"],"version":"0"}})"},
      // no placeholders
      {"angle brackets", R"({"a": "1 < 2 > 0", "b": "<>", "c": "<a b>"})",
       R"({"a": "1 < 2 > 0", "b": "<>", "c": "<a b>"})"},
      {"an open one", "<name", "<name"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const ShapedInput shaped = transformed(row.input_template);
    EXPECT_EQ(shaped.payload, row.payload);
    EXPECT_EQ(shaped.invalid_json, row.invalid);
  }
}

TEST(InputShape, TheWholeEventAndTheConstant) {
  const Event of = event();
  const ShapedInput whole = shape_input({}, of, kContext);
  EXPECT_TRUE(whole.payload.starts_with(R"({"version":"0","id":"e1","detail-type":"Placed")"));
  EXPECT_NE(whole.payload.find(R"("twice":1,"twice":2)"), std::string::npos);
  EXPECT_EQ(transformed(R"({"e": <aws.events.event.json>})").payload, R"({"e": )" + whole.payload + "}");
  InputShape constant;
  constant.input = R"({"always": [1, 2]})";
  EXPECT_EQ(shape_input(constant, of, kContext).payload, R"({"always": [1, 2]})");
}

TEST(InputShape, KnowsTheReservedVariables) {
  for (const std::string_view name : {"aws.events.rule-arn", "aws.events.rule-name", "aws.events.event",
                                      "aws.events.event.json", "aws.events.event.ingestion-time"})
    EXPECT_TRUE(is_reserved_variable(name)) << name;
  EXPECT_FALSE(is_reserved_variable("aws.events"));
}

TEST(Event, AMemberIsPutWhereEventBridgePutsIt) {
  const Event replayed = with_member(event(), "replay-name", "again");
  EXPECT_NE(replayed.text.find(R"("region":"us-east-1","replay-name":"again","resources")"),
            std::string::npos)
      << replayed.text;
  const Event other = with_member(replayed, "id", "e2");
  EXPECT_TRUE(other.text.starts_with(R"({"version":"0","id":"e2",)")) << other.text;
  EXPECT_EQ(other.text_of("id"), "e2");
  EXPECT_EQ(other.text_of("detail"), "");
}

}  // namespace
}  // namespace grantproof::events
