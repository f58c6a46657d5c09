// SPDX-License-Identifier: Apache-2.0
//
// A whole organisation read and linked: answers of the AWS CLI for many accounts, made here, become one
// Configuration. Time, the highest use of memory, and exact counts.
//
//   read_estate [ACCOUNTS [ROLES [BUSES [RULES]]]] [--write FOLDER]
//
// The numbers are totals (200 20000 2000 10000 where none are given). --write leaves the files in a folder
// that exists, ACCOUNT-*.json, for the program itself:  grantproof check FOLDER Exit 1 where something of the
// estate did not arrive.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "aws/reference.h"
#include "sources/source_reader.h"
#include "syntax/json_writer.h"

namespace {

using namespace grantproof;
using Clock = std::chrono::steady_clock;

struct Size {
  std::size_t accounts = 200, roles = 20'000, buses = 2'000, rules = 10'000;
};

std::string account_id(std::size_t number) {
  return fmt::format("{:012}", 100'000'000'000 + number);
}

constexpr std::string_view kTrust =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},)"
    R"("Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"ACCOUNT"}}}]})";

std::string with_account(std::string_view text, const std::string& account) {
  std::string result(text);
  for (std::size_t at = result.find("ACCOUNT"); at != std::string::npos; at = result.find("ACCOUNT", at))
    result.replace(at, std::string_view("ACCOUNT").size(), account);
  return result;
}

std::string authorization_details(const std::string& account, std::size_t roles, std::size_t first) {
  std::string text = R"({"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[)";
  for (std::size_t i = 0; i < roles; ++i) {
    text += fmt::format(
        R"({}{{"Path":"/","RoleName":"role-{}","RoleId":"AROA{}","Arn":"arn:aws:iam::{}:role/role-{}",)"
        R"("AssumeRolePolicyDocument":{},"RolePolicyList":[{{"PolicyName":"put","PolicyDocument":{{"Version":)"
        R"("2012-10-17","Statement":[{{"Sid":"Put","Effect":"Allow","Action":"events:PutEvents","Resource":)"
        R"("arn:aws:events:eu-west-1:{}:event-bus/bus-{}"}},{{"Effect":"Allow","Action":["sqs:SendMessage",)"
        R"("sqs:GetQueueUrl"],"Resource":"arn:aws:sqs:eu-west-1:{}:queue-{}"}}]}}}}],)"
        R"("AttachedManagedPolicies":[{{"PolicyName":"base","PolicyArn":"arn:aws:iam::{}:policy/base"}}],)"
        R"("InstanceProfileList":[],"Tags":[]}})",
        i == 0 ? "" : ",", first + i, first + i, account, first + i, with_account(kTrust, account), account,
        (first + i) % 10, account, i, account);
  }
  return text +
         fmt::format(
             R"(],"Policies":[{{"PolicyName":"base","Arn":"arn:aws:iam::{0}:policy/base",)"
             R"("PolicyVersionList":[{{"VersionId":"v1","IsDefaultVersion":true,"Document":{{"Version":)"
             R"("2012-10-17","Statement":[{{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":)"
             R"("arn:aws:logs:eu-west-1:{0}:*"}}]}}}}]}}]}})",
             account);
}

std::string event_buses(const std::string& account, std::size_t buses) {
  std::string text = R"({"EventBuses":[)";
  for (std::size_t i = 0; i < buses; ++i) {
    const std::string arn = fmt::format("arn:aws:events:eu-west-1:{}:event-bus/bus-{}", account, i);
    const std::string policy = fmt::format(
        R"({{"Version":"2012-10-17","Statement":[{{"Sid":"Org","Effect":"Allow","Principal":"*","Action":)"
        R"("events:PutEvents","Resource":"{}","Condition":{{"StringEquals":{{"aws:PrincipalOrgID":)"
        R"("o-exampleorgid"}}}}}}]}})",
        arn);
    text += fmt::format(R"({}{{"Name":"bus-{}","Arn":"{}","Policy":{}}})", i == 0 ? "" : ",", i, arn,
                        syntax::json_quoted(policy));
  }
  return text + "]}";
}

std::string rules(const std::string& account, std::size_t buses, std::size_t count, std::size_t first,
                  std::vector<std::string>& targets) {
  std::string text = R"({"Rules":[)";
  for (std::size_t i = 0; i < count; ++i) {
    const std::string bus = fmt::format("bus-{}", buses == 0 ? 0 : i % buses);
    const std::string pattern = fmt::format(
        R"({{"source":["com.example.service{}"],"detail-type":["Created","Changed"]}})", first + i);
    text += fmt::format(
        R"({}{{"Name":"rule-{}","Arn":"arn:aws:events:eu-west-1:{}:rule/{}/rule-{}","EventPattern":{},"State":)"
        R"("ENABLED","EventBusName":"{}"}})",
        i == 0 ? "" : ",", first + i, account, bus, first + i, syntax::json_quoted(pattern), bus);
    targets.push_back(fmt::format(R"({{"EventBusName":"{}","Rule":"rule-{}","Targets":[{{"Id":"queue","Arn":)"
                                  R"("arn:aws:sqs:eu-west-1:{}:queue-{}"}}]}})",
                                  bus, first + i, account, i));
  }
  return text + "]}";
}

struct File {
  std::string path;
  std::string text;
};

std::vector<File> estate(const Size& size) {
  std::vector<File> files;
  const auto share = [&](std::size_t total, std::size_t account) {
    return total / size.accounts + (account < total % size.accounts ? 1 : 0);
  };
  std::size_t role = 0;
  std::size_t rule = 0;
  for (std::size_t i = 0; i < size.accounts; ++i) {
    const std::string account = account_id(i);
    const std::string folder = account + "/eu-west-1/";
    const std::size_t buses = share(size.buses, i);
    files.push_back(
        {folder + "authorization.json", authorization_details(account, share(size.roles, i), role)});
    role += share(size.roles, i);
    files.push_back({folder + "buses.json", event_buses(account, buses)});
    std::vector<std::string> targets;
    files.push_back({folder + "rules.json", rules(account, buses, share(size.rules, i), rule, targets)});
    rule += share(size.rules, i);
    std::string list = "[";
    for (const std::string& one : targets)
      list += (list.size() > 1 ? "," : "") + one;
    files.push_back({folder + "targets.json", list + "]"});
  }
  return files;
}

int write(const std::vector<File>& files, const std::string& folder) {
  for (const File& file : files) {
    std::string name = file.path;
    for (char& byte : name)
      byte = byte == '/' ? '_' : byte;
    std::ofstream out(folder + "/" + name, std::ios::binary);
    out << file.text;
    if (!out) {
      fmt::print(stderr, "cannot write {}/{}\n", folder, name);
      return 1;
    }
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  Size size;
  std::string folder;
  std::size_t number = 0;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--write" && i + 1 < count) {
      folder = words[++i];
      continue;
    }
    std::size_t* const fields[] = {&size.accounts, &size.roles, &size.buses, &size.rules};
    if (number < 4)
      *fields[number++] = std::strtoull(word.c_str(), nullptr, 10);
  }
  std::vector<File> files = estate(size);
  std::size_t bytes = 0;
  for (const File& file : files)
    bytes += file.text.size();
  if (!folder.empty())
    return write(files, folder);

  const auto begin = Clock::now();
  base::SourceMap map;
  base::DiagnosticSink sink;
  sources::SourceOptions options;
  options.reference = &aws::Reference::embedded();
  sources::SourceReader reader(options, map, sink);
  for (File& file : files) {
    if (!reader.add(file.path, std::move(file.text), true))
      return 1;
  }
  const config::Configuration configuration = reader.finish();
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::size_t found_rules = 0;
  std::size_t found_targets = 0;
  for (const config::EventBus& bus : configuration.event_buses) {
    found_rules += bus.rules.size();
    for (const config::Rule& rule : bus.rules)
      found_targets += rule.targets.size();
  }
  fmt::print("{} accounts, {} principals, {} policies, {} buses, {} rules, {} targets, {} errors\n",
             configuration.accounts.size(), configuration.principals.size(), configuration.policies.size(),
             configuration.event_buses.size(), found_rules, found_targets, sink.errors());
  fmt::print("{:.1f} MB of text read and linked in {:.2f} s, at most {} MB of memory\n",
             static_cast<double>(bytes) / 1e6, seconds, usage.ru_maxrss / 1024);
  const bool complete = configuration.principals.size() == size.roles &&
                        configuration.event_buses.size() == size.buses && found_rules == size.rules &&
                        found_targets == size.rules && sink.errors() == 0;
  return complete ? 0 : 1;
}
