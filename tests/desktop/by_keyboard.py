#!/usr/bin/env python3
"""The window by keyboard alone: Tab to a control, keys on it, and what was written.

Runs inside the session that tests/desktop/session.sh starts. Where the focus is, is read from the
accessibility bus and never counted; nothing is pressed or set over it. On the pages that matter a
full round of Tab has to pass every control, to come back, and to be visible at each stop.
"""

import subprocess
import time

from sitting import TITLE, VITAL, Sitting, run
from checks import Failed, expect, wait_until
import accessibility
from accessibility import GLib
import window

# More than any page has.
MOST_STOPS = 80
# A frame takes so long at most on a machine with six times as much to do as it can.
SLOW_SECS = 5
# A ring stands a little outside of what it is around.
RING = 6


# The words on buttons that stand beside each other, of which one is chosen.
OPTIONS = {"Heat", "Cool", "Heat · Cool", "Eco", "Off", "°C", "°F", "Home", "Away",
           "API", "Tree", "Simulator", "History", "Collections", "Day", "Week", "Month", "Year"}


def group_of(name):
    """The group of a button such as "Mode: Eco" that stands beside others; None for everything else."""
    group, separator, option = name.partition(": ")
    return group if separator and option in OPTIONS else None


class ByKeyboard(Sitting):
    """Keys, and what came out of them."""

    def start(self):
        self.start_service()
        read = self.service.device
        self.hallway, self.bedroom, self.studio = (
            read("thermostats", name)[0] for name in ("Hallway", "Bedroom", "Studio"))
        self.nursery, _ = read("cameras", "Nursery")
        (self.home, _), = self.service.read("structures").items()
        self.open_for_token()
        window.focus(self.window)
        # The window opens at the page of the session before.
        window.keys("ctrl+1")
        wait_until("the hallway", lambda: self.seen.control("Hallway, thermostat"))
        window.focus(self.window)

    # The focus

    def focused(self):
        """The name of what has the focus; empty when nothing has. At the end of a round that is
        the window itself for a frame."""
        node = self.seen.focused()
        try:
            return node.name if node and not node.name.endswith(TITLE) else ""
        except GLib.Error:  # gone between the two questions
            return ""

    def step(self, key="Tab"):
        """One key, and where the focus is once it has moved."""
        before = self.focused()
        window.keys(key)
        try:
            return wait_until("another focus", lambda: self.moved_from(before), SLOW_SECS, every=0.02)
        except Failed:
            return self.focused()

    def moved_from(self, before):
        name = self.focused()
        return name if name not in ("", before) else None

    def to(self, name, key="Tab"):
        """Goes on until a control has the focus; its name may end with what is chosen."""
        def there(focused):
            return focused == name or focused.startswith(f"{name}: ")

        met, group = [], group_of(name)
        while not there(self.focused()):
            # A group of buttons is one stop; arrows move inside.
            met.append(self.step("Right" if group and group_of(self.focused()) == group else key))
            expect(len(met) <= MOST_STOPS, f"{name!r} is not reached by {key}; met: {dict.fromkeys(met)}")

    def do(self, name, *keys):
        """Goes to a control and presses keys there."""
        self.to(name)
        window.keys(*keys)

    def page(self, card):
        """To the overview and from there to a page."""
        window.keys("ctrl+1")
        wait_until("the overview", lambda: self.seen.control("Hallway, thermostat")
                   or self.seen.control("Hallway (Desk), thermostat"))
        self.do(card, "Return")
        wait_until("the page", lambda: self.seen.control("Back"))

    def round(self):
        """A full round of Tab passes every control and shows each stop."""
        # A picture that arrives during the round renames its control, which then counts as another one.
        wait_until("no picture still loading",
                   lambda: not self.seen.first(lambda node: node.name.endswith("Loading…")), 30)
        first, stops = self.step(), []
        box, there = self.at_rest(), set()
        before = self.drawn()
        while True:
            stops.append(self.focused())
            there.update(node.name for node in self.seen.those(accessibility.is_focusable))
            following = self.step()
            expect(following != stops[-1], f"Tab does not leave {following!r}")
            box, last_box = self.at_rest(), box
            after = self.drawn(before)
            # A page that scrolled by just one row shows the next control where the last one was.
            if box != last_box:
                self.is_shown(stops[-1], last_box, before, after)
            if following == first:
                break
            before = after
            expect(len(stops) <= MOST_STOPS, f"Tab never comes back to {first!r}: {stops}")
        groups = {group_of(stop) for stop in stops} - {None}
        passed_by = {name for name in there.difference(stops, [""]) if group_of(name) not in groups}
        expect(not passed_by, f"not reached by Tab: {passed_by}; reached: {stops}")
        again = self.step("shift+Tab")
        expect(again == stops[-1], f"back from {first!r} is {again!r}, not {stops[-1]!r}")

    def at_rest(self):
        """Where the focus is once what scrolls has come to rest. A page that has not begun to scroll to it
        is waited for; one that never does is a failure of whoever looks at the box."""
        began = time.monotonic()

        def look():
            node = self.seen.focused()
            box = accessibility.extents(node)
            time.sleep(0.04)
            is_still = box == accessibility.extents(node)
            is_slow = time.monotonic() - began > SLOW_SECS
            return box if is_still and (self.is_in_sight(box) or is_slow) else None
        return wait_until("a focus at rest", look, 2 * SLOW_SECS, every=0.03)

    def drawn(self, before=None):
        """The window once it differs from an earlier picture and two pictures in a row are the same. The
        accessibility bus has the focus before the screen does. In the end, what there is then."""
        began, last = time.monotonic(), window.pixels(self.window)
        while time.monotonic() - began < SLOW_SECS:
            now = window.pixels(self.window)
            if now == last and now != before:
                break
            last = now
        return last

    def is_in_sight(self, box):
        """Half of a box at least is within the window."""
        x, y = window.place(self.window)
        width, height = window.size(self.window)
        middle = box[0] - x + box[2] / 2, box[1] - y + box[3] / 2
        return 0 <= middle[0] <= width and 0 <= middle[1] <= height

    def is_shown(self, name, box, before, after):
        """What is drawn around a control differs when the focus has left it."""
        frame_x, frame_y = window.place(self.window)
        left, top = box[0] - frame_x - RING, box[1] - frame_y - RING
        right, bottom = left + box[2] + 2 * RING, top + box[3] + 2 * RING
        width, height, rows = before
        # Half of it at least is in sight.
        expect(left >= -box[2] / 2 and top >= -box[3] / 2 and right <= width + box[2] / 2
               and bottom <= height + box[3] / 2, f"{name!r} has the focus out of sight: {box}")
        left, right = 3 * max(left, 0), 3 * min(right, width)
        same = all(rows[y][left:right] == after[2][y][left:right]
                   for y in range(max(top, 0), min(bottom, height)))
        expect(not same, f"the focus on {name!r} is invisible")

    # Writes

    def thermostat(self, body, node=None, on_the_way=()):
        self.wrote(f"/devices/thermostats/{node or self.hallway}", body, on_the_way)

    def target(self):
        self.page("Hallway, thermostat")
        self.do("Hallway target temperature", "Right", "Right", "Return")
        self.thermostat({"target_temperature_c": 22.0}, on_the_way=[{"target_temperature_c": 21.5}])
        self.picture("1-target")
        self.take_back()
        window.keys("Next", "Return")
        self.thermostat({"target_temperature_c": 20.0})
        window.type_text("21.5")
        wait_until("the field for it", lambda: "typed" in self.focused())
        self.picture("2-typed")
        window.keys("Return")
        self.thermostat({"target_temperature_c": 21.5})
        wait_until("the handle again", lambda: self.focused() == "Hallway target temperature")

    def take_back(self):
        """A step up that is taken back is not written. Where the machine needs longer for the second key than
        a change waits for the next step, it is written all the same: then once more."""
        for _ in range(5):
            window.keys("Up", "Escape")
            slider = wait_until("the handle", lambda: self.seen.slider("Hallway target temperature"))
            # Longer than a change waits, so that one that was not taken back gives itself away.
            time.sleep(2)
            if len(self.writes()) == self.expected and accessibility.value(slider)[0] == 22.0:
                return
            self.thermostat({"target_temperature_c": 22.5})
            # With nothing left to take back, Escape leaves the handle.
            self.do("Hallway target temperature", "Down", "Return")
            self.thermostat({"target_temperature_c": 22.0})
        expect(False, "Escape takes nothing back")

    def mode(self):
        self.do("Mode: Eco", "space")
        self.thermostat({"hvac_mode": "eco"})
        self.picture("3-eco")
        self.do("Mode: Heat", "Return")
        self.thermostat({"hvac_mode": "heat"})

    def fan(self):
        self.do("Fan duration", "space")
        wait_until("the list", lambda: self.seen.control("45 min"))
        self.picture("4-list")
        self.do("45 min", "Return")
        self.thermostat({"fan_timer_duration": 45})
        wait_until("the list has the focus again",
                   lambda: self.focused() == "Fan duration: 45 min")
        self.do("Fan", "space")
        self.thermostat({"fan_timer_active": True})
        window.keys("space")
        self.thermostat({"fan_timer_active": False})

    def scale(self):
        self.do("Scale: °F", "space")
        self.thermostat({"temperature_scale": "F"})
        self.do("Scale: °C", "space")
        self.thermostat({"temperature_scale": "C"})

    def label(self):
        self.to("Label")
        window.type_text("Den")
        window.keys("Escape")
        self.to("Label")
        window.type_text("Desk")
        self.picture("5-label")
        window.keys("Return")
        self.thermostat({"label": "Desk"})

    def back(self):
        window.keys("alt+Left")
        wait_until("the overview", lambda: self.seen.control("Bedroom, thermostat"))

    def range(self):
        self.page("Bedroom, thermostat")
        self.do("Bedroom heat to", "Right", "Return")
        self.thermostat({"target_temperature_low_c": 18.5, "target_temperature_high_c": 24.0},
                        self.bedroom)
        self.do("Bedroom cool to", "Left", "Left", "Return")
        self.thermostat({"target_temperature_low_c": 18.5, "target_temperature_high_c": 23.0}, self.bedroom,
                        [{"target_temperature_low_c": 18.5, "target_temperature_high_c": 23.5}])

    def away(self):
        path = f"/structures/{self.home}"
        self.page("Maple Street, home")
        self.do("Home or away: Away", "space")
        self.wrote(path, {"away": "away"})
        self.do("Home or away: Home", "space")
        self.wrote(path, {"away": "home"})

    def camera(self):
        path = f"/devices/cameras/{self.nursery}"
        self.page("Nursery, camera")
        self.do("Nursery camera", "space")
        wait_until("the harmless answer with the focus", lambda: self.focused() == "Keep it off")
        window.keys("Return")
        wait_until("the question gone", lambda: not self.seen.control("Switch on"))
        self.do("Nursery camera", "space")
        wait_until("the question", lambda: self.focused() == "Keep it off")
        stops = {self.step() for _ in range(5)}
        expect(stops == {"Switch on", "Keep it off"}, f"Tab leaves the question: {stops}")
        self.do("Switch on", "Return")
        self.wrote(path, {"is_streaming": True})
        self.do("Nursery camera", "space")
        self.wrote(path, {"is_streaming": False})

    # The palette

    def sentence(self, text):
        window.keys("ctrl+k")
        wait_until("the palette", lambda: self.focused() == "Command")
        window.type_text(text)
        wait_until(f"{text!r} in it", lambda: accessibility.text(self.seen.control("Command")) == text)

    def palette(self):
        self.sentence("hallway 22")
        self.picture("6-palette")
        window.keys("Return")
        self.thermostat({"target_temperature_c": 22.0})

    def all_eco(self):
        self.sentence("all eco")
        window.keys("Return")
        self.wrote_modes("eco", "eco", "eco")
        time.sleep(0.5)
        window.keys("ctrl+z")
        self.wrote_modes("heat", "heat-cool", "heat")
        time.sleep(0.5)
        window.keys("ctrl+shift+z")
        self.wrote_modes("eco", "eco", "eco")

    def launcher(self):
        subprocess.run([self.binary, "launcher"], capture_output=True, timeout=30, check=True)
        wait_until("the palette", lambda: self.focused() == "Command")
        window.type_text("open studio")
        wait_until("the sentence in it", lambda: accessibility.text(self.seen.control("Command")) == "open studio")
        window.keys("Return")
        wait_until("the heading of the page", lambda: self.focused() == "Studio")
        window.keys("Escape")

    def wrote_modes(self, hallway, bedroom, studio):
        """Three writes, in any order."""
        wanted = {self.hallway: hallway, self.bedroom: bedroom, self.studio: studio}
        wait_until("three writes", lambda: len(self.writes()) >= self.expected + 3)
        writes = self.writes()[self.expected:self.expected + 3]
        self.expected += 3
        got = {write["path"].rpartition("/")[2]: write["body"] for write in writes}
        expect(got == {node: {"hvac_mode": mode} for node, mode in wanted.items()}, f"written: {got}")

    # The rest

    def help(self):
        window.keys("F1")
        wait_until("the help with the focus in it", lambda: self.focused() == "Close")
        self.picture("7-help")
        window.keys("Escape")
        wait_until("the help gone", lambda: not self.seen.control("Close"))

    def rail(self):
        for name in ("Activity", "Presets", "Settings", "Home"):
            self.do(name, "space")
            wait_until(f"the page {name!r}",
                       lambda n=name: accessibility.is_on(self.seen.control(n)))

    def rounds(self):
        """Checks of a round on each page: (name, action)."""
        def on(*way):
            def check():
                way[0](*way[1:])
                self.round()
            return check

        keys = window.keys
        return [
            ("a round on the overview", on(keys, "ctrl+1")),
            ("a round on a thermostat", on(self.page, "Hallway, thermostat")),
            ("a round on a range", on(self.page, "Bedroom, thermostat")),
            ("a round on a home", on(self.page, "Maple Street, home")),
            ("a round on a camera", on(self.page, "Front door, camera")),
            ("a round on the settings", on(keys, "ctrl+comma")),
        ]

    def steps(self):
        """The checks, in their order."""
        return [(f"keys alone: {name}", *rest) for name, *rest in [
            ("the window opens", self.start, VITAL),
            *self.rounds(),
            ("the rail", self.rail),
            ("help", self.help),
            ("target temperature", self.target),
            ("mode", self.mode),
            ("fan and its duration", self.fan),
            ("scale", self.scale),
            ("label", self.label),
            ("back", self.back),
            ("both ends of a range", self.range),
            ("away and home", self.away),
            ("a camera on, with consent, and off", self.camera),
            ("a sentence in the palette", self.palette),
            ("all to eco, undone and done again", self.all_eco),
            ("the launcher's command opens the palette of a window that is read", self.launcher),
            ("nothing else was written", self.wrote_no_more),
            ("the window closes", self.close_window),
        ]]


if __name__ == "__main__":
    run(ByKeyboard)
