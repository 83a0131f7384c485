"""Reads a Works with Nest server without any of the program's own code.

Redirects are followed by hand and only to loopback, so what is read comes from the server under
test and the token goes nowhere else.
"""

import http.client
import json
import urllib.parse

from checks import wait_until

TIMEOUT_SECS = 10
MAX_HOPS = 3


class Service:
    """One server and the token for it."""

    def __init__(self, url, token):
        self.url = url.rstrip("/")
        self._token = token

    def exchange(self, method, path, body=None):
        """One request with every 307 followed: (status, text of the body)."""
        url = self.url + "/" + path.lstrip("/")
        data = None if body is None else json.dumps(body).encode()
        for _ in range(MAX_HOPS + 1):
            status, location, text = self._once(method, url, data)
            if status != 307:
                return status, text
            url = urllib.parse.urljoin(url, location)
        raise RuntimeError(f"more than {MAX_HOPS} redirects for {path}")

    def _once(self, method, url, data):
        parts = urllib.parse.urlsplit(url)
        if parts.scheme != "http" or parts.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise RuntimeError(f"led away from loopback, to {parts.scheme}://{parts.netloc}")
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=TIMEOUT_SECS)
        try:
            target = parts.path + ("?" + parts.query if parts.query else "")
            headers = {"Authorization": f"Bearer {self._token}"}
            if data is not None:
                headers["Content-Type"] = "application/json"
            connection.request(method, target, data, headers)
            response = connection.getresponse()
            return response.status, response.getheader("Location"), response.read().decode()
        finally:
            connection.close()

    def read(self, path):
        """The value at a path; None where there is none."""
        status, text = self.exchange("GET", path)
        if status == 404:
            return None
        if status != 200:
            raise RuntimeError(f"GET {path} answered {status}: {text}")
        return json.loads(text)

    def write(self, path, body):
        """A write that has to be accepted."""
        status, text = self.exchange("PUT", path, body)
        if status != 200:
            raise RuntimeError(f"PUT {path} answered {status}: {text}")
        return json.loads(text)

    def wait_for(self, path, value, seconds=5.0):
        """Waits until the value at a path is this one, or answers true when it is a function."""
        is_it = value if callable(value) else lambda got: got == value
        last = [None]

        def look():
            last[0] = self.read(path)
            return is_it(last[0])

        try:
            wait_until(f"{path} on the server", look, seconds)
        except Exception as err:
            wanted = "" if callable(value) else f"wanted {value!r}, "
            raise type(err)(f"{err}; {wanted}it is {last[0]!r}") from None

    def device(self, kind, where_name):
        """(id, fields) of a device, by the name of the room it is in."""
        for device_id, fields in sorted((self.read(f"devices/{kind}") or {}).items()):
            if fields.get("where_name") == where_name:
                return device_id, fields
        raise RuntimeError(f"no {where_name} among the {kind}")
