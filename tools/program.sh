#!/bin/sh
# Makes sure that a program is here that some tests drive: found, or installed from the system's packages.
#   program.sh NAME VARIABLE "commands it may be called by" "packages" "what it is for"
# The environment's VARIABLE, such as CHROMIUM=/path/to/chrome, names one that lies elsewhere.

name=$1 variable=$2 commands=$3 packages=$4 purpose=$5
eval "given=\${$variable}"

found() {
    # The stub of some systems is there without a program behind it, so it is asked for its version.
    if [ -n "$given" ]; then
        "$given" --version > /dev/null 2>&1
        return
    fi
    for command in $commands; do
        "$command" --version > /dev/null 2>&1 && return 0
    done
    return 1
}

found && exit 0

if [ -n "$given" ]; then
    echo "$variable is set to \"$given\", which does not run." >&2
    exit 1
fi

if command -v apt-get > /dev/null; then
    if [ "$(id -u)" -eq 0 ]; then
        as_root=""
    elif sudo -n true 2> /dev/null; then
        as_root="sudo -n"
    else
        echo "$purpose need $name, and there are no rights here to install it." >&2
        echo "Ask someone who may: sudo apt-get install $packages. Then run make test again." >&2
        exit 1
    fi
    echo "Installing $name from the system's packages. $purpose need it."
    $as_root apt-get -qq update &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 install -y \
            --no-install-recommends $packages > /dev/null
    found && exit 0
    echo "$name could not be installed from the system's packages; see above." >&2
    exit 1
fi

echo "$purpose need $name, and this system has no apt-get to install it with." >&2
echo "Install it, or say where it is: make test $variable=/path/to/it" >&2
exit 1
