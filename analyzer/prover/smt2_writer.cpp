// SPDX-License-Identifier: Apache-2.0
#include "prover/smt2_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "prover/closed_set.h"
#include "prover/implicant.h"
#include "prover/theory.h"

namespace grantproof::prover {
namespace {

using logic::Atom;
using logic::AttributeId;
using logic::Formula;
using logic::FormulaKind;
using patterns::Glob;
using patterns::GlobToken;
using patterns::UnitClass;

std::string quoted(std::u16string_view units) {
  std::string text = "\"";
  for (char16_t unit : units) {
    if (unit == u'"') {
      text += "\"\"";
    } else if (unit >= 0x20 && unit < 0x7f && unit != u'\\') {
      text += static_cast<char>(unit);
    } else {
      text += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(unit));
    }
  }
  return text + "\"";
}

std::string symbol(std::string_view name) {
  std::string text = "|";
  for (char c : name)
    text += c == '|' || c == '\\' ? '_' : c;
  return text + "|";
}

std::string class_regex(UnitClass unit_class) {
  const std::string digits = R"((re.range "0" "9"))";
  switch (unit_class) {
    case UnitClass::kAny:
      return "re.allchar";
    case UnitClass::kNotColon:
      return R"((re.diff re.allchar (str.to_re ":")))";
    case UnitClass::kNotSlashOrColon:
      return R"((re.diff re.allchar (re.union (str.to_re ":") (str.to_re "/"))))";
    case UnitClass::kDigit:
      return digits;
    case UnitClass::kLowerAlnum:
      return fmt::format(R"((re.union (re.range "a" "z") {} (str.to_re "-")))", digits);
  }
  return "re.allchar";
}

// The units that have this lower case: few, and all below the Angstrom sign.
const std::vector<char16_t>& units_of_lower(char16_t lower) {
  static const std::map<char16_t, std::vector<char16_t>> kUnits = [] {
    std::map<char16_t, std::vector<char16_t>> units;
    for (unsigned unit = 1; unit < 0x2200; ++unit)
      units[patterns::lower(static_cast<char16_t>(unit))].push_back(static_cast<char16_t>(unit));
    return units;
  }();
  static const std::vector<char16_t> kNone;
  const auto at = kUnits.find(lower);
  return at == kUnits.end() ? kNone : at->second;
}

std::string unit_regex(const GlobToken& token) {
  std::vector<std::string> units;
  if (token.fold) {
    for (char16_t unit : units_of_lower(token.unit))
      units.push_back(quoted(std::u16string(1, unit)));
  }
  if (units.empty())
    units.push_back(quoted(std::u16string(1, token.unit)));
  std::string text;
  for (const std::string& unit : units)
    text += fmt::format(" (str.to_re {})", unit);
  return units.size() == 1 ? text.substr(1) : fmt::format("(re.union{})", text);
}

std::string glob_regex(const Glob& glob) {
  std::string parts;
  std::size_t count = 0;
  std::u16string literal;
  const auto flush = [&] {
    if (literal.empty())
      return;
    parts += fmt::format(" (str.to_re {})", quoted(literal));
    literal.clear();
    ++count;
  };
  for (const GlobToken& token : glob.tokens()) {
    if (token.kind == GlobToken::Kind::kUnit && !token.fold) {
      literal += token.unit;
      continue;
    }
    flush();
    ++count;
    if (token.kind == GlobToken::Kind::kUnit) {
      parts += " " + unit_regex(token);
    } else if (token.kind == GlobToken::Kind::kOne) {
      parts += " " + class_regex(token.unit_class);
    } else {
      parts += token.unit_class == UnitClass::kAny ? " re.all"
                                                   : fmt::format(" (re.* {})", class_regex(token.unit_class));
    }
  }
  flush();
  if (count == 0)
    return R"((str.to_re ""))";
  return count == 1 ? parts.substr(1) : fmt::format("(re.++{})", parts);
}

std::string join(std::string_view op, const std::vector<std::string>& parts, std::string_view none) {
  if (parts.empty())
    return std::string(none);
  if (parts.size() == 1)
    return parts.front();
  std::string text = "(" + std::string(op);
  for (const std::string& part : parts)
    text += " " + part;
  return text + ")";
}

std::string regex(std::span<const Glob> globs) {
  std::vector<std::string> parts;
  for (const Glob& glob : globs)
    parts.push_back(glob_regex(glob));
  return join("re.union", parts, "re.none");
}

std::string_view relation(policy::Relation relation) {
  switch (relation) {
    case policy::Relation::kEqual:
      return "=";
    case policy::Relation::kLess:
      return "<";
    case policy::Relation::kLessOrEqual:
      return "<=";
    case policy::Relation::kGreater:
      return ">";
    case policy::Relation::kGreaterOrEqual:
      return ">=";
  }
  return "=";
}

std::string decimal(const policy::Decimal& number) {
  std::string digits = number.digits.empty() ? "0" : number.digits;
  std::string scale = "1.0";
  if (number.exponent >= static_cast<std::int64_t>(digits.size())) {
    digits.append(static_cast<std::size_t>(number.exponent) - digits.size(), '0');
  } else {
    scale =
        "1" + std::string(
                  digits.size() - static_cast<std::size_t>(std::max<std::int64_t>(number.exponent, 0)), '0');
    if (number.exponent < 0)
      scale += std::string(static_cast<std::size_t>(-number.exponent), '0');
    scale += ".0";
  }
  const std::string value = fmt::format("(/ {}.0 {})", digits, scale);
  return number.negative ? fmt::format("(- {})", value) : value;
}

class Writer {
 public:
  explicit Writer(const logic::SymbolicRequest& request)
      // Closing sets interns their automata; nothing that a formula says changes.
      : request_(const_cast<logic::SymbolicRequest&>(request)), closer_(request_) {}

  std::string write(Formula formula, std::string_view name) {
    const std::vector<logic::AtomId> atoms = atoms_of(request_.formulas(), formula);
    for (logic::AtomId id : atoms) {
      if (request_.atom(id).kind == Atom::Kind::kSomeIn || request_.atom(id).kind == Atom::Kind::kSomeOut) {
        ++elements_[request_.atom(id).attribute];
      }
    }
    std::string definitions;
    for (logic::AtomId id : atoms) {
      definitions += fmt::format("(define-fun a{} () Bool {})\n", id, this->atom(request_.atom(id), id));
    }
    std::string text =
        fmt::format("; {}\n; sat: some request violates the claim; unsat: proved\n", printable(name));
    text += "; the action is any text here, and ARN formats of actions are left out: sat may be too much\n";
    text += "(set-logic ALL)\n" + declarations_ + definitions;
    for (const std::string& side : sides_)
      text += fmt::format("(assert {})\n", side);
    return text + fmt::format("(assert {})\n(check-sat)\n", this->formula(formula));
  }

 private:
  static std::string printable(std::string_view text) {
    std::string result;
    for (char c : text)
      result += c == '\n' || c == '\r' ? ' ' : c;
    return result;
  }

  void declare(const std::string& name, std::string_view sort) {
    if (declared_.emplace(name, true).second)
      declarations_ += fmt::format("(declare-const {} {})\n", name, sort);
  }

  std::string text_of(AttributeId root) {
    const std::string name = symbol(request_.attribute(root).name);
    if (!declared_.contains(name)) {
      declare(name, "String");
      if (const auto format = request_.attribute(root).format) {
        const ClosedSet closed = closer_.close(*format, logic::Projection::kNone);
        sides_.push_back(value_in(root, name, closed));
      }
    }
    return name;
  }

  std::string typed(AttributeId id, const std::string& value, const policy::ValueTest& test) {
    const std::string base = request_.attribute(id).name + " of " + value;
    if (const auto* number = std::get_if<policy::NumberTest>(&test)) {
      const std::string is = symbol(base + " is a number"), as = symbol(base + " as number");
      declare(is, "Bool");
      declare(as, "Real");
      return fmt::format("(and {} ({} {} {}))", is, relation(number->relation), as, decimal(number->value));
    }
    if (const auto* date = std::get_if<policy::DateTest>(&test)) {
      const std::string is = symbol(base + " is a date"), as = symbol(base + " as milliseconds");
      declare(is, "Bool");
      declare(as, "Int");
      const std::string bound =
          date->value < 0 ? fmt::format("(- {})", -date->value) : std::to_string(date->value);
      return fmt::format("(and {} ({} {} {}))", is, relation(date->relation), as, bound);
    }
    if (const auto* range = std::get_if<policy::AddressTest>(&test)) {
      const std::string is = symbol(base + (range->first.v6 ? " is IPv6" : " is IPv4"));
      const std::string high = symbol(base + " high"), low = symbol(base + " low");
      declare(symbol(base + " is IPv6"), "Bool");
      declare(symbol(base + " is IPv4"), "Bool");
      if (both_families_.emplace(base, true).second) {
        sides_.push_back(
            fmt::format("(not (and {} {}))", symbol(base + " is IPv6"), symbol(base + " is IPv4")));
      }
      declare(high, "(_ BitVec 64)");
      declare(low, "(_ BitVec 64)");
      const auto wide = [](const policy::Address& address) {
        return fmt::format("(concat #x{:016x} #x{:016x})", address.high, address.low);
      };
      const std::string as = fmt::format("(concat {} {})", high, low);
      const std::string zero = range->first.v6 ? "true" : fmt::format("(= {} #x{:016x})", high, 0);
      return fmt::format("(and {} {} (bvule {} {}) (bvule {} {}))", is, zero, wide(range->first), as, as,
                         wide(range->last));
    }
    if (const auto* binary = std::get_if<policy::BinaryTest>(&test)) {
      const std::string bytes = symbol(base + " as bytes");
      declare(bytes, "String");
      return fmt::format("(= {} {})", bytes, quoted(patterns::to_units(binary->bytes)));
    }
    return fmt::format("(str.in_re {} {})", value, glob_regex(std::get<Glob>(test)));
  }

  std::string value_in(AttributeId id, const std::string& value, const ClosedSet& set) {
    std::vector<std::string> parts;
    const auto globs = request_.patterns().globs(set.text);
    if (!globs.empty())
      parts.push_back(fmt::format("(str.in_re {} {})", value, regex(globs)));
    for (const policy::ValueTest& test : *set.typed)
      parts.push_back(typed(id, value, test));
    return join("or", parts, "false");
  }

  // A set with variables lies between two closed sets; what it is in between is left open.
  std::string value_in(AttributeId id, const std::string& value, logic::ValueSetId set,
                       logic::Projection projection, logic::AtomId atom) {
    if (!closer_.is_open(set))
      return value_in(id, value, closer_.close(set, projection));
    const std::string between =
        fmt::format("|a{} by policy variable on {}|", atom, request_.attribute(id).name);
    declare(between, "Bool");
    return fmt::format("(or {} (and {} {}))", value_in(id, value, closer_.lower(set, projection)), between,
                       value_in(id, value, closer_.upper(set, projection)));
  }

  std::string present(AttributeId id) {
    const std::string name = symbol(request_.attribute(id).name + " is present");
    declare(name, "Bool");
    return name;
  }

  // As many elements as there are questions about some element: no set needs more to answer them all the same
  // way.
  std::vector<std::pair<std::string, std::string>> elements(AttributeId id) {
    std::vector<std::pair<std::string, std::string>> result;
    for (std::size_t i = 0; i < std::max<std::size_t>(elements_[id], 2); ++i) {
      const std::string element = symbol(fmt::format("{} element {}", request_.attribute(id).name, i));
      const std::string there = symbol(fmt::format("{} has element {}", request_.attribute(id).name, i));
      declare(element, "String");
      declare(there, "Bool");
      result.emplace_back(there, element);
    }
    return result;
  }

  std::string atom(const Atom& atom, logic::AtomId id) {
    switch (atom.kind) {
      case Atom::Kind::kPresent:
        return present(atom.attribute);
      case Atom::Kind::kIn: {
        const AttributeId root = root_of(request_, atom.attribute);
        return value_in(root, text_of(root), atom.values, request_.attribute(atom.attribute).projection, id);
      }
      case Atom::Kind::kSomeIn:
      case Atom::Kind::kSomeOut: {
        std::vector<std::string> parts;
        for (const auto& [there, element] : elements(atom.attribute)) {
          const std::string in = value_in(atom.attribute, element, atom.values, logic::Projection::kNone, id);
          parts.push_back(fmt::format("(and {} {})", there,
                                      atom.kind == Atom::Kind::kSomeIn ? in : fmt::format("(not {})", in)));
        }
        return join("or", parts, "false");
      }
      case Atom::Kind::kOne: {
        std::string sum;
        for (const auto& [there, element] : elements(atom.attribute))
          sum += fmt::format(" (ite {} 1 0)", there);
        return fmt::format("(= 1 (+{}))", sum);
      }
      case Atom::Kind::kAction:
        declare("|action|", "String");
        return fmt::format("(str.in_re |action| {})", regex(request_.action_set(atom.actions).patterns));
      case Atom::Kind::kUnknown: {
        const std::string name = fmt::format("|a{} nobody knows|", id);
        declare(name, "Bool");
        return name;
      }
    }
    return "false";
  }

  std::string formula(Formula formula) {
    const logic::FormulaStore& formulas = request_.formulas();
    switch (formulas.kind(formula)) {
      case FormulaKind::kTrue:
        return "true";
      case FormulaKind::kFalse:
        return "false";
      case FormulaKind::kLiteral: {
        const logic::Literal literal = formulas.literal_of(formula);
        return literal.positive ? fmt::format("a{}", literal.atom) : fmt::format("(not a{})", literal.atom);
      }
      case FormulaKind::kAll:
      case FormulaKind::kAny:
        break;
    }
    std::vector<std::string> parts;
    for (Formula part : formulas.parts(formula))
      parts.push_back(this->formula(part));
    return join(formulas.kind(formula) == FormulaKind::kAll ? "and" : "or", parts, "true");
  }

  logic::SymbolicRequest& request_;
  SetCloser closer_;
  std::map<AttributeId, std::size_t> elements_;
  std::map<std::string, bool> declared_;
  std::map<std::string, bool> both_families_;
  std::string declarations_;
  std::vector<std::string> sides_;
};

}  // namespace

std::string write_smt2(const logic::SymbolicRequest& request, Formula formula, std::string_view name) {
  return Writer(request).write(formula, name);
}

}  // namespace grantproof::prover
