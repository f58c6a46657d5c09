// SPDX-License-Identifier: Apache-2.0
//
// The ARN format of a resource type, as the service reference writes it, cut into what is fixed and what is
// filled in: "arn:${Partition}:events:${Region}:${Account}:event-bus/${EventBusName}". logic/ makes a Glob of
// it.
//
// Formats of the reference that one would not expect:
//   - an account field that is empty (s3, route53), "aws" (what AWS owns), or "*" (any account, or none);
//   - placeholders outside the usual three fields in them ("${AccountId}", "${ManagementAccountId}",
//   "${Vendor}");
//   - a '*' where the page writes one for "the rest": it stands for any text, so it is a kAnyText part.
#pragma once

#include <string_view>
#include <vector>

namespace grantproof::aws {

struct ArnFormatPart {
  enum class Kind { kLiteral, kPlaceholder, kAnyText };
  Kind kind = Kind::kLiteral;
  // The literal text, the name of the placeholder without ${}, or "*". A view into the format.
  std::string_view text;
  friend bool operator==(const ArnFormatPart&, const ArnFormatPart&) = default;
};

// The parts in order. A "${" that is not closed is literal text; the reference holds none. parse_arn() cuts a
// format into its fields, since placeholders hold no colon.
std::vector<ArnFormatPart> split_arn_format(std::string_view format);

}  // namespace grantproof::aws
