# The formatter has nothing to say.
cmake_minimum_required(VERSION 3.22)
find_program(clang_format NAMES clang-format-14 clang-format)
if(NOT clang_format)
    message(STATUS "skipped: clang-format is not installed")
    return()
endif()
file(GLOB_RECURSE files ${SOURCE}/src/*.[ch] ${SOURCE}/tests/*.[ch] ${SOURCE}/tools/*.[ch])
execute_process(COMMAND ${clang_format} --dry-run -Werror --ferror-limit=5 ${files}
    COMMAND_ERROR_IS_FATAL ANY)
