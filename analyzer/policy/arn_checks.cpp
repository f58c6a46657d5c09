// SPDX-License-Identifier: Apache-2.0
#include "policy/arn_checks.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "aws/arn.h"
#include "base/text.h"
#include "base/unknown_text.h"

namespace grantproof::policy {
namespace {

using syntax::Node;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool beyond_latin(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const base::CodePoint point = base::code_point_at(text, i);
    if (point.value > 0xFF)
      return true;
    i += point.length;
  }
  return false;
}

// The names that people give to fields that are to be filled in.
bool is_field_name(std::string_view text) {
  static constexpr std::array<std::string_view, 14> kNames = {
      "account",       "accountid",   "accountnumber", "awsaccount",  "awsaccountid",
      "youraccountid", "youraccount", "myaccount",     "myaccountid", "region",
      "awsregion",     "yourregion",  "regionname",    "regionid"};
  std::string bare = base::fold_case(text);
  std::erase_if(bare, [](char c) { return c == '-' || c == '_' || c == ' '; });
  return std::find(kNames.begin(), kNames.end(), bare) != kNames.end();
}

// Source: IAM User Guide, "IAM ARNs" and AWS Fault Isolation Boundaries, "Partitions".
const std::vector<std::string_view>& partitions() {
  static const std::vector<std::string_view> kPartitions = {
      "aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"};
  return kPartitions;
}

// Accounts of AWS itself that stand in ARNs by name.
bool is_named_account(std::string_view text) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "aws", "amazon", "aws-marketplace", "cloudfront", "third-party", "self", "offering"};
  return std::find(kNames.begin(), kNames.end(), text) != kNames.end();
}

// us-east-1, us-gov-west-1, ap-southeast-2: words and a number.
bool is_region(std::string_view text) {
  int words = 0;
  while (true) {
    const std::size_t hyphen = text.find('-');
    const std::string_view word = text.substr(0, hyphen);
    if (hyphen == std::string_view::npos) {
      return words >= 2 && !word.empty() && word.size() <= 2 &&
             std::all_of(word.begin(), word.end(), is_digit);
    }
    if (word.empty() || !std::all_of(word.begin(), word.end(), is_letter))
      return false;
    ++words;
    text.remove_prefix(hyphen + 1);
  }
}

// Can the pattern be twelve digits?
bool may_be_account(std::string_view pattern) {
  std::size_t fixed = 0;
  bool star = false;
  for (const char c : pattern) {
    if (c == '*') {
      star = true;
    } else if (c == '?' || is_digit(c)) {
      ++fixed;
    } else {
      return false;
    }
  }
  return star ? fixed <= 12 : fixed == 12;
}

class ArnCheck {
 public:
  ArnCheck(ReaderContext& context, const Node& node, std::vector<ArnField> fields)
      : context_(context), node_(node), fields_(std::move(fields)) {}

  // True: something was said.
  bool run() {
    static constexpr std::array<bool (ArnCheck::*)(const ArnField&), 5> kFields = {
        &ArnCheck::partition, &ArnCheck::service, &ArnCheck::region, &ArnCheck::account, &ArnCheck::resource};
    bool said = false;
    for (std::size_t i = 1; i < fields_.size(); ++i) {
      // A short ARN's last field may be cut anywhere.
      if (i + 1 == fields_.size() && fields_.size() < 6 && has_wildcard(fields_[i].text))
        break;
      // Behind an unknown part nobody knows which field a text stands in.
      if (base::has_unknown(fields_[i].text)) {
        shifted_ = true;
        continue;
      }
      // Variables are looked at by themselves.
      const bool variable = fields_[i].text.find("${") != std::string_view::npos;
      if (!variable && (this->*kFields[i - 1])(fields_[i]))
        said = true;
      // "If * is the last character of a resource ARN segment, it can expand to match beyond the colon
      // boundaries." (IAM User Guide, "IAM JSON policy elements: Resource"): what follows may then be any
      // field.
      if (fields_[i].text.ends_with('*'))
        shifted_ = true;
    }
    return said;
  }

 private:
  bool partition(const ArnField& field) {
    if (has_wildcard(field.text))
      return false;
    for (const std::string_view known : partitions()) {
      if (base::equals_ignoring_case(field.text, known))
        return false;
    }
    if (placeholder(field, "partition", "write aws, aws-cn or aws-us-gov"))
      return true;
    // A partition that is newer than this table.
    if (base::starts_with_ignoring_case(field.text, "aws-"))
      return false;
    std::optional<std::string_view> near;
    if (context_.may_suggest(field.text))
      near = nearest(field.text, partitions());
    return wrong(
        field, "the partition " + quoted(field.text) + " of this ARN does not exist",
        near.has_value() ? "did you mean " + quoted(*near) + "?" : "write aws, aws-cn or aws-us-gov");
  }

  bool service(const ArnField& field) {
    if (has_wildcard(field.text))
      return false;
    if (placeholder(field, "service", "write the service, as in events"))
      return true;
    if (field.text.empty())
      return !shifted_ && wrong(field, "this ARN names no service", "write the service, as in events");
    if (shifted_ || context_.reference == nullptr || context_.arn_service_known(field.text))
      return false;
    std::optional<std::string_view> near;
    if (context_.may_suggest(field.text))
      near = context_.reference->nearest_service(field.text);
    context_.report(GrammarRuleId::kArnServiceUnknown, span(field),
                    "the service " + quoted(field.text) + " of this ARN is not in the service reference of " +
                        std::string(context_.reference->date()),
                    near.has_value() ? "did you mean " + quoted(*near) + "?" : std::string());
    return false;
  }

  bool region(const ArnField& field) {
    if (field.text.empty() || has_wildcard(field.text) || is_region(field.text))
      return false;
    if (placeholder(field, "Region", "write a Region, as in us-east-1, or *"))
      return true;
    if (shifted_ || base::equals_ignoring_case(field.text, "global") ||
        base::equals_ignoring_case(field.text, "aws-global")) {
      return false;
    }
    if (is_letter(field.text.back()) && is_region(field.text.substr(0, field.text.size() - 1))) {
      return wrong(field, "the Region " + quoted(field.text) + " of this ARN is an Availability Zone",
                   "write " + quoted(field.text.substr(0, field.text.size() - 1)));
    }
    return wrong(field, "the Region " + quoted(field.text) + " of this ARN does not exist",
                 "write a Region, as in us-east-1, or *");
  }

  bool account(const ArnField& field) {
    if (field.text.empty() || aws::is_account_id(field.text))
      return false;
    if (placeholder(field, "account", "write the account id with its 12 digits"))
      return true;
    if (is_named_account(field.text))
      return false;
    if (has_wildcard(field.text)) {
      const bool name = std::any_of(field.text.begin(), field.text.end(), is_letter);
      if (name || may_be_account(field.text))
        return false;
      return wrong(field, "the account " + quoted(field.text) + " of this ARN cannot be 12 digits",
                   "write the account id with its 12 digits, or *");
    }
    const bool digits =
        std::all_of(field.text.begin(), field.text.end(), [](char c) { return is_digit(c) || c == '-'; });
    if (shifted_ && !digits)
      return false;
    return wrong(field, "the account " + quoted(field.text) + " of this ARN is not a 12-digit account id",
                 "write the account id with its 12 digits");
  }

  bool resource(const ArnField& field) {
    if (field.text.empty())
      return !shifted_ && wrong(field, "this ARN names no resource", "write the resource, or *");
    // Keys of objects may hold any text.
    if (base::equals_ignoring_case(fields_[2].text, "s3") || has_wildcard(fields_[2].text))
      return false;
    const std::size_t open = field.text.find('<');
    const std::size_t close = open == std::string_view::npos ? open : field.text.find('>', open);
    if (close != std::string_view::npos) {
      const ArnField part{.text = field.text.substr(open, close + 1 - open), .begin = field.begin + open};
      return placeholder(part, "resource", "write the name of the resource");
    }
    return beyond_latin(field.text) && placeholder(field, "resource", "write the name of the resource");
  }

  bool placeholder(const ArnField& field, std::string_view what, std::string_view help) {
    if (!is_placeholder(field.text) && !is_field_name(field.text))
      return false;
    context_.placeholders.insert(node_.span.begin);
    context_.report(GrammarRuleId::kArnPlaceholder, span(field),
                    "the " + std::string(what) + " of this ARN is the placeholder " + quoted(field.text) +
                        std::string(kMatchesNothing),
                    std::string(help));
    return true;
  }

  bool wrong(const ArnField& field, std::string message, std::string help) {
    context_.report(GrammarRuleId::kArnFormat, span(field), std::move(message) + std::string(kMatchesNothing),
                    std::move(help));
    return true;
  }

  // An empty field has no byte of its own: the whole text.
  base::Span span(const ArnField& field) const {
    return field.text.empty() ? node_.span : part_of(node_, field.begin, field.begin + field.text.size());
  }

  ReaderContext& context_;
  const Node& node_;
  std::vector<ArnField> fields_;
  bool shifted_ = false;
};

}  // namespace

std::vector<ArnField> arn_fields(std::string_view text) {
  std::vector<ArnField> fields;
  std::size_t begin = 0;
  bool variable = false;
  for (std::size_t i = 0; i < text.size() && fields.size() < 5; ++i) {
    if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{')
      variable = true;
    if (text[i] == '}')
      variable = false;
    if (text[i] != ':' || variable)
      continue;
    fields.push_back(ArnField{.text = text.substr(begin, i - begin), .begin = begin});
    begin = i + 1;
  }
  fields.push_back(ArnField{.text = text.substr(begin), .begin = begin});
  return fields;
}

bool is_placeholder(std::string_view text) {
  const std::size_t open = text.find('<');
  const bool angle = open != std::string_view::npos && text.find('>', open) != std::string_view::npos;
  return angle || text.find_first_of("{}[]") != std::string_view::npos || beyond_latin(text);
}

bool check_arn_fields(ReaderContext& context, const Node& node, const std::vector<ArnField>& fields) {
  return ArnCheck(context, node, fields).run();
}

bool check_arn_value(ReaderContext& context, const Node& node) {
  if (!node.text.starts_with("arn:"))
    return false;
  return check_arn_fields(context, node, arn_fields(node.text));
}

}  // namespace grantproof::policy
