// SPDX-License-Identifier: Apache-2.0
//
// Cuts a stream into JSON values without reading them: the lines of NDJSON, values one after the other, or
// the elements of one list. Takes the text in pieces of any size and holds no more than one value, so that
// files of any size are read in constant memory. Only quotes and brackets are looked at; what is wrong inside
// a value is for the reader of the value to say.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/source.h"

namespace grantproof::events {

struct CutValue {
  std::string_view text;   // until the next call
  base::LineColumn begin;  // of its first character in the stream
};
// Return false to stop.
using ValueConsumer = std::function<bool(const CutValue& value)>;

// What stands between values and belongs to none, or a value beyond the limit. Nothing behind it is cut.
struct CutMistake {
  base::LineColumn at;
  std::string message;
  std::string help;
};

class ValueCutter {
 public:
  explicit ValueCutter(ValueConsumer consume, std::size_t most_bytes);

  // False once there is nothing more to take: the consumer stopped, or there is a mistake.
  bool feed(std::string_view piece);
  // The end of the stream.
  void finish();

  const std::optional<CutMistake>& mistake() const { return mistake_; }
  std::size_t bytes() const { return bytes_; }  // taken so far

 private:
  enum class Place {
    kStart,       // nothing but white space so far
    kBetween,     // behind a value
    kInside,      // of a value
    kListStart,   // behind '[' of the one list
    kElementEnd,  // behind an element of the list
    kComma,       // behind ',' of the list
    kListEnd,     // behind ']' of the list
    kStopped,
  };
  void take(char byte);
  void between(char byte);
  void inside(char byte);
  void begin_value(char byte);
  void end_value();
  void complain(std::string message, std::string help);

  ValueConsumer consume_;
  std::size_t most_bytes_;
  std::string value_;
  base::LineColumn value_begin_;
  Place place_ = Place::kStart;
  bool list_ = false;          // the values are the elements of one list
  bool line_by_line_ = false;  // the first line was one value: so is each other
  bool in_string_ = false;
  bool escaped_ = false;
  bool plain_ = false;  // a value without brackets: a number, a word
  std::size_t depth_ = 0;
  base::LineColumn at_;
  std::size_t bytes_ = 0;
  std::optional<CutMistake> mistake_;
};

}  // namespace grantproof::events
