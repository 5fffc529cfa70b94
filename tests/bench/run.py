#!/usr/bin/env python3
"""Times gosubc against Go in one run: prints, for each program, seconds of both (the best of several alternating
runs) and the ratio Go / gosubc; then build times and sizes of a hello world. Usage: run.py GO [PROGRAM...]"""
import math
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
GOSUBC = os.environ.get("GOSUBC", os.path.join(ROOT, "target/release/gosubc"))
RUNS = int(os.environ.get("RUNS", "3"))


def timed(args):
    start = time.perf_counter()
    p = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return time.perf_counter() - start, p.stdout, p.returncode


def build(args):
    p = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if p.returncode:
        sys.exit(" ".join(args) + "\n" + p.stdout.decode())


def main():
    go, names = sys.argv[1], sys.argv[2:]
    programs = sorted(os.listdir(os.path.join(HERE, "programs")))
    programs = [os.path.join(HERE, "programs", p) for p in programs] + [os.path.join(ROOT, "examples/nbody.go")]
    tmp = tempfile.mkdtemp()
    logs = []
    print(f"{'program':<16}{'Go s':>9}{'gosubc s':>10}{'ratio':>8}")
    for path in programs:
        name = os.path.basename(path)[:-3]
        if names and name not in names:
            continue
        ours, theirs = os.path.join(tmp, name), os.path.join(tmp, name + "-go")
        build([GOSUBC, "build", "-o", ours, path])
        build([go, "build", "-o", theirs, path])
        extra = ["5000000"] if name == "nbody" else []
        best = {ours: math.inf, theirs: math.inf}
        out = {}
        for _ in range(RUNS):
            for exe in (ours, theirs):
                t, out[exe], code = timed([exe, *extra])
                if code:
                    sys.exit(f"{exe}: exit {code}\n{out[exe].decode()}")
                best[exe] = min(best[exe], t)
        if out[ours] != out[theirs]:
            sys.exit(f"{name}: outputs differ:\n{out[ours].decode()}\n{out[theirs].decode()}")
        ratio = best[theirs] / best[ours]
        logs.append(math.log(ratio))
        print(f"{name:<16}{best[theirs]:>9.3f}{best[ours]:>10.3f}{ratio:>8.2f}", flush=True)
    if logs:
        print(f"{'geometric mean':<35}{math.exp(sum(logs) / len(logs)):>8.2f}")
    if names:
        return
    hello = os.path.join(tmp, "hello.go")
    with open(hello, "w") as f:
        f.write('package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hello") }\n')
    for label, args in (("gosubc", [GOSUBC, "build", "-ldflags=-s -w", "-o", tmp + "/h1", hello]),
                        ("go", [go, "build", "-ldflags=-s -w", "-o", tmp + "/h2", hello])):
        build(args)
        warm = min(timed(args)[0] for _ in range(RUNS))
        print(f"hello world, {label}: warm build {warm:.3f} s, stripped {os.path.getsize(args[4])} bytes")


main()
