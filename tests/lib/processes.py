"""Starting programs for a test, and ending exactly those."""

import json
import os
import signal
import subprocess
import sys
import threading


class Processes:
    """A block in which programs run; at its end all of them are ended, the last first."""

    def __init__(self, logs):
        self._logs = logs
        self._running = []

    def __enter__(self):
        # Being told to end must end the programs too: the signal becomes an ordinary exit.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        return self

    def __exit__(self, *_):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for process in reversed(self._running):
            end(process)

    def log(self, name):
        """The file that takes what a program says."""
        return os.path.join(self._logs, f"{name}.log")

    def start(self, name, command, env=None, **options):
        """Starts a program; its standard error, and its output unless asked for, go to a log."""
        with open(self.log(name), "ab") as log:
            options.setdefault("stdout", log)
            options.setdefault("stdin", subprocess.DEVNULL)
            process = subprocess.Popen(command, stderr=log, env=env, **options)
        self._running.append(process)
        return process

    def start_server(self, name, command, seconds=20, env=None):
        """Starts a program that says where it listens in one line of JSON: (process, that)."""
        process = self.start(name, command, env=env, stdout=subprocess.PIPE)
        return process, first_line(process, name, seconds)


def first_line(process, name, seconds):
    """The first line of output, as JSON. A program that says nothing is not waited for forever."""
    lines = []
    reader = threading.Thread(target=lambda: lines.append(process.stdout.readline()), daemon=True)
    reader.start()
    reader.join(seconds)
    if not lines or not lines[0].strip():
        code = process.poll()
        state = "still runs" if code is None else f"ended with {code}"
        raise RuntimeError(f"{name} did not say within {seconds} s where it listens; it {state}")
    return json.loads(lines[0])


def end(process, seconds=5):
    """Asks a program to end, and makes it end when it does not. Returns its exit code."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(seconds)
    if process.stdout and not process.stdout.closed:
        process.stdout.close()
    return process.returncode
