// SPDX-License-Identifier: Apache-2.0
//
// The service reference as tables in one block of memory: rows of fixed width and one string table, used
// where they lie. The generator writes the block into the binary at build time; Reference::parse makes the
// same block in memory. A block is only ever read in the program that made it (or was built from the same
// source), so it carries offsets and no checks: it is not a file format, and none is read from outside.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "aws/reference.h"

namespace grantproof::aws::blob {

struct Text {  // in the string table
  std::uint32_t offset;
  std::uint32_t length;
};

struct Range {  // rows [begin, end) of another table
  std::uint32_t begin;
  std::uint32_t end;
};

struct ServiceRow {
  Text prefix;
  Range actions;
  std::uint32_t rcp;  // 0 or 1
};

struct ActionRow {
  Text name;  // "events:PutEvents"
  std::uint32_t service;
  std::uint32_t access_levels;
  Range resources;  // of the resource uses
  Range keys;       // of the listed keys
};

struct ResourceTypeRow {
  Text name;
  Text format;
};

struct KeyRow {
  Text name;
  std::uint32_t type;         // KeyType
  std::uint32_t multivalued;  // 0 or 1
  std::uint32_t templated;    // 0 or 1
};

// A multivalued key that the requests of one action carry with one value: a row of the ordered table of them.
constexpr std::uint64_t single(std::uint32_t action, std::uint32_t key) {
  return std::uint64_t{action} << 32 | key;
}

// A key with parts that the user fills in. Ordered by prefix. Every prefix of a name that stands in the table
// is found from the last row that is not after the name, by following `shorter`.
struct TemplateRow {
  Text prefix;  // up to the first such part, lower case
  Text rest;    // a glob for what follows, "?*" for every such part
  std::uint32_t key;
  std::uint32_t shorter;  // nearest earlier row whose prefix begins this one's; kNone
};
inline constexpr std::uint32_t kNone = 0xffffffff;

struct Table {
  std::uint32_t offset;  // from the start of the block, a multiple of 8
  std::uint32_t count;   // rows
};

struct Header {
  Text date;
  Text version;
  Table strings;
  Table services;
  Table actions;
  Table resource_types;
  Table resource_uses;  // aws::ResourceUse
  Table listed_keys;    // std::uint32_t, ascending in every range
  Table keys;
  Table templates;
  Table singles;  // std::uint64_t
};

// Views into a block. Valid as long as the block.
class View {
 public:
  explicit View(const void* block);

  std::string_view text(Text text) const { return strings_.substr(text.offset, text.length); }

  std::string_view date;
  std::string_view version;
  std::span<const ServiceRow> services;
  std::span<const ActionRow> actions;
  std::span<const ResourceTypeRow> resource_types;
  std::span<const ResourceUse> resource_uses;
  std::span<const std::uint32_t> listed_keys;
  std::span<const KeyRow> keys;
  std::span<const TemplateRow> templates;
  std::span<const std::uint64_t> singles;

 private:
  std::string_view strings_;
};

}  // namespace grantproof::aws::blob
