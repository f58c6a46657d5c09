# Compiles rules/aws/reference.txt into a block of tables and links it into a room as read-only data, with the symbol
# kGrantproofAwsReference. .incbin is understood by the assemblers of gcc and clang alike and costs no compile time.
enable_language(ASM)

function(embed_reference room text)
  add_executable(compile_reference aws/compile_reference.cpp aws/reference_compiler.cpp aws/reference_text.cpp)
  target_include_directories(compile_reference PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(compile_reference PRIVATE base warnings)

  set(block "${CMAKE_CURRENT_BINARY_DIR}/reference.block")
  add_custom_command(OUTPUT "${block}" COMMAND compile_reference "${text}" "${block}"
                     DEPENDS compile_reference "${text}" VERBATIM
                     COMMENT "Compiling the service reference")

  set(assembly "${CMAKE_CURRENT_BINARY_DIR}/embedded_reference.S")
  file(CONFIGURE OUTPUT "${assembly}" @ONLY CONTENT [[
        .section .rodata
        .balign 16
        .globl kGrantproofAwsReference
        .type kGrantproofAwsReference, @object
kGrantproofAwsReference:
        .incbin "@block@"
        .size kGrantproofAwsReference, . - kGrantproofAwsReference
        .section .note.GNU-stack, "", @progbits
]])
  set_source_files_properties("${assembly}" PROPERTIES OBJECT_DEPENDS "${block}")
  # A library of its own, so that warning flags for C++ do not reach the assembler.
  add_library(embedded_reference OBJECT "${assembly}")
  target_sources(${room} PRIVATE $<TARGET_OBJECTS:embedded_reference>)
endfunction()
