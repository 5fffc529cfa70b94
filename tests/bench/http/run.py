#!/usr/bin/env python3
"""Compares net/http servers: one program compiled by Go and by gosubc, both asked by the same client (load/, compiled by Go), in
alternating rounds. Prints requests per second, the servers' processor time per request and their memory after the first and
after the last round; an answer that is wrong or missing is an error. Usage: run.py GO [REQUESTS [CONNECTIONS]]"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
GOSUBC = os.environ.get("GOSUBC", os.path.join(ROOT, "target/release/gosubc"))
RUNS = int(os.environ.get("RUNS", "3"))


class Server:
    def __init__(self, exe):
        self.process = subprocess.Popen([exe], stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        self.rates, self.costs, self.memory = [], [], []

    def cpu(self):
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self):
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024

    def round(self, client, requests, connections):
        before = self.cpu()
        p = subprocess.run([client, self.address, str(requests), str(connections)], stdout=subprocess.PIPE, text=True)
        failed, seconds = p.stdout.split()
        if p.returncode or failed != "0":
            sys.exit(f"{failed} errors")
        self.rates.append(requests / float(seconds))
        self.costs.append((self.cpu() - before) / requests * 1e6)
        self.memory.append(self.resident())


def main():
    go = sys.argv[1]
    requests = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    connections = int(sys.argv[3]) if len(sys.argv) > 3 else 50
    with tempfile.TemporaryDirectory() as tmp:
        client = os.path.join(tmp, "load")
        exes = {name: os.path.join(tmp, name) for name in ("Go", "gosubc")}
        for args in ([go, "build", "-o", client, os.path.join(HERE, "load/main.go")],
                     [go, "build", "-o", exes["Go"], os.path.join(HERE, "server/main.go")],
                     [GOSUBC, "build", "-o", exes["gosubc"], os.path.join(HERE, "server/main.go")]):
            subprocess.run(args, check=True)
        servers = {name: Server(exe) for name, exe in exes.items()}
        try:
            for _ in range(RUNS):
                for s in servers.values():
                    s.round(client, requests, connections)
        finally:
            for s in servers.values():
                s.process.kill()
                s.process.wait()
    print(f"{requests} requests by {connections} connections, {RUNS} rounds, no errors")
    print(f"{'':8}{'requests/s':>12}{'CPU us':>9}{'MiB first':>11}{'last':>7}")
    for name, s in servers.items():
        print(f"{name:8}{max(s.rates):12.0f}{min(s.costs):9.2f}{s.memory[0]:11.1f}{s.memory[-1]:7.1f}")
    a, b = servers["Go"], servers["gosubc"]
    print(f"{'ratio':8}{max(b.rates) / max(a.rates):12.2f}{min(a.costs) / min(b.costs):9.2f}")


main()
