#!/usr/bin/env python3
"""A server between the program and the service that writes down every write it sees.

It relays everything as it comes, event streams included. The service answers at two addresses:
its front, which redirects, and the one it redirects to. The recorder stands before both and
rewrites the redirect to its own second address, so that nothing passes it by.

Prints one line of JSON, {"url": ..., "api": ...}, when it listens. Each write becomes one line of
JSON in the file: time, method, path, body, status. A token is never written down.
"""

import argparse
import http.client
import json
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WRITES = ("PUT", "PATCH", "POST", "DELETE")
# Belong to one connection, not to what is carried over it.
NOT_RELAYED = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "host"}
# Longer than the half minute between the signs of life of a quiet stream.
UPSTREAM_TIMEOUT_SECS = 90


class Record:
    """The file of writes; one line each, also when several arrive at once."""

    def __init__(self, path):
        self._file = open(path, "a", encoding="utf-8")
        self._lock = threading.Lock()

    def add(self, entry):
        with self._lock:
            self._file.write(json.dumps(entry) + "\n")
            self._file.flush()


class Relay(BaseHTTPRequestHandler):
    """One request: sent on, its answer sent back."""

    protocol_version = "HTTP/1.1"

    def relay(self):
        began = time.time()
        self._headers_sent = False
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        upstream = http.client.HTTPConnection(self.server.upstream, timeout=UPSTREAM_TIMEOUT_SECS)
        try:
            response = self._ask(upstream, body)
            if self.command in WRITES:
                self._write_down(began, body, response.status)
            self._answer(response)
        except (OSError, http.client.HTTPException) as err:
            # Either side hung up. Once an answer has begun, closing is all that can be said.
            self.close_connection = True
            if not self._headers_sent:
                self.send_error(502, f"The service cannot be reached: {type(err).__name__}")
        finally:
            upstream.close()

    do_GET = do_HEAD = do_PUT = do_PATCH = do_POST = do_DELETE = do_OPTIONS = relay

    def _ask(self, upstream, body):
        upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        upstream.putheader("Host", self.server.upstream)
        for name, value in self.headers.items():
            if name.lower() not in NOT_RELAYED:
                upstream.putheader(name, value)
        upstream.endheaders(body or None)
        return upstream.getresponse()

    def _answer(self, response):
        length = response.getheader("Content-Length")
        self.send_response_only(response.status, response.reason)
        self._headers_sent = True
        for name, value in response.getheaders():
            if name.lower() == "location":
                value = self.server.moved(value)
            if name.lower() not in NOT_RELAYED:
                self.send_header(name, value)
        bodiless = self.command == "HEAD" or response.status in (204, 304)
        # Without a length the end of the connection is the end of the answer.
        if length is None and not bodiless:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        # read1 gives what is there instead of waiting for more: events pass when they happen.
        while not bodiless and (piece := response.read1(65536)):
            self.wfile.write(piece)
            self.wfile.flush()

    def _write_down(self, began, body, status):
        text = body.decode(errors="replace")
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ").strip()
        if token:
            text = text.replace(token, "(token)")
        path = urllib.parse.urlsplit(self.path).path  # a query may carry the token
        if path.startswith("/oauth2"):
            path, text = "/oauth2", "(sign-in)"  # both carry secrets
        try:
            written = json.loads(text)
        except ValueError:
            written = text
        self.server.record.add({
            "time": began, "method": self.command, "path": path, "body": written, "status": status,
        })

    def log_message(self, *_):
        """Nothing: the default line has the query in it."""


class Recorder(ThreadingHTTPServer):
    """One address on loopback, before one address of the service."""

    daemon_threads = True

    def __init__(self, upstream, record):
        super().__init__(("127.0.0.1", 0), Relay)
        self.upstream = urllib.parse.urlsplit(upstream).netloc
        self.record = record
        self.redirects = {}

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def moved(self, location):
        """A redirect to the service, as one to the recorder that stands before it."""
        parts = urllib.parse.urlsplit(location)
        here = self.redirects.get(parts.netloc)
        return location if here is None else parts._replace(netloc=here).geturl()

    def handle_error(self, request, client_address):
        """A client that hangs up in the middle is everyday life here."""


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--front", required=True, help="the address of the service")
    arguments.add_argument("--api", required=True, help="the address it redirects to")
    arguments.add_argument("--record", required=True, help="the file that takes the writes")
    given = arguments.parse_args()

    record = Record(given.record)
    front, api = Recorder(given.front, record), Recorder(given.api, record)
    redirects = {server.upstream: f"127.0.0.1:{server.server_port}" for server in (front, api)}
    for server in (front, api):
        server.redirects = redirects
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"url": front.url, "api": api.url}), flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
