// SPDX-License-Identifier: Apache-2.0
//
// Resource policies and what they belong to. An answer of get-policy, get-key-policy, get-bucket-policy or
// get-resource-policy has the policy and hardly anything else: whose it is, a parameter of the call says that
// stands beside it, or its statements do, or the name of the file.
#pragma once

#include "config/resource.h"
#include "sources/aws_dump_answer.h"
#include "sources/aws_dump_table.h"
#include "syntax/node.h"

namespace grantproof::sources {

// The policy of a resource that is described beside it.
config::Resource policy_resource(Home home, const config::Resource& of, syntax::Node document);

// Is this such an answer? Not if nothing shows whose policy it is: then it is a policy by itself.
bool is_policy_answer(const syntax::Node& answer);
void read_policy_answer(AnswerReader& reader);
// A policy under another key, of what parameters, statements or the file say.
void read_policy_of(Home home, const syntax::Node& policy, AnswerReader& reader);

}  // namespace grantproof::sources
