"""Runs a command with a terminal of its own as its output, and prints what it wrote there."""
import pty
import sys

pty.spawn(sys.argv[1:])
