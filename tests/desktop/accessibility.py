"""The program as a screen reader has it: its tree of named things, and what can be done to them.

Runs with the system's python3, whose pyatspi talks to the accessibility bus.
"""

import os
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402  after the version is chosen
import pyatspi  # noqa: E402

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from checks import Failed, Over, wait_until  # noqa: E402

# A program that hangs must not hang who looks at it; and more than this in a tree is a mistake.
ANSWER_MS, START_MS = 3000, 15000
MOST_NODES = 5000


class Program:
    """The accessible side of one running process."""

    def __init__(self, process):
        Atspi.set_timeout(ANSWER_MS, START_MS)
        self._process = process
        self._application = None

    def _find_application(self):
        code = self._process.poll()
        if code is not None:
            raise Over(f"it ended with {code}")
        desktop = pyatspi.Registry.getDesktop(0)
        for index in range(desktop.childCount):
            application = desktop.getChildAtIndex(index)
            if application and application.get_process_id() == self._process.pid:
                return application
        return None

    def appear(self, seconds=30):
        """Waits for the program on the bus and for a frame of it; returns the frame."""
        self._application = wait_until("the program on the accessibility bus",
                                       self._find_application, seconds)
        return wait_until("a frame of the program", lambda: self.find(pyatspi.ROLE_FRAME), seconds)

    def all(self):
        """Every node there is now, parents before their children."""
        # Without its events nobody keeps the library's own copy true, so it is thrown away.
        self._application.clear_cache()
        waiting, seen = [self._application], 0
        while waiting and seen < MOST_NODES:
            node = waiting.pop()
            if node is None:
                continue
            seen += 1
            yield node
            waiting.extend(node.getChildAtIndex(i) for i in reversed(range(node.childCount)))

    def find(self, role, name="", exact=True):
        """The first node of a role whose name is, or begins with, this; None when there is none."""
        for node in self.all():
            if node.getRole() == role and (
                    not name or node.name == name or (not exact and node.name.startswith(name))):
                return node
        return None

    def slider(self, name):
        """The slider of that name, or None."""
        return self.find(pyatspi.ROLE_SLIDER, name)

    def button(self, beginning):
        """The button whose name begins so, or None."""
        return self.find(pyatspi.ROLE_PUSH_BUTTON, beginning, exact=False)

    def outline(self):
        """The whole tree as text, for when something is not found in it."""
        lines = []
        for node in self.all():
            try:
                value = f" = {node.queryValue().currentValue:g}"
            except NotImplementedError:
                value = ""
            lines.append(f"{node.getRoleName()}: {node.name}{value}")
        return "\n".join(lines)


def press(node):
    """Does what a node offers first: for a button, pressing it."""
    if not node.queryAction().doAction(0):
        raise Failed(f"{node.name!r} would not be pressed")


def value(node):
    """(now, lowest, highest) of a slider."""
    number = node.queryValue()
    return number.currentValue, number.minimumValue, number.maximumValue


def set_value(node, new):
    """Moves a slider the way assistive technology does."""
    node.queryValue().currentValue = new


def extents(node):
    """(x, y, width, height) on the screen."""
    box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    return box.x, box.y, box.width, box.height
