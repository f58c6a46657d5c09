// SPDX-License-Identifier: Apache-2.0
#include "aws/reference_text.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "aws/names.h"
#include "base/text.h"

namespace grantproof::aws {
namespace {

constexpr std::string_view kFirstLine = "grantproof service reference 1";
// Lists that multiply (every action with every key of every resource type) could otherwise ask for any amount
// of memory. The reference of 2026 has 80,000 entries.
constexpr std::size_t kMostListEntries = 4'000'000;
constexpr std::size_t kLongestName = 256;
constexpr std::size_t kLongestFormat = 2048;

template <typename Value>
struct Named {
  std::string_view name;
  Value value;
};
// As the AWS pages name them; "ArrayOf" before the name makes the key multivalued.
constexpr std::array<Named<KeyType>, 7> kKeyTypes = {{{"String", KeyType::kString},
                                                      {"Numeric", KeyType::kNumeric},
                                                      {"Date", KeyType::kDate},
                                                      {"Bool", KeyType::kBool},
                                                      {"IPAddress", KeyType::kAddress},
                                                      {"ARN", KeyType::kArn},
                                                      {"Binary", KeyType::kBinary}}};
constexpr std::array<Named<AccessLevel>, 5> kAccessLevels = {
    {{"list", AccessLevel::kList},
     {"read", AccessLevel::kRead},
     {"write", AccessLevel::kWrite},
     {"tagging", AccessLevel::kTagging},
     {"permissions", AccessLevel::kPermissionsManagement}}};

template <typename Table>
auto find(const Table& table, std::string_view name) -> decltype(&table.front().value) {
  for (const auto& entry : table) {
    if (entry.name == name)
      return &entry.value;
  }
  return nullptr;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  if (text.empty())
    return parts;
  for (std::size_t at = text.find(separator); at != std::string_view::npos; at = text.find(separator)) {
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + separator.size());
  }
  parts.push_back(text);
  return parts;
}

bool is_word(std::string_view text, std::string_view further_characters) {
  if (text.empty() || text.size() > kLongestName)
    return false;
  for (const char c : text) {
    const char low = fold(c);
    if ((low < 'a' || low > 'z') && (c < '0' || c > '9') &&
        further_characters.find(c) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

// Every "${" has its "}" with a name between them, and there is no other '$'.
bool placeholders_are_closed(std::string_view text) {
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$')) {
    text.remove_prefix(at);
    const std::size_t close = text.find('}');
    if (text.size() < 2 || text[1] != '{' || close == std::string_view::npos)
      return false;
    if (!is_word(text.substr(2, close - 2), "_-"))
      return false;
    text.remove_prefix(close + 1);
  }
  return true;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text.substr(0, 80))
    result += c >= ' ' && c <= '~' ? c : '?';
  return result + (text.size() > 80 ? "…\"" : "\"");
}

// What is wrong with a line; nothing where it is right.
using Problem = std::optional<std::string>;

class Reader {
 public:
  Problem line(std::string_view text);
  // After the last line.
  Problem finish() const;
  ReferenceText take() { return std::move(result_); }

 private:
  using Fields = std::vector<std::string_view>;
  struct Kind {
    std::string_view word;
    std::size_t fewest;  // fields
    std::size_t most;
    Problem (Reader::*read)(const Fields&);
  };
  static const std::array<Kind, 9> kKinds;

  Problem package(const Fields& fields);
  Problem version(const Fields& fields);
  Problem date(const Fields& fields);
  Problem key(const Fields& fields);
  Problem service(const Fields& fields);
  Problem resource(const Fields& fields);
  Problem action(const Fields& fields);
  Problem single(const Fields& fields);
  Problem end(const Fields& fields);

  Problem read_keys(std::string_view list, std::vector<std::uint32_t>& keys);
  Problem read_action_resource(std::string_view name, ReferenceText::Action& action);
  Problem count_entries(std::size_t entries);

  ReferenceText result_;
  bool begun_ = false;
  bool ended_ = false;
  std::size_t list_entries_ = 0;
  std::unordered_map<std::string, std::uint32_t> keys_;    // folded
  std::unordered_map<std::string, std::size_t> services_;  // folded
  // of the service that is being read
  std::unordered_map<std::string, std::vector<std::uint32_t>> resource_types_;  // folded
  std::unordered_set<std::string> formats_;               // with the folded name of the type
  std::unordered_map<std::string, std::size_t> actions_;  // folded
};

const std::array<Reader::Kind, 9> Reader::kKinds = {{{"action", 1, 4, &Reader::action},
                                                     {"resource", 2, 3, &Reader::resource},
                                                     {"key", 2, 2, &Reader::key},
                                                     {"single", 2, 2, &Reader::single},
                                                     {"service", 1, 2, &Reader::service},
                                                     {"package", 1, 1, &Reader::package},
                                                     {"version", 1, 1, &Reader::version},
                                                     {"date", 1, 1, &Reader::date},
                                                     {"end", 0, 0, &Reader::end}}};

Problem Reader::line(std::string_view text) {
  if (text.ends_with('\r'))
    text.remove_suffix(1);
  if (text.empty() || text.front() == '#')
    return {};
  for (const char c : text) {
    if (c < ' ' || c > '~')
      return "a character that is not printable ASCII";
  }
  if (ended_)
    return "text after \"end\"";
  if (!begun_) {
    begun_ = true;
    if (text != kFirstLine)
      return "expected " + quoted(kFirstLine) + ", found " + quoted(text);
    return {};
  }
  const std::size_t space = text.find(' ');
  const std::string_view word = text.substr(0, space);
  const Fields fields = space == std::string_view::npos ? Fields{} : split(text.substr(space + 1), " | ");
  for (const Kind& kind : kKinds) {
    if (kind.word != word)
      continue;
    if (fields.size() < kind.fewest || fields.size() > kind.most) {
      return quoted(word) + " with " + std::to_string(fields.size()) + " fields";
    }
    return (this->*kind.read)(fields);
  }
  return "unknown kind of line: " + quoted(word);
}

Problem Reader::finish() const {
  if (!begun_)
    return "expected " + quoted(kFirstLine);
  if (!ended_)
    return "the text ends before \"end\": it is cut off";
  return {};
}

Problem Reader::package(const Fields&) {
  return {};
}

Problem Reader::version(const Fields& fields) {
  if (!is_word(fields[0], "._+-"))
    return "not a version: " + quoted(fields[0]);
  result_.version = fields[0];
  return {};
}

Problem Reader::date(const Fields& fields) {
  constexpr std::string_view kShape = "0000-00-00";
  bool fits = fields[0].size() == kShape.size();
  for (std::size_t i = 0; fits && i < kShape.size(); ++i) {
    fits = kShape[i] == '-' ? fields[0][i] == '-' : fields[0][i] >= '0' && fields[0][i] <= '9';
  }
  if (!fits)
    return "not a date (YYYY-MM-DD): " + quoted(fields[0]);
  result_.date = fields[0];
  return {};
}

Problem Reader::key(const Fields& fields) {
  if (!result_.services.empty())
    return "\"key\" after the first \"service\"";
  const std::string_view name = fields[0];
  if (!is_word(name, ":/._-${}") || name.find(':') == std::string_view::npos ||
      !placeholders_are_closed(name)) {
    return "not a condition key: " + quoted(name);
  }
  ReferenceText::Key key{name};
  std::string_view type = fields[1];
  if (type.starts_with("ArrayOf")) {
    key.multivalued = true;
    type.remove_prefix(7);
  }
  const KeyType* const known = find(kKeyTypes, type);
  if (known == nullptr)
    return "unknown key type: " + quoted(fields[1]);
  key.type = *known;
  const auto place = static_cast<std::uint32_t>(result_.keys.size());
  const std::string_view canonical = canonical_key(name);
  if (!keys_.emplace(base::fold_case(name), place).second ||
      (canonical != name && !keys_.emplace(base::fold_case(canonical), place).second)) {
    return "key " + quoted(name) + " a second time";
  }
  result_.keys.push_back(key);
  return {};
}

Problem Reader::service(const Fields& fields) {
  if (!is_word(fields[0], "-"))
    return "not a service prefix: " + quoted(fields[0]);
  if (fields.size() == 2 && fields[1] != "rcp")
    return "expected \"rcp\", found " + quoted(fields[1]);
  if (!services_.emplace(base::fold_case(fields[0]), result_.services.size()).second) {
    return "service " + quoted(fields[0]) + " a second time";
  }
  result_.services.push_back({fields[0], fields.size() == 2, {}, {}});
  resource_types_.clear();
  formats_.clear();
  actions_.clear();
  return {};
}

Problem Reader::resource(const Fields& fields) {
  if (result_.services.empty())
    return "\"resource\" before the first \"service\"";
  if (!is_word(fields[0], " /._-"))
    return "not a resource type: " + quoted(fields[0]);
  const std::string_view format = fields[1];
  if (format.empty() || format.size() > kLongestFormat || !placeholders_are_closed(format)) {
    return "not an ARN format: " + quoted(format);
  }
  ReferenceText::Service& service = result_.services.back();
  const std::string name = base::fold_case(fields[0]);
  if (!formats_.insert(name + " | " + std::string(format)).second) {
    return "the same resource type a second time";
  }
  resource_types_[name].push_back(static_cast<std::uint32_t>(service.resource_types.size()));
  ReferenceText::ResourceType type{fields[0], format, {}};
  if (fields.size() > 2) {
    if (Problem problem = read_keys(fields[2], type.keys))
      return problem;
  }
  service.resource_types.push_back(std::move(type));
  return {};
}

Problem Reader::action(const Fields& fields) {
  if (result_.services.empty())
    return "\"action\" before the first \"service\"";
  if (!is_word(fields[0], "-_"))
    return "not an action: " + quoted(fields[0]);
  ReferenceText::Service& service = result_.services.back();
  if (!actions_.emplace(base::fold_case(fields[0]), service.actions.size()).second) {
    return "action " + quoted(fields[0]) + " a second time";
  }
  ReferenceText::Action action{fields[0], 0, {}, {}, {}};
  if (fields.size() > 1) {
    for (const std::string_view level : split(fields[1], ", ")) {
      const AccessLevel* const known = find(kAccessLevels, level);
      if (known == nullptr)
        return "unknown access level: " + quoted(level);
      action.access_levels =
          static_cast<std::uint8_t>(action.access_levels | static_cast<std::uint8_t>(*known));
    }
  }
  if (fields.size() > 2) {
    for (const std::string_view name : split(fields[2], ", ")) {
      if (Problem problem = read_action_resource(name, action))
        return problem;
    }
  }
  if (fields.size() > 3) {
    if (Problem problem = read_keys(fields[3], action.keys))
      return problem;
  }
  service.actions.push_back(std::move(action));
  return {};
}

Problem Reader::single(const Fields& fields) {
  const auto found = actions_.find(base::fold_case(fields[0]));
  if (found == actions_.end())
    return "\"single\" without an \"action\" line before: " + quoted(fields[0]);
  std::vector<std::uint32_t>& keys = result_.services.back().actions[found->second].single_keys;
  if (Problem problem = read_keys(fields[1], keys))
    return problem;
  for (const std::uint32_t key : keys) {
    if (!result_.keys[key].multivalued)
      return "not a multivalued key: " + quoted(result_.keys[key].name);
  }
  return {};
}

Problem Reader::end(const Fields&) {
  if (result_.version.empty())
    return "there was no \"version\"";
  if (result_.date.empty())
    return "there was no \"date\"";
  ended_ = true;
  return {};
}

Problem Reader::read_keys(std::string_view list, std::vector<std::uint32_t>& keys) {
  for (const std::string_view name : split(list, ", ")) {
    const auto found = keys_.find(base::fold_case(name));
    if (found == keys_.end())
      return "key without a \"key\" line: " + quoted(name);
    keys.push_back(found->second);
  }
  return count_entries(keys.size());
}

Problem Reader::read_action_resource(std::string_view name, ReferenceText::Action& action) {
  const bool required = name.ends_with('*');
  if (required)
    name.remove_suffix(1);
  const auto found = resource_types_.find(base::fold_case(name));
  if (found == resource_types_.end())
    return "resource type without a \"resource\" line before: " + quoted(name);
  for (const std::uint32_t type : found->second) {
    action.resources.push_back({type, required});
    // The action will list the keys of its resource types too.
    if (Problem problem = count_entries(1 + result_.services.back().resource_types[type].keys.size())) {
      return problem;
    }
  }
  return {};
}

Problem Reader::count_entries(std::size_t entries) {
  list_entries_ += entries;
  if (list_entries_ > kMostListEntries)
    return "more list entries than a service reference has";
  return {};
}

}  // namespace

base::Expected<ReferenceText> read_reference_text(std::string_view text) {
  if (text.size() > kLongestReferenceText)
    return base::error("line 1: the text is longer than 64 MiB");
  Reader reader;
  std::size_t number = 1;
  const auto wrong = [&](const std::string& problem) {
    return base::error("line " + std::to_string(number) + ": " + problem);
  };
  while (!text.empty()) {
    const std::size_t line_end = text.find('\n');
    if (const Problem problem = reader.line(text.substr(0, line_end)))
      return wrong(*problem);
    if (line_end == std::string_view::npos)
      break;
    text.remove_prefix(line_end + 1);
    ++number;
  }
  if (const Problem problem = reader.finish())
    return wrong(*problem);
  return reader.take();
}

}  // namespace grantproof::aws
