// SPDX-License-Identifier: Apache-2.0
#include "sources/source_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "aws/arn.h"
#include "sources/aws_dump.h"
#include "sources/document_text.h"
#include "sources/policy_document.h"
#include "sources/template_context.h"
#include "sources/terraform.h"

namespace grantproof::sources {
namespace {

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash + 1));
}

// "eu-west-1", "us-gov-east-1"
bool is_region(std::string_view text) {
  const std::size_t dash = text.rfind('-');
  return dash != std::string_view::npos && dash + 2 == text.size() && text.back() >= '0' &&
         text.back() <= '9' && text.find('-') == 2 && text.size() >= 9 &&
         std::all_of(text.begin(), text.end(), [](char byte) {
           return byte == '-' || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
         });
}

}  // namespace

OtherVersion::OtherVersion() : templates_(std::make_unique<TemplateUnknowns>()) {}
OtherVersion::~OtherVersion() = default;

SourceReader::SourceReader(SourceOptions options, base::SourceMap& sources, base::DiagnosticSink& sink)
    : options_(std::move(options)),
      sources_(sources),
      sink_(sink),
      builder_(sources, sink, options_.reference),
      templates_(options_.parameters) {}

base::Expected<bool> SourceReader::add(const std::string& path, std::string text, bool named) {
  if (!named && (!mentions_source(text) || bundled_.count(path) > 0))
    return false;
  const base::FileId file = sources_.add(path, std::move(text));
  // Mistakes count once it is clear that the document is one of ours.
  base::DiagnosticSink mistakes;
  const auto root = read_document(path, file, sources_, mistakes);
  const auto type = options_.type_of ? options_.type_of(path) : std::nullopt;
  const auto tell = [&] {
    for (const base::Diagnostic& diagnostic : mistakes.diagnostics())
      sink_.report(diagnostic);
    return true;
  };
  if (!root)
    return (named || reads_like_broken_source(sources_.text(file))) && tell();

  const SourceKind kind = type ? SourceKind::kPolicy : source_kind(*root);
  // --attached-to is said of one policy, also of one that stands in an answer of the AWS CLI.
  const bool loose = !options_.attached_to.empty() && kind == SourceKind::kAwsDump;
  if (!loose && read(kind, *root, place_of(path)))
    return tell();

  std::vector<config::PolicyDocument> policies;
  const PolicyOptions policy_options{
      .reference = options_.reference, .type = type, .attached_to = options_.attached_to};
  if (read_policies(*root, path, policy_options, sources_, mistakes, policies) > 0) {
    for (config::PolicyDocument& document : policies)
      builder_.add(std::move(document));
    return tell();
  }
  if (loose && read(kind, *root, place_of(path)))
    return tell();
  if (!named)
    return false;
  const std::string what =
      kind == SourceKind::kUnknown ? std::string() : fmt::format(": it is {}", describe(kind));
  return base::error(
      fmt::format("{}: there is no policy in this file{}\n  a policy is an object with a \"Statement\", by "
                  "itself, as a string, or "
                  "under \"Policy\" or \"PolicyDocument\"; answers of the AWS CLI, CloudFormation and SAM "
                  "templates, plans of Terraform (terraform show -json) and bundles are read, too",
                  path, what));
}

bool SourceReader::read(SourceKind kind, syntax::Node root, const Place& place) {
  Translation translation{sources_, sink_, {}, {}, {}};
  switch (kind) {
    case SourceKind::kTemplate:
      templates_.add_template(std::move(root), place);
      return true;
    case SourceKind::kCdkManifest:
      templates_.add_cdk_manifest(root, place);
      return true;
    case SourceKind::kAwsDump:
      read_aws_dump(root, place, translation);
      break;
    case SourceKind::kTerraform:
      read_terraform(root, place, translation);
      break;
    case SourceKind::kBundle: {
      const std::string folder = folder_of(place.path);
      for (BundleFile& file : bundle_files(root, place)) {
        if (file.document)
          bundled_.insert(folder + file.path);
        else
          bundle_places_.emplace_back(folder + file.path, std::move(file.place));
      }
      read_bundle(
          root, place,
          [&](const std::string& path, base::Span from) { return read_bundled(folder, path, from); },
          translation);
      break;
    }
    case SourceKind::kUnknown:
    case SourceKind::kPolicy:
    case SourceKind::kEvents:
    case SourceKind::kEventPattern:
      return false;
  }
  hand_over(translation);
  return true;
}

void SourceReader::hand_over(Translation& translation) {
  for (config::Resource& resource : translation.resources) {
    builder_.add(resource);
    if (keep_)
      kept_.push_back(std::move(resource));
  }
  for (config::Gap& gap : translation.gaps)
    builder_.add(std::move(gap));
  for (std::string& assumption : translation.assumptions)
    builder_.assume(std::move(assumption));
}

// A bundle's Files come first, then the folders of the path ("dumps/111122223333/eu-west-1/rules.json"), then
// the flags.
Place SourceReader::place_of(const std::string& path) const {
  Place place{path, options_.account, options_.region};
  if (options_.called)
    place.called = options_.called(path);
  for (std::string_view rest = path; !rest.empty();) {
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos)
      break;
    const std::string_view folder = rest.substr(0, slash);
    if (aws::is_account_id(folder))
      place.account = folder;
    else if (is_region(folder))
      place.region = folder;
    rest.remove_prefix(slash + 1);
  }
  for (const auto& [pattern, given] : bundle_places_) {
    if (pattern != path && !(options_.matches && options_.matches(pattern, path)))
      continue;
    if (!given.account.empty())
      place.account = given.account;
    if (!given.region.empty())
      place.region = given.region;
  }
  return place;
}

std::optional<syntax::Node> SourceReader::read_bundled(const std::string& folder, const std::string& path,
                                                       base::Span from) {
  const std::string whole = path.starts_with('/') ? path : folder + path;
  auto text = options_.read_file ? options_.read_file(whole)
                                 : base::Expected<std::string>(base::error("cannot read " + whole));
  if (!text) {
    sink_.report({.rule = "GP0304",
                  .severity = base::Severity::kError,
                  .message = text.error().message,
                  .primary = {.span = from, .text = {}},
                  .secondary = {},
                  .help = "paths of a bundle begin at its own folder"});
    return std::nullopt;
  }
  return read_document(whole, sources_.add(whole, std::move(*text)), sources_, sink_);
}

config::Configuration SourceReader::finish() {
  Translation translation{sources_, sink_, {}, {}, {}};
  templates_.translate(translation,
                       options_.other_version == nullptr ? nullptr : &options_.other_version->templates());
  hand_over(translation);
  return std::move(builder_).finish();
}

}  // namespace grantproof::sources
