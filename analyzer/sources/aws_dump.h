// SPDX-License-Identifier: Apache-2.0
//
// Answers of the AWS CLI and of the APIs: what `aws iam`, `aws events`, `aws organizations` and the like
// print, one table row for each shape. Source: AWS CLI reference; shapes captured with botocore 1.43.
#pragma once

#include "sources/translation.h"
#include "syntax/node.h"

namespace grantproof::sources {

// Is this one of the answers that read_aws_dump knows?
bool is_aws_dump(const syntax::Node& root);

// Names and accounts that the answer lacks (list-targets-by-rule names no rule) are taken from a wrapper
// around it, or from the path. Pages that say they are not the last one, and documents that are referred to
// and not there, become gaps.
void read_aws_dump(const syntax::Node& root, const Place& place, Translation& into);

}  // namespace grantproof::sources
