# Links the pages rules/GP*.md into a room as read-only data: all of them, one after the other, each followed by the
# byte 0x1E, between the symbols kGrantproofRulePages and kGrantproofRulePagesEnd. See EmbedReference.cmake for .incbin.
enable_language(ASM)

function(embed_rules room folder)
  file(GLOB pages CONFIGURE_DEPENDS "${folder}/GP*.md")
  set(lines "")
  foreach(page ${pages})
    string(APPEND lines "        .incbin \"${page}\"\n        .byte 0x1e\n")
  endforeach()

  set(assembly "${CMAKE_CURRENT_BINARY_DIR}/embedded_rules.S")
  file(CONFIGURE OUTPUT "${assembly}" @ONLY CONTENT [[
        .section .rodata
        .globl kGrantproofRulePages
        .globl kGrantproofRulePagesEnd
        .type kGrantproofRulePages, @object
        .type kGrantproofRulePagesEnd, @object
kGrantproofRulePages:
@lines@kGrantproofRulePagesEnd:
        .byte 0
        .size kGrantproofRulePages, kGrantproofRulePagesEnd - kGrantproofRulePages
        .size kGrantproofRulePagesEnd, 1
        .section .note.GNU-stack, "", @progbits
]])
  set_source_files_properties("${assembly}" PROPERTIES OBJECT_DEPENDS "${pages}")
  add_library(embedded_rules OBJECT "${assembly}")
  target_sources(${room} PRIVATE $<TARGET_OBJECTS:embedded_rules>)
endfunction()
