// SPDX-License-Identifier: Apache-2.0
#include "logic/symbolic_request.h"

#include <algorithm>

#include "base/text.h"
#include "base/unknown_text.h"
#include "logic/formats.h"

namespace grantproof::logic {
namespace {

using patterns::Glob;

// A text that is equal for equal sets: the key under which a set is interned.
std::string identity(const policy::ValueTest& test) {
  struct Visitor {
    std::string operator()(const Glob& glob) const { return "g" + glob.to_string(); }
    std::string operator()(const policy::NumberTest& number) const {
      return "n" + std::to_string(static_cast<int>(number.relation)) + (number.value.negative ? "-" : "+") +
             number.value.digits + "e" + std::to_string(number.value.exponent);
    }
    std::string operator()(const policy::DateTest& date) const {
      return "d" + std::to_string(static_cast<int>(date.relation)) + ":" + std::to_string(date.value);
    }
    std::string operator()(const policy::AddressTest& range) const {
      std::string text = range.first.v6 ? "6" : "4";
      for (std::uint64_t part : {range.first.high, range.first.low, range.last.high, range.last.low}) {
        text += ":" + std::to_string(part);
      }
      return text;
    }
    std::string operator()(const policy::BinaryTest& binary) const { return "b" + binary.bytes; }
  };
  return std::visit(Visitor{}, test);
}

// An action that a pattern with unknown parts may mean, and that nobody has named.
std::string action_of_unknown(std::string_view pattern) {
  const bool has_colon = pattern.find(':') != std::string_view::npos;
  std::string action;
  bool first = true;
  for (const base::TextSegment& segment : base::cut_at_unknowns(pattern)) {
    if (segment.unknown)
      action += first && !has_colon ? "unlisted:Unlisted" : "Unlisted";
    else
      action += segment.text;
    first &= !segment.unknown;
  }
  std::erase(action, '*');
  std::ranges::replace(action, '?', 'x');
  return action;
}

}  // namespace

std::string identity(const OpenText& open) {
  // By what the operator compares, not by its name: a negated operator speaks of the same texts.
  std::string text = "r" + std::to_string(static_cast<int>(open.type));
  if (open.op != nullptr) {
    text = "c" + std::to_string(static_cast<int>(open.op->comparison));
    text += open.op->wildcards ? 'w' : '-';
    text += open.op->ignore_case ? 'i' : '-';
  }
  for (const policy::TextPart& part : open.text.parts) {
    text += '\x01';
    text += static_cast<char>('0' + static_cast<int>(part.kind));
    text += part.text + '\x02' + part.folded_key;
    if (part.default_text)
      text += '\x03' + *part.default_text;
  }
  return text;
}

std::optional<Glob> instantiate(const OpenText& open, const policy::Substitution& substitution) {
  if (open.op == nullptr)
    return policy::resource_glob(open.text, open.type, substitution);
  const auto test = policy::value_test(*open.op, open.text, substitution);
  const auto* glob = test ? std::get_if<Glob>(&*test) : nullptr;
  return glob == nullptr ? std::nullopt : std::optional<Glob>(*glob);
}

SymbolicRequest::SymbolicRequest(patterns::PatternStore& patterns, const aws::Reference& reference)
    : patterns_(&patterns), reference_(&reference) {
  add_fixed_attributes();
}

AttributeId SymbolicRequest::add(Attribute attribute) {
  const auto id = static_cast<AttributeId>(attributes_.size());
  attributes_.push_back(std::move(attribute));
  return id;
}

void SymbolicRequest::add_fixed_attributes() {
  const auto fixed = [&](std::string_view name) {
    Attribute attribute;
    attribute.name = attribute.folded = name;
    return add(std::move(attribute));
  };
  principal_ = fixed("principal");
  session_ = fixed("session");
  resource_ = fixed("resource");
  owner_ = fixed("owner");

  std::vector<Glob> any_kind;
  for (const Kind kind : {Kind::kUser, Kind::kRoleSession, Kind::kFederatedUser, Kind::kRoot, Kind::kService,
                          Kind::kFederated, Kind::kAnonymous}) {
    std::vector<Glob> globs = principal_format(kind);
    any_kind.insert(any_kind.end(), globs.begin(), globs.end());
    kinds_[kind] = text_set(std::move(globs));
  }
  const auto set_format = [&](AttributeId id, std::vector<Glob> globs) {
    attributes_[static_cast<std::size_t>(id)].format = text_set(std::move(globs));
  };
  set_format(principal_, std::move(any_kind));
  Glob session;
  some_units(session.one(patterns::UnitClass::kNotSlashOrColon), patterns::UnitClass::kNotSlashOrColon);
  set_format(session_, {session});
  Glob account;
  set_format(owner_, {account_id(account)});
  const AttributeId account_in_arn = derived(resource_, Projection::kArnAccount);
  attributes_[static_cast<std::size_t>(owner_)].part_of = account_in_arn;
  // The format of the resource depends on the action: the prover knows.
}

std::optional<AttributeId> SymbolicRequest::find_key(std::string_view folded) const {
  const auto at = keys_.find(std::string(folded));
  if (at == keys_.end())
    return std::nullopt;
  return at->second;
}

AttributeId SymbolicRequest::key(std::string_view name, bool set) {
  std::string folded = base::fold_case(name);
  if (const auto known = find_key(folded))
    return *known;
  const AttributeId id = add_key(name, set);
  keys_.emplace(std::move(folded), id);
  return id;
}

AttributeId SymbolicRequest::add_key(std::string_view name, bool set) {
  const std::string folded = base::fold_case(name);
  Attribute attribute;
  attribute.name = name;
  attribute.folded = folded;
  attribute.is_key = true;
  const auto part_of_principal = [&](Projection projection) {
    attribute.known_key = true;
    attribute.projection = projection;
    attribute.base = principal_;
    return add(std::move(attribute));
  };
  if (folded == "aws:principalaccount")
    return part_of_principal(Projection::kPrincipalAccount);
  if (folded == "aws:username")
    return part_of_principal(Projection::kUserName);
  if (folded == "aws:principalservicename")
    return part_of_principal(Projection::kServiceName);
  if (folded == "aws:principalarn")
    attribute.same_as = principal_;
  if (folded == "aws:resourceaccount")
    attribute.same_as = owner_;
  if (folded == "aws:sourceaccount")
    attribute.part_of = derived(key("aws:SourceArn"), Projection::kArnAccount);
  if (folded == "aws:requestedregion")
    attribute.part_of = derived(resource_, Projection::kArnRegion);
  if (const auto info = reference_->find_key(name)) {
    attribute.known_key = true;
    attribute.type = info->type;
    attribute.kind = info->multivalued ? AttributeKind::kSet : AttributeKind::kText;
  } else {
    attribute.kind = set ? AttributeKind::kSet : AttributeKind::kText;
  }
  std::vector<Glob> format = key_format(folded, attribute.type);
  if (!format.empty()) {
    attribute.format = text_set(std::move(format));
  } else if (attribute.known_key && attribute.type == aws::KeyType::kAddress) {
    ValueSet addresses;
    addresses.text = patterns_->intern({});
    addresses.typed.emplace_back(policy::AddressTest{{false, 0, 0}, {false, 0, 0xffffffffULL}});
    addresses.typed.emplace_back(policy::AddressTest{{true, 0, 0}, {true, ~0ULL, ~0ULL}});
    attribute.format = values(std::move(addresses));
  } else if (attribute.known_key &&
             (attribute.type == aws::KeyType::kNumeric || attribute.type == aws::KeyType::kDate)) {
    // Any number, any date: two half lines.
    ValueSet line;
    line.text = patterns_->intern({});
    if (attribute.type == aws::KeyType::kNumeric) {
      line.typed.emplace_back(policy::NumberTest{policy::Relation::kLessOrEqual, {}});
      line.typed.emplace_back(policy::NumberTest{policy::Relation::kGreater, {}});
    } else {
      line.typed.emplace_back(policy::DateTest{policy::Relation::kLessOrEqual, 0});
      line.typed.emplace_back(policy::DateTest{policy::Relation::kGreater, 0});
    }
    attribute.format = values(std::move(line));
  }
  return add(std::move(attribute));
}

AttributeId SymbolicRequest::derived(AttributeId base, Projection projection) {
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    const Attribute& known = attributes_[i];
    if (!known.is_key && known.projection == projection && projection != Projection::kNone &&
        known.base == base) {
      return static_cast<AttributeId>(i);
    }
  }
  Attribute attribute;
  attribute.name = attributes_[static_cast<std::size_t>(base)].name +
                   (projection == Projection::kArnAccount ? " account" : " region");
  attribute.folded = attribute.name;
  attribute.projection = projection;
  attribute.base = base;
  return add(std::move(attribute));
}

ValueSetId SymbolicRequest::values(ValueSet set) {
  std::vector<std::string> parts;
  for (const policy::ValueTest& test : set.typed)
    parts.push_back(identity(test));
  for (const OpenText& open : set.open)
    parts.push_back(identity(open));
  std::ranges::sort(parts);
  std::string text = std::to_string(static_cast<std::uint32_t>(set.text));
  for (const std::string& part : parts)
    text += '\x04' + part;
  const auto [at, inserted] =
      value_sets_by_text_.emplace(std::move(text), static_cast<ValueSetId>(value_sets_.size()));
  if (inserted)
    value_sets_.push_back(std::move(set));
  return at->second;
}

ValueSetId SymbolicRequest::text_set(std::vector<Glob> globs) {
  ValueSet set;
  set.text = patterns_->intern(std::move(globs));
  return values(std::move(set));
}

ValueSetId SymbolicRequest::exact(std::string_view text) {
  return text_set({Glob().literal(text)});
}

ActionSetId SymbolicRequest::actions(std::span<const policy::Text> patterns) {
  std::string identity;
  for (const policy::Text& pattern : patterns)
    identity += base::fold_case(pattern.text) + '\n';
  if (const auto known = action_sets_by_text_.find(identity); known != action_sets_by_text_.end()) {
    return known->second;
  }
  ActionSet set;
  set.bits.resize((reference_->action_count() + 63) / 64);
  for (const policy::Text& pattern : patterns) {
    set.patterns.push_back(policy::action_glob(pattern.text));
    if (base::has_unknown(pattern.text)) {
      for (aws::ActionId action : actions_in(set.patterns.back()))
        set.bits[action / 64] |= 1ULL << (action % 64);
      // It may name an action newer than the reference.
      add_unknown_action(set.patterns.back(), action_of_unknown(pattern.text), pattern.text);
      continue;
    }
    const std::vector<aws::ActionId> matched = reference_->match(pattern.text);
    for (aws::ActionId action : matched)
      set.bits[action / 64] |= 1ULL << (action % 64);
    if (!matched.empty() || std::ranges::count(pattern.text, ':') != 1)
      continue;
    // An action newer than the reference, or a pattern that only such actions match: what it grants is not
    // taken for nothing.
    std::string example = pattern.text;
    std::erase(example, '*');
    std::ranges::replace(example, '?', 'x');
    add_unknown_action(set.patterns.back(), std::move(example));
  }
  const auto id = static_cast<ActionSetId>(action_sets_.size());
  action_sets_.push_back(std::move(set));
  action_sets_by_text_.emplace(std::move(identity), id);
  return id;
}

void SymbolicRequest::add_unknown_action(const Glob& glob, std::string example, std::string unknown_pattern) {
  const patterns::PatternSetId text = patterns_->intern({glob});
  if (std::ranges::find(unknown_actions_, text, &UnknownAction::text) == unknown_actions_.end())
    unknown_actions_.push_back({text, std::move(example), std::move(unknown_pattern)});
}

// What an unknown part may stand for: it may have the colon in it.
std::vector<aws::ActionId> SymbolicRequest::actions_in(const Glob& glob) const {
  std::vector<aws::ActionId> matched;
  for (aws::ActionId action = 0; action < reference_->action_count(); ++action) {
    if (glob.matches(reference_->action(action)))
      matched.push_back(action);
  }
  return matched;
}

patterns::PatternSetId SymbolicRequest::action_text(ActionSetId id) {
  ActionSet& set = action_sets_[static_cast<std::size_t>(id)];
  if (!set.text)
    set.text = patterns_->intern(set.patterns);
  return *set.text;
}

Formula SymbolicRequest::atom_formula(Atom atom) {
  const auto [at, inserted] = atoms_by_value_.emplace(atom, static_cast<AtomId>(atoms_.size()));
  if (inserted)
    atoms_.push_back(atom);
  return formulas_.literal(at->second);
}

Formula SymbolicRequest::present(AttributeId key) {
  const Attribute& attribute = this->attribute(key);
  if (attribute.folded == "aws:principalarn")
    return account_principal();
  if (attribute.folded == "aws:principalaccount") {
    return formulas_.either(account_principal(), is(Kind::kAnonymous));
  }
  if (attribute.folded == "aws:username")
    return is(Kind::kUser);
  if (attribute.folded == "aws:principalservicename")
    return is(Kind::kService);
  Atom atom;
  atom.kind = Atom::Kind::kPresent;
  atom.attribute = key;
  return atom_formula(atom);
}

// Text by text: one with variables means something only where its variables have values.
Formula SymbolicRequest::in_open(AttributeId attribute, const ValueSet& set) {
  ValueSet closed;
  closed.text = set.text;
  closed.typed = set.typed;
  std::vector<Formula> choices{in(attribute, values(std::move(closed)))};
  for (OpenText open : set.open) {
    std::vector<Formula> needs;
    for (policy::TextPart& part : open.text.parts) {
      if (part.kind != policy::TextPart::Kind::kVariable)
        continue;
      const AttributeId variable = key(part.key);
      if (this->attribute(variable).kind != AttributeKind::kSet) {
        if (!part.default_text)
          needs.push_back(present(variable));
        continue;
      }
      // A multivalued key never expands, not even to its default (captured); where it is absent the default
      // counts.
      needs.push_back(part.default_text ? formulas_.not_(present(variable)) : Formula::kFalse);
      part = {policy::TextPart::Kind::kLiteral, part.default_text.value_or(""), {}, {}, {}};
    }
    ValueSet one;
    if (open.text.has_variable()) {
      one.text = patterns_->intern({});
      one.open.push_back(std::move(open));
    } else {
      const auto glob = instantiate(open, {});
      one.text = patterns_->intern(glob ? std::vector<Glob>{*glob} : std::vector<Glob>{});
    }
    needs.push_back(in_atom(attribute, values(std::move(one))));
    choices.push_back(formulas_.all_of(needs));
  }
  return formulas_.any_of(choices);
}

Formula SymbolicRequest::in(AttributeId attribute, ValueSetId set) {
  if (!value_set(set).open.empty())
    return in_open(attribute, ValueSet(value_set(set)));
  const ValueSet& values = value_set(set);
  if (values.typed.empty() && values.open.empty()) {
    if (patterns_->globs(values.text).empty())
      return Formula::kFalse;
    if (patterns_->globs(values.text).size() == 1) {
      const auto& tokens = patterns_->globs(values.text).front().tokens();
      const bool everything = tokens.size() == 1 && tokens.front().kind == patterns::GlobToken::Kind::kRun &&
                              tokens.front().unit_class == patterns::UnitClass::kAny;
      if (everything)
        return Formula::kTrue;
    }
  }
  return in_atom(attribute, set);
}

Formula SymbolicRequest::in_atom(AttributeId attribute, ValueSetId set) {
  const Attribute asked = this->attribute(attribute);
  if (asked.same_as)
    return in_atom(*asked.same_as, set);
  Atom atom;
  atom.kind = Atom::Kind::kIn;
  atom.attribute = attribute;
  atom.values = set;
  if (!asked.part_of)
    return atom_formula(atom);

  // By the part of the other attribute where it has one, by itself otherwise.
  Atom part = atom;
  part.attribute = *asked.part_of;
  const Attribute derived = this->attribute(*asked.part_of);
  const AttributeId base = derived.base;
  const Formula base_present = this->attribute(base).is_key ? present(base) : Formula::kTrue;
  const ValueSetId has_part = text_set(project(derived.projection, {Glob().run(patterns::UnitClass::kAny)}));
  return formulas_.either(
      formulas_.both(base_present, atom_formula(part)),
      formulas_.both(formulas_.not_(formulas_.both(base_present, in(base, has_part))), atom_formula(atom)));
}

Formula SymbolicRequest::some_in(AttributeId attribute, ValueSetId set) {
  Atom atom;
  atom.kind = Atom::Kind::kSomeIn;
  atom.attribute = attribute;
  atom.values = set;
  return atom_formula(atom);
}

Formula SymbolicRequest::some_out(AttributeId attribute, ValueSetId set) {
  Atom atom;
  atom.kind = Atom::Kind::kSomeOut;
  atom.attribute = attribute;
  atom.values = set;
  return atom_formula(atom);
}

Formula SymbolicRequest::one(AttributeId attribute) {
  Atom atom;
  atom.kind = Atom::Kind::kOne;
  atom.attribute = attribute;
  return atom_formula(atom);
}

Formula SymbolicRequest::action(ActionSetId set) {
  Atom atom;
  atom.kind = Atom::Kind::kAction;
  atom.actions = set;
  return atom_formula(atom);
}

Formula SymbolicRequest::unknown(std::string reason) {
  Unknown what;
  what.reason = std::move(reason);
  return unknown(std::move(what));
}

Formula SymbolicRequest::unknown(Unknown what) {
  Atom atom;
  atom.kind = Atom::Kind::kUnknown;
  atom.reason = static_cast<std::uint32_t>(unknowns_.size());
  has_unknown_texts_ |= !what.text.empty();
  unknowns_.push_back(std::move(what));
  return atom_formula(atom);
}

Formula SymbolicRequest::same_unknown(const std::string& identity, const std::string& reason) {
  Unknown what;
  what.reason = reason;
  return same_unknown(identity, std::move(what));
}

Formula SymbolicRequest::same_unknown(const std::string& identity, Unknown what) {
  const auto [at, is_new] = same_unknowns_.try_emplace(identity, Formula::kFalse);
  if (is_new)
    at->second = unknown(std::move(what));
  return at->second;
}

void SymbolicRequest::take_for_name(std::string_view text) {
  for (const base::TextSegment& segment : base::cut_at_unknowns(text)) {
    if (segment.unknown)
      names_.emplace(segment.text);
  }
}

bool SymbolicRequest::are_names(std::string_view text) const {
  const std::vector<base::TextSegment> segments = base::cut_at_unknowns(text);
  return std::ranges::all_of(segments, [this](const base::TextSegment& segment) {
    return !segment.unknown || names_.contains(segment.text);
  });
}

Formula SymbolicRequest::is(Kind kind) {
  return in(principal_, kinds_.at(kind));
}

Formula SymbolicRequest::account_principal() {
  return formulas_.any_of(
      {is(Kind::kUser), is(Kind::kRoleSession), is(Kind::kFederatedUser), is(Kind::kRoot)});
}

Formula SymbolicRequest::same_account() {
  OpenText principal_account;
  policy::TextPart variable;
  variable.kind = policy::TextPart::Kind::kVariable;
  variable.key = "aws:PrincipalAccount";
  variable.folded_key = "aws:principalaccount";
  principal_account.text.parts.push_back(std::move(variable));
  principal_account.op = policy::find_condition_operator("StringEquals");
  key("aws:PrincipalAccount");
  ValueSet set;
  set.text = patterns_->intern({});
  set.open.push_back(std::move(principal_account));
  return formulas_.both(account_principal(), in(owner_, values(std::move(set))));
}

}  // namespace grantproof::logic
