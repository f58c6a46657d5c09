# The top level holds the folders that README.md lists and nothing else, so that a newcomer can read it in one look.
# Names with a leading dot and the ignored build/ folder do not count.
#
#   cmake -D SOURCE_DIR=<repository> -P tests/tools/top_level.cmake
cmake_minimum_required(VERSION 3.25)

set(allowed CMakeLists.txt CMakePresets.json Dockerfile LICENSE README.md analyzer cmake docs policies-corpus rules
    tests build)
set(required CMakeLists.txt CMakePresets.json LICENSE README.md analyzer policies-corpus rules tests)
file(GLOB entries RELATIVE "${SOURCE_DIR}" LIST_DIRECTORIES true "${SOURCE_DIR}/*")

set(mistakes)
foreach(entry ${entries})
  if(NOT entry MATCHES "^\\." AND NOT entry IN_LIST allowed)
    list(APPEND mistakes "${entry} is not a name of the top level")
  endif()
endforeach()
foreach(entry ${required})
  if(NOT entry IN_LIST entries)
    list(APPEND mistakes "${entry} is missing")
  endif()
endforeach()
if(mistakes)
  list(JOIN mistakes "\n  " text)
  message(FATAL_ERROR "top level:\n  ${text}\n")
endif()
