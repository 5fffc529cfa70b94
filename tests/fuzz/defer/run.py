#!/usr/bin/env python3
"""Runs random programs (gen.py) through Go and gosubc and compares what they print and how they end.

Usage: run.py [--count N] [--start SEED] [--batch N] [--go EXE] [--gosubc EXE] [--modes LIST] [--keep DIR] [--recorded] [--record]

A batch of programs is one executable for each compiler and mode; it runs the programs one by one, each in a goroutine,
and is started again behind a program that ended it. What is compared for every single program: its standard output, and if it
ended the process the exit code and its standard error without addresses, arguments and goroutine numbers: panic texts and the
functions and lines of the traceback. The modes are O2 and O0, alone and with open-coded, then also stack-allocated
defers switched off; O2 always runs, the others take turns unless --modes names them.

A difference is shrunk: statements are taken away as long as it stays. --recorded compares with the results of Go that
--record wrote to recorded.txt instead of running Go (hashes of each program's results).
"""
import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

import gen

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
MODES = {
    "O2": [],
    "O2-stack": ["-d=nodeferopen"],
    "O2-heap": ["-d=nodeferopen,nodeferstack"],
    "O0": ["-O0"],
    "O0-stack": ["-O0", "-d=nodeferopen"],
    "O0-heap": ["-O0", "-d=nodeferopen,nodeferstack"],
}
RECORDED = os.path.join(HERE, "recorded.txt")


def build(args, cwd):
    p = subprocess.run(args, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return p.stdout.decode("utf-8", "replace") if p.returncode else None


def write(programs, folder):
    shutil.copy(os.path.join(HERE, "prelude.go"), folder)
    with open(os.path.join(folder, "go.mod"), "w") as f:
        f.write("module fuzz\n\ngo 1.27\n")
    with open(os.path.join(folder, "programs.go"), "w") as f:
        f.write(gen.file_of(programs))


def normal(err):
    """Standard error without what may differ: addresses, arguments, numbers of goroutines, paths."""
    lines = []
    for line in err.split("\n"):
        if line.startswith("\t") and ".go:" in line or line.startswith("\truntime/"):
            line = re.sub(r" \+0x[0-9a-f]+$", "", line)
            if lines and lines[-1] == "panic(...)":
                continue
            if re.match(r"\t.*/src/", line):
                line = "\tstd"
            line = re.sub(r"^\t.*/", "\t", line)
        elif re.match(r"\[signal ", line):
            # Which of an object's fields is touched first is the compiler's choice.
            line = re.sub(r"addr=0x[0-9a-f]+ pc=0x[0-9a-f]+", "", line)
        else:
            line = re.sub(r"^(goroutine|created by .* in goroutine) \d+", r"\1 N", line)
            line = re.sub(r"^(panic: \(.*\)) 0x[0-9a-f]+", r"\1 ADDR", line)
            line = re.sub(r"^([\w./]+.*)\(.*\)$", r"\1(...)", line) if not line.startswith("panic: ") else line
            line = re.sub(r"0x[0-9a-f]{6,}", "ADDR", line)
        # Function literals in inlined functions: main.f.func1.func1 for main.f.func1.1, or main.f.1.
        line = re.sub(r"\.func(\d)", r".\1", line)
        if ".deferwrap" in line:
            # The wrapper of a deferred nil function: open-coded calls at a function's end do without.
            lines.append("deferwrap")
            continue
        if lines and lines[-1] == "deferwrap":
            lines.pop()
            continue
        lines.append(line)
    return "\n".join(lines)


def results(exe, seeds):
    """By seed: standard output, and exit code and error output where the program ended the process."""
    out = {}
    todo = list(seeds)
    while todo:
        try:
            p = subprocess.run([exe, str(todo[0]), str(todo[-1] + 1)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, timeout=60, env={"GOTRACEBACK": "single", "PATH": os.environ["PATH"]})
            code, text, err = p.returncode, p.stdout.decode("utf-8", "replace"), p.stderr.decode("utf-8", "replace")
        except subprocess.TimeoutExpired as e:
            code, text, err = "timeout", (e.stdout or b"").decode("utf-8", "replace"), ""
        last = None
        for piece in re.split(r"^== ", text, flags=re.M)[1:]:
            number, _, rest = piece.partition("\n")
            last = int(number)
            out[last] = [rest, None, ""]
        if last is None:
            out[todo[0]] = ["", code, err]
            todo = todo[1:]
            continue
        if code != 0:
            out[last] = [out[last][0], code, normal(err)]
        elif last != todo[-1]:
            out[last][1:] = ["ended early", ""]
        todo = [n for n in todo if n > last]
    return out


class Failure(Exception):
    pass


def run_with(compiler, flags, folder, name, seeds):
    exe = os.path.join(folder, name)
    text = build([*compiler, "build", *flags, "-o", exe, "."], folder)
    if text is not None:
        raise Failure(f"{name} does not compile:\n{text[:2000]}")
    return results(exe, seeds)


def hash_of(result):
    return hashlib.sha256(repr(result).encode()).hexdigest()[:16]


def shrink(program, fails):
    """Takes statements away while fails(program) holds."""
    changed = True
    while changed:
        changed = False
        stack = [program.decls] + [b for d in program.decls for b in d.blocks()]
        while stack:
            block = stack.pop(0)
            i = 0
            while i < len(block):
                node = block[i]
                if not node.keep and not (block is program.decls and ("0(a int)" in str(node.parts[0]) or "type" in str(node.parts[0]))):
                    del block[i]
                    if fails(program):
                        changed = True
                        continue
                    block.insert(i, node)
                    # The statement's insides in its place.
                    for inner in node.blocks():
                        if block is not program.decls and "defer" not in str(node.parts[0]) and "func" not in str(node.parts[0]):
                            block[i:i + 1] = inner
                            if fails(program):
                                changed = True
                                break
                            block[i:i + len(inner)] = [node]
                i += 1
            stack += [b for n in block for b in n.blocks()]


def kind_of(a, b):
    """What differs first, without numbers: so that shrinking stays with one mistake."""
    both = zip((a[0] + f"exit {a[1]}\n" + a[2]).splitlines() + [""], (b[0] + f"exit {b[1]}\n" + b[2]).splitlines() + [""])
    return next((tuple(re.sub(r"[0-9]+", "", s) for s in pair) for pair in both if pair[0] != pair[1]), None)


def difference(a, b):
    import difflib
    show = lambda r: (r[0] + f"exit {r[1]}\n" + r[2]).splitlines() if r else ["no result"]
    return "\n".join(list(difflib.unified_diff(show(a), show(b), "go", "gosubc", lineterm="", n=4))[:60])


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--count", type=int, default=1000)
    p.add_argument("--start", type=int, default=1)
    p.add_argument("--batch", type=int, default=100)
    p.add_argument("--go", default="go")
    p.add_argument("--gosubc", default=os.environ.get("GOSUBC", os.path.join(ROOT, "target/release/gosubc")))
    p.add_argument("--modes", default="")
    p.add_argument("--keep", help="folder for the smallest programs that differ")
    p.add_argument("--record", action="store_true")
    p.add_argument("--recorded", action="store_true")
    p.add_argument("--no-shrink", action="store_true")
    a = p.parse_args()
    if a.record or a.recorded:
        a.start, a.count, a.batch = 1, 40, 40
    recorded = {}
    if a.recorded:
        with open(RECORDED) as f:
            recorded = dict(line.split() for line in f if not line.startswith("#"))
    folder = tempfile.mkdtemp(prefix="fuzz-defer")
    others = [m for m in MODES if m != "O2"]
    bad = runs = 0
    try:
        for number, first in enumerate(range(a.start, a.start + a.count, a.batch)):
            seeds = range(first, min(first + a.batch, a.start + a.count))
            programs = [gen.Program(n) for n in seeds]
            write(programs, folder)
            want = None
            if not a.recorded:
                want = run_with([a.go], [], folder, "go.exe", seeds)
            if a.record:
                with open(RECORDED, "w") as f:
                    f.write("# Hashes of what Go 1.27.3 prints for each program and how it ends, by seed. Written by run.py --record.\n")
                    f.writelines(f"{n} {hash_of(want[n])}\n" for n in seeds)
                return
            modes = a.modes.split(",") if a.modes else ["O2", others[number % len(others)]]
            for mode in modes:
                got = run_with([a.gosubc], MODES[mode], folder, mode + ".exe", seeds)
                runs += len(seeds)
                for n in seeds:
                    if a.recorded:
                        same = recorded[str(n)] == hash_of(got.get(n))
                    else:
                        same = want.get(n) == got.get(n)
                    if not same:
                        bad += 1
                        print(f"seed {n}, {mode}: differs")
                        if want:
                            print(difference(want.get(n), got.get(n)))
                        if want and not a.no_shrink and bad <= 20:
                            report(a, n, mode)
                        sys.stdout.flush()
            print(f"seeds {first}..{seeds[-1]}: {' '.join(modes)}; {runs} runs, {bad} differ", flush=True)
    except Failure as e:
        sys.exit(str(e))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if bad else 0)


def report(a, n, mode):
    """Shrinks program n and prints it."""
    folder = tempfile.mkdtemp(prefix="shrink-defer")
    program = gen.Program(n)
    last, first = {}, {}

    def fails(program):
        write([program], folder)
        try:
            want = run_with([a.go], [], folder, "go.exe", [n])
            got = run_with([a.gosubc], MODES[mode], folder, "us.exe", [n])
        except Failure:
            return False
        if want == got or kind_of(want[n], got[n]) != first.setdefault("kind", kind_of(want[n], got[n])):
            return False
        # The lines of a traceback move with each statement taken away: any difference counts.
        last.update(want=want[n], got=got[n], source=gen.file_of([program]))
        return True

    if not fails(program):
        print("alone it does not differ")
    else:
        shrink(program, fails)
        print(program.render())
        print(difference(last["want"], last["got"]))
        if a.keep:
            keep = os.path.join(a.keep, f"seed{n}-{mode}")
            os.makedirs(keep, exist_ok=True)
            write([program], keep)
    shutil.rmtree(folder, ignore_errors=True)


main()
