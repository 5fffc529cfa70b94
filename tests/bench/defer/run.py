#!/usr/bin/env python3
"""Nanoseconds per deferred call, panic and recovery: Go and gosubc in alternating runs, the best of each, and the ratio
Go / gosubc with the target of each case. Cases whose difference counts are timed in turns within a run (main.go, pair). Usage: run.py GO [CASE...]"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
GOSUBC = os.environ.get("GOSUBC", os.path.join(ROOT, "target/release/gosubc"))
RUNS = int(os.environ.get("RUNS", "3"))

# The least ratio; for open-coded defers the most nanoseconds over the direct call.
TARGETS = {"stack": 3, "stack-8B": 3, "heap": 3, "heap-8B": 3, "recover-depth-1": 3, "recover-depth-20": 2, "recover-nil": 1}
OVER = {"open": ("direct", 1), "open-x8": ("direct-x8", 8), "open-8B": ("direct-8B", 1)}


def main():
    go, cases = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as tmp:
        ours, theirs = os.path.join(tmp, "ours"), os.path.join(tmp, "theirs")
        source = os.path.join(HERE, "main.go")
        subprocess.run([GOSUBC, "build", "-o", ours, source], check=True)
        subprocess.run([go, "build", "-o", theirs, source], check=True)
        best = {ours: {}, theirs: {}}
        for _ in range(RUNS):
            for exe in (ours, theirs):
                p = subprocess.run([exe, *cases], stdout=subprocess.PIPE, check=True)
                for line in p.stdout.decode().split("\n"):
                    if line:
                        name, ns = line.split()
                        best[exe][name] = min(best[exe].get(name, 1e9), float(ns))
    print(f"{'case':<20}{'Go ns':>10}{'gosubc ns':>11}{'ratio':>8}")
    for name, mine in best[ours].items():
        note = ""
        if name in TARGETS:
            note = f"  target {TARGETS[name]}" + ("" if best[theirs][name] / mine >= TARGETS[name] else ": missed")
        if name in OVER and OVER[name][0] in best[ours]:
            base, calls = OVER[name]
            over = (mine - best[ours][base]) / calls
            note = f"  {over:+.2f} ns over the direct call, target 0.3" + ("" if over <= 0.3 else ": missed")
        print(f"{name:<20}{best[theirs][name]:>10.2f}{mine:>11.2f}{best[theirs][name] / mine:>8.2f}{note}")


main()
