# What topolint needs, by Debian/Ubuntu package name; sourced by tools/run and tools/test.
# install_packages NAME... installs those that are missing, as root or with sudo, and prints them.

build_packages="gcc libc6-dev cmake ninja-build pkg-config libyaml-dev libxml2-dev libsqlite3-dev
libgraphviz-dev libjansson-dev libzip-dev libcsv-dev libutf8proc-dev libssl-dev libpopt-dev
fonts-dejavu-core"
test_packages="libcmocka-dev libxml2-utils"

install_packages() {
    missing=""
    for package in "$@"; do
        if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed"; then
            missing="$missing $package"
        fi
    done
    [ -z "$missing" ] && return 0
    echo "installing:$missing" >&2
    root=""
    [ "$(id -u)" -eq 0 ] || root="sudo"
    $root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
    # shellcheck disable=SC2086
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        $missing >&2
}

# configure PRESET: once, and again only when the list of options changed.
configure() {
    if [ ! -f "build/$1/build.ninja" ]; then
        cmake --preset "$1" >&2
    fi
}
