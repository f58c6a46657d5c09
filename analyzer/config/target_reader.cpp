// SPDX-License-Identifier: Apache-2.0
#include "config/target_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "aws/arn.h"
#include "base/source.h"
#include "base/unknown_text.h"
#include "config/delivery_error.h"
#include "syntax/document_reader.h"
#include "syntax/json_reader.h"

namespace grantproof::config {
namespace {

using syntax::Node;
using syntax::NodeKind;

// API reference, Target and InputTransformer.
constexpr std::size_t kLongestId = 64;
constexpr std::size_t kLongestInput = 8'192;
constexpr std::size_t kLongestPath = 256;
constexpr std::size_t kLongestTemplate = 8'192;
constexpr std::size_t kMostPaths = 100;
constexpr unsigned kMostRetries = 185;
constexpr unsigned kLeastAge = 60;
constexpr unsigned kMostAge = 86'400;

bool is_word(std::string_view text, std::string_view also) {
  return std::all_of(text.begin(), text.end(), [also](char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           also.find(byte) != std::string_view::npos;
  });
}

class TargetReader : private syntax::DocumentReader {
  friend class syntax::DocumentReader;
  template <typename Into>
  using KeyOf = Key<TargetReader, Into>;

 public:
  explicit TargetReader(base::DiagnosticSink& sink) : DocumentReader(sink) {}

  std::optional<Target> read(const Node& node) {
    static constexpr std::array<KeyOf<Target>, 18> kKeys = {{
        {"Id", &TargetReader::id},
        {"Arn", &TargetReader::arn},
        {"RoleArn", &TargetReader::role_arn},
        {"Input", &TargetReader::input},
        {"InputPath", &TargetReader::input_path},
        {"InputTransformer", &TargetReader::input_transformer},
        {"RetryPolicy", &TargetReader::retry_policy},
        {"DeadLetterConfig", &TargetReader::dead_letter_config},
        {"Failing", &TargetReader::failing},
        {"KinesisParameters"},
        {"RunCommandParameters"},
        {"EcsParameters"},
        {"BatchParameters"},
        {"SqsParameters"},
        {"HttpParameters"},
        {"RedshiftDataParameters"},
        {"SageMakerPipelineParameters"},
        {"AppSyncParameters"},
    }};
    Target target;
    target.span = node.span;
    map<TargetReader, Target>(node, "a target", kKeys, target);
    if (node.kind != NodeKind::kMap)
      return std::nullopt;
    whole(node, target);
    return target;
  }

  std::optional<Failing> read_failing(const Node& node) {
    static constexpr std::array<KeyOf<Failing>, 2> kKeys = {{
        {"Error", &TargetReader::error},
        {"Times", &TargetReader::times},
    }};
    Failing failing;
    const std::size_t errors = sink_.errors();
    if (node.kind == NodeKind::kString)
      error(node, failing);
    else
      map<TargetReader, Failing>(node, "Failing", kKeys, failing);
    if (sink_.errors() == errors && failing.error.empty())
      mistake(node.span, "Failing has no Error", "write {Error: THROTTLING}");
    return sink_.errors() == errors ? std::optional(std::move(failing)) : std::nullopt;
  }

 private:
  // What only the whole target shows.
  void whole(const Node& node, Target& target) {
    const base::Span begin{node.span.file, node.span.begin, node.span.begin + 1};
    if (node.find("Id") == nullptr)
      mistake(begin, "this target has no Id",
              fmt::format("add Id: up to {} letters, digits, '.', '-' and '_'", kLongestId));
    if (node.find("Arn") == nullptr)
      mistake(begin, "this target has no Arn", "add Arn: arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE");
    const Node* first = nullptr;
    for (const std::string_view name : {"Input", "InputPath", "InputTransformer"}) {
      const Node* given = node.find(name);
      if (given == nullptr || given->kind == NodeKind::kNull)
        continue;
      if (first != nullptr)
        mistake(given->span, fmt::format("Only one of Input, InputPath, or InputTransformer must be provided "
                                         "for target {}",
                                         target.id));
      first = given;
    }
    if (!parse_bus_arn(target.arn))
      return;
    if (first != nullptr)
      mistake(
          first->span,
          fmt::format("Modifying the input for target {} is not supported: it is an event bus", target.id),
          "shape the input where the other bus delivers it");
    if (const Node* retry = node.find("RetryPolicy"))
      mistake(retry->span, "an event bus as a target takes no RetryPolicy",
              "leave it out; the targets of the other bus may have one");
    if (target.role_arn.empty())
      warning(begin, fmt::format("RoleArn is required for target {}: it is an event bus", target.id),
              "PutTargets refuses it today; targets made before 2023-03-02 may go without");
  }

  void id(const Node& node, Target& target) {
    if (text(node, "Id", target.id) && !base::has_unknown(target.id) &&
        (!is_word(target.id, "._-") || target.id.size() > kLongestId))
      mistake(node.span, fmt::format("\"{}\" is no Id of a target", target.id),
              fmt::format("up to {} letters, digits, '.', '-' and '_'", kLongestId));
  }

  bool arn_text(const Node& node, std::string_view what, std::string& into) {
    if (!text(node, what, into))
      return false;
    const auto arn = aws::parse_arn(into);
    if (base::has_unknown(into))
      return true;
    if (!arn || arn->partition.empty() || arn->service.empty() || arn->resource.empty()) {
      mistake(node.span, fmt::format("{} is \"{}\", which is no ARN", what, into),
              "write arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE");
      return false;
    }
    if (!arn->account.empty() && !aws::is_account_id(arn->account)) {
      mistake(node.span, fmt::format("the account in this ARN is \"{}\"", arn->account),
              "an account id has twelve digits");
      return false;
    }
    return true;
  }

  void arn(const Node& node, Target& target) {
    if (arn_text(node, "Arn", target.arn) && target.arn.find(":event-busv2/") != std::string::npos)
      mistake(node.span,
              "a bus of the newer kind (event-busv2) has subscribers instead of rules; replay routes classic "
              "buses",
              "write arn:aws:events:REGION:ACCOUNT:event-bus/NAME, or leave the target out");
  }
  void role_arn(const Node& node, Target& target) {
    if (!arn_text(node, "RoleArn", target.role_arn))
      return;
    const auto arn = aws::parse_arn(target.role_arn);
    if (base::has_unknown(target.role_arn))
      return;
    if (arn->service != "iam" || !arn->resource.starts_with("role/"))
      mistake(node.span, fmt::format("\"{}\" is no ARN of a role", target.role_arn),
              "write arn:aws:iam::ACCOUNT:role/NAME");
  }

  bool too_long(const Node& node, std::string_view what, std::size_t most) {
    if (node.text.size() <= most)
      return false;
    mistake(node.span, fmt::format("{} has {} bytes; EventBridge takes {}", what, node.text.size(), most));
    return true;
  }

  void input(const Node& node, Target& target) {
    if (node.kind != NodeKind::kString) {
      mistake(node.span, fmt::format("Input is {}, expected JSON text in a string", describe(node.kind)),
              R"(write Input: '{"key": "value"}')");
      return;
    }
    base::SourceMap sources;
    base::DiagnosticSink mistakes;
    if (!base::has_unknown(node.text) &&
        !syntax::read_json(sources, sources.add("Input", node.text), mistakes))
      mistake(node.span, "Input is no JSON text", R"(write '{"key": "value"}', or '"text"' with its quotes)");
    too_long(node, "Input", kLongestInput);
    target.input.input = node.text;
  }

  std::optional<events::JsonPath> path(const Node& node, std::string_view what) {
    std::string written;
    if (!text(node, what, written) || too_long(node, what, kLongestPath))
      return std::nullopt;
    if (base::has_unknown(written))
      return std::nullopt;
    auto parsed = events::parse_json_path(written);
    if (!parsed) {
      mistake(node.span, fmt::format("{}: {}", what, parsed.error().message), "write $.detail.name");
      return std::nullopt;
    }
    return std::move(*parsed);
  }

  void input_path(const Node& node, Target& target) { target.input.input_path = path(node, "InputPath"); }

  void input_transformer(const Node& node, Target& target) {
    static constexpr std::array<KeyOf<events::InputTransformer>, 2> kKeys = {{
        {"InputPathsMap", &TargetReader::input_paths},
        {"InputTemplate", &TargetReader::input_template},
    }};
    const std::size_t errors = sink_.errors();
    events::InputTransformer transformer;
    map<TargetReader, events::InputTransformer>(node, "InputTransformer", kKeys, transformer);
    if (sink_.errors() == errors && transformer.input_template.empty())
      mistake(node.span, "InputTransformer has no InputTemplate",
              R"(add InputTemplate: '{"key": <name>}', with the names of InputPathsMap)");
    if (sink_.errors() == errors)
      check_placeholders(*node.find("InputTemplate"), transformer, target.id);
    target.input.transformer = std::move(transformer);
  }

  void input_paths(const Node& node, events::InputTransformer& transformer) {
    if (node.kind != NodeKind::kMap) {
      mistake(node.span, fmt::format("InputPathsMap is {}, expected names with paths", describe(node.kind)));
      return;
    }
    if (node.members.size() > kMostPaths)
      mistake(node.span, fmt::format("InputPathsMap has {} names; EventBridge takes {}", node.members.size(),
                                     kMostPaths));
    for (const syntax::Member& member : node.members) {
      if (member.key.empty() || !is_word(member.key, "_-") || member.key.starts_with("AWS"))
        mistake(member.key_span, fmt::format("\"{}\" is no name of a variable", member.key),
                "letters, digits, '_' and '-', and not AWS at the beginning");
      if (auto read = path(member.value, member.key))
        transformer.paths.emplace_back(member.key, std::move(*read));
    }
  }

  void input_template(const Node& node, events::InputTransformer& transformer) {
    if (text(node, "InputTemplate", transformer.input_template))
      too_long(node, "InputTemplate", kLongestTemplate);
  }

  void check_placeholders(const Node& node, const events::InputTransformer& transformer,
                          const std::string& target) {
    if (base::has_unknown(transformer.input_template))
      return;
    for (const events::Placeholder& placeholder : events::placeholders(transformer.input_template)) {
      const bool known = std::any_of(transformer.paths.begin(), transformer.paths.end(),
                                     [&](const auto& row) { return row.first == placeholder.name; });
      if (!known && !events::is_reserved_variable(placeholder.name)) {
        std::vector<std::string_view> names;
        for (const auto& row : transformer.paths)
          names.push_back(row.first);
        const auto meant = base::nearest(placeholder.name, names);
        mistake(node.span,
                fmt::format("InputTemplate for target {} contains invalid placeholder {}", target,
                            placeholder.name),
                meant ? fmt::format("did you mean <{}>?", *meant) : "add it to InputPathsMap");
      }
      if (placeholder.as_key)
        warning(node.span,
                fmt::format("<{}> stands as the name of a member, where EventBridge takes no placeholder",
                            placeholder.name),
                "nothing will be delivered: INVALID_JSON");
    }
  }

  void retry_policy(const Node& node, Target& target) {
    static constexpr std::array<KeyOf<RetryPolicy>, 2> kKeys = {{
        {"MaximumRetryAttempts", &TargetReader::maximum_retry_attempts},
        {"MaximumEventAgeInSeconds", &TargetReader::maximum_event_age},
    }};
    map<TargetReader, RetryPolicy>(node, "RetryPolicy", kKeys, target.retry_policy);
  }
  void maximum_retry_attempts(const Node& node, RetryPolicy& policy) {
    if (const auto read = number(node, "MaximumRetryAttempts", 0, kMostRetries))
      policy.maximum_retry_attempts = *read;
  }
  void maximum_event_age(const Node& node, RetryPolicy& policy) {
    if (const auto read = number(node, "MaximumEventAgeInSeconds", kLeastAge, kMostAge))
      policy.maximum_event_age_in_seconds = *read;
  }

  void dead_letter_config(const Node& node, Target& target) {
    static constexpr std::array<KeyOf<Target>, 1> kKeys = {{{"Arn", &TargetReader::dead_letter_queue}}};
    map<TargetReader, Target>(node, "DeadLetterConfig", kKeys, target);
  }
  void dead_letter_queue(const Node& node, Target& target) {
    if (!arn_text(node, "Arn", target.dead_letter_queue) || base::has_unknown(target.dead_letter_queue))
      return;
    if (aws::parse_arn(target.dead_letter_queue)->service != "sqs" ||
        target.dead_letter_queue.ends_with(".fifo"))
      mistake(node.span, "a dead-letter queue is a standard SQS queue",
              "write arn:aws:sqs:REGION:ACCOUNT:NAME");
  }

  void failing(const Node& node, Target& target) { target.failing = read_failing(node); }
  void error(const Node& node, Failing& failing) {
    if (!text(node, "Error", failing.error) || find_delivery_error(failing.error) != nullptr)
      return;
    std::vector<std::string_view> codes;
    for (const DeliveryError& known : delivery_errors())
      codes.push_back(known.code);
    unknown(node.span, "error code", failing.error, codes);
  }
  void times(const Node& node, Failing& failing) { failing.times = number(node, "Times", 1, 1'000'000); }
};

}  // namespace

std::optional<Target> read_target(const Node& node, base::DiagnosticSink& sink) {
  return TargetReader(sink).read(node);
}

std::optional<Failing> read_failing(const Node& node, base::DiagnosticSink& sink) {
  return TargetReader(sink).read_failing(node);
}

}  // namespace grantproof::config
