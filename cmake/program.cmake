# Schemas, rule packs and import mappings are embedded: the installed program needs no data path.
add_executable(embed ${PROJECT_SOURCE_DIR}/tools/embed.c)
file(GLOB_RECURSE embedded RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/schemas/*.yaml ${PROJECT_SOURCE_DIR}/rules/*.yaml)
list(SORT embedded)
add_custom_command(
    OUTPUT ${PROJECT_BINARY_DIR}/embedded.c
    COMMAND embed ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/embedded.c ${embedded}
    DEPENDS embed ${embedded}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    COMMENT "Embedding schemas and rules")
add_library(topolint_embedded STATIC ${PROJECT_BINARY_DIR}/embedded.c)
target_link_libraries(topolint_embedded PUBLIC topolint_base)

if(EXISTS ${PROJECT_SOURCE_DIR}/src/cli/main.c)
    add_executable(topolint ${PROJECT_SOURCE_DIR}/src/cli/main.c)
    target_link_libraries(topolint PRIVATE topolint_cli topolint_embedded)
    install(TARGETS topolint RUNTIME)
endif()
