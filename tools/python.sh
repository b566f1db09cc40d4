#!/bin/sh
# Prints the Python to make the environment with: 3.11 or newer, with venv. Without one it says what to install.

if [ -n "$PYTHON" ]; then
    set -- "$PYTHON"
else
    set -- python3 python3.14 python3.13 python3.12 python3.11 python
fi

old=""
bare=""
for name in "$@"; do
    version=$("$name" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2> /dev/null) || continue
    if ! "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        old="$old $name is $version;"
    elif ! "$name" -c 'import ensurepip, venv' 2> /dev/null; then
        bare="${bare:-$version}"
    else
        echo "$name"
        exit 0
    fi
done

if [ -n "$bare" ]; then
    echo "Python $bare is here, but it cannot make an environment: venv is missing." >&2
    echo "On Debian or Ubuntu run: sudo apt-get install python3-venv (or python$bare-venv). Then run make again." >&2
elif [ -n "$old" ]; then
    echo "Python 3.11 or newer is needed; found:${old%;}." >&2
    echo "Install a newer one, or name it: make run PYTHON=/path/to/python3.12" >&2
elif [ -n "$PYTHON" ]; then
    echo "PYTHON is set to \"$PYTHON\", which does not run. Give the path of Python 3.11 or newer." >&2
else
    echo "No Python was found. Install Python 3.11 or newer with venv." >&2
    echo "On Debian or Ubuntu run: sudo apt-get install python3 python3-venv. Then run make again." >&2
fi
exit 1
