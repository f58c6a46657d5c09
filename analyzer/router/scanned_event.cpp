// SPDX-License-Identifier: Apache-2.0
#include "router/scanned_event.h"

#include <charconv>

#include "events/comparable_number.h"

namespace grantproof::router {

std::optional<double> EventLeaf::number() {
  if (value.kind != events::Leaf::Kind::kNumber)
    return std::nullopt;
  if (known_ == Known::kNothing) {
    const auto [end, error] =
        std::from_chars(value.text.data(), value.text.data() + value.text.size(), number_);
    known_ = error == std::errc() ? Known::kNumber : Known::kNotComparable;
    number_ += 0.0;  // -0 is 0
  }
  // Too large for a double: nothing is told of it. A number that is only not comparable is never asked for
  // here again.
  if (known_ == Known::kNotComparable)
    return std::nullopt;
  return number_;
}

std::optional<double> EventLeaf::comparable_number() {
  const std::optional<double> near = number();
  if (!near)
    return std::nullopt;
  if (known_ == Known::kNumber)
    known_ = events::comparable_number(value.text) ? Known::kComparable : Known::kNotComparable;
  return known_ == Known::kComparable ? near : std::nullopt;
}

void ScannedEvent::clear(std::size_t field_count) {
  ++event_;
  arrays_.clear();
  leaves_.resize(1);
  elements_.resize(1);
  if (fields_.size() < field_count)
    fields_.resize(field_count);
}

void ScannedEvent::add_leaf(FieldNumber field, const events::Leaf& value, ElementNumber element) {
  const auto number = static_cast<std::uint32_t>(leaves_.size());
  EventLeaf& leaf = leaves_.emplace_back();
  leaf.value = value;
  leaf.field = field;
  leaf.element = element;
  Field& of = fields_[field];
  if (of.event == event_) {
    leaves_[of.last].next = number;
    of.last = number;
  } else {
    of = {event_, number, number};
  }
}

std::uint32_t ScannedEvent::begin_array(FieldTree::NodeNumber node) {
  const auto number = static_cast<std::uint32_t>(arrays_.size());
  arrays_.push_back({node, static_cast<ElementNumber>(elements_.size()), 0});
  return number;
}

void ScannedEvent::end_array(std::uint32_t array) {
  arrays_[array].end = static_cast<ElementNumber>(elements_.size());
}

ElementNumber ScannedEvent::begin_element(ElementNumber parent, std::uint32_t array) {
  const auto number = static_cast<ElementNumber>(elements_.size());
  elements_.push_back({parent, 0, array});
  return number;
}

void ScannedEvent::end_element(ElementNumber element) {
  elements_[element].end = static_cast<ElementNumber>(elements_.size());
}

}  // namespace grantproof::router
