# What the code does not use, and why. src/base/banned.h makes some of it compile errors already.
cmake_minimum_required(VERSION 3.22)
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)

# ban(REGEX REASON [FILES-REGEX that may])
macro(ban regex reason)
    list(APPEND regexes "${regex}")
    string(MD5 id "${regex}")
    set(reason_${id} "${reason}")
    set(allowed_${id} "^(${ARGN})$")
endmacro()

ban("(strcpy|strcat|strncpy|strncat|strtok|sprintf|vsprintf|gets) *[(]" "use Str and Buf"
    "base/banned.h")
ban("(atoi|atol|strtod|atof|setlocale|localtime|gmtime) *[(]" "hides errors or follows the locale"
    "base/banned.h|base/platform.c|psa/psa_expression.c")
ban("(system|popen|execv|fork) *[(]" "topolint starts no other program")
ban("(exit|abort) *[(]" "main ends the program" "base/memory.c|base/arena.c|base/intern.c|import/sym_map.c")
ban("alloca *[(]" "input would decide how much stack it takes")
ban("(printf|puts|putchar|perror) *[(]" "library code never prints" "cli/(command|main|session).c")
ban("enum [{][^}]*= UINT32_MAX( [}]|,)" "an enumerator is an int; gcc does not say so")
# But for SQLite's estimates and for probabilities.
ban("(double|float)[ *]" "facts are integers; output must not follow the locale"
    "query/.*|graph/probability.*|psa/.*|rule/(chances.*|failure_data.*|importance_tables.c)|cli/(model_cuts.c|chance_text.*)")

# Graphviz keeps one context a process and reports through a function without an argument.
set(has_state draw/render.c)


foreach(file ${c_files})
    read_code(${file} text)
    foreach(regex IN LISTS regexes)
        string(MD5 id "${regex}")
        if(NOT file MATCHES "${allowed_${id}}" AND text MATCHES "(^|[^A-Za-z0-9_])(${regex})")
            breach("src/${file}: ${CMAKE_MATCH_3}: ${reason_${id}}")
        endif()
    endforeach()
    # State lives in the run's arena. (Constant tables are fine.)
    string(REPLACE ";" "$" text "${text}") # a list would end there
    string(REGEX MATCHALL "\n *(static|extern) [^(){}$=\n]*[$={]" variables "\n${text}")
    foreach(variable IN LISTS variables)
        if(NOT file IN_LIST has_state AND NOT variable MATCHES " const ")
            breach("src/${file}: a mutable variable outside of functions:${variable}")
        endif()
    endforeach()
endforeach()
finish()
