// SPDX-License-Identifier: Apache-2.0
#include "events/value_cutter.h"

#include <fmt/format.h>

#include <utility>

#include "syntax/json_scan.h"
#include "syntax/reader_checks.h"

namespace grantproof::events {

ValueCutter::ValueCutter(ValueConsumer consume, std::size_t most_bytes)
    : consume_(std::move(consume)), most_bytes_(most_bytes) {}

bool ValueCutter::feed(std::string_view piece) {
  for (const char byte : piece) {
    if (place_ == Place::kStopped)
      return false;
    // A byte order mark is no text; its bytes come one by one.
    if (bytes_ < syntax::kByteOrderMark.size() && byte == syntax::kByteOrderMark[bytes_] &&
        place_ == Place::kStart) {
      ++bytes_;
      continue;
    }
    ++bytes_;
    take(byte);
    if (byte == '\n') {
      ++at_.line;
      at_.column = 1;
    } else if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) {
      ++at_.column;
    }
  }
  return place_ != Place::kStopped;
}

void ValueCutter::finish() {
  if (place_ == Place::kInside) {
    end_value();
  }
  if (list_ && place_ != Place::kListEnd && place_ != Place::kStopped)
    complain("the list has no end", "close it with ]");
}

void ValueCutter::take(char byte) {
  if (place_ == Place::kInside)
    inside(byte);
  else
    between(byte);
}

void ValueCutter::between(char byte) {
  if (syntax::is_json_space(byte))
    return;
  switch (place_) {
    case Place::kStart:
      if (byte == '[') {
        list_ = true;
        place_ = Place::kListStart;
        return;
      }
      begin_value(byte);
      return;
    case Place::kBetween:
      begin_value(byte);
      return;
    case Place::kListStart:
      if (byte == ']')
        place_ = Place::kListEnd;
      else
        begin_value(byte);
      return;
    case Place::kComma:
      if (byte == ']')
        complain("there is no value behind the last comma", "take the comma out");
      else
        begin_value(byte);
      return;
    case Place::kElementEnd:
      if (byte == ',')
        place_ = Place::kComma;
      else if (byte == ']')
        place_ = Place::kListEnd;
      else
        complain("there is no comma between two values of the list", "write , between them");
      return;
    case Place::kListEnd:
      complain("there is text behind the end of the list", "a file is one list, or one value a line");
      return;
    case Place::kInside:
    case Place::kStopped:
      return;
  }
}

void ValueCutter::begin_value(char byte) {
  value_.clear();
  value_begin_ = at_;
  place_ = Place::kInside;
  depth_ = 0;
  in_string_ = false;
  escaped_ = false;
  plain_ = byte != '{' && byte != '[' && byte != '"';
  inside(byte);
}

void ValueCutter::inside(char byte) {
  // A line break within a string is a mistake, and one for the reader; the line is over.
  const bool line_over = byte == '\n' && !list_ && (line_by_line_ || plain_ || in_string_);
  if (line_over) {
    end_value();
    return;
  }
  if (plain_ && list_ && (byte == ',' || byte == ']')) {
    end_value();
    if (place_ == Place::kElementEnd)
      between(byte);
    return;
  }
  if (value_.size() >= most_bytes_) {
    complain(fmt::format("this value has more than {} bytes", most_bytes_),
             "EventBridge takes events of up to 1 MiB");
    return;
  }
  value_ += byte;
  if (in_string_) {
    if (escaped_)
      escaped_ = false;
    else if (byte == '\\')
      escaped_ = true;
    else if (byte == '"')
      in_string_ = false;
  } else if (byte == '"') {
    in_string_ = true;
  } else if (byte == '{' || byte == '[') {
    ++depth_;
  } else if ((byte == '}' || byte == ']') && depth_ > 0) {
    --depth_;
  }
  const bool whole = !plain_ && !in_string_ && depth_ == 0;
  // Line by line the rest of the line belongs to the value, whatever it is.
  if (whole && !line_by_line_)
    end_value();
}

void ValueCutter::end_value() {
  const bool first = !list_ && !line_by_line_ && value_begin_.line == at_.line;
  while (!value_.empty() && syntax::is_json_space(value_.back()))
    value_.pop_back();
  place_ = list_ ? Place::kElementEnd : Place::kBetween;
  // From the second line on, if the first value took one line only.
  line_by_line_ = line_by_line_ || first;
  if (!value_.empty() && !consume_(CutValue{value_, value_begin_}))
    place_ = Place::kStopped;
}

void ValueCutter::complain(std::string message, std::string help) {
  mistake_ = CutMistake{at_, std::move(message), std::move(help)};
  place_ = Place::kStopped;
}

}  // namespace grantproof::events
