#!/usr/bin/env python3
"""Looks at the service for guide_curl.sh, without curl and without the program's own code.

Usage: server.py URL find COLLECTION NAME     the path of a structure or device
       server.py URL put PATH JSON            a write that has to be accepted
       server.py URL wait PATH JSON           waits until the value is that
       server.py URL same JSON JSON           whether an echo is the JSON that was written
       server.py URL error TEXT ANCHOR JSON   whether this is the service's error body
       server.py URL lines FILE COUNT         waits until a file has so many lines
       server.py URL stream FILE NAME         whether this is an event stream that ends with a name

The token is read from SETPOINT_TOKEN. What is wrong is told, with exit code 1.
"""

import json
import os
import sys
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from checks import Failed, expect, wait_until  # noqa: E402
from service import Service  # noqa: E402


def find(service, collection, name):
    """Devices are known by the room they are in, structures by their name."""
    key = "name" if collection == "structures" else "where_name"
    for found, fields in sorted(service.read(collection).items()):
        if fields.get(key) == name:
            print(f"{collection}/{found}")
            return
    raise Failed(f"no {name} in {collection}")


def put(service, path, body):
    service.write(path, json.loads(body))


def wait(service, path, value):
    service.wait_for(path, json.loads(value))


def same(_service, wanted, got):
    expect(json.loads(wanted) == json.loads(got), f"echoed {got} instead of {wanted}")


def error(_service, text, anchor, body):
    fields = json.loads(body)
    expect(fields.get("error") == text, f"the error is {fields.get('error')!r}")
    expect(fields.get("message") == text, f"the message is {fields.get('message')!r}")
    expect(str(fields.get("type")).endswith("#" + anchor), f"the type is {fields.get('type')!r}")
    uuid.UUID(fields.get("instance"))


def lines(_service, path, count):
    def enough():
        with open(path, "rb") as file:
            return file.read().count(b"\n") >= int(count)

    wait_until(f"{count} lines", enough, 5)


def stream(_service, path, name):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    began = text.splitlines()
    expect(began[0] == "event: put", f"the first line is {began[0]!r}")
    # An event ends with an empty line; what follows the last one is not whole.
    events = [dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
              for block in text.split("\n\n")[:-1]]
    puts = [json.loads(event["data"]) for event in events if event.get("event") == "put"]
    expect(len(puts) >= 2, f"{len(puts)} puts instead of at least 2")
    for put_ in puts:
        expect(put_["path"] == "/", f"a put for the path {put_['path']!r}")
        expect({"devices", "structures", "metadata"} <= put_["data"].keys(), "not the whole home")
    names = [structure["name"] for structure in puts[-1]["data"]["structures"].values()]
    expect(names == [name], f"the last put has {names}")


def main():
    actions = {act.__name__: act for act in (find, put, wait, same, error, lines, stream)}
    if len(sys.argv) < 3 or sys.argv[2] not in actions:
        sys.exit(__doc__)
    service = Service(sys.argv[1], os.environ["SETPOINT_TOKEN"])
    try:
        actions[sys.argv[2]](service, *sys.argv[3:])
    except (Failed, RuntimeError, ValueError, TypeError, KeyError, OSError) as err:
        sys.exit(str(err))


if __name__ == "__main__":
    main()
