// SPDX-License-Identifier: Apache-2.0
//
// Asks python3's jsonschema whether a document fits a schema. Machines without it skip the test.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace grantproof::reports {

enum class Validation { kValid, kInvalid, kNotPossible };

inline Validation validate(const std::string& schema_path, const std::string& document) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) /
      (std::string("reports_") + testing::UnitTest::GetInstance()->current_test_info()->name());
  std::filesystem::create_directories(folder);
  const std::string file = (folder / "document.json").string();
  std::ofstream(file) << document;
  const std::string script = (folder / "validate.py").string();
  std::ofstream(script)
      << "import json, sys\n"
         "try:\n"
         "    import jsonschema\n"
         "except ImportError:\n"
         "    sys.exit(77)\n"
         "schema = json.load(open(sys.argv[1], encoding='utf-8'))\n"
         "document = json.load(open(sys.argv[2], encoding='utf-8'))\n"
         "validator = jsonschema.validators.validator_for(schema)(schema)\n"
         "errors = [(list(e.absolute_path), e.message[:300]) for e in validator.iter_errors(document)]\n"
         "for error in errors: print(error)\n"
         "sys.exit(1 if errors else 0)\n";
  const std::string command = "python3 '" + script + "' '" + schema_path + "' '" + file + "'";
  const int status = std::system(command.c_str());
  const int code = status < 0 ? 77 : status / 256;  // wait status: the exit code is in the second byte
  if (code == 77 || code == 127)
    return Validation::kNotPossible;
  return code == 0 ? Validation::kValid : Validation::kInvalid;
}

}  // namespace grantproof::reports
