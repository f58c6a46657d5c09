// SPDX-License-Identifier: Apache-2.0
//
// Yes, no, or: that depends on a part of a policy that nobody knows (base/unknown_text.h) or understood.
// Three-valued as Kleene has it: "no and unknown" is no, "yes or unknown" is yes.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace grantproof::access {

inline constexpr std::string_view kNotUnderstood = "a part that was not understood";

class Truth {
 public:
  // What is known is a Truth wherever one is asked for; nothing that only converts to bool is.
  template <std::same_as<bool> Bool>
  Truth(Bool known)  // NOLINT(google-explicit-constructor)
      : value_(known ? Value::kTrue : Value::kFalse) {}
  // `text` has the unknown part, or is the condition of a statement (Statement::when), or kNotUnderstood. A
  // second one may have another unknown part. Both are borrowed.
  static Truth depends_on(std::string_view text, std::string_view and_text = {}) {
    Truth truth(false);
    truth.value_ = Value::kUnknown;
    truth.text_ = text;
    truth.and_text_ = and_text;
    return truth;
  }

  bool surely() const { return value_ == Value::kTrue; }
  bool possibly() const { return value_ != Value::kFalse; }
  bool unknown() const { return value_ == Value::kUnknown; }
  // What it depends on, where it is unknown.
  std::string_view text() const { return text_; }
  std::string_view and_text() const { return and_text_; }

  // Both sides are evaluated.
  friend Truth operator&&(const Truth& a, const Truth& b) { return a.value_ <= b.value_ ? a : b; }
  friend Truth operator||(const Truth& a, const Truth& b) { return a.value_ >= b.value_ ? a : b; }
  friend Truth operator!(const Truth& a) { return a.unknown() ? a : Truth(!a.surely()); }
  friend bool operator==(const Truth& a, const Truth& b) { return a.value_ == b.value_; }

 private:
  enum class Value : std::uint8_t { kFalse, kUnknown, kTrue };
  Value value_;
  std::string_view text_;
  std::string_view and_text_;
};

inline Truth negated_if(bool negated, const Truth& truth) {
  return negated ? !truth : truth;
}

// "depends on parameter OrgId and the condition IsProd", of texts as above
std::string dependence(std::span<const std::string_view> texts);
std::string dependence(const Truth& unknown);

}  // namespace grantproof::access
