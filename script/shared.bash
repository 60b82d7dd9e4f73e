# What the scripts of this folder share; it is sourced, never run. Every script works from the project's root.

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

# Building, testing and serving pass the same options: other options mean other build products, and building everything twice.
# Code in C is optimised in debug builds too: it is libraries' cryptography, without which each password takes seconds.
build_options=(--explicit-target-dependency-import-check error -Xcc -O2)

# Where bootstrap keeps the Python environment of the browser tests.
python_environment=.build/python

say() {
    printf '==> %s\n' "$*"
}

# fail STATUS SENTENCE…: says why on standard error, and ends with one of the codes of sysexits.h.
fail() {
    local status=$1
    shift
    printf '==> %s\n' "$@" >&2
    exit "$status"
}
