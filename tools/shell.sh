# What run, test, bench and dex share. Sourced, never run. Sets: root.
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Prints the comment block at the top of the calling script: its help.
print_help() {
    awk 'NR > 1 { if ($0 !~ /^#/) exit; sub(/^# ?/, ""); print }' "$0"
}

fail() {
    echo "$(basename "$0"): $1" >&2
    exit "${2:-1}"
}

# The built programs look for the runtime in fixed places; an SDK installed elsewhere is found through the dotnet on the path.
need_dotnet() {
    command -v dotnet > /dev/null || fail "the .NET SDK 10 is needed: https://dotnet.microsoft.com/download"
    (cd "$root" && dotnet --version > /dev/null 2>&1) || fail "the .NET SDK 10 is needed; found: $(cd / && dotnet --list-sdks | tr '\n' ' ')"
    export DOTNET_ROOT="${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}"
}

# Restores and builds a project or the solution in Release, silently unless it fails. One build at a time: two would write the same files.
build() {
    need_dotnet
    mkdir -p "$root/artifacts"
    local log="$root/artifacts/build.$$.log"
    (
        # Build servers outlive the build: they must not inherit the lock.
        if command -v flock > /dev/null; then flock 9; fi
        cd "$root" && dotnet build "$1" -c Release -v q --nologo > "$log" 2>&1 9>&-
    ) 9> "$root/artifacts/build.lock" || { cat "$log" >&2; rm -f "$log"; fail "the build failed."; }
    rm -f "$log"
}

# Prints the name of a new file whose time is now: what changes from here on is not in the build that begins.
begin_build() {
    local begun="$root/artifacts/begun.$$"
    mkdir -p "$root/artifacts" && : > "$begun"
    echo "$begun"
}

# Builds when there is no program yet or a source is newer than the last build of it.
fresh() {
    local stamp="$root/artifacts/$1.built"
    if [ ! -x "$root/$3" ] || [ ! -e "$stamp" ] || [ -n "$(find "$root/src" "$root/schemas" "$root/docs/verify.html" "$root"/Directory.*.props "$root/global.json" \
        \( -name bin -o -name obj \) -prune -o -newer "$stamp" -type f -print 2> /dev/null | head -n 1)" ]; then
        local begun
        begun="$(begin_build)"
        build "$2"
        mv "$begun" "$stamp"
    fi
    need_dotnet
}

# Tries to provide a command from Debian, of the package of its name or of those named behind it; without it tests that need it skip and say so.
need_tool() { command -v "$1" > /dev/null || install_for_tests "$1" "${@:2}"; }

# The same for a module of the system's Python: need_module MODULE PACKAGE...
need_module() { /usr/bin/python3 -c "import $1" 2> /dev/null || install_for_tests "$@"; }

# The same for a file of a package that brings no program: need_file FILE PACKAGE...
need_file() { [ -e "$1" ] || install_for_tests "$@"; }

install_for_tests() {
    local wanted="$1" packages=("${@:2}")
    [ ${#packages[@]} -gt 0 ] || packages=("$wanted")
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then return 0; fi
    echo "Installing $wanted for the tests that need it."
    { apt-get install -y -qq "${packages[@]}" || { apt-get update -qq && apt-get install -y -qq "${packages[@]}"; }; } > /dev/null 2>&1 || echo "$wanted could not be installed."
}
