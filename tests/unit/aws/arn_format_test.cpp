// SPDX-License-Identifier: Apache-2.0
#include "aws/arn_format.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "aws/arn.h"
#include "aws/reference.h"

namespace grantproof::aws {
namespace {

using Kind = ArnFormatPart::Kind;

// One line a part: "L:literal", "P:placeholder", "*".
std::string shown(const std::vector<ArnFormatPart>& parts) {
  std::string result;
  for (const ArnFormatPart& part : parts) {
    if (!result.empty())
      result += ' ';
    if (part.kind != Kind::kAnyText)
      result += part.kind == Kind::kLiteral ? "L:" : "P:";
    result += part.text;
  }
  return result;
}

TEST(SplitArnFormat, Cuts) {
  struct Case {
    std::string_view format;
    std::string_view parts;
  };
  const Case cases[] = {
      {"arn:${Partition}:events:${Region}:${Account}:event-bus/${EventBusName}",
       "L:arn: P:Partition L::events: P:Region L:: P:Account L::event-bus/ P:EventBusName"},
      // Two placeholders side by side, one at the end, one at the beginning.
      {"${A}${B}", "P:A P:B"},
      {"x${A}", "L:x P:A"},
      {"${A}x", "P:A L:x"},
      // The pages write '*' for "the rest".
      {"arn:${Partition}:dms:${Region}:${Account}:cert:*",
       "L:arn: P:Partition L::dms: P:Region L:: P:Account L::cert: *"},
      {"**", "* *"},
      {"*", "*"},
      {"${A}*", "P:A *"},
      // Nothing to cut.
      {"plain", "L:plain"},
      {"", ""},
      // Not a placeholder.
      {"a$b{c}", "L:a$b{c}"},
      {"a${b", "L:a${b"},
      {"a$", "L:a$"},
      {"${}", "P:"},
  };
  for (const Case& each : cases)
    EXPECT_EQ(shown(split_arn_format(each.format)), each.parts) << each.format;
}

// ---- every format of the embedded reference
// ---------------------------------------------------------------------

TEST(ArnFormatsOfTheReference, AreArnsWhosePartsGiveTheFormatAgain) {
  const Reference& reference = Reference::embedded();
  for (ResourceTypeId id = 0; id < reference.resource_type_count(); ++id) {
    const std::string_view format = reference.arn_format(id);
    const auto arn = parse_arn(format);
    ASSERT_TRUE(arn) << format;
    EXPECT_FALSE(arn->service.empty()) << format;
    EXPECT_FALSE(arn->resource.empty()) << format;
    EXPECT_EQ(format.find(','), std::string_view::npos) << "two formats in one: " << format;
    std::string again;
    for (const ArnFormatPart& part : split_arn_format(format)) {
      ASSERT_FALSE(part.text.empty()) << format;
      again += part.kind == Kind::kPlaceholder ? "${" + std::string(part.text) + "}" : std::string(part.text);
      if (part.kind == Kind::kPlaceholder) {
        EXPECT_EQ(part.text.find_first_of(":${}*"), std::string_view::npos) << format;
      }
    }
    EXPECT_EQ(again, format);
  }
}

// logic/ has to know what stands in the account field. A new value here is a question to it.
TEST(ArnFormatsOfTheReference, HaveKnownAccountFields) {
  const Reference& reference = Reference::embedded();
  std::map<std::string_view, std::size_t> fields;
  for (ResourceTypeId id = 0; id < reference.resource_type_count(); ++id) {
    ++fields[parse_arn(reference.arn_format(id))->account];
  }
  for (const auto& [field, count] : fields) {
    // "offering": the page of MediaConnect leaves the account out
    // (mediaconnect:${Region}:offering:${OfferingId}).
    const bool known = field.empty() || field == "aws" || field == "*" || field == "offering" ||
                       (field.starts_with("${") && field.find("Account") != std::string_view::npos);
    EXPECT_TRUE(known) << field << " in " << count << " formats";
  }
}

}  // namespace
}  // namespace grantproof::aws
