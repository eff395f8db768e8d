#!/usr/bin/env python3
"""Stands in for ollama, vllm and llama-server: by its first argument, and by the faults that $FAULTS names.

Writes what it was started with to $TOLD, a line for each start."""
import http.server
import json
import os
import signal
import subprocess
import sys
import time

name = sys.argv[1]
arguments = sys.argv[2:]
faults = os.environ.get("FAULTS", "").split(",")
told = os.environ["TOLD"]


def tell(line):
    with open(told, "a") as file:
        file.write(line + "\n")


def after(flag):
    return arguments[arguments.index(flag) + 1]


tell(" ".join([name, *arguments]))
if "token" in faults:
    tell("HF_TOKEN=" + os.environ.get("HF_TOKEN", ""))
if "crash" in faults:
    print("first words\nthe model is broken", flush=True)
    sys.exit(3)
if "crash-once" in faults and not os.path.exists(told + ".crashed"):
    open(told + ".crashed", "w").close()
    print("oh dear", flush=True)
    sys.exit(4)
if name == "ollama" and arguments[0] != "serve":
    if arguments[0] == "create":
        tell("made of " + json.dumps(open(after("-f")).read()))
    tell("at " + os.environ["OLLAMA_HOST"])
    sys.exit(0)
if "deaf" in faults:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "family" in faults:
    child = subprocess.Popen([sys.executable, "-c", "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)"])
    tell("child %d" % child.pid)
tell("pid %d" % os.getpid())
if "slow" in faults:
    while not os.path.exists(told + ".go"):
        time.sleep(0.01)
host, port = os.environ["OLLAMA_HOST"].split(":") if name == "ollama" else (after("--host"), after("--port"))


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        known = {
            "ollama": {"/api/version": {"version": "0"}, "/api/tags": {"models": [{"name": "there:latest"}]}},
            "vllm": {"/health": {}, "/v1/models": {"data": []}},
            "llama-server": {"/health": {"status": "ok"}},
        }[name]
        body = json.dumps(known.get(self.path, {})).encode()
        self.send_response(200 if self.path in known else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


print("listening", flush=True)
http.server.ThreadingHTTPServer((host, int(port)), Answers).serve_forever()
