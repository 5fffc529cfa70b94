#!/usr/bin/env python3
"""Runs Go's own test tree where it is installed, through gosubc.

Usage: run.py [--tree DIR] [--gosubc EXE] [--update] [--jobs N] [--list] [--stale] [--action A,B] [--under SETTINGS]...
              [--opt LEVEL] [--text REGEX] [FILTER...]

Each test's first lines say what to do with it (`// run`, `// compile`, `// errorcheck`, ...). Tests that
fail are compared with expected.txt, which names each failing test with its reason: a failure that is not
listed, or a listed test that passes, makes the run fail. --update rewrites the list (reasons that stand are kept).
With --under "GOMAXPROCS=1 GODEBUG=gcstress=1" each program that is run is run once more with these variables.
"""
import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
ACTIONS = ("run", "rundir", "runoutput", "compile", "compiledir", "build", "errorcheck", "errorcheckdir")
GROUPS = {"run": ("run", "rundir", "runoutput"), "compile": ("compile", "compiledir", "build"),
          "errorcheck": ("errorcheck", "errorcheckdir")}
# How expected.txt marks errorcheck tests that the installed Go fails, too.
STALE = "stale: "


def find_tests(tree):
    for d, subs, files in os.walk(tree):
        subs.sort()
        subs[:] = [s for s in subs if not s.endswith(".dir") and s not in ("codegen", "bench")]
        for f in sorted(files):
            if f.endswith(".go"):
                yield os.path.relpath(os.path.join(d, f), tree)


class Skip(Exception):
    pass


def directive(text):
    """Action and arguments; raises Skip where the test is for other systems."""
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("//go:build"):
            expr = line[len("//go:build"):]
            names = re.sub(r"[\w.]+", lambda m: str(m.group() in
                ("linux", "amd64", "gc", "unix", "cgo") or m.group().startswith("go1.")), expr)
            names = names.replace("!", " not ").replace("&&", " and ").replace("||", " or ")
            if not eval(names):
                raise Skip("other system")
            continue
        if not line or line.startswith("// +build"):
            continue
        if not line.startswith("// "):
            raise Skip("no action")
        words = line[3:].split()
        if not words or words[0] not in ACTIONS:
            raise Skip("no action" if not words else words[0])
        return words[0], words[1:]
    raise Skip("no action")


class Runner:
    def __init__(self, tree, gosubc, actions=ACTIONS, ask_go=False, under=(), opt=None, text=None):
        self.tree, self.gosubc, self.actions, self.ask_go, self.under = tree, gosubc, actions, ask_go, under
        self.opt = [f"-O{opt}"] if opt else []
        self.wanted = re.compile(text or "")
        self.unfinished = []

    def call(self, args, cwd, timeout=120, env=None):
        try:
            p = subprocess.run(args, cwd=cwd, env=dict(os.environ, **(env or {})), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, timeout=timeout)
            return p.returncode, p.stdout.decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            return -1, "timeout"

    def flags(self, args):
        """gc's flags that mean something here; raises Skip for those that test gc's insides."""
        out = []
        for a in args:
            if not a.startswith("-"):
                continue
            if a.startswith("-lang="):
                out.append(a)
            elif a.startswith(("-goexperiment", "-race", "-m", "-d=", "-live", "-asmhdr", "-+", "-smallframes", "-0")):
                raise Skip("gc flag " + a)
        return out

    def test(self, name):
        path = os.path.join(self.tree, name)
        with open(path, encoding="utf-8", errors="replace") as f:
            text = f.read()
        try:
            if not self.wanted.search(text + self.folder_text(path)):
                raise Skip("not wanted")
            action, args = directive(text)
            if action not in self.actions:
                raise Skip("other action")
            flags = self.flags(args)
        except Skip as e:
            return name, None, "skip", str(e)
        sequential = not re.search(r"\bgo\s+(func\b|[\w.]+\()|\bselect\s*\{", text)
        tmp = tempfile.mkdtemp(prefix="conf")
        try:
            ok, why = getattr(self, action)(path, args, flags, tmp)
            if not ok and self.ask_go and action in GROUPS["errorcheck"] and self.stale(path, action, flags, tmp):
                why = STALE + why
        except Skip as e:
            return name, action, "skip", str(e)
        except Exception as e:
            ok, why = False, f"runner: {e}"
        finally:
            shutil.rmtree(tmp, ignore_errors=True)
        return name, action, ("pass" if ok else "fail"), (why, sequential)

    def folder_text(self, path):
        """All of a .dir folder's files, as far as --text needs them."""
        d = path[:-3] + ".dir"
        if not self.wanted.pattern or not os.path.isdir(d):
            return ""
        return "".join(open(os.path.join(d, f), encoding="utf-8", errors="replace").read() for f in os.listdir(d) if f.endswith(".go"))

    def build(self, path, args, flags, tmp, out=None, files=None):
        exe = out or os.path.join(tmp, "a.exe")
        code, text = self.call([self.gosubc, "build", *self.opt, "-error-format=short", "-o", exe, *flags,
                                *(files or [os.path.basename(path)])], os.path.dirname(path))
        return code == 0, first_line(text)

    def execute(self, path, args, cwd, timeout=60):
        """Runs a program as it is and under each of the settings."""
        for settings in ("", *self.under):
            env = dict(s.split("=", 1) for s in settings.split())
            code, text = self.call(args, cwd, timeout, env)
            if text == "timeout" and "gcstress" in settings:
                # A collection at every allocation: nobody knows how long that takes.
                self.unfinished.append(os.path.relpath(path, self.tree))
                continue
            ok, why = self.golden(path, code, text)
            if not ok:
                return False, f"with {settings}: {why}" if settings else why
        return True, ""

    def golden(self, path, code, text):
        want = path[:-3] + ".out"
        if code != 0:
            return False, f"exit {code}: {first_line(text)}"
        if os.path.exists(want):
            with open(want, encoding="utf-8", errors="replace") as f:
                if f.read() != text:
                    return False, "output differs"
        return True, ""

    def run(self, path, args, flags, tmp):
        exe = os.path.join(tmp, "a.exe")
        rest = [a for a in args if not a.startswith("-")]
        files = [os.path.basename(path)] + [a for a in rest if a.endswith(".go")]
        ok, why = self.build(path, args, flags, tmp, exe, files)
        if not ok:
            return False, why
        return self.execute(path, [exe] + [a for a in rest if not a.endswith(".go")], os.path.dirname(path))

    def runoutput(self, path, args, flags, tmp):
        files = [os.path.basename(path)] + [a for a in args if a.endswith(".go")]
        ok, why = self.build(path, args, flags, tmp, None, files)
        if not ok:
            return False, why
        code, text = self.call([os.path.join(tmp, "a.exe")], os.path.dirname(path))
        if code != 0:
            return False, f"exit {code}: {first_line(text)}"
        gen = os.path.join(tmp, "gen.go")
        with open(gen, "w") as f:
            f.write(text)
        exe = os.path.join(tmp, "b.exe")
        code, text = self.call([self.gosubc, "build", *self.opt, "-error-format=short", "-o", exe, gen], tmp, 300)
        if code != 0:
            return False, "generated: " + first_line(text)
        return self.execute(path, [exe], tmp, 300)

    def compile(self, path, args, flags, tmp):
        # gc's compile accepts packages of any name, and functions without a body where assembly may be.
        code, text = self.call([self.gosubc, "build", *self.opt, "-error-format=short", *flags,
                                "-emit=obj", "-o", os.path.join(tmp, "a.o"), os.path.basename(path)], os.path.dirname(path))
        return code == 0, first_line(text)

    def packages(self, path, tmp):
        """The .dir folder as a module whose packages import each other by relative path."""
        d = path[:-3] + ".dir"
        work = os.path.join(tmp, "test")
        groups = {}
        for f in sorted(os.listdir(d)):
            if f.endswith(".s"):
                raise Skip("assembly")
            if not f.endswith(".go"):
                continue
            with open(os.path.join(d, f), encoding="utf-8", errors="replace") as h:
                text = h.read()
            m = re.search(r"^package\s+(\w+)", text, re.M)
            name = m.group(1) if m else f[:-3]
            groups.setdefault(name, []).append((f, text))
        base = os.path.basename(path)[:-3]
        for name, files in groups.items():
            # gc's driver takes a package's path from its first file's name.
            folder = work if name == "main" else os.path.join(work, files[0][0][:-3])
            os.makedirs(folder, exist_ok=True)
            for f, text in files:
                text = re.sub(r'(import\s+(?:[\w.]+\s+)?|^\s*(?:[\w.]+\s+)?)"(?:\./|test/)([\w/.-]+)"', r'\1"test/\2"', text, flags=re.M)
                with open(os.path.join(folder, f), "w", encoding="utf-8") as h:
                    h.write(text)
        with open(os.path.join(work, "go.mod"), "w") as h:
            h.write("module test\n\ngo 1.20\n")
        return work, base, groups

    def rundir(self, path, args, flags, tmp):
        work, _, groups = self.packages(path, tmp)
        exe = os.path.join(tmp, "a.exe")
        code, text = self.call([self.gosubc, "build", *self.opt, "-error-format=short", "-o", exe, *flags, "."], work)
        if code != 0:
            return False, first_line(text)
        return self.execute(path, [exe], work)

    def compiledir(self, path, args, flags, tmp):
        work, _, groups = self.packages(path, tmp)
        code, text = self.call([self.gosubc, "build", *self.opt, "-error-format=short", *flags, "./..."], work)
        return code == 0, first_line(text)

    def errors(self, args, cwd, files):
        """Lines of reported errors by (file, line), with their texts."""
        code, text = self.call([self.gosubc, "check", "-e", "-error-format=short", *args], cwd)
        got = self.by_line(text)
        if "internal compiler error" in text or code not in (0, 1):
            return None, first_line(text)
        return got, ""

    def by_line(self, text):
        got = {}
        for line in text.splitlines():
            m = re.match(r"(?:\./)?([^:\s]+\.go):(\d+)(?::\d+)?: (.*)", line)
            if m:
                got.setdefault((os.path.basename(m.group(1)), int(m.group(2))), []).append(m.group(3))
            elif line.startswith("\t") and got:
                list(got.values())[-1][-1] += "\n" + line
        return got

    def stale(self, path, action, flags, tmp):
        """Whether the installed Go, newer than the tree, fails an errorcheck test, too: its golden lines are
        of the old compiler."""
        env = dict(os.environ, GOTOOLCHAIN="local", GOFLAGS="", CGO_ENABLED="1")
        gcflags = " ".join(["-e", "-C"] + [f for f in flags if f.startswith("-lang=")])
        what, cwd, files = [os.path.basename(path)], os.path.dirname(path), [path]
        if action == "errorcheckdir":
            cwd, _, _ = self.packages(path, tmp)
            what = ["./..."]
            files = [os.path.join(d, f) for d, _, fs in os.walk(cwd) for f in fs if f.endswith(".go")]
        # The go command knows imports, the compiler alone reports what the go command would before it.
        tries = [["go", "build", "-gcflags=" + gcflags, "-o", os.path.join(tmp, "out") + os.sep, *what]]
        if action == "errorcheck":
            tries.append(["go", "tool", "compile", "-p=p", *gcflags.split(), "-o", os.path.join(tmp, "a.o"), *what])
        for args in tries:
            p = subprocess.run(args, cwd=cwd, env=env, capture_output=True, text=True, errors="replace",
                               stdin=subprocess.DEVNULL)
            if self.compare(self.by_line(p.stdout + p.stderr), files)[0]:
                return False
        return True

    def compare(self, got, files):
        want = {}
        for f in files:
            with open(f, encoding="utf-8", errors="replace") as h:
                for n, line in enumerate(h, 1):
                    if re.search(r"//\s*(GC_)?ERROR\s", line) or "// ERROR" in line or "// GC_ERROR" in line:
                        want[(os.path.basename(f), n)] = line
        missing = sorted(set(want) - set(got))
        extra = sorted(set(got) - set(want))
        if missing:
            return False, f"no error at {missing[0][0]}:{missing[0][1]}"
        if extra:
            return False, f"unexpected error at {extra[0][0]}:{extra[0][1]}: {got[extra[0]][0]}"
        return True, ""

    def errorcheck(self, path, args, flags, tmp):
        if any(a.startswith("-") and not a.startswith(("-lang=", "-C", "-e")) for a in args):
            raise Skip("gc flag " + " ".join(args))
        got, why = self.errors(flags + [os.path.basename(path)], os.path.dirname(path), [path])
        if got is None:
            return False, why
        return self.compare(got, [path])

    def errorcheckdir(self, path, args, flags, tmp):
        if any(a.startswith("-") for a in args):
            raise Skip("gc flag " + " ".join(args))
        work, _, _ = self.packages(path, tmp)
        got, why = self.errors(flags + ["./..."], work, [])
        if got is None:
            return False, why
        files = [os.path.join(d, f) for d, _, fs in os.walk(work) for f in fs if f.endswith(".go")]
        return self.compare(got, files)


def first_line(text):
    for line in text.splitlines():
        if line.strip():
            return line.strip()[:160]
    return ""


def read_expected(path):
    out = {}
    if os.path.exists(path):
        with open(path) as f:
            for line in f:
                line = line.rstrip("\n")
                if line and not line.startswith("#"):
                    name, _, reason = line.partition(" ")
                    out[name] = reason.strip()
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--tree", default="/usr/share/go-1.19/test")
    p.add_argument("--gosubc", default=os.path.join(ROOT, "target/release/gosubc"))
    p.add_argument("--update", action="store_true")
    p.add_argument("--jobs", type=int, default=os.cpu_count())
    p.add_argument("--list", action="store_true", help="print each failure")
    p.add_argument("--stale", action="store_true",
                   help="ask the installed go about each errorcheck test that fails: whether it fails there, too")
    p.add_argument("--under", action="append", default=[], metavar="SETTINGS", help="variables to run programs with once more")
    p.add_argument("--opt", help="optimisation level of the programs")
    p.add_argument("--text", help="only tests whose text matches")
    p.add_argument("--action", help="only tests of these actions, separated by commas")
    p.add_argument("filter", nargs="*")
    a = p.parse_args()
    if not os.path.isdir(a.tree):
        sys.exit(f"{a.tree} is missing: install Debian's golang-1.19-src")
    actions = tuple(a.action.split(",")) if a.action else ACTIONS
    runner = Runner(a.tree, os.path.abspath(a.gosubc), actions, a.stale, a.under, a.opt, a.text)
    names = [n for n in find_tests(a.tree) if not a.filter or any(f in n for f in a.filter)]
    with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
        results = list(pool.map(runner.test, names))
    expected_path = os.path.join(HERE, "expected.txt")
    expected = read_expected(expected_path)
    failures = {n: info[0] for n, act, status, info in results if status == "fail"}
    done = {n for n, act, status, _ in results if status in ("pass", "fail")}
    for group, actions in GROUPS.items():
        mine = [r for r in results if r[1] in actions and r[2] != "skip"]
        passed = sum(r[2] == "pass" for r in mine)
        seq = [r for r in mine if r[3] and r[3][1]] if mine else []
        seq_passed = sum(r[2] == "pass" for r in seq)
        if mine:
            print(f"{group}: {passed} of {len(mine)} pass ({100 * passed / len(mine):.1f} %); "
                  f"without goroutines {seq_passed} of {len(seq)} ({100 * seq_passed / max(1, len(seq)):.1f} %)")
        stale = [r[0] for r in mine if r[2] == "fail" and (r[3][0].startswith(STALE) or expected.get(r[0], "").startswith(STALE))]
        if stale:
            n = len(mine) - len(stale)
            print(f"{group}: {passed} of {n} ({100 * passed / n:.1f} %) without {len(stale)} that Go itself fails now")
    if runner.unfinished:
        print(f"not finished in time with gcstress: {len(runner.unfinished)}: {' '.join(sorted(set(runner.unfinished)))}")
    crashes = [n for n, why in failures.items() if "internal compiler error" in why or "panicked" in why]
    print(f"internal compiler errors: {len(crashes)}")
    if a.list:
        for n, why in sorted(failures.items()):
            print(f"{n}: {why}")
    if a.update:
        with open(expected_path) as f:
            notes = [line for line in f if line.startswith("#")]
        # What wasn't run keeps its line.
        listed = {n: why for n, why in expected.items() if n not in done} | failures
        with open(expected_path, "w") as f:
            f.writelines(notes)
            for n in sorted(listed):
                f.write(f"{n} {expected.get(n) or listed[n]}\n")
        return
    new = sorted(set(failures) - set(expected))
    fixed = sorted(n for n in expected if n in done and n not in failures)
    for n in new:
        print(f"FAIL {n}: {failures[n]}")
    for n in fixed:
        print(f"passes now, remove from expected.txt: {n}")
    skipped = sum(r[2] == "skip" for r in results)
    print(f"{len(done) - len(failures)} passed, {len(new)} failed, {skipped + len(failures) - len(new)} skipped")
    sys.exit(1 if new or fixed else 0)


main()
