// SPDX-License-Identifier: Apache-2.0
#include "checks/policy_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "checks/finding_identity.h"
#include "checks/words.h"
#include "policy/when.h"

namespace grantproof::checks {
namespace {

using policy::Policy;
using policy::PolicyType;
using policy::Statement;

using List = std::vector<const HeldPolicy*>;

struct Key {
  std::string holder;
  std::string place;  // place, name and number tell policies apart that nobody holds
  PolicyType type = PolicyType::kIdentity;
  std::string name;
  std::size_t number = 0;
  friend auto operator<=>(const Key&, const Key&) = default;
};

using ByKey = std::map<Key, List>;

ByKey by_key(const Estate& estate) {
  ByKey found;
  std::map<Key, std::size_t> numbers;
  for (const HeldPolicy& held : estate.policies) {
    Key key{held.holder, {}, held.type, {}, 0};
    if (held.holder.empty()) {
      key.place = held.place;
      key.name = held.name;
      key.number = numbers[key]++;
    }
    found[key].push_back(&held);
  }
  return found;
}

// Policies that nobody holds and that were moved: by their name, or as the only ones that are left.
void move_to_counterparts(const ByKey& before, ByKey& after) {
  const auto left_over = [](const ByKey& of, const ByKey& other) {
    std::vector<Key> keys;
    for (const auto& [key, list] : of) {
      if (key.holder.empty() && other.find(key) == other.end())
        keys.push_back(key);
    }
    return keys;
  };
  const auto move = [&after](const Key& from, const Key& to) {
    auto node = after.extract(from);
    node.key() = to;
    after.insert(std::move(node));
  };
  std::vector<Key> came = left_over(after, before);
  for (const Key& gone : left_over(before, after)) {
    const auto same_name = std::ranges::find_if(came, [&gone](const Key& key) {
      return !gone.name.empty() && key.name == gone.name && key.type == gone.type;
    });
    if (same_name == came.end())
      continue;
    move(*same_name, gone);
    came.erase(same_name);
  }
  const std::vector<Key> gone = left_over(before, after);
  if (gone.size() == 1 && came.size() == 1 && gone.front().type == came.front().type)
    move(came.front(), gone.front());
}

// Do policies of this type only take away? Then none of them means that everything is allowed.
bool only_limits(PolicyType type) {
  switch (type) {
    case PolicyType::kPermissionsBoundary:
    case PolicyType::kSession:
    case PolicyType::kServiceControl:
    case PolicyType::kResourceControl:
    case PolicyType::kVpcEndpoint:
      return true;
    case PolicyType::kIdentity:
    case PolicyType::kResource:
    case PolicyType::kTrust:
    case PolicyType::kKey:
      break;
  }
  return false;
}

Statement everything(PolicyType type, policy::Effect effect, std::string name, base::Span span) {
  Statement statement;
  statement.sid = std::move(name);
  statement.effect = effect;
  statement.span = statement.sid_span = span;
  statement.action.patterns.push_back({"*", span});
  statement.resource.emplace().patterns.push_back({"*", span});
  if (policy::has_principal(type))
    statement.principal.emplace().principals.push_back({policy::PrincipalType::kEveryone, "*", span});
  return statement;
}

// It may allow anything, and deny anything.
void add_unknown(Policy& policy, const std::string& name, base::Span span) {
  for (const policy::Effect effect : {policy::Effect::kAllow, policy::Effect::kDeny}) {
    policy.statements.push_back(everything(policy.type, effect, name, span));
    policy.statements.back().understood = false;
  }
}

// In documents of Version 2008-10-17 "${" is text, later it begins a variable.
bool depends_on_version(const Statement& statement) {
  const auto has = [](const std::string& text) { return text.find("${") != std::string::npos; };
  if (statement.resource && std::ranges::any_of(statement.resource->patterns, has, &policy::Text::text))
    return true;
  return std::ranges::any_of(statement.conditions, [&](const policy::Condition& condition) {
    return std::ranges::any_of(condition.values, has, &policy::ConditionValue::text);
  });
}

// `undecided`: the conditions are so many that they stay in the statements.
Policy put_together(const List& list, PolicyType type, bool undecided) {
  Policy whole;
  whole.type = type;
  List documents;
  std::ranges::copy_if(list, std::back_inserter(documents),
                       [](const HeldPolicy* held) { return held->policy != nullptr; });
  const auto is_new = [](const HeldPolicy* held) { return held->policy->version == policy::Version::k2012; };
  const bool all_old = std::ranges::none_of(documents, is_new);
  const bool mixed = !all_old && !std::ranges::all_of(documents, is_new);
  whole.version = all_old ? policy::Version::k2008 : policy::Version::k2012;
  for (const HeldPolicy* held : documents) {
    const Policy& policy = *held->policy;
    if (!policy.understood)
      add_unknown(whole, "of the document", policy.span);
    for (std::size_t i = 0; i < policy.statements.size(); ++i) {
      Statement& statement = whole.statements.emplace_back(policy.statements[i]);
      if (!statement.sid && documents.size() > 1)
        statement.sid = statement_name(policy, i);
      if (mixed && !is_new(held) && depends_on_version(statement))
        statement.understood = false;
      if (undecided) {
        for (const std::string& when : held->when)
          statement.when += (statement.when.empty() ? "" : " and ") + when;
      }
    }
  }
  return whole;
}

// What the policies of an organisation do not have to say: AWS attaches RCPFullAWSAccess to everything, and
// where no service control policy that is described allows, FullAWSAccess stands beside them.
void add_full_access(Policy& policy, base::Span span) {
  const auto allows = [](const Statement& one) { return one.effect == policy::Effect::kAllow; };
  if (policy.type == PolicyType::kResourceControl ||
      (policy.type == PolicyType::kServiceControl && std::ranges::none_of(policy.statements, allows))) {
    policy.statements.push_back(
        everything(policy.type, policy::Effect::kAllow,
                   policy.type == PolicyType::kResourceControl ? "RCPFullAWSAccess" : "FullAWSAccess", span));
  }
}

// Documents that are missing, but not in both versions. Of those that nobody can name one may be another.
std::vector<std::string> absent_from(const List& list, const List& other) {
  const auto same = [](const HeldPolicy* one, const HeldPolicy* two) {
    return two->policy == nullptr && two->absent == one->absent && two->absent_is_named;
  };
  std::set<std::string> clauses;
  for (const HeldPolicy* held : list) {
    if (held->policy == nullptr &&
        std::ranges::none_of(other, [&](const HeldPolicy* one) { return same(held, one); }))
      clauses.insert(held->absent);
  }
  return {clauses.begin(), clauses.end()};
}

// What has the same text means the same; a text that was not understood may have meant anything.
std::optional<std::set<std::string>> meaning(const Policy& policy) {
  std::set<std::string> statements;
  for (const Statement& statement : policy.statements) {
    if (!statement.understood)
      return std::nullopt;
    const std::string_view version = !depends_on_version(statement)             ? ""
                                     : policy.version == policy::Version::k2012 ? "2012"
                                                                                : "2008";
    statements.insert(fmt::format("{}\n{}\n{}", version, statement.when, normalised(statement)));
  }
  return statements;
}

// One key: the pairs of its cases.
class Pairing {
 public:
  Pairing(const Key& key, const Estate& before, const List& old_list, const Estate& after,
          const List& new_list, std::size_t number, std::vector<PolicyPair>& pairs)
      : key_(key),
        before_(before),
        old_(old_list),
        after_(after),
        new_(new_list),
        number_(number),
        pairs_(pairs) {}

  void make() {
    std::set<std::string> conditions;
    for (const List* list : {&old_, &new_}) {
      for (const HeldPolicy* held : *list) {
        for (const std::string& when : held->when)
          policy::add_conditions(when, conditions);
      }
    }
    if (conditions.size() > policy::kMostConditions)
      return add(old_, new_, {}, true);
    std::map<std::pair<List, List>, std::vector<policy::Case>> cases;
    for (const policy::Case& assumed : policy::cases_of(conditions)) {
      const auto present = [&assumed](const List& list) {
        List there;
        std::ranges::copy_if(list, std::back_inserter(there), [&](const HeldPolicy* held) {
          return std::ranges::all_of(held->when,
                                     [&](const std::string& when) { return policy::holds(when, assumed); });
        });
        return there;
      };
      std::pair<List, List> sides(present(old_), present(new_));
      if (!sides.first.empty() || !sides.second.empty())
        cases[std::move(sides)].push_back(assumed);
    }
    // In the order of the cases.
    std::vector<std::pair<std::vector<policy::Case>, std::pair<List, List>>> ordered;
    ordered.reserve(cases.size());
    for (auto& [sides, in_cases] : cases)
      ordered.emplace_back(std::move(in_cases), sides);
    std::ranges::sort(ordered);
    for (const auto& [in_cases, sides] : ordered)
      add(sides.first, sides.second, in_cases, false);
  }

 private:
  void add(const List& old_list, const List& new_list, std::vector<policy::Case> cases, bool undecided) {
    // A principal that is not there has no boundary, and is not wider without it.
    const auto is_there = [this](const Estate& estate) { return estate.principals.count(key_.holder) > 0; };
    const bool alone = !key_.holder.empty() &&
                       ((old_list.empty() && !is_there(before_)) || (new_list.empty() && !is_there(after_)));
    if (alone && key_.type == PolicyType::kPermissionsBoundary)
      return;
    PolicyPair pair;
    if (alone && (key_.type == PolicyType::kIdentity || key_.type == PolicyType::kTrust))
      pair.beside = Beside::kNothing;
    pair.number = number_;
    pair.type = key_.type;
    pair.holder = key_.holder;
    pair.cases = std::move(cases);
    pair.when = policy::describe(pair.cases);
    pair.name = key_.holder;
    if (key_.holder.empty())
      pair.name = key_.name.empty() ? key_.place : key_.name;
    pair.before = version(old_list, new_list, undecided);
    pair.after = version(new_list, old_list, undecided);
    const auto old_meaning = meaning(pair.before.policy);
    pair.same = old_meaning && old_meaning == meaning(pair.after.policy);
    pairs_.push_back(std::move(pair));
  }

  PolicyPair::Version version(const List& list, const List& other, bool undecided) const {
    PolicyPair::Version made;
    made.policy = put_together(list, key_.type, undecided);
    made.there = !list.empty();
    made.span = (list.empty() ? other : list).front()->span;
    made.absent = absent_from(list, other);
    for (const std::string& clause : made.absent)
      add_unknown(made.policy, clause, made.span);
    // In a case without it everything would be allowed.
    if (undecided && only_limits(key_.type))
      add_unknown(made.policy, "under many conditions", made.span);
    if (!list.empty())
      add_full_access(made.policy, made.span);
    else if (only_limits(key_.type))
      made.policy.statements = {everything(key_.type, policy::Effect::kAllow,
                                           fmt::format("no {}", title(key_.type, !key_.holder.empty())),
                                           made.span)};
    return made;
  }

  const Key& key_;
  const Estate& before_;
  const List& old_;
  const Estate& after_;
  const List& new_;
  std::size_t number_;
  std::vector<PolicyPair>& pairs_;
};

}  // namespace

std::string_view title(PolicyType type, bool held) {
  switch (type) {
    case PolicyType::kIdentity:
      return held ? "identity policies" : "identity policy";
    case PolicyType::kResource:
      return "resource policy";
    case PolicyType::kTrust:
      return "trust policy";
    case PolicyType::kKey:
      return "key policy";
    case PolicyType::kPermissionsBoundary:
      return "permissions boundary";
    case PolicyType::kSession:
      return "session policy";
    case PolicyType::kServiceControl:
      return held ? "service control policies" : "service control policy";
    case PolicyType::kResourceControl:
      return held ? "resource control policies" : "resource control policy";
    case PolicyType::kVpcEndpoint:
      break;
  }
  return "VPC endpoint policy";
}

std::vector<PolicyPair> pair_policies(const Estate& before, const Estate& after) {
  const ByKey old_lists = by_key(before);
  ByKey new_lists = by_key(after);
  move_to_counterparts(old_lists, new_lists);
  std::set<Key> keys;
  for (const ByKey* lists : {&old_lists, &std::as_const(new_lists)}) {
    for (const auto& [key, list] : *lists)
      keys.insert(key);
  }
  std::vector<PolicyPair> pairs;
  const List none;
  std::size_t number = 0;
  for (const Key& key : keys) {
    const auto was = old_lists.find(key);
    const auto is = new_lists.find(key);
    Pairing(key, before, was == old_lists.end() ? none : was->second, after,
            is == new_lists.end() ? none : is->second, number++, pairs)
        .make();
  }
  return pairs;
}

Subject subject_of(const PolicyPair& pair, const PolicyPair::Version& version) {
  Subject subject;
  subject.policy = &version.policy;
  subject.attached_to = pair.holder;
  subject.name = pair.name;
  subject.when = pair.when;
  return subject;
}

}  // namespace grantproof::checks
