// SPDX-License-Identifier: Apache-2.0
//
// Walks documents by the tables: a document is an answer, or a list of answers; an answer is one resource, or
// has resources under its keys.
#include "sources/aws_dump.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "sources/aws_dump_answer.h"
#include "sources/aws_dump_policy_home.h"
#include "sources/aws_dump_table.h"

namespace grantproof::sources {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

// What stands in answers besides what they are about: pages, metadata, and parameters of calls that people
// put beside them.
constexpr std::array<std::string_view, 5> kPageTokens = {"NextToken", "nextToken", "Marker", "NextMarker",
                                                         "IsTruncated"};
constexpr std::array<std::string_view, 23> kBesides = {
    "NextToken", "nextToken", "Marker",       "NextMarker",   "IsTruncated", "ResponseMetadata",
    "$metadata", "QueryInfo", "EventBusName", "Rule",         "RoleName",    "UserName",
    "GroupName", "PolicyArn", "PolicyName",   "ParentId",     "ChildId",     "TargetId",
    "PolicyId",  "Truncated", "QueueUrl",     "FunctionName", "TopicArn"};

// An empty key stands for the answer itself.
template <typename Use>
void for_each_row(std::string_view key, const Use& use) {
  for (const std::span<const Row> table : all_rows()) {
    for (const Row& row : table) {
      if (row.key == key)
        use(row);
    }
  }
}

// The row by which this value of a key is read: one that fits an entry, or the parameters of the call. Null
// where none does.
const Row* row_for(const Member& member, const Node& answer) {
  const Row* found = nullptr;
  for_each_row(member.key, [&](const Row& row) {
    if (found != nullptr || member.key.empty())
      return;
    const auto entries = entries_of(member.value);
    const Node* beside = row.beside.empty() ? nullptr : answer.find(row.beside);
    if ((beside != nullptr && beside->kind != NodeKind::kNull) ||
        std::any_of(entries.begin(), entries.end(), [&](const Node& entry) { return fits(row, entry); }))
      found = &row;
  });
  return found;
}

const Row* first_row(std::string_view key) {
  const Row* found = nullptr;
  for_each_row(key, [&](const Row& row) { found = found == nullptr ? &row : found; });
  return key.empty() ? nullptr : found;
}

// The row of an answer that describes one resource by itself.
const Row* bare_row(const Node& answer) {
  const Row* found = nullptr;
  for_each_row({}, [&](const Row& row) {
    if (found == nullptr && fits(row, answer))
      found = &row;
  });
  return found;
}

// Nothing but what answers have, and something that only they have, if of a wrong kind or empty.
bool has_only_known_keys(const Node& answer) {
  bool shown = false;
  for (const Member& member : answer.members) {
    if (std::find(kBesides.begin(), kBesides.end(), member.key) != kBesides.end())
      continue;
    const Row* first = first_row(member.key);
    if (first == nullptr)
      return false;
    // Objects in which nothing is recognised are something else.
    const auto entries = entries_of(member.value);
    const bool objects = std::any_of(entries.begin(), entries.end(),
                                     [](const Node& entry) { return entry.kind == NodeKind::kMap; });
    bool distinctive = entries.empty();
    for_each_row(member.key, [&](const Row& row) { distinctive = distinctive || row.distinctive; });
    shown = shown || (distinctive && !objects);
  }
  return shown;
}

bool is_answer(const Node& node) {
  if (node.kind != NodeKind::kMap)
    return false;
  return bare_row(node) != nullptr ||
         std::any_of(node.members.begin(), node.members.end(),
                     [&](const Member& member) { return row_for(member, node) != nullptr; }) ||
         has_only_known_keys(node) || is_policy_answer(node);
}

// One answer that was read, to see whether the next one goes on where it ended.
struct Page {
  const Node* token = nullptr;  // null: the last page, or the only one
  std::vector<const Description*> about;
  std::string subject;   // whose resources it has; empty: not known
  bool nobodys = false;  // all it has are managed policies of AWS, which are nobody's
};

const Node* token_of(const Node& answer) {
  const Node* truncated = answer.find("IsTruncated");
  if (truncated != nullptr && truncated->text == "false")
    return nullptr;
  for (const std::string_view name : kPageTokens) {
    const Node* token = answer.find(name);
    if (token == nullptr || token->kind == NodeKind::kNull || token->text == "false")
      continue;
    if (token->kind != NodeKind::kString || !token->text.empty())
      return token;
  }
  return nullptr;
}

class DumpReader {
 public:
  DumpReader(const Place& place, Translation& into) : reader_(place, into), into_(into) {}

  void read(const Node& root) {
    read(root, true);
    tell_pages();
  }

 private:
  void read(const Node& node, bool alone) {
    if (node.kind == NodeKind::kList) {
      for (const Node& item : node.items)
        read(item, alone && node.items.size() == 1);
      return;
    }
    if (is_answer(node)) {
      read_answer(node, alone);
      return;
    }
    reader_.mistake(
        node.span,
        fmt::format("{} here is no answer of the AWS CLI that is known", syntax::describe(node.kind)),
        "keep what `aws` prints as it is, one answer or a list of them");
    reader_.gap(node.span, "what stands here was not read", {}, {});
  }

  void read_answer(const Node& answer, bool alone) {
    if (has_too_many_keys(answer))
      return;
    reader_.begin(answer, alone);
    Page page;
    page.token = token_of(answer);
    const std::size_t before = into_.resources.size();
    if (const Row* bare = bare_row(answer)) {
      page.about.push_back(bare->description);
      read_by(*bare, answer);
    } else {
      for (const Member& member : answer.members) {
        if (first_row(member.key) != nullptr)
          read_member(member, page);
      }
      if (is_policy_answer(answer))
        read_policy_answer(reader_);
    }
    set_subject(page, before);
    pages_.push_back(std::move(page));
  }

  bool has_too_many_keys(const Node& node) {
    const std::size_t most = reader_.limits().keys;
    if (node.members.size() <= most)
      return false;
    reader_.beyond_limit(node.span, fmt::format("this object has more than {} keys", most),
                         "no answer of AWS has so many");
    return true;
  }

  void read_by(const Row& row, const Node& entry) {
    const Description& description = *row.description;
    if (description.read != nullptr) {
      description.read(entry, reader_);
      return;
    }
    describe(row, entry, reader_);
    for (const std::string_view key : description.inside) {
      if (!key.empty() && entry.find(key) != nullptr)
        read_inside(key, entry);
    }
  }

  void read_inside(std::string_view key, const Node& entry) {
    if (has_too_many_keys(entry))
      return;
    const Node& outer = reader_.answer();
    const bool alone = reader_.is_alone();
    reader_.begin(entry, false);
    Page page;
    for (const Member& member : entry.members) {
      if (member.key == key)
        read_member(member, page);
    }
    reader_.begin(outer, alone);
  }

  void read_member(const Member& member, Page& page) {
    const Row* row = row_for(member, reader_.answer());
    // A policy by itself is no resource under "Policy".
    if (row == nullptr && is_policy_answer(reader_.answer()) && member.key == "Policy")
      return;
    if (row == nullptr)
      row = first_row(member.key);
    const Description& description = *row->description;
    if (std::find(page.about.begin(), page.about.end(), &description) == page.about.end())
      page.about.push_back(&description);
    if (member.value.kind == NodeKind::kNull)
      return;
    if (description.read != nullptr) {
      description.read(member.value, reader_);
      return;
    }
    if (member.value.kind != NodeKind::kList && member.value.kind != NodeKind::kMap) {
      reader_.unreadable(member.value.span, description,
                         fmt::format("{} is {}, expected a list of {}", member.key,
                                     syntax::describe(member.value.kind), description.many));
      return;
    }
    for (const Node& entry : entries_of(member.value))
      read_entry(member.key, entry, description);
  }

  void read_entry(const std::string& key, const Node& entry, const Description& expected) {
    const Row* row = nullptr;
    for_each_row(key, [&](const Row& one) {
      if (row == nullptr && one.description->read == nullptr && fits(one, entry))
        row = &one;
    });
    if (row != nullptr) {
      read_by(*row, entry);
      return;
    }
    if (entry.kind == NodeKind::kMap)
      reader_.unreadable(entry.span, expected,
                         fmt::format("this is no {} as AWS describes it", expected.one));
    else
      reader_.unreadable(entry.span, expected,
                         fmt::format("{} in {}, expected an object", syntax::describe(entry.kind), key));
  }

  // By the first of its resources that is somebody's.
  void set_subject(Page& page, std::size_t first) {
    const auto begin = into_.resources.begin() + static_cast<std::ptrdiff_t>(first);
    const auto found = std::find_if(begin, into_.resources.end(), [](const config::Resource& resource) {
      return resource.arn.find(":iam::aws:policy/") == std::string::npos;
    });
    page.nobodys = found == into_.resources.end() && begin != found;
    if (found == into_.resources.end())
      return;
    page.subject = found->account + " " + found->region;
    for (const std::string_view name : {"EventBusName", "Rule", "ParentId", "ParentIds"}) {
      const Node* property = found->properties.find(name);
      page.subject += " " + (property == nullptr ? std::string() : property->text);
    }
  }

  // A page is followed by the next one where that is about the same. Everything else is missing.
  void tell_pages() {
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      const Page& page = pages_[i];
      if (page.token == nullptr || (i + 1 < pages_.size() && goes_on(page, pages_[i + 1])))
        continue;
      std::set<std::string_view> told;
      for (const Description* about : page.about) {
        if (told.insert(about->many).second)
          reader_.gap(page.token->span,
                      fmt::format("this is one page of several: {} are missing", about->many),
                      "collect all pages: the CLI does without --max-items, --max-results and --no-paginate",
                      std::string(about->type));
      }
    }
  }

  static bool goes_on(const Page& page, Page& next) {
    if (next.nobodys)
      next.subject = page.subject;
    if (page.subject.empty() || page.subject != next.subject)
      return false;
    return std::any_of(page.about.begin(), page.about.end(), [&](const Description* about) {
      return std::find(next.about.begin(), next.about.end(), about) != next.about.end();
    });
  }

  AnswerReader reader_;
  Translation& into_;
  std::vector<Page> pages_;
};

}  // namespace

bool is_aws_dump(const Node& root) {
  if (root.kind == NodeKind::kList)
    return std::any_of(root.items.begin(), root.items.end(), is_aws_dump);
  return is_answer(root);
}

void read_aws_dump(const Node& root, const Place& place, Translation& into) {
  DumpReader(place, into).read(root);
}

}  // namespace grantproof::sources
