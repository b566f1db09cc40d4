#!/bin/sh
# Makes sure that Chromium is here for the browser tests: found, or installed from the system's packages.
# CHROMIUM=/path/to/chrome names one that lies elsewhere.

found() {
    # The stub of some systems is there without a browser behind it, so it is asked for its version.
    if [ -n "$CHROMIUM" ]; then
        set -- "$CHROMIUM"
    else
        set -- chromium chromium-browser google-chrome google-chrome-stable
    fi
    for name in "$@"; do
        "$name" --version > /dev/null 2>&1 && return 0
    done
    return 1
}

found && exit 0

if [ -n "$CHROMIUM" ]; then
    echo "CHROMIUM is set to \"$CHROMIUM\", which does not run." >&2
    exit 1
fi

if command -v apt-get > /dev/null; then
    if [ "$(id -u)" -eq 0 ]; then
        as_root=""
    elif sudo -n true 2> /dev/null; then
        as_root="sudo -n"
    else
        echo "The browser tests need Chromium, and there are no rights here to install it." >&2
        echo "Ask someone who may: sudo apt-get install chromium. Then run make test again." >&2
        exit 1
    fi
    echo "Installing Chromium from the system's packages for the browser tests."
    $as_root apt-get -qq update &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 install -y \
            --no-install-recommends chromium fonts-dejavu-core > /dev/null
    found && exit 0
    echo "Chromium could not be installed from the system's packages; see above." >&2
    exit 1
fi

echo "The browser tests need Chromium, and this system has no apt-get to install it with." >&2
echo "Install Chromium or Chrome, or name it: make test CHROMIUM=/path/to/chrome" >&2
exit 1
