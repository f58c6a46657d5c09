// SPDX-License-Identifier: Apache-2.0
//
// The generator: compile_reference TEXT OUTPUT. Run by the build on rules/aws/reference.txt; its output is
// embedded in the aws room.
#include <fstream>
#include <iostream>

#include "aws/reference_compiler.h"
#include "base/file_system.h"

int main(int argument_count, char** arguments) {
  if (argument_count != 3) {
    std::cerr << "usage: compile_reference TEXT OUTPUT\n";
    return 2;
  }
  const auto text = grantproof::base::RealFileSystem().read_file(arguments[1]);
  if (!text) {
    std::cerr << text.error().message << '\n';
    return 2;
  }
  const auto block = grantproof::aws::compile_text(*text);
  if (!block) {
    std::cerr << arguments[1] << ": " << block.error().message << '\n';
    return 1;
  }
  std::ofstream output(arguments[2], std::ios::binary);
  output.write(reinterpret_cast<const char*>(block->data()),
               static_cast<std::streamsize>(block->size() * sizeof(block->front())));
  output.close();
  if (!output) {
    std::cerr << arguments[2] << ": cannot be written\n";
    return 2;
  }
  return 0;
}
