// SPDX-License-Identifier: Apache-2.0
//
// What the readers of a policy's elements share: the policy's type and version, the reference, where
// diagnostics go. Internal to policy/: policy_reader makes one for each policy and hands it down.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "aws/reference.h"
#include "base/diagnostic.h"
#include "base/text.h"
#include "patterns/glob.h"
#include "policy/grammar_rules.h"
#include "policy/policy.h"
#include "syntax/json_token.h"
#include "syntax/node.h"

namespace grantproof::policy {

using base::shortened;
using patterns::has_wildcard;
using syntax::quoted;

struct ReaderContext {
  PolicyType type = PolicyType::kIdentity;
  Version version = Version::k2008;
  const aws::Reference* reference = nullptr;
  base::DiagnosticSink* sink = nullptr;
  static constexpr std::size_t kLongestName = 256;
  static constexpr std::size_t kMostDiagnostics = 10'000;
  // Looking for a near name costs a walk over many names; a hostile policy does not get it for each of its
  // texts.
  int suggestions_left = 200;
  int scans_left = 20'000;
  std::size_t reported = 0;
  std::unordered_map<std::string, base::Span> sids;           // of the statements so far
  std::optional<std::vector<std::string_view>> arn_services;  // sorted; filled on first use
  std::unordered_set<std::uint32_t> placeholders;  // where strings begin that were reported as such

  void report(GrammarRuleId rule, base::Span span, std::string message, std::string help = {},
              std::vector<base::Label> secondary = {});
  // Reports a part of the document that is not known as a whole (base/unknown_text.h), in place of the
  // mistake that it looks like. False: it is known. `what`: "this Condition".
  bool report_unknown(std::string_view what, base::Span span, std::string_view text);
  // May a name near to this one be looked for? Uses up one of the looks.
  bool may_suggest(std::string_view name) {
    return name.size() <= kLongestName && suggestions_left > 0 && suggestions_left-- > 0;
  }
  // May a pattern be matched against the actions of its service?
  bool may_scan(std::string_view pattern) {
    return pattern.size() <= kLongestName && scans_left > 0 && scans_left-- > 0;
  }

  // Does the reference know the service by this name in ARNs? (some differ from the prefix of actions)
  bool arn_service_known(std::string_view service);
};

// Bytes [begin, end) of a string's decoded text, where the source spells them as they are; the whole value
// where it has escapes, so that a span never points beside what it means.
base::Span part_of(const syntax::Node& node, std::size_t begin, std::size_t end);

// A name of the list that the author may have meant: the same but for case, or a few letters away.
std::optional<std::string_view> nearest(std::string_view name,
                                        const std::vector<std::string_view>& candidates);

// The members of `map` by element: result[i] is the member for names[i], or nullptr. A misspelt element is
// reported, makes `understood` false, and stands in for the one it is near to if that is absent; of a
// repeated one (reported by the JSON reader) the last counts, and `understood` is false.
std::vector<const syntax::Member*> find_elements(ReaderContext& context, const syntax::Node& map,
                                                 const std::vector<std::string_view>& names,
                                                 std::string_view where, bool& understood);

// The strings of an element that holds one or a list of them. What is no string is reported and left out.
std::vector<const syntax::Node*> strings_of(ReaderContext& context, std::string_view element,
                                            const syntax::Node& node, bool& understood);

}  // namespace grantproof::policy
