// SPDX-License-Identifier: Apache-2.0
#include "patterns/region.h"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

#include "patterns/pattern_sets.h"
#include "patterns/product.h"
#include "patterns/readable.h"
#include "patterns/search.h"

namespace grantproof::patterns {
namespace {

using Ids = std::vector<std::uint32_t>;

constexpr std::size_t kDefaultBudget = 400'000;
// Above these the store forgets what it can make again.
constexpr std::size_t kMostAnswers = 1U << 18U;
constexpr std::size_t kMostAutomataBytes = 1U << 28U;
// A set of so few plain strings is searched by trying them.
constexpr std::size_t kFewStrings = 16;
constexpr std::size_t kMostGlobsFilled = 48;
// A product of so few states is made as a whole to list members.
constexpr std::size_t kSmallProduct = 500;

}  // namespace

struct PatternStore::Impl {
  // A question without repetition and without sets that do not matter.
  struct Question {
    std::vector<PatternSetId> in;
    std::vector<PatternSetId> out;
    bool empty = false;  // answered: no string
  };

  Question normalised(std::span<const PatternSetId> in, std::span<const PatternSetId> out) const;
  static Ids key(const Question& question);
  bool accepts(const Question& question, std::u16string_view word);
  WordResult find(const Question& question);
  WordResult search(const Question& question);
  RegionMembers members(const Question& question, std::size_t limit);
  std::u16string readable(const Question& question, std::u16string any);
  std::optional<std::u16string> proposed(const Question& question);
  Question without_shared_globs(const Question& question);
  void open(const Question& question, Product::Words words, std::size_t states);
  void keep_memory_in_check();

  PatternSets sets;
  std::unordered_map<std::string, PatternSetId> set_of_name;
  std::unordered_map<Ids, WordResult, IdsHash> answers;
  std::unordered_map<Ids, RegionMembers, IdsHash> lists;
  Product product;
  std::size_t budget = kDefaultBudget;
  std::size_t visited = 0;
  std::size_t questions = 0;
};

PatternStore::Impl::Question PatternStore::Impl::normalised(std::span<const PatternSetId> in,
                                                            std::span<const PatternSetId> out) const {
  Question question;
  const auto unique_sorted = [](std::vector<PatternSetId>& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  };
  for (const PatternSetId id : in) {
    question.empty = question.empty || sets[id].sorted.empty();
    if (!sets[id].universal) {
      question.in.push_back(id);
    }
  }
  for (const PatternSetId id : out) {
    question.empty = question.empty || sets[id].universal;
    if (!sets[id].sorted.empty()) {
      question.out.push_back(id);
    }
  }
  unique_sorted(question.in);
  unique_sorted(question.out);
  question.empty =
      question.empty || std::find_first_of(question.in.begin(), question.in.end(), question.out.begin(),
                                           question.out.end()) != question.in.end();
  return question;
}

Ids PatternStore::Impl::key(const Question& question) {
  Ids ids;
  ids.reserve(question.in.size() + question.out.size() + 1);
  ids.push_back(static_cast<std::uint32_t>(question.in.size()));
  for (const PatternSetId id : question.in) {
    ids.push_back(static_cast<std::uint32_t>(id));
  }
  for (const PatternSetId id : question.out) {
    ids.push_back(static_cast<std::uint32_t>(id));
  }
  return ids;
}

bool PatternStore::Impl::accepts(const Question& question, std::u16string_view word) {
  return std::all_of(question.in.begin(), question.in.end(),
                     [&](PatternSetId id) { return sets.automaton(id).matches(word); }) &&
         std::none_of(question.out.begin(), question.out.end(),
                      [&](PatternSetId id) { return sets.automaton(id).matches(word); });
}

WordResult PatternStore::Impl::find(const Question& question) {
  if (question.empty) {
    return {RegionAnswer::kEmpty, {}};
  }
  Ids ids = key(question);
  const auto known = answers.find(ids);
  if (known != answers.end()) {
    return known->second;
  }
  keep_memory_in_check();
  WordResult result = search(question);
  answers.emplace(std::move(ids), result);
  return result;
}

WordResult PatternStore::Impl::search(const Question& question) {
  for (const PatternSetId id : question.in) {
    if (!sets[id].plain || sets[id].sorted.size() > kFewStrings) {
      continue;
    }
    for (const Glob* glob : sets[id].sorted) {
      std::u16string word;
      for (const GlobToken& token : glob->tokens()) {
        word.push_back(token.unit);
      }
      if (accepts(question, word)) {
        return {RegionAnswer::kFound, word};
      }
    }
    return {RegionAnswer::kEmpty, {}};
  }
  const Question reduced = without_shared_globs(question);
  if (reduced.empty) {
    return {RegionAnswer::kEmpty, {}};
  }
  open(reduced, Product::Words::kSome, budget);
  WordResult result = find_any(product);
  visited += product.state_count();
  return result;
}

// (A ∪ g) \ (B ∪ g) = A \ (B ∪ g). Two versions of a policy share most of their globs.
PatternStore::Impl::Question PatternStore::Impl::without_shared_globs(const Question& question) {
  Question reduced = question;
  for (PatternSetId& in : reduced.in) {
    Ids rest = sets[in].glob_ids;
    for (const PatternSetId out : question.out) {
      const Ids& taken = sets[out].glob_ids;
      Ids kept;
      std::set_difference(rest.begin(), rest.end(), taken.begin(), taken.end(), std::back_inserter(kept));
      rest = std::move(kept);
    }
    // Worth a new automaton only where it is much smaller.
    if (rest.empty()) {
      reduced.empty = true;
    } else if (rest.size() * 2 <= sets[in].glob_ids.size()) {
      in = sets.intern_ids(std::move(rest));
    }
  }
  return reduced;
}

void PatternStore::Impl::open(const Question& question, Product::Words words, std::size_t states) {
  std::vector<Automaton*> in;
  std::vector<Automaton*> out;
  for (const PatternSetId id : question.in) {
    in.push_back(&sets.automaton(id));
  }
  for (const PatternSetId id : question.out) {
    out.push_back(&sets.automaton(id));
  }
  product.open(in, out, states, words);
}

void PatternStore::Impl::keep_memory_in_check() {
  constexpr std::size_t kQuestionsBetween = 1024;
  if (++questions % kQuestionsBetween != 0) {
    return;
  }
  if (answers.size() + lists.size() > kMostAnswers) {
    answers.clear();
    lists.clear();
  }
  if (sets.automata_size() > kMostAutomataBytes) {
    sets.forget_automata();
  }
}

RegionMembers PatternStore::Impl::members(const Question& question, std::size_t limit) {
  const WordResult any = find(question);
  if (any.answer != RegionAnswer::kFound) {
    return {any.answer, {}, any.answer == RegionAnswer::kEmpty};
  }
  // The whole product where it is small; a few words that are near where it is not; the whole product after
  // all.
  open(question, Product::Words::kEvery, std::min(budget, kSmallProduct));
  WordList list = first_words(product, limit);
  visited += product.state_count();
  if (list.answer == RegionAnswer::kUndecided) {
    open(question, Product::Words::kEvery, budget);
    list = near_words(product, limit).value_or(WordList{});
    visited += product.state_count();
  }
  if (list.answer == RegionAnswer::kUndecided) {
    open(question, Product::Words::kEvery, budget);
    list = first_words(product, limit);
    visited += product.state_count();
  }
  // Of the last length these are the most ordinary; the list itself is in order of text.
  std::vector<std::pair<std::size_t, std::string>> sorted;
  for (const std::u16string& word : list.words) {
    sorted.emplace_back(word.size(), to_utf8(word));
  }
  std::sort(sorted.begin(), sorted.end());
  RegionMembers result;
  result.answer = list.answer;
  result.complete = list.complete;
  for (auto& [length, text] : sorted) {
    result.members.push_back(std::move(text));
  }
  return result;
}

// What the globs of `in` suggest.
std::optional<std::u16string> PatternStore::Impl::proposed(const Question& question) {
  std::vector<const Glob*> globs;
  for (const PatternSetId id : question.in) {
    globs.insert(globs.end(), sets[id].sorted.begin(), sets[id].sorted.end());
  }
  const Glob anything = Glob().pattern("*");
  if (globs.empty()) {
    globs.push_back(&anything);
  }
  // The most specific ones first, in the order they came.
  std::vector<std::pair<std::size_t, std::size_t>> order;  // generality, place
  order.reserve(globs.size());
  for (const Glob* glob : globs) {
    order.emplace_back(std::numeric_limits<std::size_t>::max() - specificity(*glob), order.size());
  }
  const std::size_t filled = std::min(order.size(), kMostGlobsFilled);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(filled), order.end());
  order.resize(filled);
  for (const auto& [generality, place] : order) {
    for (std::u16string& filling : readable_fillings(*globs[place])) {
      if (accepts(question, filling)) {
        return std::move(filling);
      }
    }
  }
  return std::nullopt;
}

// `any` is a member; a better one where the budget allows.
std::u16string PatternStore::Impl::readable(const Question& question, std::u16string any) {
  open(question, Product::Words::kSome, budget);
  WordResult shortest = find_shortest(product);
  visited += product.state_count();
  return with_ordinary_parts(
      shortest.answer == RegionAnswer::kFound ? std::move(shortest.word) : std::move(any),
      [&](std::u16string_view word) { return accepts(question, word); });
}

PatternStore::PatternStore() : impl_(std::make_unique<Impl>()) {}
PatternStore::~PatternStore() = default;
PatternStore::PatternStore(PatternStore&&) noexcept = default;
PatternStore& PatternStore::operator=(PatternStore&&) noexcept = default;

PatternSetId PatternStore::intern(std::vector<Glob> globs) {
  return impl_->sets.intern(std::move(globs));
}

std::optional<PatternSetId> PatternStore::named(const std::string& name) const {
  const auto at = impl_->set_of_name.find(name);
  return at == impl_->set_of_name.end() ? std::nullopt : std::optional(at->second);
}

PatternSetId PatternStore::intern_named(std::string name, std::vector<Glob> globs) {
  const PatternSetId set = intern(std::move(globs));
  impl_->set_of_name.emplace(std::move(name), set);
  return set;
}

std::span<const Glob> PatternStore::globs(PatternSetId set) const {
  return impl_->sets.globs(set);
}

bool PatternStore::matches(PatternSetId set, std::string_view utf8) const {
  impl_->keep_memory_in_check();
  return impl_->sets.automaton(set).matches(to_units(utf8));
}

RegionResult PatternStore::find(std::span<const PatternSetId> in, std::span<const PatternSetId> out) {
  const WordResult result = impl_->find(impl_->normalised(in, out));
  return {result.answer, to_utf8(result.word)};
}

RegionResult PatternStore::find_readable(std::span<const PatternSetId> in, std::span<const PatternSetId> out,
                                         std::span<const std::string> preferred) {
  const Impl::Question question = impl_->normalised(in, out);
  if (question.empty) {
    return {RegionAnswer::kEmpty, {}};
  }
  impl_->keep_memory_in_check();
  for (const std::string& text : preferred) {
    if (impl_->accepts(question, to_units(text))) {
      return {RegionAnswer::kFound, text};
    }
  }
  WordResult any = impl_->find(question);
  if (any.answer == RegionAnswer::kEmpty) {
    return {RegionAnswer::kEmpty, {}};
  }
  // An undecided question may still have a member that is easily guessed.
  if (const std::optional<std::u16string> word = impl_->proposed(question)) {
    return {RegionAnswer::kFound, to_utf8(*word)};
  }
  if (any.answer == RegionAnswer::kUndecided) {
    return {RegionAnswer::kUndecided, {}};
  }
  return {RegionAnswer::kFound, to_utf8(impl_->readable(question, std::move(any.word)))};
}

RegionMembers PatternStore::members(std::span<const PatternSetId> in, std::span<const PatternSetId> out,
                                    std::size_t limit) {
  const Impl::Question question = impl_->normalised(in, out);
  if (question.empty) {
    return {RegionAnswer::kEmpty, {}, true};
  }
  Ids ids = Impl::key(question);
  ids.push_back(static_cast<std::uint32_t>(limit));
  const auto known = impl_->lists.find(ids);
  if (known != impl_->lists.end()) {
    return known->second;
  }
  impl_->keep_memory_in_check();
  return impl_->lists.emplace(std::move(ids), impl_->members(question, limit)).first->second;
}

RegionAnswer PatternStore::outside(std::span<const PatternSetId> in, PatternSetId of) {
  const std::span<const PatternSetId> out(&of, 1);
  return impl_->find(impl_->normalised(in, out)).answer;
}

void PatternStore::set_state_budget(std::size_t states) {
  impl_->budget = states;
  impl_->lists.clear();
  impl_->answers.clear();  // what was undecided may be decided now, and the other way round
}

std::size_t PatternStore::states_visited() const {
  return impl_->visited;
}

}  // namespace grantproof::patterns
