"""A Works with Nest server that treats writes badly and keeps a list of what it did.

Three thermostats whose labels can be written. A write is refused, dropped before or after it is applied,
answered with an error after it was applied, answered late, or done; streams break off every few seconds.
The list is what the records of the program are compared with.
"""

import json
import random
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NAMES = {"hall": "Hallway", "bed": "Bedroom", "attic": "Attic"}
# Of a hundred writes, so many fare so.
FATES = [("well", 52), ("dropped before", 9), ("dropped after", 9), ("500 after", 7), ("503 before", 6),
         ("refused", 5), ("late", 7), ("shown late", 5)]


class Flaky(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, seed):
        super().__init__(("127.0.0.1", 0), Answers)
        self.random = random.Random(seed)
        self.lock = threading.Condition()
        self.labels = {key: "" for key in NAMES}
        self.version = 0
        self.is_calm = False
        # Seconds that every write is put off for.
        self.asks_to_wait = None
        # Each write that came, and each that was applied, in order.
        self.came, self.applied = [], []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def fate(self):
        with self.lock:
            if self.is_calm:
                return "well"
            words, weights = zip(*FATES)
            return self.random.choices(words, weights)[0]

    def document(self):
        thermostat = {"structure_id": "s", "is_online": True, "can_heat": True, "hvac_mode": "heat",
                      "target_temperature_c": 20.0, "target_temperature_f": 68, "has_fan": True,
                      "temperature_scale": "C", "ambient_temperature_c": 19.5, "ambient_temperature_f": 67}
        thermostats = {key: {"device_id": key, "name": name, "label": self.labels[key], **thermostat}
                       for key, name in NAMES.items()}
        structure = {"structure_id": "s", "name": "Mill Lane", "away": "home", "thermostats": list(NAMES)}
        return {"devices": {"thermostats": thermostats}, "structures": {"s": structure}}

    def apply(self, key, label, shown=True):
        with self.lock:
            self.labels[key] = label
            self.applied.append(label)
            if shown:
                self.show()

    def show(self):
        with self.lock:
            self.version += 1
            self.lock.notify_all()

    def handle_error(self, request, client_address):
        """A client that hangs up in the middle is everyday life here."""


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if "event-stream" in (self.headers.get("Accept") or ""):
            self.stream()
        else:
            self.say(200, self.server.document())

    def do_PUT(self):
        server = self.server
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        key, label = self.path.rstrip("/").rsplit("/", 1)[1], body.get("label")
        if key not in NAMES or label is None:
            self.say(400, {"error": "Not Writable", "message": "No write permission(s) for field(s)"})
            return
        with server.lock:
            server.came.append(label)
        if server.asks_to_wait is not None:
            self.say(429, {"error": "blocked", "message": "blocked"}, {"Retry-After": server.asks_to_wait})
            return
        fate = server.fate()
        if fate in ("dropped before", "503 before", "refused"):
            if fate == "dropped before":
                self.hang_up()
            else:
                status = 503 if fate == "503 before" else 400
                self.say(status, {"error": "no", "message": "not this time"})
            return
        if fate == "late":
            time.sleep(server.random.uniform(1, 6))
        server.apply(key, label, shown=fate != "shown late")
        if fate == "shown late":
            threading.Timer(server.random.uniform(4, 15), server.show).start()
        if fate == "dropped after":
            self.hang_up()
        elif fate == "500 after":
            self.say(500, {"error": "oops", "message": "an error"})
        else:
            self.say(200, {"label": label})

    def stream(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        server = self.server
        ends = time.monotonic() + server.random.uniform(4, 14)
        seen = None
        while server.is_calm or time.monotonic() < ends:
            with server.lock:
                if seen == server.version:
                    server.lock.wait(1)
                is_new, seen = seen != server.version, server.version
                document = server.document() if is_new else None
            if is_new:
                event = json.dumps({"path": "/", "data": document})
                self.wfile.write(f"event: put\ndata: {event}\n\n".encode())
            else:
                self.wfile.write(b"event: keep-alive\ndata: null\n\n")
            self.wfile.flush()
        self.hang_up()

    def say(self, status, value, headers=None):
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, text in (headers or {}).items():
            self.send_header(name, str(text))
        self.end_headers()
        self.wfile.write(data)

    def hang_up(self):
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def log_message(self, *_):
        """Nothing."""
