// SPDX-License-Identifier: Apache-2.0
#include "sources/terraform_table.h"

namespace grantproof::sources::terraform {

std::vector<const ResourceRow*> find_rows(std::string_view type) {
  std::vector<const ResourceRow*> found;
  for (const auto rows : {event_rows(), identity_rows(), target_rows()}) {
    for (const ResourceRow& row : rows) {
      if (row.type == type)
        found.push_back(&row);
    }
  }
  return found;
}

}  // namespace grantproof::sources::terraform
