# What the scripts of this folder share.

set(breaches 0)

# Prints what is wrong and goes on; finish() makes the test fail.
macro(breach)
    message("${ARGN}")
    math(EXPR breaches "${breaches} + 1")
endmacro()

macro(finish)
    if(breaches GREATER 0)
        message(FATAL_ERROR "${breaches} found")
    endif()
endmacro()

# The C files below src/, relative to it.
file(GLOB_RECURSE c_files RELATIVE ${SOURCE}/src ${SOURCE}/src/*.c ${SOURCE}/src/*.h)
list(SORT c_files)

# The text of a C file without its comments.
function(read_code file ret_text)
    file(READ ${SOURCE}/src/${file} text)
    string(REGEX REPLACE "/\\*([^*]|\\*+[^*/])*\\*+/" "" text "${text}")
    string(REGEX REPLACE "//[^\n]*" "" text "${text}")
    set(${ret_text} "${text}" PARENT_SCOPE)
endfunction()
