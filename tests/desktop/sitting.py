"""One sitting in front of the program: a simulated home, a recorder before it, and the window.

What the tests of this folder share, their main part included; importing this first lets them find
what all tests share. The service is read without the recorder: what it has is not
what the recorder thinks.
"""

import argparse
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from checks import Checks, Failed, expect, wait_until  # noqa: E402
from processes import Processes  # noqa: E402
from service import Service  # noqa: E402
import accessibility  # noqa: E402
import window  # noqa: E402

TITLE = "Setpoint"
# A change that settles takes a second, and a machine under load a few more.
WRITE_SECS = 10
# Marks a step without which the rest means nothing, see Checks.run.
VITAL = True


def arguments(description):
    """What every test of this folder is told; one may ask for more."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--program", required=True, help="the setpoint binary")
    parser.add_argument("--out", required=True, help="the folder for pictures and logs")
    return parser


def run(kind):
    """The main part of a test: takes the steps of a kind of Sitting, and ends the program."""
    given = arguments(sys.modules[kind.__module__].__doc__).parse_args()
    try:
        with Processes(given.out) as processes:
            sitting = kind(given.program, given.out, processes)
            checks = Checks(on_failure=sitting.failed)
            checks.run(sitting.steps())
            checks.finish()
    except Failed as err:
        sys.exit(str(err))


class Sitting:
    """The processes of one sitting, and the writes that came out of it."""

    def __init__(self, program, out, processes):
        self.binary = program
        self.out = out
        self.processes = processes
        self.record = os.path.join(out, "writes.jsonl")
        self.token = self.url = self.service = None
        self.process = self.seen = self.window = None
        self.expected = 0

    def start_service(self, *options):
        _, ready = self.processes.start_server("simulate", [
            self.binary, "simulate", "--listen", "127.0.0.1:0", "--seed", "1", *options])
        self.token = ready["token"]
        _, recorder = self.processes.start_server("recorder", [
            sys.executable, os.path.join(HERE, "recorder.py"),
            "--front", ready["url"], "--api", ready["api"], "--record", self.record])
        self.url = recorder["url"]
        self.service = Service(ready["url"], self.token)

    def open_window(self, env=None):
        """Starts the program and waits until a screen reader sees it."""
        self.process = self.processes.start("setpoint", [self.binary], env=env)
        seen = accessibility.Program(self.process)
        seen.appear()
        self.seen = seen
        self.window = wait_until("the window", lambda: window.find(self.process.pid, TITLE))

    def prefer(self, line):
        """Writes lines of settings, for the next start."""
        path = os.path.join(os.environ["HOME"], ".config", "setpoint", "settings.toml")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as settings:
            settings.write(line + "\n")

    def open_for_token(self):
        """The window on the service by the environment, without a keyring."""
        self.open_window({**os.environ, "SETPOINT_URL": self.url, "SETPOINT_TOKEN": self.token})

    def close_window(self):
        window.close(self.window)
        wait_until("the end of the program", lambda: self.process.poll() is not None)
        expect(self.process.returncode == 0, f"it ended with {self.process.returncode}")

    # Writes

    def writes(self):
        """The writes so far that reached the service; one that was only redirected is none."""
        if not os.path.exists(self.record):
            return []
        with open(self.record, encoding="utf-8") as file:
            return [write for write in map(json.loads, file) if write["status"] != 307]

    def wrote(self, path, body, on_the_way=()):
        """The next write is exactly this PUT. Nothing may come between: each write is expected
        once, so one too many is taken for the next and does not fit. Values on the way to this one are
        written as well where the machine is slow: a change that nobody goes on with is sent."""
        while self.is_on_the_way(path, on_the_way):
            self.expected += 1
        wait_until(f"PUT {path} {body}", lambda: len(self.writes()) > self.expected, WRITE_SECS)
        write = self.writes()[self.expected]
        self.expected += 1
        expect(write["method"] == "PUT", f"written by {write['method']}")
        expect(write["path"].rstrip("/") == path, f"written to {write['path']}, not {path}")
        if callable(body):
            body(write["body"])
        else:
            # As text, so that 70 is not 70.0.
            got, wanted = (json.dumps(part, sort_keys=True) for part in (write["body"], body))
            expect(got == wanted, f"written {got}, not {wanted}")
        expect(write["status"] == 200, f"answered {write['status']}")
        return write["body"]

    def is_on_the_way(self, path, values):
        """The next write is one of these."""
        if not values:
            return False
        wait_until(f"a PUT {path}", lambda: len(self.writes()) > self.expected, WRITE_SECS)
        return self.writes()[self.expected]["body"] in values

    def wrote_no_more(self):
        """Nothing beyond what was expected."""
        more = self.writes()[self.expected:]
        expect(not more, f"written as well: {json.dumps(more)}")

    # Looking

    def path(self, name):
        return os.path.join(self.out, name)

    def picture(self, name):
        """The window as it is now."""
        return window.picture(self.path(f"{name}.png"), self.window)

    def failed(self, check):
        """Keeps evidence, and lets the next check begin with the next write."""
        self.keep_evidence(check)
        self.expected = len(self.writes())

    def keep_evidence(self, check):
        """What helps to understand a failure: the screen, and what a screen reader sees of it."""
        name = "failed-" + "".join(c if c.isalnum() else "-" for c in check)
        for keep in (lambda: window.picture(self.path(f"{name}.png")), lambda: self.keep_tree(name)):
            try:
                keep()
            except Exception as err:  # evidence is a help, not a check
                print(f"      (not kept: {err})", flush=True)

        if self.process and self.process.poll():
            print(f"      The program ended with {self.process.returncode}. The end of its log:")
            with open(self.processes.log("setpoint"), encoding="utf-8", errors="replace") as log:
                for line in log.read().replace(self.token, "(token)").splitlines()[-8:]:
                    print(f"      {line}", flush=True)

    def keep_tree(self, name):
        if self.seen and self.process.poll() is None:
            with open(self.path(f"{name}.txt"), "w", encoding="utf-8") as file:
                file.write(self.seen.outline() + "\n")
