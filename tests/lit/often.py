"""often.py EXIT EXE CHECKS: runs EXE until it ends with this code and FileCheck finds CHECKS in what it prints, but eight times at most.

For race detection, which finds a race that is there with good chances, not for sure: the sanitizer remembers
threads by numbers that it gives again.
"""
import subprocess
import sys

code, exe, checks = int(sys.argv[1]), sys.argv[2], sys.argv[3]
for _ in range(8):
    run = subprocess.run([exe], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    found = subprocess.run(["FileCheck", checks], input=run.stdout, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if run.returncode == code and found.returncode == 0:
        sys.exit(0)
print(f"exit code {run.returncode}")
sys.stdout.flush()
sys.stdout.buffer.write(found.stdout)
sys.exit(1)
