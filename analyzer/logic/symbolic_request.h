// SPDX-License-Identifier: Apache-2.0
//
// A request of which nothing is known yet: its attributes, and the atoms that formulas say about them.
// encode_*.h write policies as formulas over a SymbolicRequest; request_space.h says what every real request
// satisfies; prover/ looks for values.
//
// Attributes. The principal is one string: the ARN that aws:PrincipalArn carries (for a session, the ARN of
// its role), or "service:NAME", "federated:PROVIDER", "anonymous". The session name of a role session, the
// resource ARN and the owner of a resource whose ARN names no account are attributes of their own, and so is
// each context key. A key that a part of another attribute spells out (aws:username, aws:PrincipalAccount,
// aws:ResourceAccount, …) is *derived*: what is asked of it is asked of the attribute it stands in, so that
// no witness can contradict itself.
//
// The PatternStore is borrowed and must outlive this; one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "aws/reference.h"
#include "logic/formula.h"
#include "patterns/region.h"
#include "policy/matching.h"
#include "policy/policy.h"

namespace grantproof::logic {

enum class AttributeId : std::uint32_t {};
enum class ValueSetId : std::uint32_t {};
enum class ActionSetId : std::uint32_t {};

// Which part of its base a derived attribute is.
enum class Projection {
  kNone,
  kArnAccount,        // fifth field of an ARN, where it is not empty
  kPrincipalAccount,  // of a principal: as kArnAccount, and "anonymous" of an unsigned caller
  kArnRegion,         // fourth field, where it is not empty
  kUserName,          // last path component of an IAM user ARN
  kServiceName,       // NAME of "service:NAME"
};

enum class AttributeKind { kText, kSet };

struct Attribute {
  std::string name;    // as shown: "aws:username", "principal", "resource"
  std::string folded;  // lower case
  AttributeKind kind = AttributeKind::kText;
  aws::KeyType type = aws::KeyType::kString;
  bool is_key = false;     // a context key: may be absent
  bool known_key = false;  // the service reference has it
  // At most one of the next three ties the attribute to another one.
  std::optional<AttributeId>
      same_as;  // the value is that of another attribute (aws:PrincipalArn: the principal)
  Projection projection = Projection::kNone;
  AttributeId base{};  // projection != kNone: the value is a part of this attribute's
  // The value is that of this derived attribute where it has one (the owner of a resource: the account in its
  // ARN), and stands by itself otherwise.
  std::optional<AttributeId> part_of;
  std::optional<ValueSetId> format;  // every real value is in it
};

// A text of a policy with variables: which strings it means depends on the values of other attributes.
struct OpenText {
  policy::TextWithVariables text;
  const policy::ConditionOperator* op =
      nullptr;  // a condition value of this operator; nullptr: a resource pattern
  policy::PolicyType type = policy::PolicyType::kIdentity;  // of the resource pattern
  friend bool operator==(const OpenText&, const OpenText&) = default;
};

// The glob of an open text under a substitution; nothing where it means no text.
std::optional<patterns::Glob> instantiate(const OpenText& open, const policy::Substitution& substitution);
// A text that is equal for open texts of the same meaning.
std::string identity(const OpenText& open);

// Something that nobody knows.
struct Unknown {
  std::string reason;
  // The text with an unknown part (base/unknown_text.h) that it is about, or the condition of a statement;
  // empty: something that was not understood, or is not modelled.
  std::string text;
  // Texts with that part in them: where these attributes have them, the atom is true whatever the part stands
  // for. Empty: nobody knows any. Wildcards in them stand for something.
  struct Example {
    AttributeId attribute{};
    std::string text;
  };
  std::vector<Example> examples;
};

// A union of strings given by globs, by typed tests, and by texts with variables.
struct ValueSet {
  patterns::PatternSetId text{};
  std::vector<policy::ValueTest> typed;
  std::vector<OpenText> open;
};

// A set of actions: of the reference as bits, of others (unknown to the reference) by the patterns
// themselves.
struct ActionSet {
  std::vector<std::uint64_t> bits;
  std::vector<patterns::Glob> patterns;
  std::optional<patterns::PatternSetId> text;  // of the patterns, interned when somebody asks
};

struct Atom {
  enum class Kind : std::uint8_t {
    kPresent,  // the key is in the request
    kIn,       // the value of a text attribute is in `values`
    kSomeIn,   // some value of a set attribute is in `values`
    kSomeOut,  // some value of a set attribute is not in `values`
    kOne,      // the set attribute has exactly one value
    kAction,   // the action is in `actions`
    kUnknown,  // nobody knows: a part of a policy that was not understood, or that has unknown parts
  };
  Kind kind = Kind::kUnknown;
  AttributeId attribute{};
  ValueSetId values{};
  ActionSetId actions{};
  std::uint32_t reason = 0;  // kUnknown: index of unknown()
  friend auto operator<=>(const Atom&, const Atom&) = default;
};

class SymbolicRequest {
 public:
  SymbolicRequest(patterns::PatternStore& patterns, const aws::Reference& reference);

  FormulaStore& formulas() { return formulas_; }
  const FormulaStore& formulas() const { return formulas_; }
  patterns::PatternStore& patterns() { return *patterns_; }
  const aws::Reference& reference() const { return *reference_; }

  // ---- attributes
  AttributeId principal() const { return principal_; }
  AttributeId session() const { return session_; }
  AttributeId resource() const { return resource_; }
  AttributeId owner() const { return owner_; }  // account that owns the resource
  // The attribute of a context key; made at first use. `set` says whether a key that the reference does not
  // know is used with a set operator.
  AttributeId key(std::string_view name, bool set = false);
  std::optional<AttributeId> find_key(std::string_view folded) const;
  const Attribute& attribute(AttributeId id) const { return attributes_[static_cast<std::size_t>(id)]; }
  std::size_t attribute_count() const { return attributes_.size(); }
  // A derived attribute of a base; made at first use.
  AttributeId derived(AttributeId base, Projection projection);

  // ---- sets
  ValueSetId values(ValueSet set);
  ValueSetId text_set(std::vector<patterns::Glob> globs);
  ValueSetId exact(std::string_view text);
  const ValueSet& value_set(ValueSetId id) const { return value_sets_[static_cast<std::size_t>(id)]; }
  ActionSetId actions(std::span<const policy::Text> patterns);
  const ActionSet& action_set(ActionSetId id) const { return action_sets_[static_cast<std::size_t>(id)]; }
  // Patterns of policies that match no action of the reference: of actions newer than it, as far as anybody
  // knows.
  struct UnknownAction {
    patterns::PatternSetId text;
    std::string example;  // as written, without its wildcards
    // The pattern has unknown parts, and may mean no such action at all; empty: it has none.
    std::string unknown_pattern;
  };
  std::span<const UnknownAction> unknown_actions() const { return unknown_actions_; }
  // The texts that the patterns of a set match.
  patterns::PatternSetId action_text(ActionSetId id);

  // ---- atoms, as formulas
  Formula present(AttributeId key);
  Formula in(AttributeId attribute, ValueSetId set);
  Formula some_in(AttributeId attribute, ValueSetId set);
  Formula some_out(AttributeId attribute, ValueSetId set);
  Formula one(AttributeId attribute);
  Formula action(ActionSetId set);
  Formula unknown(std::string reason);
  Formula unknown(Unknown what);
  // Unknown, but one and the same wherever the identity is.
  Formula same_unknown(const std::string& identity, const std::string& reason);
  Formula same_unknown(const std::string& identity, Unknown what);
  const Atom& atom(AtomId id) const { return atoms_[id]; }
  std::size_t atom_count() const { return atoms_.size(); }
  const Unknown& unknown_of(const Atom& atom) const { return unknowns_[atom.reason]; }
  const std::string& unknown_reason(const Atom& atom) const { return unknown_of(atom).reason; }

  // ---- unknown parts of texts
  bool has_unknown_texts() const { return has_unknown_texts_; }
  // The text is the name of a real thing: its unknown parts have no wildcards in them, nor colons.
  void take_for_name(std::string_view text);
  bool are_names(std::string_view text) const;  // every unknown part of the text is known to be of that kind

  // ---- kinds of principal
  enum class Kind { kUser, kRoleSession, kFederatedUser, kRoot, kService, kFederated, kAnonymous };
  Formula is(Kind kind);
  Formula account_principal();  // user, role session, federated user or root
  Formula same_account();

 private:
  Formula atom_formula(Atom atom);
  Formula in_open(AttributeId attribute, const ValueSet& set);
  Formula in_atom(AttributeId attribute, ValueSetId set);
  std::vector<aws::ActionId> actions_in(const patterns::Glob& glob) const;
  void add_unknown_action(const patterns::Glob& glob, std::string example, std::string unknown_pattern = {});
  AttributeId add(Attribute attribute);
  void add_fixed_attributes();
  AttributeId add_key(std::string_view name, bool set);

  patterns::PatternStore* patterns_;
  const aws::Reference* reference_;
  FormulaStore formulas_;
  std::vector<Attribute> attributes_;
  std::unordered_map<std::string, AttributeId> keys_;
  std::vector<ValueSet> value_sets_;
  std::unordered_map<std::string, ValueSetId> value_sets_by_text_;
  std::vector<ActionSet> action_sets_;
  std::unordered_map<std::string, ActionSetId> action_sets_by_text_;
  std::vector<UnknownAction> unknown_actions_;
  std::vector<Atom> atoms_;
  std::map<Atom, AtomId> atoms_by_value_;
  std::vector<Unknown> unknowns_;
  std::map<std::string, Formula> same_unknowns_;
  std::set<std::string, std::less<>> names_;
  bool has_unknown_texts_ = false;
  std::map<Kind, ValueSetId> kinds_;
  AttributeId principal_{}, session_{}, resource_{}, owner_{};
};

// The prefix of the principal attribute for callers without an ARN.
inline constexpr std::string_view kServicePrefix = "service:";
inline constexpr std::string_view kFederatedPrefix = "federated:";
inline constexpr std::string_view kAnonymous = "anonymous";

}  // namespace grantproof::logic
