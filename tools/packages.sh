# What topolint needs, by Debian/Ubuntu package name; sourced by tools/run and tools/test.

build_packages="gcc libc6-dev cmake ninja-build pkg-config libyaml-dev libxml2-dev libsqlite3-dev
libgraphviz-dev libjansson-dev libzip-dev libcsv-dev libutf8proc-dev libssl-dev libpopt-dev
fonts-dejavu-core"
test_packages="libcmocka-dev libbdd-dev libxml2-utils"

# install_packages NAME...: those that are missing, printed, as root or with sudo.
install_packages() {
    command -v dpkg-query >/dev/null || return 0 # no Debian: CMake says what it misses
    missing=""
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" ||
            missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    echo "installing:$missing" >&2
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "neither root nor sudo: run as root: apt-get install$missing" >&2
            exit 1
        }
        as_root=sudo
    fi
    # shellcheck disable=SC2086
    logged build/packages.log sh -c "
        $as_root apt-get update -qq
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends $missing"
}

# logged FILE COMMAND...: what it prints goes to the file, and is shown if it fails.
logged() {
    log=$1
    shift
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 </dev/null && return
    cat "$log" >&2
    exit 1
}

# build PRESET: configures once, and again when the presets changed, then builds what is out of date.
build() {
    if [ ! -f "build/$1/build.ninja" ] || [ CMakePresets.json -nt "build/$1/build.ninja" ]; then
        echo "building topolint in build/$1 (this once, a minute)" >&2
        logged "build/$1.log" cmake --preset "$1"
        touch "build/$1/build.ninja"
    fi
    logged "build/$1.log" cmake --build --preset "$1"
}
