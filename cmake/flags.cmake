# Warnings and hardening, in one interface target that every module uses.
include(CheckCCompilerFlag)

add_library(topolint_flags INTERFACE)

target_compile_options(topolint_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-qual -Wcast-align
    -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes -Wundef -Wformat=2 -Wvla -Walloca
    -Wnull-dereference -Wdouble-promotion -Wimplicit-fallthrough -Wpointer-arith
    -Wredundant-decls)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_compile_options(topolint_flags INTERFACE
        -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wjump-misses-init
        -Wformat-signedness)
elseif(CMAKE_C_COMPILER_ID MATCHES "Clang")
    target_compile_options(topolint_flags INTERFACE -Wcomma -Wmissing-variable-declarations)
endif()
if(TOPOLINT_WERROR)
    target_compile_options(topolint_flags INTERFACE -Werror)
endif()

if(TOPOLINT_SANITIZE)
    target_compile_options(topolint_flags INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(topolint_flags INTERFACE -fsanitize=address,undefined)
endif()
if(TOPOLINT_FUZZ)
    target_compile_options(topolint_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Hardening for what users install; asserts stay on in every build type.
string(REPLACE "-DNDEBUG" "" CMAKE_C_FLAGS_RELEASE "${CMAKE_C_FLAGS_RELEASE}")
string(REPLACE "-O3" "-O2" CMAKE_C_FLAGS_RELEASE "${CMAKE_C_FLAGS_RELEASE}")
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT TOPOLINT_SANITIZE)
    target_compile_definitions(topolint_flags INTERFACE _FORTIFY_SOURCE=2)
    check_c_compiler_flag(-fstack-clash-protection HAVE_STACK_CLASH)
    check_c_compiler_flag(-fcf-protection HAVE_CF_PROTECTION)
    check_c_compiler_flag(-ftrivial-auto-var-init=zero HAVE_AUTO_INIT)
    target_compile_options(topolint_flags INTERFACE -fstack-protector-strong
        $<$<BOOL:${HAVE_STACK_CLASH}>:-fstack-clash-protection>
        $<$<BOOL:${HAVE_CF_PROTECTION}>:-fcf-protection>)
    if(UNIX AND NOT APPLE)
        target_link_options(topolint_flags INTERFACE
            -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code)
    endif()
endif()
