// SPDX-License-Identifier: Apache-2.0
#include "aws/reference.h"

#include <algorithm>
#include <cstddef>

#include "aws/names.h"
#include "aws/reference_tables.h"
#include "base/file_system.h"
#include "base/text.h"

// The block that compile_reference made of rules/aws/reference.txt (cmake/EmbedReference.cmake).
extern "C" const unsigned char kGrantproofAwsReference[];

namespace grantproof::aws {
namespace {

// First place in [begin, end) where `is_before(place)` no longer holds.
template <typename IsBefore>
std::uint32_t partition_point(std::uint32_t begin, std::uint32_t end, IsBefore is_before) {
  while (begin < end) {
    const std::uint32_t middle = begin + (end - begin) / 2;
    if (is_before(middle)) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

template <typename Row>
std::uint32_t size_of(std::span<const Row> rows) {
  return static_cast<std::uint32_t>(rows.size());
}

std::optional<std::uint32_t> find_exact_key(const blob::View& view, std::string_view name) {
  const std::uint32_t place = partition_point(0, size_of(view.keys), [&](std::uint32_t i) {
    return compare_folded(view.text(view.keys[i].name), name) < 0;
  });
  if (place == view.keys.size() || !base::equals_ignoring_case(view.text(view.keys[place].name), name))
    return std::nullopt;
  return place;
}

// The most specific template, the one with the longest prefix and then the longest rest, that the name
// completes.
std::optional<std::uint32_t> find_templated_key(const blob::View& view, std::string_view name) {
  const std::uint32_t after = partition_point(0, size_of(view.templates), [&](std::uint32_t i) {
    return compare_folded(view.text(view.templates[i].prefix), name) <= 0;
  });
  for (std::uint32_t i = after == 0 ? blob::kNone : after - 1; i != blob::kNone;
       i = view.templates[i].shorter) {
    const std::string_view prefix = view.text(view.templates[i].prefix);
    if (!base::starts_with_ignoring_case(name, prefix))
      continue;
    if (glob_matches_folded(view.text(view.templates[i].rest), name.substr(prefix.size()))) {
      return view.templates[i].key;
    }
  }
  return std::nullopt;
}

std::optional<std::uint32_t> find_key_row(const blob::View& view, std::string_view name) {
  const std::optional<std::uint32_t> exact = find_exact_key(view, name);
  return exact ? exact : find_templated_key(view, name);
}

KeyInfo key_info(const blob::View& view, std::uint32_t place) {
  const blob::KeyRow& row = view.keys[place];
  return {view.text(row.name), static_cast<KeyType>(row.type), row.multivalued != 0, row.templated != 0};
}

}  // namespace

Reference::Reference(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
Reference::Reference(Reference&&) noexcept = default;
Reference& Reference::operator=(Reference&&) noexcept = default;
Reference::~Reference() = default;

const Reference& Reference::embedded() {
  static const Reference reference(std::make_unique<Tables>(kGrantproofAwsReference));
  return reference;
}

base::Expected<Reference> Reference::load(const std::string& path) {
  const base::Expected<std::string> text = base::RealFileSystem().read_file(path, kLongestReferenceText);
  if (!text)
    return base::error(text.error().message);
  base::Expected<Reference> reference = parse(*text);
  if (!reference)
    return base::error(path + ": " + reference.error().message);
  return reference;
}

base::Expected<Reference> Reference::parse(std::string_view text) {
  base::Expected<Block> block = compile_text(text);
  if (!block)
    return base::error(block.error().message);
  return Reference(std::make_unique<Tables>(std::move(*block)));
}

std::string_view Reference::date() const {
  return tables_->view.date;
}
std::string_view Reference::version() const {
  return tables_->view.version;
}

std::size_t Reference::action_count() const {
  return tables_->view.actions.size();
}
std::size_t Reference::service_count() const {
  return tables_->view.services.size();
}
std::size_t Reference::resource_type_count() const {
  return tables_->view.resource_types.size();
}

std::string_view Reference::action(ActionId id) const {
  const blob::View& view = tables_->view;
  return view.text(view.actions[id].name);
}

std::optional<ServiceId> Reference::find_service(std::string_view prefix) const {
  const blob::View& view = tables_->view;
  const ServiceId place = partition_point(0, size_of(view.services), [&](std::uint32_t i) {
    return compare_folded(view.text(view.services[i].prefix), prefix) < 0;
  });
  if (place == view.services.size() ||
      !base::equals_ignoring_case(view.text(view.services[place].prefix), prefix)) {
    return std::nullopt;
  }
  return place;
}

std::optional<ActionId> Reference::find_action(std::string_view name) const {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos)
    return std::nullopt;
  const std::optional<ServiceId> service = find_service(name.substr(0, colon));
  if (!service)
    return std::nullopt;
  const blob::View& view = tables_->view;
  const blob::Range range = view.services[*service].actions;
  // All names of the service begin alike, so only what follows the colon is compared.
  const std::string_view wanted = name.substr(colon + 1);
  const ActionId place = partition_point(range.begin, range.end, [&](std::uint32_t i) {
    return compare_folded(view.text(view.actions[i].name).substr(colon + 1), wanted) < 0;
  });
  if (place == range.end || !base::equals_ignoring_case(view.text(view.actions[place].name), name))
    return std::nullopt;
  return place;
}

std::string_view Reference::service_prefix(ServiceId id) const {
  const blob::View& view = tables_->view;
  return view.text(view.services[id].prefix);
}

ServiceId Reference::service_of(ActionId id) const {
  return tables_->view.actions[id].service;
}

std::pair<ActionId, ActionId> Reference::actions_of(ServiceId id) const {
  const blob::Range range = tables_->view.services[id].actions;
  return {range.begin, range.end};
}

std::uint8_t Reference::access_levels(ActionId id) const {
  return static_cast<std::uint8_t>(tables_->view.actions[id].access_levels);
}

// A name has exactly one colon, so a pattern with one colon is a pattern for the service and one for the
// rest; with none ("*" apart) or several it names no action. Within a service the literal beginning of the
// rest leaves a run of neighbours.
std::vector<ActionId> Reference::match(std::string_view pattern) const {
  const blob::View& view = tables_->view;
  std::vector<ActionId> matches;
  if (!pattern.empty() && pattern.find_first_not_of('*') == std::string_view::npos) {
    matches.resize(view.actions.size());
    for (std::size_t i = 0; i < matches.size(); ++i)
      matches[i] = static_cast<ActionId>(i);
    return matches;
  }
  const std::size_t colon = pattern.find(':');
  if (colon == std::string_view::npos || pattern.find(':', colon + 1) != std::string_view::npos)
    return matches;
  const std::string_view service_pattern = pattern.substr(0, colon);
  const std::string_view name_pattern = pattern.substr(colon + 1);
  const std::string_view literal = name_pattern.substr(0, name_pattern.find_first_of("*?"));
  const std::string_view wild = name_pattern.substr(literal.size());

  const bool all_that_begin_so = wild == "*";

  const auto match_in = [&](const blob::ServiceRow& service) {
    const std::size_t name_begin = service.prefix.length + 1;
    const auto name = [&](std::uint32_t i) { return view.text(view.actions[i].name).substr(name_begin); };
    const ActionId begin = partition_point(service.actions.begin, service.actions.end, [&](std::uint32_t i) {
      return compare_folded(name(i), literal) < 0;
    });
    const ActionId end = partition_point(begin, service.actions.end, [&](std::uint32_t i) {
      return base::starts_with_ignoring_case(name(i), literal);
    });
    for (ActionId i = begin; i < end; ++i) {
      if (all_that_begin_so || glob_matches_folded(wild, name(i).substr(literal.size())))
        matches.push_back(i);
    }
  };
  if (service_pattern.find_first_of("*?") == std::string_view::npos) {
    if (const std::optional<ServiceId> service = find_service(service_pattern))
      match_in(view.services[*service]);
    return matches;
  }
  for (const blob::ServiceRow& service : view.services) {
    if (glob_matches_folded(service_pattern, view.text(service.prefix)))
      match_in(service);
  }
  return matches;
}

std::span<const ResourceUse> Reference::resources_of(ActionId id) const {
  const blob::View& view = tables_->view;
  const blob::Range range = view.actions[id].resources;
  return view.resource_uses.subspan(range.begin, range.end - range.begin);
}

std::string_view Reference::arn_format(ResourceTypeId id) const {
  const blob::View& view = tables_->view;
  return view.text(view.resource_types[id].format);
}

std::string_view Reference::resource_type(ResourceTypeId id) const {
  const blob::View& view = tables_->view;
  return view.text(view.resource_types[id].name);
}

std::optional<KeyInfo> Reference::find_key(std::string_view name) const {
  const blob::View& view = tables_->view;
  const std::optional<std::uint32_t> found = find_key_row(view, name);
  return found ? std::optional<KeyInfo>(key_info(view, *found)) : std::nullopt;
}

std::optional<KeyInfo> Reference::find_key(std::string_view name, ActionId action) const {
  const blob::View& view = tables_->view;
  const std::optional<std::uint32_t> found = find_key_row(view, name);
  if (!found)
    return std::nullopt;
  KeyInfo info = key_info(view, *found);
  if (info.multivalued) {
    info.multivalued =
        !std::binary_search(view.singles.begin(), view.singles.end(), blob::single(action, *found));
  }
  return info;
}

bool Reference::lists_key(ActionId id, std::string_view name) const {
  const blob::View& view = tables_->view;
  const std::optional<std::uint32_t> key = find_key_row(view, name);
  if (!key)
    return false;
  const blob::Range range = view.actions[id].keys;
  const std::span<const std::uint32_t> listed =
      view.listed_keys.subspan(range.begin, range.end - range.begin);
  return std::binary_search(listed.begin(), listed.end(), *key);
}

std::span<const ActionId> Reference::actions_listing(std::string_view key_name) const {
  const blob::View& view = tables_->view;
  const std::optional<std::uint32_t> key = find_key_row(view, key_name);
  if (!key)
    return {};
  const std::lock_guard lock(tables_->listing_mutex);
  const auto [at, inserted] = tables_->listing.try_emplace(*key);
  for (ActionId id = 0; inserted && id < view.actions.size(); ++id) {
    const blob::Range range = view.actions[id].keys;
    const auto listed = view.listed_keys.subspan(range.begin, range.end - range.begin);
    if (std::binary_search(listed.begin(), listed.end(), *key))
      at->second.push_back(id);
  }
  return at->second;
}

bool Reference::rcp_supported(ServiceId id) const {
  return tables_->view.services[id].rcp != 0;
}

}  // namespace grantproof::aws
