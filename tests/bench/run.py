#!/usr/bin/env python3
"""Times gosubc against Go in one run: prints, for each program, the processor seconds and the peak memory of both (the best of
several alternating runs) and the ratio Go / gosubc, with geometric means of the groups that programs name in their
first lines; size of the executable and seconds of a build with all packages cached, ours then Go's; programs that have a C version in c/ are compared with
it, too, if clang is there; then build times and sizes of a hello world.
Usage: run.py GO [--svg FILE] [PROGRAM or GROUP...]"""
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time

import chart

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
GOSUBC = os.environ.get("GOSUBC", os.path.join(ROOT, "target/release/gosubc"))
RUNS = int(os.environ.get("RUNS", "3"))


def timed(args):
    start = time.perf_counter()
    p = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return time.perf_counter() - start, p.stdout, p.returncode


def measured(args):
    """Processor seconds, peak memory in MiB (not less than this script's own), output, exit code: elapsed time on a busy
    machine says little."""
    with tempfile.TemporaryFile() as out:
        pid = os.posix_spawn(args[0], args, os.environ, file_actions=[
            (os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, out.fileno(), 2)])
        _, status, usage = os.wait4(pid, 0)
        out.seek(0)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read(), os.waitstatus_to_exitcode(status)


def mean(ratios):
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def group_of(path):
    for line in open(path):
        if line.startswith("// Group: "):
            return line.split(": ")[1].strip()
        if line.startswith("package "):
            return "compute"


def build(args):
    p = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if p.returncode:
        sys.exit(" ".join(args) + "\n" + p.stdout.decode())


def timed_build(args):
    build(args)
    return timed(args)[0]


def against_c(name, ours, tmp):
    """The processor seconds of the program's C version over ours, or None."""
    source, clang = os.path.join(HERE, "c", name + ".c"), shutil.which("clang-22") or shutil.which("clang")
    if not clang or not os.path.exists(source):
        return None
    exe = os.path.join(tmp, name + "-c")
    build([clang, "-O3", "-o", exe, source, "-lm"])
    best = {exe: math.inf, ours: math.inf}
    out = {}
    for _ in range(RUNS):
        for e in best:
            t, _, out[e], _ = measured([e])
            best[e] = min(best[e], t)
    if out[exe] != out[ours]:
        sys.exit(f"{name}: the C version's output differs:\n{out[exe].decode()}\n{out[ours].decode()}")
    return best[exe] / best[ours]


def main():
    args, svg = sys.argv[1:], None
    if "--svg" in args:
        at = args.index("--svg")
        svg = args[at + 1]
        del args[at:at + 2]
    go, names = args[0], args[1:]
    programs = sorted(os.listdir(os.path.join(HERE, "programs")))
    programs = [os.path.join(HERE, "programs", p) for p in programs] + [os.path.join(ROOT, "examples/nbody.go")]
    tmp = tempfile.mkdtemp()
    ratios, memory, c_ratios, bars = {}, [], [], []
    print(f"{'program':<16}{'group':<12}{'Go s':>8}{'gosubc s':>10}{'ratio':>8}{'Go MiB':>9}{'gosubc MiB':>12}{'kB':>12}{'build s':>12}{'C / gosubc':>12}")
    for path in programs:
        name, group = os.path.basename(path)[:-3], group_of(path)
        if names and name not in names and group not in names:
            continue
        ours, theirs = os.path.join(tmp, name), os.path.join(tmp, name + "-go")
        builds = [timed_build([compiler, "build", "-o", exe, path])
                  for compiler, exe in ((GOSUBC, ours), (go, theirs))]
        extra = ["5000000"] if name == "nbody" else []
        best = {ours: math.inf, theirs: math.inf}
        peak = dict(best)
        out = {}
        for _ in range(RUNS):
            for exe in (ours, theirs):
                t, m, out[exe], code = measured([exe, *extra])
                if code:
                    sys.exit(f"{exe}: exit {code}\n{out[exe].decode()}")
                best[exe], peak[exe] = min(best[exe], t), min(peak[exe], m)
        if out[ours] != out[theirs]:
            sys.exit(f"{name}: outputs differ:\n{out[ours].decode()}\n{out[theirs].decode()}")
        ratio = best[theirs] / best[ours]
        ratios.setdefault(group, []).append(ratio)
        memory.append(peak[ours] / peak[theirs])
        bars.append((group, name, ratio))
        c = against_c(name, ours, tmp)
        if c:
            c_ratios.append(c)
        size = "/".join(str(os.path.getsize(e) // 1000) for e in (ours, theirs))
        seconds = "/".join(f"{b:.2f}" for b in builds)
        print(f"{name:<16}{group:<12}{best[theirs]:>8.3f}{best[ours]:>10.3f}{ratio:>8.2f}{peak[theirs]:>9.1f}{peak[ours]:>12.1f}"
              f"{size:>12}{seconds:>12}{f'{c:.2f}' if c else '':>12}", flush=True)
    for group, list_ in sorted(ratios.items()):
        print(f"{'mean of ' + group:<46}{mean(list_):>8.2f}")
    if ratios:
        print(f"{'mean':<46}{mean([r for l in ratios.values() for r in l]):>8.2f}")
        print(f"{'mean of peak memory, gosubc / Go':<46}{mean(memory):>8.2f}")
    if c_ratios:
        print(f"{'mean of C / gosubc':<46}{mean(c_ratios):>8.2f}")
    if svg:
        with open(svg, "w") as f:
            f.write(chart.draw("Processor seconds, Go 1.27.3 / gosubc: more is better, 1 is Go", bars))
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
