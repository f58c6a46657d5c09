// SPDX-License-Identifier: Apache-2.0
#include "checks/estate_difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "checks/parallel.h"
#include "checks/words.h"

namespace grantproof::checks {
namespace {

// What was taken to be the same.
std::vector<std::string> absent_in_both(const Estate& before, const Estate& after) {
  const auto clauses = [](const Estate& estate) {
    std::set<std::string> found;
    constexpr std::string_view kNotThere = " is not there";
    for (const HeldPolicy& held : estate.policies) {
      if (held.policy == nullptr && held.absent.ends_with(kNotThere))
        found.insert(held.absent.substr(0, held.absent.size() - kNotThere.size()));
    }
    return found;
  };
  std::vector<std::string> both;
  std::ranges::set_intersection(clauses(before), clauses(after), std::back_inserter(both));
  return both;
}

void say_what_is_absent(const PolicyPair& pair, Difference& difference) {
  std::vector<std::string> absent = pair.before.absent;
  absent.insert(absent.end(), pair.after.absent.begin(), pair.after.absent.end());
  for (DifferenceSide* side : {&difference.added, &difference.removed}) {
    if (!absent.empty() && side->verdict == VerdictKind::kUndecided)
      side->reason = listed(absent);
  }
}

// Would they be told in the same words?
bool look_the_same(const DifferenceSide& left, const DifferenceSide& right) {
  using Told = DifferenceSide::Change;
  return left.verdict == right.verdict && left.reason == right.reason &&
         std::ranges::equal(left.changes, right.changes, [](const Told& one, const Told& other) {
           return one.statement.span == other.statement.span && one.summary == other.summary;
         });
}

// Cases of one policy in which the same changes.
void join_cases(EstateDifference& result) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < result.pairs.size(); ++i) {
    PolicyPair& pair = result.pairs[i];
    std::size_t of = kept;
    while (of > 0 && result.pairs[of - 1].number == pair.number &&
           !(look_the_same(result.differences[of - 1].added, result.differences[i].added) &&
             look_the_same(result.differences[of - 1].removed, result.differences[i].removed)))
      --of;
    if (of > 0 && result.pairs[of - 1].number == pair.number) {
      PolicyPair& first = result.pairs[of - 1];
      std::ranges::move(pair.cases, std::back_inserter(first.cases));
      first.when = policy::describe(first.cases);
    } else {
      if (kept != i) {
        result.pairs[kept] = std::move(pair);
        result.differences[kept] = std::move(result.differences[i]);
      }
      ++kept;
    }
  }
  result.pairs.resize(kept);
  result.differences.resize(kept);
}

}  // namespace

Change change_of(const Difference& difference) {
  switch (difference.added.verdict) {
    case VerdictKind::kRefuted:
      return Change::kMore;
    case VerdictKind::kUndecided:
      return Change::kUndecided;
    case VerdictKind::kProved:
      break;
  }
  return difference.removed.verdict == VerdictKind::kProved ? Change::kSame : Change::kLess;
}

bool allows_nothing_more(const EstateDifference& difference) {
  const auto nothing_more = [](const Difference& one) { return one.added.verdict == VerdictKind::kProved; };
  return std::ranges::all_of(difference.differences, nothing_more) &&
         std::ranges::none_of(difference.gaps, &EstateDifference::Gap::about_policies);
}

EstateDifference compare(const Estate& before, const Estate& after, const World& world) {
  EstateDifference result;
  result.pairs = pair_policies(before, after);
  result.differences.resize(result.pairs.size());
  for_each_index(result.pairs.size(), world.jobs, [&]() -> std::function<void(std::size_t)> {
    return [&](std::size_t index) {
      const PolicyPair& pair = result.pairs[index];
      Difference& difference = result.differences[index];
      if (pair.same) {
        difference.added.verdict = difference.removed.verdict = VerdictKind::kProved;
        return;
      }
      difference = compare(subject_of(pair, pair.before), subject_of(pair, pair.after), world, pair.beside);
      say_what_is_absent(pair, difference);
    };
  });
  join_cases(result);
  if (const auto absent = absent_in_both(before, after); !absent.empty())
    result.assumptions.push_back(
        fmt::format("in neither version, and unchanged: {}", listed(absent, absent.size())));
  return result;
}

}  // namespace grantproof::checks
