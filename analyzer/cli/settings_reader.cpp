// SPDX-License-Identifier: Apache-2.0
#include "cli/settings_reader.h"

#include <fmt/format.h>

#include <array>
#include <span>
#include <utility>

#include "base/text.h"
#include "checks/rule.h"
#include "cli/facts.h"
#include "cli/rule_choice.h"

namespace grantproof::cli {
namespace {

using syntax::Member;
using syntax::Node;
using syntax::NodeKind;

class Reader {
 public:
  explicit Reader(base::DiagnosticSink& sink) : sink_(sink) {}

  // A key of a map, and what its value does to a `Target`.
  template <typename Target>
  struct Key {
    std::string_view name;
    void (Reader::*read)(const Node& value, Target& target);
  };

  void top(const Node& node, Settings& settings) {
    static constexpr std::array<Key<Settings>, 8> kKeys = {{
        {"version", &Reader::version},
        {"facts", &Reader::facts},
        {"sources", &Reader::sources},
        {"rules", &Reader::rules},
        {"suppressions", &Reader::suppressions},
        {"fail-on", &Reader::fail_on},
        {"select", &Reader::select},
        {"ignore", &Reader::ignore},
    }};
    if (node.kind == NodeKind::kNull)  // an empty file
      return;
    map<Settings>(node, "the configuration", kKeys, settings);
  }

 private:
  void mistake(base::Span span, std::string message, std::string help = {}) {
    sink_.report({.rule = {},
                  .severity = base::Severity::kError,
                  .message = std::move(message),
                  .primary = {.span = span, .text = {}},
                  .secondary = {},
                  .help = std::move(help)});
  }

  template <typename Target>
  void map(const Node& node, std::string_view what, std::span<const Key<Target>> keys, Target& target) {
    if (node.kind != NodeKind::kMap) {
      mistake(node.span,
              fmt::format("{} is {}, expected keys with values", what, syntax::describe(node.kind)));
      return;
    }
    for (const Member& member : node.members) {
      const Key<Target>* found = nullptr;
      std::vector<std::string_view> names;
      for (const Key<Target>& key : keys) {
        names.push_back(key.name);
        if (key.name == member.key)
          found = &key;
      }
      if (found != nullptr)
        (this->*found->read)(member.value, target);
      else
        unknown(member.key_span, "key", member.key, names);
    }
  }

  void unknown(base::Span span, std::string_view what, const std::string& name,
               const std::vector<std::string_view>& names) {
    if (const auto meant = base::nearest(name, names)) {
      mistake(span, fmt::format("unknown {} \"{}\"", what, name),
              fmt::format("did you mean \"{}\"?", *meant));
      return;
    }
    std::string all;
    for (const std::string_view one : names)
      all += fmt::format("{}{}", all.empty() ? "" : ", ", one);
    mistake(span, fmt::format("unknown {} \"{}\"", what, name), fmt::format("one of: {}", all));
  }

  // A number is taken as it is written: 000011112222 keeps its zeros.
  bool text(const Node& node, std::string_view what, std::string& into) {
    if ((node.kind == NodeKind::kString || node.kind == NodeKind::kNumber) && !node.text.empty()) {
      into = node.text;
      return true;
    }
    mistake(node.span, fmt::format("{} is {}, expected a text", what,
                                   node.kind == NodeKind::kString ? "empty" : syntax::describe(node.kind)));
    return false;
  }

  std::vector<std::string> texts(const Node& node, std::string_view what) {
    std::vector<std::string> list;
    std::string one;
    if (node.kind != NodeKind::kList) {
      if (text(node, what, one))
        list.push_back(std::move(one));
      return list;
    }
    for (const Node& item : node.items) {
      if (text(item, what, one))
        list.push_back(one);
    }
    return list;
  }

  void no_rule(base::Span span, const std::string& name) {
    Misnamed misnamed = no_such_rule(name);
    mistake(span, std::move(misnamed.message), std::move(misnamed.help));
  }
  std::string rule_id(const Node& node, const std::string& name) {
    if (const checks::Rule* rule = checks::find_rule(name))
      return rule->id;
    no_rule(node.span, name);
    return {};
  }

  // ---- the keys

  void version(const Node& node, Settings& /*settings*/) {
    if (node.text != "1")
      mistake(node.span, "this version of the configuration is not known", "write version: 1");
  }

  void facts(const Node& node, Settings& settings) {
    static constexpr std::array<Key<Settings>, 3> kKeys = {{
        {"organization", &Reader::organization},
        {"accounts", &Reader::accounts},
        {"partners", &Reader::partners},
    }};
    map<Settings>(node, "facts", kKeys, settings);
  }

  void organization(const Node& node, Settings& settings) {
    std::string id;
    if (!text(node, "organization", id))
      return;
    if (!is_organization_id(id)) {
      mistake(node.span, fmt::format("\"{}\" is no organization id", id), "they look like o-exampleorgid");
      return;
    }
    settings.facts.organization = std::move(id);
  }

  void account(base::Span span, const std::string& id, std::vector<std::string>& into) {
    if (is_account_id(id)) {
      into.push_back(id);
      return;
    }
    mistake(span, fmt::format("\"{}\" is no account id", id),
            "they have twelve digits; in quotes, so that leading zeros stay");
  }

  // A list of ids, or a map from ids to names for people.
  void account_list(const Node& node, std::string_view what, std::vector<std::string>& into) {
    if (node.kind == NodeKind::kMap) {
      for (const Member& member : node.members)
        account(member.key_span, member.key, into);
      return;
    }
    if (node.kind != NodeKind::kList) {
      mistake(node.span,
              fmt::format("{} is {}, expected a list of account ids", what, syntax::describe(node.kind)));
      return;
    }
    for (const Node& item : node.items) {
      std::string id;
      if (text(item, "an account id", id))
        account(item.span, id, into);
    }
  }
  void accounts(const Node& node, Settings& settings) {
    account_list(node, "accounts", settings.facts.accounts);
  }
  void partners(const Node& node, Settings& settings) {
    account_list(node, "partners", settings.facts.partners);
  }

  void sources(const Node& node, Settings& settings) {
    static constexpr std::array<Key<Settings>, 2> kKeys = {{
        {"include", &Reader::include},
        {"exclude", &Reader::exclude},
    }};
    map<Settings>(node, "sources", kKeys, settings);
  }
  void include(const Node& node, Settings& settings) { settings.include = texts(node, "a path"); }
  void exclude(const Node& node, Settings& settings) { settings.exclude = texts(node, "a path"); }

  void fail_on(const Node& node, Settings& settings) {
    static constexpr std::array<std::pair<std::string_view, FailOn>, 4> kLevels{{
        {"error", FailOn{base::Severity::kError}},
        {"warning", FailOn{base::Severity::kWarning}},
        {"note", FailOn{base::Severity::kNote}},
        {"never", FailOn{std::nullopt}},
    }};
    std::vector<std::string_view> names;
    for (const auto& [name, level] : kLevels) {
      names.push_back(name);
      if (node.text == name) {
        settings.fail_on = level;
        return;
      }
    }
    unknown(node.span, "severity", node.text, names);
  }

  void select(const Node& node, Settings& settings) { settings.select = rule_words(node); }
  void ignore(const Node& node, Settings& settings) { settings.ignore = rule_words(node); }
  std::vector<std::string> rule_words(const Node& node) {
    std::vector<std::string> words = texts(node, "a rule");
    for (const std::string& word : words) {
      if (const auto chosen = choose_rules({word}, {}); !chosen)
        no_rule(node.span, word);
    }
    return words;
  }

  // ---- rules: {GP2003: off, GP1103: {severity: note}}

  void rules(const Node& node, Settings& settings) {
    if (node.kind != NodeKind::kMap) {
      mistake(node.span,
              fmt::format("rules is {}, expected rules with settings", syntax::describe(node.kind)));
      return;
    }
    for (const Member& member : node.members) {
      const checks::Rule* rule = checks::find_rule(member.key);
      if (rule == nullptr) {
        no_rule(member.key_span, member.key);
        continue;
      }
      RuleSetting setting;
      setting.rule = rule->id;
      rule_setting(member, setting);
      settings.rules.push_back(std::move(setting));
    }
  }

  void rule_setting(const Member& member, RuleSetting& setting) {
    const Node& value = member.value;
    setting.off = value.text == "off" || (value.kind == NodeKind::kBool && !value.boolean);
    if (setting.off) {
      if (always_on(setting.rule))
        mistake(value.span,
                fmt::format("{} cannot be turned off: it says that something has no verdict", setting.rule));
      return;
    }
    if (value.kind != NodeKind::kMap) {
      mistake(value.span, "a rule is set to \"off\" or to {severity: error | warning | note}");
      return;
    }
    static constexpr std::array<Key<RuleSetting>, 1> kKeys = {{{"severity", &Reader::rule_severity}}};
    map<RuleSetting>(value, "a rule", kKeys, setting);
    const checks::Rule* rule = checks::find_rule(setting.rule);
    if (always_on(setting.rule) && setting.severity && rule != nullptr && *setting.severity > rule->severity)
      mistake(value.span,
              fmt::format("the severity of {} cannot be lowered: it says that something has no verdict",
                          setting.rule));
  }

  void rule_severity(const Node& node, RuleSetting& setting) {
    std::vector<std::string_view> names;
    for (const base::Severity severity :
         {base::Severity::kError, base::Severity::kWarning, base::Severity::kNote}) {
      names.push_back(base::name(severity));
      if (node.text == base::name(severity))
        setting.severity = severity;
    }
    if (!setting.severity)
      unknown(node.span, "severity", node.text, names);
  }

  // ---- suppressions

  void suppressions(const Node& node, Settings& settings) {
    static constexpr std::array<Key<Suppression>, 6> kKeys = {{
        {"rule", &Reader::suppressed_rule},
        {"path", &Reader::suppressed_path},
        {"sid", &Reader::suppressed_sid},
        {"fingerprint", &Reader::suppressed_fingerprint},
        {"reason", &Reader::reason},
        {"until", &Reader::until},
    }};
    if (node.kind != NodeKind::kList) {
      mistake(node.span, fmt::format("suppressions is {}, expected a list", syntax::describe(node.kind)));
      return;
    }
    for (const Node& item : node.items) {
      Suppression suppression;
      suppression.span = item.span;
      const std::size_t errors = sink_.errors();
      map<Suppression>(item, "a suppression", kKeys, suppression);
      if (sink_.errors() == errors && suppression.rule.empty())
        mistake(item.span, "this suppression names no rule", "add rule: GP…");
      if (sink_.errors() == errors && suppression.reason.empty())
        mistake(item.span, "this suppression gives no reason",
                "add reason: \"…\": whoever reads it next will ask");
      settings.suppressions.push_back(std::move(suppression));
    }
  }
  void suppressed_rule(const Node& node, Suppression& suppression) {
    std::string name;
    if (!text(node, "rule", name))
      return;
    suppression.rule = rule_id(node, name);
    if (always_on(suppression.rule))
      mistake(node.span, fmt::format("{} cannot be suppressed: it says that something has no verdict",
                                     suppression.rule));
  }
  void suppressed_path(const Node& node, Suppression& suppression) { text(node, "path", suppression.path); }
  void suppressed_sid(const Node& node, Suppression& suppression) { text(node, "sid", suppression.sid); }
  void suppressed_fingerprint(const Node& node, Suppression& suppression) {
    if (text(node, "fingerprint", suppression.fingerprint) && suppression.fingerprint.size() != 32)
      mistake(node.span, "a fingerprint has 32 hexadecimal digits", "--report json shows them");
  }
  void reason(const Node& node, Suppression& suppression) {
    if (text(node, "reason", suppression.reason) &&
        suppression.reason.find_first_not_of(" \t\n") == std::string::npos)
      mistake(node.span, "the reason is blank");
  }
  void until(const Node& node, Suppression& suppression) {
    if (text(node, "until", suppression.until) && !is_date(suppression.until))
      mistake(node.span, fmt::format("\"{}\" is no date", suppression.until), "write YYYY-MM-DD");
  }

  base::DiagnosticSink& sink_;
};

}  // namespace

void read_settings(const Node& node, Settings& settings, base::DiagnosticSink& sink) {
  Reader(sink).top(node, settings);
}

}  // namespace grantproof::cli
