#!/usr/bin/env python3
"""How fast Go's library is checked: gosubc against go/types, each in one thread.

Usage: run.py [--gosubc EXE] [--rounds N] [--tests]

In: the source tree of the installed Go. Out: for each checker the best of N interleaved rounds, as processor time of the
whole process (user and system: reading files, parsing, checking, freeing), lines a second of that time, and the most
memory. gosubc is also given as it counts itself: parsing and checking alone,
by the clock, which means something on an idle machine only. Every line counts once and is checked once;
--tests adds the files of tests; go/types, like go vet, then checks a package with its tests inside once more.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def measured(command, cwd, env):
    """What a command prints, its processor time in seconds and its greatest memory in MB."""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(command, cwd=cwd, env=env, stdout=out, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode()
    if child.returncode:
        sys.exit(f"{' '.join(command)}: exit {child.returncode}\n{text}")
    return text, used.ru_utime + used.ru_stime, used.ru_maxrss >> 10


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--gosubc", default=os.environ.get("GOSUBC", "gosubc"))
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--tests", action="store_true")
    args = p.parse_args()
    env = dict(os.environ, GOTOOLCHAIN="local", GOMAXPROCS="1", CGO_ENABLED="0")
    source = subprocess.run(["go", "env", "GOROOT"], capture_output=True, text=True, env=env, check=True).stdout.strip() + "/src"
    with tempfile.TemporaryDirectory() as tmp:
        types = os.path.join(tmp, "gotypes")
        subprocess.run(["go", "build", "-o", types, os.path.join(HERE, "gotypes.go")], env=env, check=True)
        check = [args.gosubc, "check", "--timings"] + ["--tests"] * args.tests + ["std"]
        commands = {"gosubc": check, "go/types": [types] + ["--tests"] * args.tests}
        best, own = {}, []
        for _ in range(args.rounds):
            for name, command in commands.items():
                text, time, memory = measured(command, source, env)
                lines = int(re.search(r"(\d+) lines", text).group(1))
                own += map(int, re.findall(r"(\d+) lines/s parsed and checked", text))
                best[name] = min(best.get(name, (time, lines, memory)), (time, lines, memory))
    for name, (time, lines, memory) in best.items():
        print(f"{name:9} {lines:8} lines in {time:6.2f} s: {lines / time:8.0f} lines/s, {memory:5} MB")
    print(f"gosubc, parsing and checking alone, by the clock: {max(own)} lines/s")


main()
