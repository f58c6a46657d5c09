// SPDX-License-Identifier: Apache-2.0
//
// The caller that a question names: an ARN, an account id, a service, "anonymous", or nobody in particular.
// As a formula, and as a predicate on the caller of a witness.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/request.h"
#include "access/truth.h"
#include "logic/symbolic_request.h"

namespace grantproof::checks {

class CallerChoice {
 public:
  // Nothing where the text names no caller.
  static std::optional<CallerChoice> read(std::string_view text);

  logic::Formula encode(logic::SymbolicRequest& request) const;
  access::Truth holds(const access::Caller& caller) const;

  const std::string& text() const { return text_; }
  // Could an identity policy that is attached to this user or role be the caller's?
  bool may_hold(std::string_view attached_to) const;

 private:
  enum class Kind {
    kUser,
    kRole,
    kSession,
    kFederatedUser,
    kRoot,
    kAccount,
    kService,
    kFederated,
    kAnonymous
  };
  CallerChoice(Kind kind, std::string_view text) : kind_(kind), text_(text) {}
  std::string_view role_name() const;

  Kind kind_;
  std::string text_;
};

}  // namespace grantproof::checks
