// SPDX-License-Identifier: Apache-2.0
//
// Policies in people's words: names of statements and policies, who a Principal lets in, what a condition
// asks for.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/subject.h"

namespace grantproof::checks {

// The Sid, or "statement 3".
std::string statement_name(const policy::Policy& policy, std::size_t index);
// `statement "PartnerPut"` or "statement 3".
std::string quoted_statement_name(std::string_view name);
// Where findings about a whole statement stand: its Sid, or its opening brace; with its name.
base::Label statement_label(const policy::Policy& policy, std::size_t index);

// "policies/orders-bus.json", with what it is attached to where that is known.
std::string subject_name(const Subject& subject);

// "a, b and c"; after `limit` of them "and 4 more".
std::string listed(std::span<const std::string> texts, std::size_t limit = 4, std::string_view last = "and");
// "event-bus/orders" of an ARN; other text as it is.
std::string short_resource(std::string_view arn);

// "everyone", "principals of account 444455556666", "role arn:…", "service events.amazonaws.com"
std::string principal_words(const policy::Principal& principal);
std::string principals_words(const policy::PrincipalElement& element);
// "events:PutEvents", "everything but events:PutEvents"
std::string actions_words(const policy::ActionElement& element);
std::string resources_words(const policy::Statement& statement);

// "events:source matches com.partner.*"
std::string condition_words(const policy::Condition& condition);
// Joined with "and"; empty where there is none.
std::string conditions_words(std::span<const policy::Condition> conditions);

// "an ARN" to "An ARN" and back: messages begin with a small letter, titles with a capital one.
std::string uncapitalised(std::string_view text);

}  // namespace grantproof::checks
