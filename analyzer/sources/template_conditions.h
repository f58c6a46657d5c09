// SPDX-License-Identifier: Apache-2.0
//
// Comparisons (Fn::Equals) that depend on something unknown, and what is known of them all the same: that one
// is assumed to hold, or which values a parameter may have. Conditions are decided through these.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace grantproof::sources {

// One way in which open comparisons may turn out: index of the comparison, whether it holds.
using TemplateCase = std::map<std::size_t, bool>;

// True, false, or open; then with the comparison that has to be settled first.
struct Decision {
  std::optional<bool> value;
  std::size_t open = 0;
};

// What a comparison is called: the condition that is nothing but it, or its negation.
struct ConditionName {
  std::string name;  // empty: it has none
  bool negated = false;
};

class Comparisons {
 public:
  // The values that the unknown part may have (AllowedValues of a parameter). `part` without its marks.
  void allow(std::string part, std::vector<std::string> values);

  // What comes is another version of the templates: a name of a condition that is known by now is not used
  // for a comparison that is not.
  void begin_other_version();

  Decision equal(const std::string& left, const std::string& right, const TemplateCase& in_case,
                 const ConditionName& name);
  // A condition that cannot be understood: open, and the same wherever `identity` is.
  Decision not_understood(const std::string& identity, const TemplateCase& in_case,
                          const ConditionName& name);

  // "IsProd and not UseHub"
  std::string describe(const TemplateCase& in_case) const;

 private:
  struct Comparison {
    std::string left;
    std::string right;
    std::string holds;  // "IsProd"
    std::string fails;  // "not IsProd"
  };
  Decision settle(const std::string& left, const std::string& right, const TemplateCase& in_case,
                  const ConditionName& name);
  std::vector<std::string> possible_values(const std::string& part, const TemplateCase& in_case) const;

  std::vector<Comparison> comparisons_;
  std::map<std::pair<std::string, std::string>, std::size_t> index_;
  std::map<std::string, std::vector<std::string>> allowed_;
  std::set<std::string> names_before_;  // of conditions, in the other version
};

}  // namespace grantproof::sources
