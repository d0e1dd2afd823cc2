# Every relative link of the documents leads to a file, and the documents that every project has are
# there.
cmake_minimum_required(VERSION 3.22)
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)

foreach(name README.md CONTRIBUTING.md CHANGELOG.md LICENSE)
    if(NOT EXISTS ${SOURCE}/${name})
        breach("${name} is missing")
    endif()
endforeach()

file(GLOB_RECURSE documents RELATIVE ${SOURCE} ${SOURCE}/docs/*.md)
file(GLOB top RELATIVE ${SOURCE} ${SOURCE}/*.md)
foreach(document ${top} ${documents})
    get_filename_component(folder ${SOURCE}/${document} DIRECTORY)
    file(READ ${SOURCE}/${document} text)
    string(REGEX REPLACE "[;]" " " text "${text}")
    string(REGEX MATCHALL "\\]\\([^ )#:]+[)#]|(src|srcset)=\"[^\":]+\"" links "${text}")
    string(REPLACE "]" "" links "${links}") # an unmatched bracket would join the elements of the list
    foreach(link IN LISTS links)
        string(REGEX REPLACE "^\\(|[)#]$|^[a-z]+=|\"" "" path "${link}")
        if(NOT EXISTS ${folder}/${path})
            breach("${document}: ${path} does not exist")
        endif()
    endforeach()
endforeach()
finish()
