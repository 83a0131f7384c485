"""Checks that are counted and told one a line, and waiting that always ends."""

import sys
import time


class Failed(Exception):
    """What was expected did not come; the text says what came instead."""


class Over(Failed):
    """Failed, and waiting longer cannot help."""


def expect(condition, otherwise):
    """Fails with the text when the condition does not hold."""
    if not condition:
        raise Failed(otherwise)


def wait_until(what, look, seconds=10.0, every=0.1):
    """Looks again and again until `look` returns something true, and returns that.

    An error while looking counts as "not yet": a window may not be drawn, a server may not listen.
    The last one is told when the time is up.
    """
    end = time.monotonic() + seconds
    while True:
        seen = None
        try:
            found = look()
        except Over:
            raise
        except Exception as err:  # any: see above
            found, seen = None, f" (the last look: {type(err).__name__}: {err})"
        if found:
            return found
        if time.monotonic() >= end:
            raise Failed(f"{what}: not within {seconds:g} s{seen or ''}")
        time.sleep(every)


class Checks:
    """Runs named checks one after another, and remembers how they went."""

    def __init__(self, on_failure=None):
        self.passed = 0
        self.failed = 0
        self.on_failure = on_failure

    def check(self, name, action, *args, **kwargs):
        """One check: passes when `action` returns, fails when it raises. Returns its result."""
        try:
            result = action(*args, **kwargs)
        except Exception as err:  # whatever it was, the next check still runs
            self.failed += 1
            kind = "" if isinstance(err, Failed) else f"{type(err).__name__}: "
            print(f"FAIL  {name}: {kind}{err}", flush=True)
            if self.on_failure:
                self.on_failure(name)
            return None
        self.passed += 1
        print(f"ok    {name}", flush=True)
        return result

    def run(self, steps):
        """Checks one after another: (name, action), or (name, action, True) for one without which
        the rest means nothing; when that fails, the rest counts as failed and is not tried."""
        for number, (name, action, *vital) in enumerate(steps, 1):
            before = self.failed
            self.check(name, action)
            if vital and self.failed > before and number < len(steps):
                self.failed += len(steps) - number
                print(f"FAIL  the other {len(steps) - number}: not tried without this", flush=True)
                return

    def finish(self):
        """Prints the closing line; ends the program with 1 when anything failed or nothing ran."""
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed or not self.passed else 0)
