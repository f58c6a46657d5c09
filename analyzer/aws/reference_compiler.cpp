// SPDX-License-Identifier: Apache-2.0
#include "aws/reference_compiler.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <map>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "aws/names.h"
#include "aws/reference_blob.h"
#include "base/text.h"

namespace grantproof::aws {
namespace {

class StringTable {
 public:
  blob::Text add(std::string_view text) {
    const blob::Text place{static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(text.size())};
    text_ += text;
    return place;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// Lists that occur more than once (the tag keys, above all) are stored once. Row has no order of its own, so
// the entries of a list come as numbers.
template <typename Row>
class Lists {
 public:
  template <typename MakeRow>
  blob::Range add(const std::vector<std::uint32_t>& list, MakeRow make_row) {
    const auto [place, is_new] = places_.try_emplace(list);
    if (is_new) {
      place->second.begin = static_cast<std::uint32_t>(rows_.size());
      for (const std::uint32_t entry : list)
        rows_.push_back(make_row(entry));
      place->second.end = static_cast<std::uint32_t>(rows_.size());
    }
    return place->second;
  }
  const std::vector<Row>& rows() const { return rows_; }

 private:
  std::vector<Row> rows_;
  std::map<std::vector<std::uint32_t>, blob::Range> places_;
};

void sort_unique(std::vector<std::uint32_t>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

// Every placeholder stands for at least one character.
std::string glob_of_template(std::string_view text) {
  std::string glob;
  while (!text.empty()) {
    const std::size_t open = text.find("${");
    glob += text.substr(0, open);
    if (open == std::string_view::npos)
      break;
    glob += "?*";
    text.remove_prefix(text.find('}', open) + 1);
  }
  return glob;
}

class Compiler {
 public:
  explicit Compiler(ReferenceText reference) : reference_(std::move(reference)) {}
  Block compile();

 private:
  void add_keys();
  void add_templates();
  void add_service(const ReferenceText::Service& service);
  std::uint32_t resource_entry(std::uint32_t type, bool required) const {
    return type * 2 + (required ? 1 : 0);
  }

  ReferenceText reference_;
  StringTable strings_;
  std::vector<std::uint32_t> key_rows_;  // by place in reference_.keys
  std::vector<blob::KeyRow> keys_;
  std::vector<blob::TemplateRow> templates_;
  std::vector<std::uint64_t> singles_;
  std::vector<blob::ServiceRow> services_;
  std::vector<blob::ActionRow> actions_;
  std::vector<blob::ResourceTypeRow> resource_types_;
  Lists<ResourceUse> resource_uses_;
  Lists<std::uint32_t> listed_keys_;
};

void Compiler::add_keys() {
  std::vector<std::uint32_t> order(reference_.keys.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = static_cast<std::uint32_t>(i);
  const auto name = [&](std::uint32_t i) { return canonical_key(reference_.keys[i].name); };
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return compare_folded(name(a), name(b)) < 0; });
  key_rows_.resize(order.size());
  for (const std::uint32_t i : order) {
    const ReferenceText::Key& key = reference_.keys[i];
    key_rows_[i] = static_cast<std::uint32_t>(keys_.size());
    const bool templated = key.name.find("${") != std::string_view::npos;
    keys_.push_back({strings_.add(name(i)), static_cast<std::uint32_t>(key.type), key.multivalued ? 1U : 0U,
                     templated ? 1U : 0U});
  }
}

void Compiler::add_templates() {
  struct Template {
    std::string prefix;  // in lower case, the order of the look-up
    std::string rest;
    std::uint32_t key;
  };
  std::vector<Template> found;
  for (std::size_t i = 0; i < reference_.keys.size(); ++i) {
    const std::string_view name = reference_.keys[i].name;
    const std::size_t open = name.find("${");
    if (open == std::string_view::npos)
      continue;
    found.push_back(
        {base::fold_case(name.substr(0, open)), glob_of_template(name.substr(open)), key_rows_[i]});
  }
  // Of one prefix the row with the longest rest is the last, so that it is tried first.
  std::sort(found.begin(), found.end(), [](const Template& a, const Template& b) {
    return std::make_tuple(std::string_view(a.prefix), a.rest.size(), a.key) <
           std::make_tuple(std::string_view(b.prefix), b.rest.size(), b.key);
  });
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::uint32_t shorter = i == 0 ? blob::kNone : static_cast<std::uint32_t>(i - 1);
    while (shorter != blob::kNone && !found[i].prefix.starts_with(found[shorter].prefix)) {
      shorter = templates_[shorter].shorter;
    }
    templates_.push_back({strings_.add(found[i].prefix), strings_.add(found[i].rest), found[i].key, shorter});
  }
}

void Compiler::add_service(const ReferenceText::Service& service) {
  const auto service_id = static_cast<std::uint32_t>(services_.size());
  const auto first_type = static_cast<std::uint32_t>(resource_types_.size());
  for (const ReferenceText::ResourceType& type : service.resource_types) {
    resource_types_.push_back({strings_.add(type.name), strings_.add(type.format)});
  }
  std::vector<const ReferenceText::Action*> order;
  for (const ReferenceText::Action& action : service.actions)
    order.push_back(&action);
  std::sort(order.begin(), order.end(), [](const ReferenceText::Action* a, const ReferenceText::Action* b) {
    return compare_folded(a->name, b->name) < 0;
  });
  const auto first_action = static_cast<std::uint32_t>(actions_.size());
  for (const ReferenceText::Action* action : order) {
    std::vector<std::uint32_t> resources;
    std::vector<std::uint32_t> keys;
    for (const std::uint32_t key : action->keys)
      keys.push_back(key_rows_[key]);
    for (const ReferenceText::ActionResource& resource : action->resources) {
      resources.push_back(resource_entry(first_type + resource.type, resource.required));
      for (const std::uint32_t key : service.resource_types[resource.type].keys)
        keys.push_back(key_rows_[key]);
    }
    sort_unique(resources);
    sort_unique(keys);
    for (const std::uint32_t key : action->single_keys) {
      singles_.push_back(blob::single(static_cast<std::uint32_t>(actions_.size()), key_rows_[key]));
    }
    const blob::Range uses = resource_uses_.add(resources, [](std::uint32_t entry) {
      return ResourceUse{entry / 2, entry % 2 == 1};
    });
    const blob::Range listed = listed_keys_.add(keys, [](std::uint32_t key) { return key; });
    std::string name(service.prefix);
    name += ':';
    name += action->name;
    actions_.push_back({strings_.add(name), service_id, action->access_levels, uses, listed});
  }
  services_.push_back({strings_.add(service.prefix),
                       {first_action, static_cast<std::uint32_t>(actions_.size())},
                       service.rcp ? 1U : 0U});
}

// Tables one after the other behind the header, each at a multiple of eight.
class BlockWriter {
 public:
  BlockWriter() : words_((sizeof(blob::Header) + 7) / 8) {}

  template <typename Row>
  blob::Table add(const Row* rows, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<Row> && alignof(Row) <= 8);
    const std::size_t at = words_.size();
    words_.resize(at + (count * sizeof(Row) + 7) / 8);
    if (count > 0)
      std::memcpy(words_.data() + at, rows, count * sizeof(Row));
    return {static_cast<std::uint32_t>(at * 8), static_cast<std::uint32_t>(count)};
  }
  template <typename Row>
  blob::Table add(const std::vector<Row>& rows) {
    return add(rows.data(), rows.size());
  }
  // A ResourceUse has padding; the block should be the same bytes in every build.
  blob::Table add(const std::vector<ResourceUse>& uses) {
    const blob::Table table = add(uses.data(), uses.size());
    char* const begin = reinterpret_cast<char*>(words_.data()) + table.offset;
    std::memset(begin, 0, uses.size() * sizeof(ResourceUse));
    for (std::size_t i = 0; i < uses.size(); ++i) {
      char* const row = begin + i * sizeof(ResourceUse);
      std::memcpy(row + offsetof(ResourceUse, type), &uses[i].type, sizeof(uses[i].type));
      std::memcpy(row + offsetof(ResourceUse, required), &uses[i].required, sizeof(uses[i].required));
    }
    return table;
  }
  Block finish(const blob::Header& header) {
    std::memcpy(words_.data(), &header, sizeof(header));
    return std::move(words_);
  }

 private:
  Block words_;
};

Block Compiler::compile() {
  add_keys();
  add_templates();
  std::sort(reference_.services.begin(), reference_.services.end(),
            [](const ReferenceText::Service& a, const ReferenceText::Service& b) {
              return compare_folded(a.prefix, b.prefix) < 0;
            });
  for (const ReferenceText::Service& service : reference_.services)
    add_service(service);
  blob::Header header{};
  header.date = strings_.add(reference_.date);
  header.version = strings_.add(reference_.version);
  BlockWriter writer;
  header.services = writer.add(services_);
  header.actions = writer.add(actions_);
  header.resource_types = writer.add(resource_types_);
  header.resource_uses = writer.add(resource_uses_.rows());
  header.listed_keys = writer.add(listed_keys_.rows());
  header.keys = writer.add(keys_);
  header.templates = writer.add(templates_);
  std::sort(singles_.begin(), singles_.end());
  header.singles = writer.add(singles_);
  header.strings = writer.add(strings_.text().data(), strings_.text().size());
  return writer.finish(header);
}

}  // namespace

Block compile(ReferenceText reference) {
  return Compiler(std::move(reference)).compile();
}

base::Expected<Block> compile_text(std::string_view text) {
  return read_reference_text(text).map([](ReferenceText reference) { return compile(std::move(reference)); });
}

}  // namespace grantproof::aws
