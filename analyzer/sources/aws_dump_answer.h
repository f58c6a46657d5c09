// SPDX-License-Identifier: Apache-2.0
//
// What the tables and functions of aws_dump_*.cpp share while a document is read: the answer with what stands
// around it, policies in any encoding, and the way out for resources, mistakes and gaps. What a hostile
// document can make of these is limited.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source.h"
#include "sources/aws_dump_file_name.h"
#include "sources/aws_dump_table.h"
#include "sources/translation.h"
#include "syntax/node.h"

namespace grantproof::sources {

struct AnswerLimits {
  std::size_t mistakes = 100;
  std::size_t gaps = 1000;
  std::size_t resources = 200'000;
  std::size_t keys = 10'000;               // of one object that has lists; answers have a dozen
  std::size_t policy_bytes = 1024 * 1024;  // fifty times what AWS's quotas allow
  std::size_t embedded_nodes = 4'000'000;  // of all documents in strings
};

class AnswerReader {
 public:
  // `into` is borrowed.
  AnswerReader(Place place, Translation& into, const AnswerLimits& limits = {});

  // The answer that is read from now on. `alone`: no other stands in the file, so that its name speaks of
  // this one.
  void begin(const syntax::Node& answer, bool alone);
  const syntax::Node& answer() const { return *answer_; }
  bool is_alone() const { return alone_; }

  const Place& place() const { return place_; }
  void set_place(Place place) { place_ = std::move(place); }

  // ---- what stands around

  // A parameter of the call, under its name beside the answer, as a string.
  std::optional<syntax::Node> parameter(std::string_view name) const;
  // There, or in the name of the file.
  std::optional<syntax::Node> parameter(std::string_view name, const FileWords& words) const;
  // Arguments in the name of the file, if it speaks of this answer.
  std::vector<std::string> file_arguments(const FileWords& words, std::size_t most) const;
  // "list-rules.json", for texts
  std::string_view file_name() const;

  // ---- reading

  // The text of a member; empty and a mistake where it is something else.
  std::string text(const syntax::Node& node, std::string_view name);
  // The policy in `value`: an object, or one in strings. What cannot be read stays as it is (and there is a
  // mistake), so that nobody takes it for harmless. `whose`: "the policy of event bus orders".
  syntax::Node document(const syntax::Node& value, const std::string& whose);
  // JSON in a string, however often it was put into one; nothing, and a mistake, where it is none.
  std::optional<syntax::Node> embedded(const syntax::Node& value, const std::string& whose);

  // ---- out

  // Account, region and partition are those of the ARN; what it does not say, those of the place.
  config::Resource resource(const Description& description, std::string name, std::string_view arn,
                            base::Span span);
  void add(config::Resource resource);
  // GP0301
  void mistake(base::Span span, std::string message, std::string help = {});
  void gap(base::Span span, std::string message, std::string help, std::string about);
  // GP0307: reading ends here, and what stands behind is missing.
  void beyond_limit(base::Span span, std::string message, std::string help);
  // A mistake and a gap: something that cannot be read, so that resources of this kind may be missing.
  void unreadable(base::Span span, const Description& description, std::string message,
                  std::string help = {});

  const AnswerLimits& limits() const { return limits_; }
  Translation& into() { return into_; }

 private:
  void report(base::Diagnostic diagnostic);

  Place place_;
  Translation& into_;
  AnswerLimits limits_;
  const syntax::Node* answer_ = nullptr;
  bool alone_ = false;
  std::size_t mistakes_ = 0;
  std::size_t gaps_ = 0;
  std::size_t resources_ = 0;
};

// A text as a node with a place.
syntax::Node text_node(std::string text, base::Span span);
void set_property(config::Resource& resource, std::string_view name, syntax::Node value);
void not_told(config::Resource& resource, std::string_view property);

// Descriptions are read by their properties. `partial`: somebody chose what to print (a query), so nothing
// that is absent is told.
void describe(const Row& row, const syntax::Node& entry, AnswerReader& reader, bool partial = false);

}  // namespace grantproof::sources
