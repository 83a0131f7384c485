"""The program as a screen reader has it: its tree of named things, and what can be done to them.

Runs with the system's python3, whose pyatspi talks to the accessibility bus.
"""

import os
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  after the version is chosen
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
                # A control that opens gets an action, which the library would not notice; and of children
                # that came and went it keeps old ones in the places of others, even when told to forget.
                application.set_cache_mask(Atspi.Cache.NAME | Atspi.Cache.ROLE | Atspi.Cache.STATES)
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

    def those(self, fits):
        """All nodes that fit. A node may be gone before it is asked: then all are asked again."""
        for again in range(5):
            try:
                return [node for node in self.all() if fits(node)]
            except GLib.Error:
                time.sleep(0.05 * again)
        return [node for node in self.all() if fits(node)]

    def first(self, fits):
        """The first node that fits, or None."""
        return next(iter(self.those(fits)), None)

    def find(self, role, name="", exact=True):
        """The first node of a role whose name is, or begins with, this; None when there is none."""
        def fits(node):
            return node.getRole() == role and (
                not name or node.name == name or (not exact and node.name.startswith(name)))
        return self.first(fits)

    def slider(self, name):
        """The slider of that name, or None."""
        return self.find(pyatspi.ROLE_SLIDER, name)

    def button(self, beginning):
        """The button whose name begins so, or None."""
        return self.find(pyatspi.ROLE_PUSH_BUTTON, beginning, exact=False)

    def control(self, name):
        """What has this name and can have the focus, or None. Words beside a control have none."""
        return self.first(lambda node: node.name == name and is_focusable(node))

    def beginning(self, start):
        """The same by how the name begins, as that of a list ends with what is chosen."""
        return self.first(lambda node: node.name.startswith(start) and is_focusable(node))

    def focused(self):
        """What has the focus, deepest first; None when nothing has."""
        held = self.those(lambda node: has_state(node, pyatspi.STATE_FOCUSED))
        return held[-1] if held else None

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


def can_be_pressed(node):
    """Whether it offers anything to do."""
    try:
        return node.queryAction().nActions > 0
    except NotImplementedError:
        return False


def has_state(node, state):
    """Whether a node has a state, such as pyatspi.STATE_CHECKED, now."""
    return node.getState().contains(state)


def is_focusable(node):
    """Whether a node can have the focus."""
    return has_state(node, pyatspi.STATE_FOCUSABLE)


def is_on(node):
    """Whether a switch, or one of several, is the one that is on."""
    return any(has_state(node, state) for state in (
        pyatspi.STATE_CHECKED, pyatspi.STATE_PRESSED, pyatspi.STATE_SELECTED))


def text(node):
    """What stands in a text field."""
    content = node.queryText()
    return content.getText(0, content.characterCount)


def set_text(node, new):
    """Replaces what stands in a text field."""
    if not node.queryEditableText().setTextContents(new):
        raise Failed(f"{node.name!r} takes no text")


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
