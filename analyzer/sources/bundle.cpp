// SPDX-License-Identifier: Apache-2.0
#include "sources/bundle.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "aws/arn.h"
#include "base/text.h"
#include "config/event_bus.h"
#include "config/rule_reader.h"
#include "sources/bundle_table.h"
#include "syntax/document_reader.h"

namespace grantproof::sources {
namespace {

using config::Resource;
using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

bool is_file(const Node& node) {
  return node.kind == NodeKind::kMap && node.members.size() == 1 && node.members.front().key == "File";
}

std::string text_of(const Node& map, std::string_view name) {
  const Node* found = map.find(name);
  return found != nullptr && (found->kind == NodeKind::kString || found->kind == NodeKind::kNumber)
             ? found->text
             : std::string();
}

// Where the elements of this map stand, as far as it says.
Place place_in(const Node& map, Place outer) {
  if (const std::string account = text_of(map, "Account"); !account.empty())
    outer.account = account;
  if (const std::string region = text_of(map, "Region"); !region.empty())
    outer.region = region;
  if (const auto arn = aws::parse_arn(text_of(map, "Arn"))) {
    if (!arn->account.empty())
      outer.account = arn->account;
    if (!arn->region.empty())
      outer.region = arn->region;
  }
  return outer;
}

class BundleReader : private syntax::DocumentReader {
 public:
  BundleReader(const ReadDocument& read_document, base::DiagnosticSink& mistakes, Translation& into)
      : DocumentReader(mistakes), read_document_(read_document), into_(into) {}

  void read(const Node& root, const Place& place) {
    for (const Member& member : root.members) {
      if (member.key == "Bundle")
        version(member.value);
      else if (member.key == "Organization")
        organization(member.value, place);
      else if (member.key == "Accounts")
        accounts(member.value, place);
      else if (member.key == "EventBuses")
        list(*find_bundle_list("EventBuses"), member.value, place);
      else if (member.key != "FailingTargets")
        unknown(member.key_span, "key", member.key,
                {"Bundle", "Organization", "Accounts", "EventBuses", "FailingTargets"});
    }
  }

 private:
  void version(const Node& node) {
    if (node.text != "1")
      mistake(node.span, "this is no version of a bundle", "write Bundle: 1");
  }

  void accounts(const Node& node, const Place& place) {
    if (!is_list(node, "Accounts"))
      return;
    for (const Node& item : node.items) {
      if (item.kind != NodeKind::kMap) {
        mistake(item.span, fmt::format("an account is {}, expected keys with values", describe(item.kind)),
                "write {Account: \"111122223333\", Region: eu-west-1, EventBuses: […], …}");
        continue;
      }
      account(item, place_in(item, place));
    }
  }

  void account(const Node& node, const Place& place) {
    if (!aws::is_account_id(place.account))
      mistake(node.span.end > node.span.begin ? first_byte(node.span) : node.span,
              fmt::format("\"{}\" is no account id", place.account),
              "write Account: with twelve digits, in quotes, so that leading zeros stay");
    std::vector<std::string_view> names = {"Account", "Name", "Region", "Files", "Resources"};
    for (const BundleList& row : bundle_lists())
      names.push_back(row.name);
    for (const Member& member : node.members) {
      if (const BundleList* row = find_bundle_list(member.key))
        list(*row, member.value, place);
      else if (member.key == "Resources")
        resources(member.value, place);
      else if (std::find(names.begin(), names.end(), member.key) == names.end())
        unknown(member.key_span, "key", member.key, names);
    }
    Resource described = resource("AWS::Organizations::Account", place.account, place, node.span);
    add_text(described.properties, "Id", place.account, node.span);
    add_text(described.properties, "AccountName", text_of(node, "Name"), node.span);
    if (!in_organization_.empty() || text_of(node, "Name").empty())
      return;
    into_.resources.push_back(std::move(described));
  }

  static base::Span first_byte(base::Span span) { return {span.file, span.begin, span.begin + 1}; }

  void list(const BundleList& row, const Node& node, const Place& place) {
    if (!is_list(node, row.name))
      return;
    for (const Node& item : node.items) {
      if (item.kind != NodeKind::kMap) {
        mistake(item.span, fmt::format("{} in {}, expected keys with values", describe(item.kind), row.name));
        continue;
      }
      element(row, item, place_in(item, place));
    }
  }

  void element(const BundleList& row, const Node& node, const Place& place) {
    Resource made = resource(row.type, text_of(node, row.name_property), place, node.span);
    made.arn = text_of(node, "Arn");
    Node properties = with_files(node);
    const Node* policy = nullptr;
    std::vector<std::string_view> names;
    for (std::string_view keys = row.keys; keys.size() > 1;) {
      keys.remove_prefix(1);
      names.push_back(keys.substr(0, keys.find(' ')));
      keys.remove_prefix(keys.find(' '));
    }
    for (const Member& member : properties.members) {
      if (std::find(names.begin(), names.end(), member.key) == names.end())
        unknown(member.key_span, "key", member.key, names);
      if (member.key == "Policy" && member.value.kind != NodeKind::kNull)
        policy = &member.value;
    }
    name_and_arn(row, node, made);
    const std::string owner = made.arn.empty() ? made.name : made.arn;
    if (policy != nullptr && !row.policy_type.empty()) {
      Resource attached = resource(row.policy_type, made.name, place, policy->span);
      add_text(attached.properties, std::string(row.policy_of), owner, policy->span);
      add(attached.properties, "PolicyDocument", *policy, policy->span);
      into_.resources.push_back(std::move(attached));
    }
    if (row.name == "EventBuses")
      rules_and_archives(properties, owner, place);
    for (const std::string_view apart : {"Policy", "Rules", "Archives"})
      properties.members.erase(std::remove_if(properties.members.begin(), properties.members.end(),
                                              [&](const Member& one) { return one.key == apart; }),
                               properties.members.end());
    made.properties = std::move(properties);
    into_.resources.push_back(std::move(made));
  }

  void name_and_arn(const BundleList& row, const Node& node, Resource& made) {
    if (!made.name.empty())
      return;
    if (made.arn.empty()) {
      mistake(first_byte(node.span),
              fmt::format("this element of {} has neither {} nor Arn", row.name, row.name_property),
              "give one of them");
      return;
    }
    made.name = made.arn.substr(made.arn.find_last_of(":/") + 1);
  }

  void rules_and_archives(const Node& bus, const std::string& owner, const Place& place) {
    if (const Node* rules = bus.find("Rules"); rules != nullptr && is_list(*rules, "Rules")) {
      for (const Node& rule : rules->items) {
        if (rule.kind != NodeKind::kMap) {
          mistake(rule.span, fmt::format("a rule is {}, expected keys with values", describe(rule.kind)));
          continue;
        }
        Resource made = resource("AWS::Events::Rule", text_of(rule, "Name"), place, rule.span);
        made.properties = with_files(rule);
        add_text(made.properties, "EventBusName", owner, rule.span);
        into_.resources.push_back(std::move(made));
      }
    }
    if (const Node* archives = bus.find("Archives"); archives != nullptr && is_list(*archives, "Archives")) {
      for (const Node& archive : archives->items) {
        Resource made =
            resource("AWS::Events::Archive", text_of(archive, "ArchiveName"), place, archive.span);
        made.properties = with_files(archive);
        add_text(made.properties, "SourceArn", bus_arn(owner, place), archive.span);
        into_.resources.push_back(std::move(made));
      }
    }
  }

  static std::string bus_arn(const std::string& owner, const Place& place) {
    if (owner.starts_with("arn:"))
      return owner;
    return fmt::format("arn:{}:events:{}:{}:event-bus/{}", config::partition_of(place.region), place.region,
                       place.account, owner);
  }

  void resources(const Node& node, const Place& place) {
    if (!is_list(node, "Resources"))
      return;
    for (const Node& item : node.items) {
      const std::string type = text_of(item, "Type");
      const Node* properties = item.find("Properties");
      if (type.empty() || properties == nullptr) {
        mistake(item.span, "this resource lacks Type or Properties",
                "write {Type: AWS::SQS::Queue, Properties: {QueueName: …}}");
        continue;
      }
      Resource made = resource(type, text_of(item, "Name"), place, item.span);
      made.arn = text_of(item, "Arn");
      made.properties = with_files(*properties);
      into_.resources.push_back(std::move(made));
    }
  }

  // {Id: o-…, ManagementAccount: …, Units: [{Id, Name, ParentId, ServiceControlPolicies,
  // ResourceControlPolicies}]}
  void organization(const Node& node, const Place& place) {
    if (node.kind != NodeKind::kMap) {
      mistake(node.span, fmt::format("Organization is {}, expected keys with values", describe(node.kind)),
              "write Organization: {Id: o-exampleorgid, Units: […]}");
      return;
    }
    Resource made = resource("AWS::Organizations::Organization", text_of(node, "Id"), place, node.span);
    for (const Member& member : node.members) {
      if (member.key == "Units")
        units(member.value, place);
      else if (member.key == "Id" || member.key == "ManagementAccountId")
        add(made.properties, member.key, member.value, member.value.span);
      else
        unknown(member.key_span, "key", member.key, {"Id", "ManagementAccountId", "Units"});
    }
    into_.resources.push_back(std::move(made));
  }

  void units(const Node& node, const Place& place) {
    if (!is_list(node, "Units"))
      return;
    for (const Node& item : node.items) {
      if (item.kind != NodeKind::kMap) {
        mistake(item.span, fmt::format("a unit is {}, expected keys with values", describe(item.kind)));
        continue;
      }
      const std::string id = text_of(item, "Id");
      const bool is_account = aws::is_account_id(id);
      Resource made =
          resource(is_account ? "AWS::Organizations::Account" : "AWS::Organizations::OrganizationalUnit", id,
                   place, item.span);
      for (const Member& member : item.members) {
        if (member.key == "Id" || member.key == "ParentId")
          add(made.properties, member.key, member.value, member.value.span);
        else if (member.key == "Name")
          add(made.properties, is_account ? "AccountName" : "Name", member.value, member.value.span);
        else if (member.key == "ServiceControlPolicies")
          control_policies(member.value, "SERVICE_CONTROL_POLICY", id, place);
        else if (member.key == "ResourceControlPolicies")
          control_policies(member.value, "RESOURCE_CONTROL_POLICY", id, place);
        else
          unknown(member.key_span, "key", member.key,
                  {"Id", "Name", "ParentId", "ServiceControlPolicies", "ResourceControlPolicies"});
      }
      if (is_account)
        in_organization_ = id;
      into_.resources.push_back(std::move(made));
    }
  }

  void control_policies(const Node& node, std::string_view type, const std::string& unit,
                        const Place& place) {
    if (!is_list(node, "a list of policies"))
      return;
    for (const Node& item : node.items) {
      Resource made = resource("AWS::Organizations::Policy", unit, place, item.span);
      add_text(made.properties, "Type", std::string(type), item.span);
      add_text(made.properties, "TargetIds", unit, item.span);
      add(made.properties, "Content", with_files(item), item.span);
      into_.resources.push_back(std::move(made));
    }
  }

  // The tree with every {File: …} replaced by the document in that file.
  Node with_files(const Node& node) {
    if (is_file(node)) {
      const Node& path = node.members.front().value;
      if (path.kind == NodeKind::kString) {
        if (auto document = read_document_(path.text, path.span))
          return std::move(*document);
      } else {
        mistake(path.span, fmt::format("File is {}, expected a path", describe(path.kind)));
      }
      Node nothing;
      nothing.span = node.span;
      return nothing;
    }
    Node copy = node;
    for (Node& item : copy.items)
      item = with_files(item);
    for (Member& member : copy.members)
      member.value = with_files(member.value);
    return copy;
  }

  static Resource resource(std::string_view type, std::string name, const Place& place, base::Span span) {
    Resource made;
    made.type = type;
    made.name = std::move(name);
    made.partition = config::partition_of(place.region);
    made.account = place.account;
    made.region = place.region;
    made.span = span;
    made.properties.kind = NodeKind::kMap;
    made.properties.span = span;
    return made;
  }

  static void add(Node& map, std::string name, Node value, base::Span span) {
    Member& member = map.members.emplace_back();
    member.key = std::move(name);
    member.key_span = span;
    member.value = std::move(value);
  }

  static void add_text(Node& map, std::string name, std::string text, base::Span span) {
    Node value;
    value.kind = NodeKind::kString;
    value.text = std::move(text);
    value.span = span;
    add(map, std::move(name), std::move(value), span);
  }

  const ReadDocument& read_document_;
  Translation& into_;
  std::string in_organization_;
};

void collect_files(const Node& node, const Place& place, std::vector<BundleFile>& files) {
  if (is_file(node)) {
    const Node& path = node.members.front().value;
    if (path.kind == NodeKind::kString)
      files.push_back({path.text, place, true, path.span});
    return;
  }
  for (const Node& item : node.items)
    collect_files(item, place, files);
  for (const Member& member : node.members)
    collect_files(member.value, place, files);
}

}  // namespace

bool is_bundle(const Node& root) {
  if (root.kind != NodeKind::kMap)
    return false;
  if (root.find("Bundle") != nullptr)
    return true;
  const Node* buses = root.find("EventBuses");
  return buses != nullptr && buses->kind == NodeKind::kList &&
         std::any_of(buses->items.begin(), buses->items.end(), [](const Node& bus) {
           return bus.find("Account") != nullptr || bus.find("Rules") != nullptr ||
                  bus.find("Archives") != nullptr;
         });
}

std::vector<BundleFile> bundle_files(const Node& root, const Place& place) {
  std::vector<BundleFile> files;
  collect_files(root, place, files);
  const Node* accounts = root.find("Accounts");
  if (accounts == nullptr)
    return files;
  for (const Node& account : accounts->items) {
    const Node* list = account.find("Files");
    if (list == nullptr)
      continue;
    const Place inner = place_in(account, place);
    for (const Node& item : list->items) {
      if (item.kind == NodeKind::kString)
        files.push_back({item.text, inner, false, item.span});
    }
  }
  return files;
}

void read_bundle(const Node& root, const Place& place, const ReadDocument& read_document, Translation& into) {
  base::DiagnosticSink mistakes;
  BundleReader(read_document, mistakes, into).read(root, place);
  for (base::Diagnostic diagnostic : mistakes.diagnostics()) {
    diagnostic.rule = "GP0301";
    into.sink.report(std::move(diagnostic));
  }
}

}  // namespace grantproof::sources
