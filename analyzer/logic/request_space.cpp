// SPDX-License-Identifier: Apache-2.0
#include "logic/request_space.h"

#include <algorithm>

#include "base/text.h"
#include "logic/formats.h"

namespace grantproof::logic {
namespace {

using patterns::Glob;
using Kind = SymbolicRequest::Kind;

// When a global key is in a request.
enum class Presence {
  kAlways,
  kSigned,                // every signed request
  kAccountPrincipal,      // user, role session, federated user, root: may be absent
  kTemporaryCredentials,  // role session, federated user: may be absent
  kServiceOnly,           // the call is made by an AWS service for a resource: may be absent
  kServiceOrForward,      // the same, or perhaps a rule that sends an event on to the next bus
  kServiceAlways,         // a service, and then always
  kNotService,            // may be absent
};

struct PresenceRow {
  std::string_view key;  // lower case; tag keys end in '/'
  Presence presence;
};

// Temporary credentials are not those of sessions only: a user has them from GetSessionToken, with MFA or
// without.
constexpr PresenceRow kPresence[] = {
    {"aws:currenttime", Presence::kAlways},
    {"aws:epochtime", Presence::kAlways},
    {"aws:securetransport", Presence::kAlways},
    {"aws:requestedregion", Presence::kAlways},
    {"aws:principalisawsservice", Presence::kSigned},
    {"aws:principaltype", Presence::kAlways},
    {"aws:principalorgid", Presence::kAccountPrincipal},
    {"aws:principalorgpaths", Presence::kAccountPrincipal},
    {"aws:principaltag/", Presence::kAccountPrincipal},
    {"aws:multifactorauthpresent", Presence::kAccountPrincipal},
    {"aws:multifactorauthage", Presence::kAccountPrincipal},
    {"aws:tokenissuetime", Presence::kAccountPrincipal},
    {"aws:federatedprovider", Presence::kTemporaryCredentials},
    {"aws:sourceidentity", Presence::kTemporaryCredentials},
    {"aws:sourcearn", Presence::kServiceOrForward},
    {"aws:sourceaccount", Presence::kServiceOrForward},
    {"aws:sourceorgid", Presence::kServiceOnly},
    {"aws:sourceorgpaths", Presence::kServiceOnly},
    {"aws:principalservicenameslist", Presence::kServiceAlways},
    {"aws:calledvia", Presence::kNotService},
    {"aws:calledviafirst", Presence::kNotService},
    {"aws:calledvialast", Presence::kNotService},
};

class Space {
 public:
  Space(SymbolicRequest& request, const Facts& facts)
      : request_(request), formulas_(request.formulas()), facts_(facts) {}

  Formula make() {
    // Keys that a rule below speaks of may be made while it is written: by index, not by iterator.
    for (std::size_t i = 0; i < request_.attribute_count(); ++i) {
      const Attribute attribute = request_.attribute(static_cast<AttributeId>(i));
      if (attribute.is_key)
        add_key_rules(static_cast<AttributeId>(i), attribute);
    }
    add_relations();
    add_facts();
    return formulas_.all_of(rules_);
  }

 private:
  void add(Formula rule) { rules_.push_back(rule); }

  Formula service() { return request_.is(Kind::kService); }
  Formula temporary() {
    return formulas_.either(request_.is(Kind::kRoleSession), request_.is(Kind::kFederatedUser));
  }

  // The role of a target that is a bus puts events there. AWS's examples of bus policies ask such calls for
  // aws:SourceArn; that they carry it nobody has recorded.
  Formula forward() {
    const AttributeId invocation = request_.key("events:eventBusInvocation");
    return formulas_.all_of(
        {request_.is(Kind::kRoleSession),
         request_.action(request_.actions(std::vector<policy::Text>{{"events:PutEvents", {}}})),
         request_.present(invocation), request_.in(invocation, request_.exact("true")),
         request_.same_unknown(
             "source of a forward",
             "whether aws:SourceArn and aws:SourceAccount are there when a role puts an event "
             "on the next bus")});
  }

  void add_key_rules(AttributeId id, const Attribute& attribute) {
    const Formula present = request_.present(id);
    for (const PresenceRow& row : kPresence) {
      const bool is =
          row.key.ends_with('/') ? attribute.folded.starts_with(row.key) : attribute.folded == row.key;
      if (!is)
        continue;
      switch (row.presence) {
        case Presence::kAlways:
          add(present);
          break;
        case Presence::kSigned:
          add(formulas_.same(present, formulas_.either(request_.account_principal(), service())));
          break;
        case Presence::kAccountPrincipal:
          add(formulas_.implies(present, request_.account_principal()));
          break;
        case Presence::kTemporaryCredentials:
          add(formulas_.implies(present, temporary()));
          break;
        case Presence::kServiceOnly:
          add(formulas_.implies(present, service()));
          break;
        case Presence::kServiceOrForward:
          add(formulas_.implies(present, formulas_.either(service(), forward())));
          break;
        case Presence::kServiceAlways:
          add(formulas_.same(present, service()));
          break;
        case Presence::kNotService:
          add(formulas_.implies(present, formulas_.not_(service())));
          break;
      }
    }
    add_value_rules(id, attribute);
    add_service_key_rules(id, attribute);
  }

  void value_is(AttributeId id, Formula when, std::string_view value) {
    add(formulas_.implies(when, request_.in(id, request_.exact(value))));
  }

  void add_value_rules(AttributeId id, const Attribute& attribute) {
    if (attribute.folded == "aws:principalisawsservice") {
      value_is(id, service(), "true");
      value_is(id, request_.account_principal(), "false");
    } else if (attribute.folded == "aws:principaltype") {
      // A service principal says "User" (captured).
      value_is(id, request_.is(Kind::kUser), "User");
      value_is(id, request_.is(Kind::kRoleSession), "AssumedRole");
      value_is(id, request_.is(Kind::kFederatedUser), "FederatedUser");
      value_is(id, request_.is(Kind::kRoot), "Account");
      value_is(id, request_.is(Kind::kAnonymous), "Anonymous");
      value_is(id, service(), "User");
    } else if (attribute.folded == "aws:multifactorauthage") {
      // Only where the session was made with MFA.
      const AttributeId mfa = request_.key("aws:MultiFactorAuthPresent");
      add(formulas_.implies(request_.present(id),
                            formulas_.both(request_.present(mfa), request_.in(mfa, request_.exact("true")))));
    }
  }

  // In the credentials of a session, whatever it calls, although the reference lists them for some actions.
  // Source: EC2 User Guide, ec2:SourceInstanceARN in credentials of instance roles; Systems Manager User
  // Guide, ssm:SourceInstanceARN; IAM User Guide, "AWS global condition context keys", identitystore:UserId.
  static bool is_of_session(std::string_view folded_key) {
    return folded_key == "ec2:sourceinstancearn" || folded_key == "ssm:sourceinstancearn" ||
           folded_key == "identitystore:userid";
  }

  // A key of a service comes with that service's actions and with others that the reference lists it for.
  // Keys that it lists nowhere (ec2:SourceInstanceARN and other keys of sessions) may come with any action.
  void add_service_key_rules(AttributeId id, const Attribute& attribute) {
    const std::size_t colon = attribute.folded.find(':');
    if (colon == std::string::npos || attribute.folded.starts_with("aws:") || !attribute.known_key)
      return;
    const aws::Reference& reference = request_.reference();
    const auto service = reference.find_service(attribute.folded.substr(0, colon));
    const std::span<const aws::ActionId> listing = reference.actions_listing(attribute.name);
    if (listing.empty() || is_of_session(attribute.folded))
      return;
    std::vector<policy::Text> patterns;
    if (service)
      patterns.push_back({std::string(reference.service_prefix(*service)) + ":*", {}});
    for (aws::ActionId action : listing) {
      if (!service || reference.service_of(action) != *service)
        patterns.push_back({std::string(reference.action(action)), {}});
    }
    add(formulas_.implies(request_.present(id), request_.action(request_.actions(patterns))));
    if (attribute.folded == "events:source" || attribute.folded == "events:detail-type") {
      // PutEvents is authorised entry by entry, each with one source and one detail-type (captured).
      const Formula put_events =
          request_.action(request_.actions(std::vector<policy::Text>{{"events:PutEvents", {}}}));
      const Formula put_rule =
          request_.action(request_.actions(std::vector<policy::Text>{{"events:PutRule", {}}}));
      add(formulas_.implies(put_events, formulas_.both(request_.present(id), request_.one(id))));
      add(formulas_.implies(request_.present(id), formulas_.either(put_events, put_rule)));
    } else if (attribute.folded == "events:eventbusinvocation") {
      const Formula put_events =
          request_.action(request_.actions(std::vector<policy::Text>{{"events:PutEvents", {}}}));
      add(formulas_.same(request_.present(id), put_events));
    }
  }

  std::optional<AttributeId> has(std::string_view folded) { return request_.find_key(folded); }

  void add_relations() {
    // By way of a VPC endpoint there is no source address, and otherwise no endpoint.
    const auto source_ip = has("aws:sourceip");
    for (std::string_view key : {"aws:sourcevpce", "aws:sourcevpc", "aws:vpcsourceip"}) {
      const auto endpoint = has(key);
      if (!endpoint)
        continue;
      add(formulas_.implies(request_.present(*endpoint), formulas_.not_(service())));
      if (source_ip) {
        add(formulas_.not_(formulas_.both(request_.present(*source_ip), request_.present(*endpoint))));
        add(formulas_.either(service(),
                             formulas_.either(request_.present(*source_ip), request_.present(*endpoint))));
      }
    }
    // A chain of services, its ends, and the flag that says there is one.
    const auto via = has("aws:viaawsservice");
    const auto chain = has("aws:calledvia");
    for (std::string_view key : {"aws:calledvia", "aws:calledviafirst", "aws:calledvialast"}) {
      const auto part = has(key);
      if (!part)
        continue;
      if (via) {
        add(formulas_.implies(
            request_.present(*part),
            formulas_.both(request_.present(*via),
                           request_.in(*via, request_.text_set({Glob().literal("true", true)})))));
      }
      if (chain && *part != *chain)
        add(formulas_.same(request_.present(*part), request_.present(*chain)));
    }
    if (chain) {
      // The chain is never empty where it is present.
      add(formulas_.implies(
          request_.present(*chain),
          request_.some_in(*chain, request_.text_set({Glob().run(patterns::UnitClass::kAny)}))));
    }
    // Tags of the request and the list of their keys.
    if (const auto tag_keys = has("aws:tagkeys")) {
      for (std::size_t i = 0; i < request_.attribute_count(); ++i) {
        const Attribute attribute = request_.attribute(static_cast<AttributeId>(i));
        constexpr std::string_view kRequestTag = "aws:requesttag/";
        if (!attribute.folded.starts_with(kRequestTag))
          continue;
        const auto tag = request_.text_set(
            {Glob().literal(std::string_view(attribute.name).substr(kRequestTag.size()), true)});
        add(formulas_.same(request_.present(static_cast<AttributeId>(i)),
                           formulas_.both(request_.present(*tag_keys), request_.some_in(*tag_keys, tag))));
      }
    }
    add_organization_paths("aws:PrincipalOrgID", "aws:principalorgpaths");
    add_organization_paths("aws:ResourceOrgID", "aws:resourceorgpaths");
    add_organization_paths("aws:SourceOrgID", "aws:sourceorgpaths");
    if (const auto resource_account = has("aws:resourceaccount")) {
      add(request_.present(*resource_account));
      // "*", which actions without resources are evaluated against, is the caller's own.
      const Formula any_resource = request_.in(request_.resource(), request_.exact("*"));
      add(formulas_.implies(formulas_.both(any_resource, request_.account_principal()),
                            request_.same_account()));
    }
  }

  // Paths are "o-id/r-id/ou-id/": whoever has one is in that organization, and has its id.
  void add_organization_paths(std::string_view organization_key, std::string_view paths_key) {
    const auto paths = has(paths_key);
    if (!paths)
      return;
    const AttributeId organization = request_.key(organization_key);
    add(formulas_.same(request_.present(*paths), request_.present(organization)));
    add(formulas_.implies(
        request_.present(*paths),
        request_.some_in(*paths, request_.text_set({Glob().run(patterns::UnitClass::kAny)}))));
    // What a path says about the id, for every set of paths that a policy speaks of.
    const std::size_t atoms = request_.atom_count();
    for (AtomId id = 0; id < atoms; ++id) {
      const Atom atom = request_.atom(id);
      const bool some_in = atom.kind == Atom::Kind::kSomeIn;
      if (atom.attribute != *paths || (!some_in && atom.kind != Atom::Kind::kSomeOut))
        continue;
      const auto ids = first_components(request_.value_set(atom.values));
      if (!ids)
        continue;
      const Formula within = some_in ? request_.some_in(*paths, atom.values)
                                     : formulas_.not_(request_.some_out(*paths, atom.values));
      add(formulas_.implies(formulas_.both(request_.present(*paths), within),
                            request_.in(organization, request_.text_set(*ids))));
    }
    // And what the id says about every path.
    OpenText path;
    policy::TextPart variable;
    variable.kind = policy::TextPart::Kind::kVariable;
    variable.key = organization_key;
    variable.folded_key = base::fold_case(organization_key);
    path.text.parts.push_back(variable);
    policy::TextPart rest;
    rest.text = "/*";
    path.text.parts.push_back(rest);
    path.op = policy::find_condition_operator("StringLike");
    ValueSet set;
    set.text = request_.patterns().intern({});
    set.open.push_back(std::move(path));
    add(formulas_.implies(request_.present(*paths),
                          formulas_.not_(request_.some_out(*paths, request_.values(std::move(set))))));
  }

  // What stands before the first '/' of each glob; nothing where a wildcard may reach over it.
  std::optional<std::vector<Glob>> first_components(const ValueSet& set) const {
    if (!set.open.empty() || !set.typed.empty())
      return std::nullopt;
    std::vector<Glob> components;
    for (const Glob& glob : request_.patterns().globs(set.text)) {
      Glob component;
      bool ended = false;
      for (const patterns::GlobToken& token : glob.tokens()) {
        if (token.kind == patterns::GlobToken::Kind::kUnit && token.unit == u'/') {
          ended = true;
          break;
        }
        if (token.kind != patterns::GlobToken::Kind::kUnit && patterns::in_class(u'/', token.unit_class))
          return std::nullopt;
        component.append(token);
      }
      if (!ended)
        return std::nullopt;
      components.push_back(std::move(component));
    }
    return components;
  }

  void add_facts() {
    if (facts_.organization.empty())
      return;
    const auto organization = has("aws:principalorgid");
    if (!organization || facts_.accounts.empty())
      return;
    // Principals of the organisation's accounts carry its id, no one else does.
    std::vector<Glob> globs;
    for (const std::string& account : facts_.accounts) {
      std::vector<Glob> principals = principals_of_account(account);
      globs.insert(globs.end(), principals.begin(), principals.end());
    }
    const Formula member = request_.in(request_.principal(), request_.text_set(std::move(globs)));
    add(formulas_.implies(member,
                          formulas_.both(request_.present(*organization),
                                         request_.in(*organization, request_.exact(facts_.organization)))));
  }

  SymbolicRequest& request_;
  FormulaStore& formulas_;
  const Facts& facts_;
  std::vector<Formula> rules_;
};

}  // namespace

Formula request_space(SymbolicRequest& request, const Facts& facts) {
  return Space(request, facts).make();
}

}  // namespace grantproof::logic
