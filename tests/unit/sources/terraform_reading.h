// SPDX-License-Identifier: Apache-2.0
//
// For tests: a Terraform plan as text, read into lines that can be compared.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "sources/terraform.h"
#include "syntax/json_reader.h"
#include "syntax/json_writer.h"

namespace grantproof::sources {

struct TerraformReading {
  base::SourceMap sources;
  base::DiagnosticSink sink;
  Translation translation{sources, sink, {}, {}, {}};

  // `place.path` is empty, so unknown parts are short.
  explicit TerraformReading(const std::string& text, Place place = {"", "111122223333", "eu-west-1"}) {
    const auto root = syntax::read_json(sources, sources.add("plan.json", text), sink);
    if (root)
      read_terraform(*root, place, translation);
  }

  // "AWS::SQS::Queue aws_sqs_queue.q {…}", then gaps and mistakes.
  std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const config::Resource& resource : translation.resources)
      lines.push_back(
          fmt::format("{} {} {}", resource.type, resource.name, syntax::write_json(resource.properties)));
    for (const config::Gap& gap : translation.gaps)
      lines.push_back(fmt::format("gap: {}", gap.message));
    for (const base::Diagnostic& mistake : sink.diagnostics())
      lines.push_back(fmt::format("{}: {}", mistake.rule, mistake.message));
    return lines;
  }

  // The resource of that address; null where there is none.
  const config::Resource* find(std::string_view name) const {
    for (const config::Resource& resource : translation.resources) {
      if (resource.name == name)
        return &resource;
    }
    return nullptr;
  }
};

inline std::string joined(const std::vector<std::string>& parts, std::string_view separator = ",") {
  std::string text;
  for (const std::string& part : parts)
    text += (text.empty() ? "" : std::string(separator)) + part;
  return text;
}

// One change that creates a resource: "aws_sqs_queue.q", "aws_sqs_queue.q[0]", "data.aws_iam_role.r".
inline std::string created(std::string_view address, std::string_view after, std::string_view unknown = "{}",
                           std::string_view module = {}) {
  std::string_view rest = address;
  const bool is_data = rest.starts_with("data.");
  if (is_data)
    rest.remove_prefix(5);
  const std::string_view type = rest.substr(0, rest.find('.'));
  rest.remove_prefix(type.size() + 1);
  const std::string_view name = rest.substr(0, rest.find('['));
  const std::string_view key = rest.substr(name.size());
  return fmt::format(
      R"({{"mode":"{}","type":"{}","name":"{}"{}{},"change":{{"actions":["{}"],"before":null,"after":{},"after_unknown":{}}}}})",
      is_data ? "data" : "managed", type, name,
      key.empty() ? std::string() : fmt::format(R"(,"index":{})", key.substr(1, key.size() - 2)),
      module.empty() ? std::string() : fmt::format(R"(,"module_address":{})", syntax::json_quoted(module)),
      is_data ? "read" : "create", after, unknown);
}

// What the configuration says of a resource. `more`: "for_each_expression": …
inline std::string configured(std::string_view address, std::string_view expressions,
                              std::string_view more = {}) {
  return fmt::format(R"({{"address":"{}","provider_config_key":"aws","expressions":{}{}{}}})", address,
                     expressions, more.empty() ? "" : ",", more);
}

// {"references": […]} with what each is a part of, as Terraform writes it: "a.b.c" is a.b.c and a.b.
inline std::string refers_to(std::string_view one, std::string_view whole) {
  return fmt::format(R"({{"references":["{}","{}"]}})", one, whole);
}

// `module`: more members of the root module of the configuration.
inline std::string plan_of(const std::vector<std::string>& changes,
                           const std::vector<std::string>& configuration, std::string_view module = {},
                           std::string_view more = {}) {
  return fmt::format(
      R"({{"format_version":"1.2","resource_changes":[{}],"configuration":{{"provider_config":{{"aws":{{"name":"aws"}}}},"root_module":{{"resources":[{}]{}{}}}}}{}{}}})",
      joined(changes), joined(configuration), module.empty() ? "" : ",", module, more.empty() ? "" : ",",
      more);
}

}  // namespace grantproof::sources
