// SPDX-License-Identifier: Apache-2.0
//
// Names as resources use them for one another, to ARNs.
#include <fmt/format.h>

#include <algorithm>

#include "aws/arn.h"
#include "base/unknown_text.h"
#include "config/gathering.h"

namespace grantproof::config {
namespace {

std::string known_or(const std::string& text, std::string_view what) {
  return text.empty() ? base::unknown_text(what) : text;
}

bool is_arn(std::string_view text) {
  return text.starts_with("arn:");
}

// A value that is unknown as a whole may be an ARN or a name: the text itself is all that can be said.
bool wholly_unknown(std::string_view text) {
  const auto segments = base::cut_at_unknowns(text);
  return segments.size() == 1 && segments.front().unknown;
}

}  // namespace

std::string arn_of(const Resource& resource, std::string_view service, std::string_view rest) {
  return fmt::format("arn:{}:{}:{}:{}:{}", resource.partition, service, known_or(resource.region, "region"),
                     known_or(resource.account, "account"), rest);
}

std::string global_arn_of(const Resource& resource, std::string_view service, std::string_view rest) {
  return fmt::format("arn:{}:{}::{}:{}", resource.partition, service, known_or(resource.account, "account"),
                     rest);
}

// https://sqs.REGION.amazonaws.com/ACCOUNT/NAME, also with older and national host names.
std::string queue_arn(const Resource& resource, const std::string& written) {
  if (is_arn(written))
    return written;
  const std::size_t slash = written.rfind('/');
  if (!written.starts_with("http") || slash == std::string::npos)
    return arn_of(resource, "sqs", written);
  std::string_view front = std::string_view(written).substr(0, slash);
  const std::string_view account = front.substr(front.rfind('/') + 1);
  std::string_view host = front.substr(0, front.rfind('/'));
  host = host.substr(host.rfind('/') + 1);
  Resource place;
  place.partition = resource.partition;
  place.account = account;
  place.region = resource.region;
  if (host.starts_with("sqs.")) {
    host.remove_prefix(4);
    place.region = host.substr(0, host.find('.'));
  } else if (const std::size_t queue = host.find(".queue."); queue != std::string_view::npos) {
    place.region = host.substr(0, queue);
  }
  return arn_of(place, "sqs", std::string_view(written).substr(slash + 1));
}

std::string topic_arn(const Resource& resource, const std::string& written) {
  return is_arn(written) ? written : arn_of(resource, "sns", written);
}

// name, name:qualifier, ACCOUNT:function:name, or an ARN with or without a qualifier: the function's own.
std::string function_arn(const Resource& resource, const std::string& written) {
  if (is_arn(written)) {
    const auto arn = aws::parse_arn(written);
    if (!arn)
      return written;
    const std::size_t name = arn->resource.find(':');
    const std::size_t qualifier = name == std::string_view::npos ? name : arn->resource.find(':', name + 1);
    return qualifier == std::string_view::npos
               ? written
               : written.substr(0, written.size() - (arn->resource.size() - qualifier));
  }
  std::string_view name = written;
  if (const std::size_t function = name.find(":function:"); function != std::string_view::npos)
    name.remove_prefix(function + std::string_view(":function:").size());
  return arn_of(resource, "lambda", fmt::format("function:{}", name.substr(0, name.find(':'))));
}

std::string bus_arn(const Resource& resource, const std::string& written) {
  if (is_arn(written) || wholly_unknown(written)) {
    // What is unknown may be either; as a name it still has its place.
    return is_arn(written) ? written : arn_of(resource, "events", "event-bus/" + written);
  }
  return arn_of(resource, "events", "event-bus/" + (written.empty() ? std::string("default") : written));
}

std::string key_arn(const Resource& resource, const std::string& written) {
  if (written.empty() || is_arn(written))
    return written;
  return arn_of(resource, "kms", written.starts_with("alias/") ? written : "key/" + written);
}

std::string bucket_arn(const Resource& resource, const std::string& written) {
  return is_arn(written) ? written : fmt::format("arn:{}:s3:::{}", resource.partition, written);
}

std::string principal_arn(const Resource& resource, Principal::Kind kind, const std::string& written,
                          std::string_view path) {
  if (is_arn(written))
    return written;
  const std::string_view word = kind == Principal::Kind::kRole   ? "role"
                                : kind == Principal::Kind::kUser ? "user"
                                                                 : "group";
  std::string place(path.empty() ? "/" : path);
  if (!place.ends_with('/'))
    place += '/';
  return global_arn_of(resource, "iam", fmt::format("{}{}{}", word, place, written));
}

std::string rule_arn(std::string_view bus_arn, std::string_view rule) {
  if (rule.starts_with("arn:"))
    return std::string(rule);
  constexpr std::string_view kBus = ":event-bus/";
  const std::size_t at = bus_arn.find(kBus);
  if (at == std::string_view::npos)
    return fmt::format("{} of {}", rule, bus_arn);
  const std::string_view name = bus_arn.substr(at + kBus.size());
  return name == "default" ? fmt::format("{}:rule/{}", bus_arn.substr(0, at), rule)
                           : fmt::format("{}:rule/{}/{}", bus_arn.substr(0, at), name, rule);
}

bool is_told(const Resource& resource, std::string_view property) {
  return std::find(resource.not_told.begin(), resource.not_told.end(), property) == resource.not_told.end();
}

std::string path_of(const Resource& resource, const Gathering& gathering) {
  return std::string(gathering.sources.name(resource.span.file));
}

}  // namespace grantproof::config
