"""Controls by their names, and the command line beside the window."""

import os
import subprocess

from by_keyboard import ByKeyboard
from sitting import accessibility, expect, wait_until


class ByName(ByKeyboard):
    """A sitting that finds controls by the names that a screen reader hears."""

    # Between the name of a control and its value or kind.
    AFTER_NAME = ": "

    def says(self, words):
        """The first node whose name has these words in it."""
        def fits(node):
            node.clear_cache()
            return words in node.name
        return self.seen.first(fits)

    def is_named(self, node, name):
        """True for the name alone, and where it begins one that goes on with its value or kind."""
        return node.name == name or node.name.startswith(name + self.AFTER_NAME)

    def press(self, name):
        accessibility.press(wait_until(name, lambda: self.pressable(name)))

    def pressable(self, name):
        """The first control of a name that takes a press."""
        return self.seen.first(lambda node: self.is_named(node, name) and accessibility.can_be_pressed(node))

    def command(self, *arguments):
        """The answer of the command line about the files of this program."""
        env = {**os.environ, "SETPOINT_URL": self.url, "SETPOINT_TOKEN": self.token}
        done = subprocess.run([self.binary, *arguments], capture_output=True, text=True, timeout=30, check=False, env=env)
        expect(done.returncode == 0, done.stderr)
        return done.stdout
