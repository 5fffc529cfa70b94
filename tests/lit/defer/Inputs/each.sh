#!/bin/sh
# Runs each case that the program lists, in a process of its own; what it prints and its exit code.
for name in $("$1" list); do
    echo "== $name"
    GOTRACEBACK=single "$1" "$name" 2>&1
    echo "exit $?"
done
