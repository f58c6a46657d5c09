// SPDX-License-Identifier: Apache-2.0
//
// SAM templates to plain CloudFormation templates, as the transform AWS::Serverless-2016-10-31 makes them:
// functions and their events become functions, roles, rules, permissions and the rest that has a part in who
// may do what. Comes before the intrinsic functions are resolved (template_set.h): they are carried over as
// they stand. What is made has the span of the words that make it.
//
// Source: AWS SAM developer guide. Not made: what only deploys or describes (code, API definitions, hashes in
// logical ids). What cannot be made is said, as a mistake or a gap.
#pragma once

#include "sources/translation.h"
#include "syntax/node.h"

namespace grantproof::sources {

// Is AWS::Serverless-2016-10-31 its Transform, or one of them?
bool is_serverless(const syntax::Node& root);

// Without Globals, and without that transform. Loops (Fn::ForEach) over SAM resources have to be written out
// before.
syntax::Node expand_serverless(syntax::Node root, Translation& into);

}  // namespace grantproof::sources
