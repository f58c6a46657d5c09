// SPDX-License-Identifier: Apache-2.0
//
// A document inside a string: AWS gives policies as JSON text in a JSON string (get-queue-attributes,
// CloudFormation properties) and URL-encoded to RFC 3986 (IAM's GetPolicyVersion and GetRole).
#include <fmt/format.h>

#include <string>
#include <utility>

#include "base/text.h"
#include "syntax/json_reader.h"
#include "syntax/json_scan.h"
#include "syntax/reader_checks.h"
#include "syntax/string_offsets.h"

namespace grantproof::syntax {
namespace {

using Offsets = std::vector<std::uint32_t>;

enum class Encoding { kJson, kPercent, kNeither };

bool opens_document(char byte) {
  return byte == '{' || byte == '[' || byte == '"';
}

// By the first character that is no white space, in either writing.
Encoding recognise(std::string_view text) {
  if (text.starts_with(kByteOrderMark))
    text.remove_prefix(kByteOrderMark.size());
  text.remove_prefix(skip_json_space(text, 0));
  if (text.empty())
    return Encoding::kNeither;
  if (opens_document(text[0])) {
    // "{%22Version%22": some encoders leave the brackets.
    text.remove_prefix(skip_json_space(text, 1));
    return text.starts_with("%22") ? Encoding::kPercent : Encoding::kJson;
  }
  constexpr std::size_t kBeginning = 512;  // more white space than that stands in front of no document
  const std::string begin = base::percent_decode(text.substr(0, kBeginning), true).text;
  const std::size_t first =
      skip_json_space(begin, begin.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
  return first < begin.size() && opens_document(begin[first]) ? Encoding::kPercent : Encoding::kNeither;
}

// Form encoders write a space as '+', and a '+' as %2B. Outside of JSON's strings a '+' can otherwise stand
// only in an exponent, so one anywhere else shows that the whole text is form-encoded.
bool is_form_encoded(std::string_view encoded) {
  if (encoded.find('+') == std::string_view::npos)
    return false;
  const base::PercentDecoded decoded = base::percent_decode(encoded);
  bool in_string = false;
  for (std::size_t at = 0; at < decoded.text.size(); ++at) {
    const char byte = decoded.text[at];
    if (in_string && byte == '\\') {
      ++at;
    } else if (byte == '"') {
      in_string = !in_string;
    } else if (byte == '+' && !in_string && encoded[decoded.offsets[at]] == '+') {
      const char before = at > 0 ? decoded.text[at - 1] : '\0';
      if (before != 'e' && before != 'E')
        return true;
    }
  }
  return false;
}

}  // namespace

std::optional<Node> read_embedded_json(base::SourceMap& sources, const Node& string_node,
                                       base::DiagnosticSink& sink, const JsonLimits& limits) {
  const Encoding encoding =
      string_node.kind == NodeKind::kString ? recognise(string_node.text) : Encoding::kNeither;
  if (encoding == Encoding::kNeither) {
    sink.report(reader_error(
        "GP0001", string_node.span,
        fmt::format("found {}, expected a string with JSON or URL-encoded JSON",
                    string_node.kind == NodeKind::kString ? "another text" : describe(string_node.kind))));
    return std::nullopt;
  }
  std::string text = string_node.text;
  if (text.size() > limits.bytes) {
    sink.report(too_long(string_node.span, text.size(), limits.bytes));
    return std::nullopt;
  }
  Offsets offsets = offsets_in_source(sources, string_node);
  if (encoding == Encoding::kPercent) {
    base::PercentDecoded decoded = base::percent_decode(text, is_form_encoded(text));
    if (decoded.bad_escape) {
      const std::size_t at = *decoded.bad_escape;
      sink.report(reader_error("GP0001", base::Span{string_node.span.file, offsets[at], offsets[at + 1]},
                               "found '%' without two hexadecimal digits behind it, in a URL-encoded text",
                               "a percent sign itself is written %25"));
      return std::nullopt;
    }
    for (std::uint32_t& offset : decoded.offsets)
      offset = offsets[offset];
    text = std::move(decoded.text);
    offsets = std::move(decoded.offsets);
  }
  return read_json(sources, sources.add_embedded(string_node.span, std::move(text), std::move(offsets)), sink,
                   limits);
}

}  // namespace grantproof::syntax
