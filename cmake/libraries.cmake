# The libraries topolint stands on; docs/dependencies.md says why each is here.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(SQLite3 3.38 REQUIRED)

pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(POPT REQUIRED IMPORTED_TARGET popt)
pkg_check_modules(GVC REQUIRED IMPORTED_TARGET libgvc libcgraph)

find_library(LIBCSV csv REQUIRED)
find_library(LIBM m) # part of the C library where there is none
if(NOT LIBM)
    set(LIBM "")
endif()
