#!/usr/bin/env python3
"""Compares which form each defer statement gets: `gosubc build -d=defer` against Go's `-gcflags=-d=defer`.

Usage: defers.py [--go EXE] [--gosubc EXE] [--tree DIR] [--no-tree] [--no-std] [FILTER...]

Looks at each file of Go's 1.19 test tree that has the word defer, and at each package of Go's own library source that
gosubc can compile as it stands. What either compiler rejects is counted, not compared. Statements that differ are listed with their reasons in defers.txt; what isn't listed, or listed and alike now, makes
the run fail.
"""
import argparse
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
LINE = re.compile(r"([^\s:]+\.go):(\d+):(?:\d+:)? (open-coded|stack-allocated|heap-allocated) defer")


def forms(text):
    """The set of (file, line, form)."""
    return {(os.path.basename(m[0]), int(m[1]), m[2]) for m in LINE.findall(text)}


def call(args, cwd, env=None):
    try:
        p = subprocess.run(args, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
                           env={**os.environ, **(env or {})})
        return p.returncode, p.stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return -1, ""


def words(path):
    with open(path, encoding="utf-8", errors="replace") as f:
        return f.read()


def listed():
    """The reasons by (file or package, file:line)."""
    with open(os.path.join(HERE, "defers.txt")) as f:
        lines = [line.split(None, 2) for line in f if not line.startswith("#")]
    return {(name, at): why.strip() for name, at, why in lines}


class Compare:
    def __init__(self, a):
        self.go, self.gosubc, self.tree, self.filters = a.go, os.path.abspath(a.gosubc), a.tree, a.filter
        self.same = self.statements = 0
        self.rejected, self.different = [], []
        self.listed, self.seen, self.done = listed(), set(), set()
        self.unlisted = 0

    def wanted(self, name):
        return not self.filters or any(f in name for f in self.filters)

    def file(self, path):
        """One file of the test tree: as a program, or as a package without its main."""
        name = os.path.relpath(path, self.tree)
        tmp = tempfile.mkdtemp(prefix="defers")
        try:
            shutil.copy(path, tmp)
            base = os.path.basename(path)
            # A -lang flag in the test's first lines is what it is compiled with.
            lang = re.search(r"-lang=(go[\d.]+)", words(path)[:400])
            with open(os.path.join(tmp, "go.mod"), "w") as f:
                f.write(f"module test\n\ngo {lang.group(1)[2:] if lang else '1.27'}\n")
            return self.compare(name, tmp, ["."], base)
        finally:
            shutil.rmtree(tmp, ignore_errors=True)

    def compare(self, name, tmp, go_args, files):
        code, text = call([self.go, "build", "-gcflags=-d=defer", "-o", os.path.join(tmp, "go.out"), *go_args], tmp)
        want = forms(text)
        if code != 0 and not want:
            return name, None, None
        args = [files] if isinstance(files, str) else files
        code, text = call([self.gosubc, "build", "-d=defer", "-error-format=short", "-emit=obj", "-o", os.path.join(tmp, "a.o"), *args], tmp)
        if code != 0:
            return name, None, None
        return name, want, forms(text)

    def package(self, p):
        """A package of the library, from Go's source, without its tests."""
        tmp = tempfile.mkdtemp(prefix="defers")
        try:
            files = [f for f in p["GoFiles"]]
            for f in files:
                shutil.copy(os.path.join(p["Dir"], f), tmp)
            code, text = call([self.go, "build", f"-gcflags={p['ImportPath']}=-d=defer", p["ImportPath"]], tmp)
            want = forms(text)
            code, text = call([self.gosubc, "build", "-d=defer", "-error-format=short", "-emit=obj", "-o", os.path.join(tmp, "a.o"), *files], tmp)
            if code != 0:
                return p["ImportPath"], None, None
            # Instances of other packages' generic functions have those packages' texts, which aren't the same here.
            return p["ImportPath"], *({s for s in side if s[0] in files} for side in (want, forms(text)))
        finally:
            shutil.rmtree(tmp, ignore_errors=True)

    def add(self, result):
        name, want, got = result
        if want is None:
            self.rejected.append(name)
            return
        self.statements += len(want | got)
        self.done.add(name)
        if want == got:
            self.same += 1
            return
        self.different.append(name)
        for f, n in sorted({d[:2] for d in want ^ got}):
            said = [" ".join(d[2] for d in side if d[:2] == (f, n)) or "nothing" for side in (want, got)]
            why = self.listed.get((name, f"{f}:{n}"))
            self.seen.add((name, f"{f}:{n}"))
            self.unlisted += why is None
            print(f"{name}: {f}:{n}: {said[0]} in Go, {said[1]} here: {why or 'NOT LISTED'}")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--go", default="go")
    p.add_argument("--gosubc", default=os.environ.get("GOSUBC", os.path.join(ROOT, "target/release/gosubc")))
    p.add_argument("--tree", default="/usr/share/go-1.19/test")
    p.add_argument("--no-tree", action="store_true")
    p.add_argument("--no-std", action="store_true")
    p.add_argument("--jobs", type=int, default=os.cpu_count())
    p.add_argument("filter", nargs="*")
    a = p.parse_args()
    c = Compare(a)
    work = []
    if not a.no_tree:
        for d, subs, files in os.walk(a.tree):
            subs.sort()
            for f in sorted(files):
                path = os.path.join(d, f)
                if f.endswith(".go") and c.wanted(os.path.relpath(path, a.tree)) and re.search(r"\bdefer\b", words(path)):
                    work.append((c.file, path))
    if not a.no_std:
        text = subprocess.run([a.go, "list", "-json=ImportPath,Dir,GoFiles", "std"], stdout=subprocess.PIPE, check=True).stdout.decode()
        decoder, at = json.JSONDecoder(), 0
        while at < len(text.rstrip()):
            pkg, end = decoder.raw_decode(text[at:].lstrip())
            at = len(text) - len(text[at:].lstrip()) + end
            files = [os.path.join(pkg["Dir"], f) for f in pkg.get("GoFiles", [])]
            if c.wanted(pkg["ImportPath"]) and any(re.search(r"\bdefer\b", words(f)) for f in files):
                work.append((c.package, pkg))
    with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
        for r in pool.map(lambda w: w[0](w[1]), work):
            c.add(r)
    print(f"{c.same} of {c.same + len(c.different)} files and packages alike ({c.statements} statements); "
          f"{len(c.rejected)} not compiled by one of the compilers")
    alike = [k for k in c.listed if k[0] in c.done and k not in c.seen]
    for name, at in alike:
        print(f"{name} {at}: alike now, remove it from defers.txt")
    sys.exit(1 if c.unlisted or alike else 0)


main()
