"""Runs a program at -O0, -O2 and -O3 and prints what it prints, if that is the same: levels.py gosubc prog.go [args]"""
import subprocess
import sys

gosubc, program, *args = sys.argv[1:]
seen = {}
for level in ("-O0", "-O2", "-O3"):
    done = subprocess.run(
        [gosubc, "run", level, program, *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    seen[level] = (done.returncode, done.stdout)
code, output = seen["-O0"]
for level, found in seen.items():
    if found != (code, output):
        sys.exit(f"{level} differs from -O0: exit code {found[0]}, not {code}\n{output}---\n{found[1]}")
print(output, end="")
sys.exit(code)
