"""Checks what the models of calculator.json say: python3 validator.py [port]"""

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def wanted(task):
    """The right result: of "6*7" the product, of {"result": 42} the double; None where there is none."""
    product = re.search(r"(\d+)\s*\*\s*(\d+)", task)
    if product:
        return int(product[1]) * int(product[2])
    before = re.search(r'"result"\s*:\s*(\d+)', task)
    return 2 * int(before[1]) if before else None


def said(text):
    """The first number that was said; None where there is none."""
    number = re.search(r"\d+", text)
    return int(number[0]) if number else None


class Validator(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/note":
            print(body["node"], "said", body["said"], flush=True)
            self.answer(204)
        elif said(body["result"]) is not None and said(body["result"]) == wanted(body["task"]):
            self.answer(200, {"result": said(body["result"])})
        else:
            self.answer(422, {"error": "the result is wrong"})

    def answer(self, status, body=None):
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8090
    print("checking at http://localhost:%d" % port, flush=True)
    ThreadingHTTPServer(("127.0.0.1", port), Validator).serve_forever()
