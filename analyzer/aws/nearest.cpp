// SPDX-License-Identifier: Apache-2.0
//
// "Did you mean": only asked about names that were not found, so a walk over the tables is cheap enough.
#include <cstddef>

#include "aws/names.h"
#include "aws/reference_tables.h"
#include "base/text.h"

namespace grantproof::aws {
namespace {

std::string_view after_colon(std::string_view name) {
  return name.substr(name.find(':') + 1);
}

// The action of this name in the service whose prefix is nearest to what was written
// ("eventbridge:PutEvents").
std::optional<ActionId> action_of_other_service(const blob::View& view, std::string_view prefix,
                                                std::string_view action) {
  std::optional<ActionId> best;
  std::size_t best_distance = 0;
  for (ActionId i = 0; i < view.actions.size(); ++i) {
    const std::string_view name = view.text(view.actions[i].name);
    if (!base::equals_ignoring_case(after_colon(name), action))
      continue;
    const std::string_view service = view.text(view.services[view.actions[i].service].prefix);
    const std::size_t distance = base::edit_distance(prefix, service);
    if (best && distance >= best_distance)
      continue;
    best = i;
    best_distance = distance;
  }
  return best;
}

}  // namespace

std::optional<std::string_view> Reference::nearest_service(std::string_view prefix) const {
  std::vector<std::string_view> candidates;
  for (const blob::ServiceRow& service : tables_->view.services)
    candidates.push_back(tables_->view.text(service.prefix));
  return base::nearest(prefix, candidates);
}

std::optional<std::string_view> Reference::nearest_action(std::string_view name) const {
  const blob::View& view = tables_->view;
  const std::size_t colon = name.find(':');
  const std::string_view prefix =
      colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
  const std::string_view wanted = after_colon(name);
  if (wanted.empty())
    return std::nullopt;

  std::optional<ServiceId> service = find_service(prefix);
  if (!service) {
    if (const auto other = action_of_other_service(view, prefix, wanted))
      return action(*other);
    const std::optional<std::string_view> near = nearest_service(prefix);
    if (!near)
      return std::nullopt;
    service = find_service(*near);
  }
  const auto [begin, end] = actions_of(*service);
  std::vector<std::string_view> candidates;
  for (ActionId i = begin; i < end; ++i)
    candidates.push_back(after_colon(action(i)));
  if (const std::optional<std::string_view> near = base::nearest(wanted, candidates)) {
    for (ActionId i = begin; i < end; ++i) {
      if (after_colon(action(i)) == *near)
        return action(i);
    }
  }
  if (const auto other = action_of_other_service(view, prefix, wanted))
    return action(*other);
  return std::nullopt;
}

std::optional<std::string_view> Reference::nearest_key(std::string_view name) const {
  const blob::View& view = tables_->view;
  // A tag key is the user's own: only what stands before it can be misspelt.
  const std::size_t slash = name.find('/');
  if (slash != std::string_view::npos) {
    std::vector<std::string_view> tag_keys;
    for (const blob::TemplateRow& row : view.templates) {
      const std::string_view key = view.text(view.keys[row.key].name);
      if (key.ends_with('/'))
        tag_keys.push_back(key);
    }
    if (const auto near = base::nearest(name.substr(0, slash + 1), tag_keys))
      return near;
  }
  std::vector<std::string_view> candidates;
  for (const blob::KeyRow& row : view.keys)
    candidates.push_back(view.text(row.name));
  return base::nearest(name, candidates);
}

}  // namespace grantproof::aws
