# What is installed is one executable that needs nothing of the source folder.
cmake_minimum_required(VERSION 3.22)
set(prefix ${BUILD}/tests/project/installed)
file(REMOVE_RECURSE ${prefix})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix}
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE files RELATIVE ${prefix} ${prefix}/*)
if(NOT files STREQUAL "bin/topolint")
    message(FATAL_ERROR "installed: ${files}")
endif()

file(MAKE_DIRECTORY ${prefix}/elsewhere)
file(COPY ${SOURCE}/examples/stacked-redundancy.yaml DESTINATION ${prefix}/elsewhere)
execute_process(COMMAND ${prefix}/bin/topolint lint --no-config stacked-redundancy.yaml
    WORKING_DIRECTORY ${prefix}/elsewhere OUTPUT_VARIABLE out RESULT_VARIABLE code)
if(NOT code EQUAL 1 OR NOT out MATCHES "stacked-dag-host-ha")
    message(FATAL_ERROR "exit code ${code}\n${out}")
endif()
