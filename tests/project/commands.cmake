# The documents speak of commands that exist, README shows the list of all of them (documents.cmake
# compares it), and every --help text has a usage line and says what its command does.
cmake_minimum_required(VERSION 3.22)
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)

execute_process(COMMAND ${TOPOLINT} help OUTPUT_VARIABLE help COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "\n  [a-z]+  " commands "${help}")
string(REGEX REPLACE "[\n ]" "" commands "${commands}")


file(GLOB documents ${SOURCE}/*.md ${SOURCE}/docs/*.md)
foreach(document ${documents})
    file(READ ${document} text)
    string(REPLACE ";" " " text "${text}")
    get_filename_component(name ${document} NAME)
    string(REGEX MATCHALL "(\n(    |[$] )|`)(tools/run|topolint) [a-z]+" uses "${text}")
    foreach(use IN LISTS uses)
        string(REGEX REPLACE ".* " "" command "${use}")
        if(NOT command IN_LIST commands)
            breach("${name}: there is no command '${command}'")
        endif()
    endforeach()
endforeach()

file(READ ${SOURCE}/README.md readme)
if(NOT readme MATCHES "```console\n[$] topolint help\n")
    breach("README.md does not show 'topolint help'")
endif()

foreach(command ${commands})
    if(NOT command MATCHES "^(help|version)$")
        execute_process(COMMAND ${TOPOLINT} ${command} --help
            OUTPUT_VARIABLE text RESULT_VARIABLE code)
        if(NOT code EQUAL 0 OR NOT text MATCHES "^[A-Za-z].*\n\nUsage: topolint ${command} ")
            breach("topolint ${command} --help: exit code ${code}, ${text}")
        endif()
    endif()
endforeach()
finish()
