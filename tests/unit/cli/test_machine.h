// SPDX-License-Identifier: Apache-2.0
//
// A machine without a process: files in memory, streams in strings, a fixed day, no git.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "cli/commands.h"
#include "cli/machine.h"

namespace grantproof::cli {

struct TestMachine {
  // TestMachine test{{"path", "text"}, …};
  TestMachine(std::initializer_list<std::pair<const std::string, std::string>> with = {})
      : files(std::map<std::string, std::string>(with)) {
    machine.files = &files;
    machine.standard_input = [this]() -> base::Expected<std::string> { return input; };
    machine.for_each_line = [this](const std::string& path,
                                   const LineConsumer& consume) -> base::Expected<void> {
      auto text = path == "-" ? base::Expected<std::string>(input) : files.read_file(path);
      if (!text)
        return tl::unexpected<base::Error>(text.error());
      std::string_view rest = *text;
      while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (!consume(rest.substr(0, end)))
          break;
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
      return {};
    };
    machine.for_each_piece = [this](const std::string& path,
                                    const LineConsumer& consume) -> base::Expected<void> {
      auto text = path == "-" ? base::Expected<std::string>(input) : files.read_file(path);
      if (!text)
        return tl::unexpected<base::Error>(text.error());
      // Small pieces: nothing may depend on where they end.
      constexpr std::size_t kPiece = 7;
      for (std::size_t at = 0; at < text->size(); at += kPiece) {
        if (!consume(std::string_view(*text).substr(at, kPiece)))
          break;
      }
      return {};
    };
    machine.git_object = [this](const std::string& name) -> base::Expected<std::string> {
      const auto found = git.find(name);
      if (found == git.end())
        return base::error("git does not have " + name);
      return found->second;
    };
    machine.output = [this](std::string_view text) { output += text; };
    machine.errors = [this](std::string_view text) { errors += text; };
    machine.environment = [this](const std::string& name) -> std::optional<std::string> {
      const auto found = variables.find(name);
      return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
    machine.current_directory = "/work";
    machine.today = "2026-06-15";
  }
  TestMachine(const TestMachine&) = delete;
  TestMachine& operator=(const TestMachine&) = delete;

  int run(const std::vector<std::string>& words) {
    output.clear();
    errors.clear();
    return cli::run(words, machine);
  }

  base::MemoryFileSystem files;
  std::map<std::string, std::string> git;
  std::map<std::string, std::string> variables;
  std::string input;
  std::string output;
  std::string errors;
  Machine machine;
};

inline constexpr std::string_view kOpenBus = R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "PartnerPut",
      "Effect": "Allow",
      "Principal": "*",
      "Action": "events:PutEvents",
      "Resource": "arn:aws:events:us-east-1:111122223333:event-bus/orders"
    }
  ]
}
)";

inline constexpr std::string_view kClosedBus = R"({
  "Version": "2012-10-17",
  "Statement": {
    "Sid": "OwnPut",
    "Effect": "Allow",
    "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
    "Action": "events:PutEvents",
    "Resource": "arn:aws:events:us-east-1:111122223333:event-bus/orders",
    "Condition": { "StringEquals": { "events:source": "com.shop.orders", "events:detail-type": "OrderPlaced" } }
  }
}
)";

}  // namespace grantproof::cli
