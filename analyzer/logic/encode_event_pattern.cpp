// SPDX-License-Identifier: Apache-2.0
#include "logic/encode_event_pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "events/address.h"
#include "events/comparable_number.h"
#include "events/event_leaves.h"
#include "logic/event_texts.h"

namespace grantproof::logic {
namespace {

using events::Leaf;
using events::Matcher;
using events::MatcherKind;
using patterns::Glob;
using patterns::UnitClass;
using policy::Relation;

// "true" where something stands in an object or a list that is an element of a list.
constexpr std::string_view kListsOfObjects = "event/lists-of-objects";

// What is told of the leaves at a path: a set of texts for each.
constexpr std::string_view kStrings = "event/string/";
constexpr std::string_view kAddresses = "event/address/";   // of the strings that are one: write_address()
constexpr std::string_view kNumbers = "event/number/";      // that a double keeps: its shortest text
constexpr std::string_view kSpellings = "event/spelling/";  // the other numbers, as they are written
constexpr std::string_view kLiterals = "event/literal/";

// Keys have no case; paths have: capitals are written out.
std::string key_of(std::string_view kind, std::string_view path) {
  std::string key(kind);
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    if (plain)
      key += c;
    else
      fmt::format_to(std::back_inserter(key), "%{:02x}", static_cast<unsigned char>(c));
  }
  return key;
}

std::string_view first_key(std::string_view path) {
  return path.substr(0, path.find('.'));
}

// One pattern on one event.
class Encoder {
 public:
  Encoder(SymbolicRequest& request, const events::EventPattern& pattern)
      : request_(request), formulas_(request.formulas()), pattern_(pattern) {}

  Formula encode() {
    std::vector<Formula> any;
    for (const events::Alternative& alternative : pattern_.alternatives)
      any.push_back(encode(alternative));
    return formulas_.any_of(any);
  }

 private:
  Formula encode(const events::Alternative& alternative) {
    // Only fields that go through one list can lie in different elements of it.
    std::vector<Formula> all;
    std::vector<std::uint32_t> neighbours;
    std::string together, paths;
    for (const std::uint32_t number : alternative) {
      const events::FieldTest& test = pattern_.tests[number];
      all.push_back(encode(test));
      if (!has_neighbour(alternative, number))
        continue;
      neighbours.push_back(number);
      together += fmt::format("{} {}\n", test.path, static_cast<std::uint32_t>(all.back()));
      paths += (paths.empty() ? "" : ", ") + test.path;
    }
    if (neighbours.empty())
      return formulas_.all_of(all);
    const Formula lists = lists_of_objects();
    // Where there are such lists, absence too is a question of elements.
    for (std::size_t i = 0; i < alternative.size(); ++i) {
      const std::string& path = pattern_.tests[alternative[i]].path;
      if (may_be_absent(pattern_.tests[alternative[i]]) && has_neighbour(alternative, alternative[i])) {
        const Formula unknown =
            request_.same_unknown(fmt::format("absent {}\n{}", path, together),
                                  path + " may be absent in one element of a list and not in another");
        all[i] = formulas_.either(all[i], formulas_.both(lists, unknown));
      }
    }
    all.push_back(formulas_.either(
        formulas_.not_(lists),
        request_.same_unknown("together\n" + together, paths + " may lie in different elements of a list")));
    return formulas_.all_of(all);
  }

  static bool may_be_absent(const events::FieldTest& test) {
    return std::ranges::any_of(
        test.matchers, [](const Matcher& matcher) { return matcher.kind == MatcherKind::kDoesNotExist; });
  }

  bool has_neighbour(const events::Alternative& alternative, std::uint32_t number) const {
    const std::string_view key = first_key(pattern_.tests[number].path);
    return std::ranges::any_of(alternative, [&](std::uint32_t other) {
      return other != number && first_key(pattern_.tests[other].path) == key;
    });
  }

  Formula lists_of_objects() { return request_.in(request_.key(kListsOfObjects), request_.exact("true")); }

  Formula encode(const events::FieldTest& test) {
    std::vector<Formula> any;
    for (const Matcher& matcher : test.matchers)
      any.push_back(encode(test.path, matcher));
    return formulas_.any_of(any);
  }

  AttributeId key(std::string_view kind, std::string_view path) {
    return request_.key(key_of(kind, path), true);
  }
  Formula exists(std::string_view kind, std::string_view path) { return request_.present(key(kind, path)); }

  Formula some(std::string_view kind, std::string_view path, ValueSetId set) {
    return request_.some_in(key(kind, path), set);
  }
  Formula some_number(std::string_view path, Relation relation, double value) {
    return some(kNumbers, path, numbers(relation, {value}));
  }

  ValueSetId numbers(Relation relation, const std::vector<double>& values) {
    ValueSet set;
    set.text = request_.patterns().intern({});
    for (const double value : values) {
      // The shortest text of a double is the number that a pattern may compare with.
      set.typed.emplace_back(policy::NumberTest{relation, *policy::parse_decimal(fmt::format("{}", value))});
    }
    return request_.values(std::move(set));
  }

  Formula some_address(std::string_view path, const events::Network& network) {
    ValueSet set;
    set.text = request_.patterns().intern({});
    set.typed.emplace_back(addresses_of(network));
    return some(kAddresses, path, request_.values(std::move(set)));
  }

  // What is no string, or a string outside of the set.
  Formula anything_but(std::string_view path, const std::optional<std::vector<Glob>>& texts) {
    if (!texts)
      return request_.unknown("too many spellings of a text without regard to case");
    return formulas_.any_of({request_.some_out(key(kStrings, path), request_.text_set(*texts)),
                             exists(kNumbers, path), exists(kSpellings, path), exists(kLiterals, path)});
  }

  Formula range(std::string_view path, const events::NumericRange& range) {
    if (range.lower && range.upper && range.lower->value == range.upper->value)
      return some_number(path, Relation::kEqual, range.lower->value);
    std::vector<Formula> all;
    if (range.lower)
      all.push_back(some_number(path, range.lower->inclusive ? Relation::kGreaterOrEqual : Relation::kGreater,
                                range.lower->value));
    if (range.upper)
      all.push_back(some_number(path, range.upper->inclusive ? Relation::kLessOrEqual : Relation::kLess,
                                range.upper->value));
    // Of several numbers one may be above the lower bound and another below the upper one.
    if (all.size() == 2)
      all.push_back(formulas_.either(
          request_.one(key(kNumbers, path)),
          request_.same_unknown(fmt::format("range {} {} {}", path, static_cast<std::uint32_t>(all[0]),
                                            static_cast<std::uint32_t>(all[1])),
                                fmt::format("one number of {} may be above the lower bound, another below "
                                            "the upper one",
                                            path))));

    return formulas_.all_of(all);
  }

  Formula encode(std::string_view path, const Matcher& matcher) {
    switch (matcher.kind) {
      case MatcherKind::kString:
        // An address is taken in all of its spellings.
        if (matcher.network)
          return some_address(path, *matcher.network);
        return some(kStrings, path, request_.exact(matcher.texts.front()));
      case MatcherKind::kNumber:
        if (matcher.number)
          return some_number(path, Relation::kEqual, *matcher.number);
        return some(kSpellings, path, request_.exact(matcher.texts.front()));
      case MatcherKind::kLiteral:
        return some(kLiterals, path, request_.exact(matcher.texts.front()));
      case MatcherKind::kPrefix:
      case MatcherKind::kSuffix:
      case MatcherKind::kWildcard:
      case MatcherKind::kEqualsIgnoreCase:
      case MatcherKind::kPrefixIgnoreCase:
      case MatcherKind::kSuffixIgnoreCase: {
        const std::optional<std::vector<Glob>> texts = event_texts(matcher);
        return texts ? some(kStrings, path, request_.text_set(*texts))
                     : request_.unknown("too many spellings of a text without regard to case");
      }
      case MatcherKind::kNumeric:
        return range(path, matcher.range);
      case MatcherKind::kCidr:
        return some_address(path, *matcher.network);
      case MatcherKind::kExists:
        return something(path);
      case MatcherKind::kDoesNotExist:
        return formulas_.not_(something(path));
      case MatcherKind::kAnythingButStrings:
      case MatcherKind::kAnythingButPrefix:
      case MatcherKind::kAnythingButSuffix:
      case MatcherKind::kAnythingButIgnoreCase:
      case MatcherKind::kAnythingButWildcard:
        return anything_but(path, event_texts(matcher));
      case MatcherKind::kAnythingButNumbers:
        return formulas_.any_of(
            {request_.some_out(key(kNumbers, path), numbers(Relation::kEqual, matcher.numbers)),
             exists(kSpellings, path), exists(kStrings, path), exists(kLiterals, path)});
    }
    return Formula::kFalse;
  }

  Formula something(std::string_view path) {
    return formulas_.any_of(
        {exists(kStrings, path), exists(kNumbers, path), exists(kSpellings, path), exists(kLiterals, path)});
  }

  SymbolicRequest& request_;
  FormulaStore& formulas_;
  const events::EventPattern& pattern_;
};

// The keys of addresses so far, each with the key of the strings that they are read from.
std::vector<std::pair<AttributeId, AttributeId>> addresses_beside_strings(SymbolicRequest& request) {
  std::vector<std::pair<AttributeId, AttributeId>> keys;
  const std::size_t count = request.attribute_count();
  for (std::size_t i = 0; i < count; ++i) {
    const auto address = static_cast<AttributeId>(i);
    const std::string name = request.attribute(address).folded;
    if (name.starts_with(kAddresses))
      keys.emplace_back(address, request.key(std::string(kStrings) + name.substr(kAddresses.size()), true));
  }
  return keys;
}

}  // namespace

std::string event_key(std::string_view path, Leaf::Kind kind) {
  switch (kind) {
    case Leaf::Kind::kString:
      return key_of(kStrings, path);
    case Leaf::Kind::kNumber:
      return key_of(kNumbers, path);
    case Leaf::Kind::kLiteral:
      break;
  }
  return key_of(kLiterals, path);
}

Formula encode_event_pattern(SymbolicRequest& request, const events::EventPattern& pattern) {
  return Encoder(request, pattern).encode();
}

Formula event_space(SymbolicRequest& request) {
  FormulaStore& formulas = request.formulas();
  std::vector<Formula> all;
  for (const auto& [address, string] : addresses_beside_strings(request)) {
    const ValueSetId with_dots_or_colons =
        request.text_set({Glob().pattern("*.*.*.*"), Glob().pattern("*:*")});
    all.push_back(formulas.either(formulas.not_(request.present(address)),
                                  request.some_in(string, with_dots_or_colons)));
  }
  const auto asked = [&](std::string_view kind, std::string_view path) {
    return request.find_key(key_of(kind, path));
  };
  const auto strings_only = [&](std::string_view path) {
    for (const std::string_view kind : {kNumbers, kSpellings, kLiterals}) {
      if (const auto key = asked(kind, path))
        all.push_back(formulas.not_(request.present(*key)));
    }
  };
  for (const std::string_view path :
       {"version", "id", "detail-type", "source", "account", "time", "region"}) {
    strings_only(path);
    if (const auto key = asked(kStrings, path))
      all.push_back(formulas.both(request.present(*key), request.one(*key)));
    if (const auto key = asked(kAddresses, path))
      all.push_back(formulas.either(formulas.not_(request.present(*key)), request.one(*key)));
  }
  strings_only("resources");
  if (const auto account = asked(kStrings, "account")) {
    Glob digits;
    for (int i = 0; i < 12; ++i)
      digits.one(UnitClass::kDigit);
    all.push_back(formulas.not_(request.some_out(*account, request.text_set({digits}))));
  }
  return formulas.all_of(all);
}

void tell_event(const syntax::Node& event, access::RequestContext& context) {
  const auto tell = [&](std::string_view kind, std::string_view path, std::string_view text) {
    const std::string key = key_of(kind, path);
    access::ContextValue& said = context[key];
    said.key = key;
    said.multivalued = true;
    said.values.emplace_back(text);
  };
  bool lists_of_objects = false;
  events::for_each_leaf(
      event, [&](const std::string& path, const syntax::Node& node, const events::ListElements& elements) {
        lists_of_objects = lists_of_objects || !elements.empty();
        const Leaf leaf = events::leaf_of(node);
        switch (leaf.kind) {
          case Leaf::Kind::kString:
            tell(kStrings, path, leaf.text);
            if (const auto address = events::parse_address(leaf.text))
              tell(kAddresses, path, events::write_address(*address));
            break;
          case Leaf::Kind::kNumber:
            if (const auto number = events::comparable_number(leaf.text))
              tell(kNumbers, path, fmt::format("{}", *number));
            else
              tell(kSpellings, path, leaf.text);
            break;
          case Leaf::Kind::kLiteral:
            tell(kLiterals, path, leaf.text);
            break;
        }
      });
  context[std::string(kListsOfObjects)] = {
      std::string(kListsOfObjects), false, {lists_of_objects ? "true" : "false"}};
}

}  // namespace grantproof::logic
