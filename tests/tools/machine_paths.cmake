# No file names a place that exists on one machine only: the tree must mean the same wherever it is cloned.
#
#   cmake -D SOURCE_DIR=<repository> -P tests/tools/machine_paths.cmake
cmake_minimum_required(VERSION 3.25)

# An absolute path into somebody's folders. A bucket key such as "bucket/home/alice" and the "/home/" of an S3 prefix
# are no such path: something must stand before the slash that begins a path, and a name must follow.
set(path "(^|[ \t\"'=(`,])/(home|Users|root|work|mnt)/[A-Za-z0-9_.-]")

set(files)
foreach(folder analyzer rules policies-corpus tests docs cmake .ci .github)
  file(GLOB_RECURSE found LIST_DIRECTORIES false "${SOURCE_DIR}/${folder}/*")
  list(APPEND files ${found})
endforeach()
file(GLOB found LIST_DIRECTORIES false "${SOURCE_DIR}/*" "${SOURCE_DIR}/.*")
list(APPEND files ${found})
# The fuzz seeds are bytes, some of them paths by accident; compressed data has no words.
list(FILTER files EXCLUDE REGEX "/tests/fuzz/seeds/|/tests/tools/machine_paths\\.cmake$|\\.gz$|\\.bin$|/\\.git$")

set(mistakes)
foreach(file ${files})
  # Unit tests make up folders of a file system in memory.
  set(pattern "${path}")
  if(file MATCHES "/tests/unit/")
    string(REPLACE "home|" "" pattern "${path}")
  endif()
  file(STRINGS "${file}" lines REGEX "${pattern}" LIMIT_COUNT 1)
  if(NOT lines STREQUAL "")
    list(APPEND mistakes "${file}: ${lines}")
  endif()
endforeach()
if(mistakes)
  list(JOIN mistakes "\n  " text)
  message(FATAL_ERROR "paths of a machine:\n  ${text}\n")
endif()
list(LENGTH files count)
message(STATUS "${count} files name no machine's folders")
