// SPDX-License-Identifier: Apache-2.0
//
// What the rules of a bus can see of one event: its leaves at the paths that rules name, and the array
// elements they lie in. Filled by event_scanner.h, read by bus_matcher. Texts point into the scanner's
// buffer.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "events/matcher.h"
#include "router/field_tree.h"

namespace grantproof::router {

using ElementNumber = std::uint32_t;
inline constexpr ElementNumber kOutsideArrays = 0;

// An array that paths of rules lead into.
struct EventArray {
  FieldTree::NodeNumber node = FieldTree::kRoot;  // where it stands
  ElementNumber begin = 0, end = 0;               // its elements and what lies in them
};

// An element of an array that holds an object or an array. (A scalar element carries no place in its own
// array: captured from the service.) Element 0 is the event itself. Numbers follow the text, so what lies
// within an element is a range.
struct ArrayElement {
  ElementNumber parent = kOutsideArrays;
  ElementNumber end = 0;  // one past the last element within this one
  std::uint32_t array = 0;
};

struct EventLeaf {
  events::Leaf value;
  FieldNumber field = kNoField;
  ElementNumber element = kOutsideArrays;
  std::uint32_t next = 0;  // the next leaf of this field, 0 where there is none: leaf 0 is never used

  // The nearest double of a number; nothing for what is none, or too large. Kept, as many rules may ask.
  std::optional<double> number();
  // The same, but nothing where the number equals only its own spelling (see events/comparable_number.h).
  std::optional<double> comparable_number();

 private:
  enum class Known : unsigned char { kNothing, kNumber, kComparable, kNotComparable };
  double number_ = 0;
  Known known_ = Known::kNothing;
};

class ScannedEvent {
 public:
  void clear(std::size_t field_count);

  void add_leaf(FieldNumber field, const events::Leaf& value, ElementNumber element);
  std::uint32_t begin_array(FieldTree::NodeNumber node);
  void end_array(std::uint32_t array);
  ElementNumber begin_element(ElementNumber parent, std::uint32_t array);
  void end_element(ElementNumber element);

  // From 1; the first leaf is no leaf.
  std::vector<EventLeaf>& leaves() { return leaves_; }
  EventLeaf& leaf(std::uint32_t number) { return leaves_[number]; }
  std::uint32_t first_leaf(FieldNumber field) const {
    return fields_[field].event == event_ ? fields_[field].first : 0;
  }
  const ArrayElement& element(ElementNumber number) const { return elements_[number]; }
  const EventArray& array(std::uint32_t number) const { return arrays_[number]; }
  // Does anything lie in an array element: can two fields contradict each other at all?
  bool has_elements() const { return elements_.size() > 1; }

 private:
  struct Field {
    std::uint64_t event = 0;  // the event that the other members are of
    std::uint32_t first = 0, last = 0;
  };
  std::uint64_t event_ = 0;
  std::vector<EventLeaf> leaves_;
  std::vector<ArrayElement> elements_;
  std::vector<EventArray> arrays_;
  std::vector<Field> fields_;
};

}  // namespace grantproof::router
