# Every source file begins with the line of its licence.
#
#   cmake -D SOURCE_DIR=<repository> -P tests/tools/licence_lines.cmake
cmake_minimum_required(VERSION 3.25)

set(line "// SPDX-License-Identifier: Apache-2.0")
file(GLOB_RECURSE files "${SOURCE_DIR}/analyzer/*.h" "${SOURCE_DIR}/analyzer/*.cpp" "${SOURCE_DIR}/tests/*.h"
     "${SOURCE_DIR}/tests/*.cpp")
if(NOT files)
  message(FATAL_ERROR "no sources under ${SOURCE_DIR}")
endif()

set(mistakes)
foreach(file ${files})
  file(STRINGS "${file}" first LIMIT_COUNT 1)
  if(NOT first STREQUAL line)
    list(APPEND mistakes "${file}")
  endif()
endforeach()
if(mistakes)
  list(JOIN mistakes "\n  " text)
  message(FATAL_ERROR "the first line is not \"${line}\":\n  ${text}\n")
endif()
list(LENGTH files count)
message(STATUS "${count} files begin with their licence")
