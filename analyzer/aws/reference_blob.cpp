// SPDX-License-Identifier: Apache-2.0
#include "aws/reference_blob.h"

namespace grantproof::aws::blob {
namespace {

template <typename Row>
std::span<const Row> rows(const void* block, Table table) {
  return {reinterpret_cast<const Row*>(static_cast<const char*>(block) + table.offset), table.count};
}

}  // namespace

View::View(const void* block) {
  const Header& header = *static_cast<const Header*>(block);
  const std::span<const char> characters = rows<char>(block, header.strings);
  strings_ = {characters.data(), characters.size()};
  date = text(header.date);
  version = text(header.version);
  services = rows<ServiceRow>(block, header.services);
  actions = rows<ActionRow>(block, header.actions);
  resource_types = rows<ResourceTypeRow>(block, header.resource_types);
  resource_uses = rows<ResourceUse>(block, header.resource_uses);
  listed_keys = rows<std::uint32_t>(block, header.listed_keys);
  keys = rows<KeyRow>(block, header.keys);
  templates = rows<TemplateRow>(block, header.templates);
  singles = rows<std::uint64_t>(block, header.singles);
}

}  // namespace grantproof::aws::blob
