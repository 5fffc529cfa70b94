"""exits.py CODE COMMAND...: runs the command; succeeds when it exits with CODE."""
import subprocess
import sys

want = int(sys.argv[1])
got = subprocess.run(sys.argv[2:]).returncode
if got != want:
    sys.exit(f"exit code {got}, want {want}: {' '.join(sys.argv[2:])}")
