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

// A document is one answer or a list of them. Names that an answer lacks (list-targets-by-rule names no rule)
// are taken from the parameters of the call, under their own names beside it, {"EventBusName": …, "Rule": …,
// "Targets": […]}, or from the name of the file (aws_dump_file_name.h); accounts and regions from ARNs, or
// from the place. Pages that say they are not the last one become gaps, unless the next one follows in the
// list.
void read_aws_dump(const syntax::Node& root, const Place& place, Translation& into);

}  // namespace grantproof::sources
