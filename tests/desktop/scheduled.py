#!/usr/bin/env python3
"""Holds and schedules: a hold from the palette and the dial, a week by bus, keys and mouse, and exactly the writes
that were announced.

The window shows a home behind a recording server. The automation of the program ends the hold and applies the week.
"""

import json
import time

from by_name import ByName
from sitting import VITAL, accessibility, expect, run, wait_until, window

PATIENCE = 20
START = "Monday 06:30, Home, 20.5°"


class Scheduled(ByName):
    """A home whose week the program keeps."""

    def begin(self):
        self.start()
        self.before = self.service.device("thermostats", "Hallway")[1]["target_temperature_c"]

    def node(self, name):
        return self.seen.first(lambda node: self.is_named(node, name))

    def middle(self, name):
        x, y, width, height = accessibility.extents(wait_until(name, lambda: self.node(name)))
        return x + width / 2, y + height / 2

    def target(self, celsius):
        self.wrote(f"/devices/thermostats/{self.hallway}", {"target_temperature_c": celsius})

    def held_by_palette(self):
        window.keys("ctrl+k")
        time.sleep(0.3)
        window.type_text("hallway 23 for 2h")
        wait_until("the preview", lambda: self.says("held until"))
        window.keys("Return")
        self.target(23.0)
        self.page("Hallway, thermostat")
        wait_until("the end of the hold", lambda: self.says("Held at 23.0"), PATIENCE)
        self.picture("held")

    def ended_by_mouse(self):
        x, y = self.middle("End the hold of Hallway now")
        window.run("xdotool", "mousemove", str(round(x)), str(round(y)))
        time.sleep(0.2)
        window.run("xdotool", "click", "1")
        self.target(self.before)
        wait_until("no hold", lambda: not self.says("Held at"), PATIENCE)

    def held_from_the_dial(self):
        self.press("Hold")
        self.press("until you end it")
        wait_until("the hold", lambda: self.says("until you end it"), PATIENCE)
        holds = json.loads(self.command("hold", "--json"))
        expect([hold["until"] for hold in holds] == ["cancelled"], f"the command line finds {holds}")
        # The value was there already, so nothing is written, at the end neither.
        self.command("hold", "hallway", "end")
        wait_until("no hold", lambda: json.loads(self.command("hold", "--json")) == [], PATIENCE)
        self.wrote_no_more()

    def week_begins(self):
        window.keys("ctrl+7")
        wait_until("the page", lambda: self.says("No schedule yet"), PATIENCE)
        self.press("Thermostat")
        self.press("Hallway")
        self.press("Begin with a usual week")
        wait_until("the week", lambda: self.node(START), PATIENCE)
        self.wrote_no_more()
        self.picture("week")

    def week_is_switched_on(self):
        # The words beside the switch have its name too.
        switch = wait_until("the switch", lambda: self.seen.first(
            lambda node: node.name == "Active on Hallway" and accessibility.is_focusable(node)))
        accessibility.press(switch)
        now = wait_until("a level in force", lambda: json.loads(self.command("schedule", "now", "--json")), PATIENCE)
        levels = {"Home": 20.5, "Away": 18.5, "Sleep": 17.0}
        self.target(levels[now[0]["level"]])
        wait_until("the outcome", lambda: json.loads(self.command("schedule", "now", "--json"))[0]["outcome"] == "done",
                   PATIENCE)
        self.picture("active")

    def start_moves_by_keys(self):
        self.to(START)
        window.keys("Right")
        wait_until("a quarter of an hour later", lambda: '"06:45 Home"' in self.monday(), PATIENCE)
        window.keys("ctrl+z")
        wait_until("the undo", lambda: '"06:30 Home"' in self.monday(), PATIENCE)

    def start_moves_by_mouse(self):
        x, y, width, height = accessibility.extents(wait_until(START, lambda: self.node(START)))
        from_x, middle = x + width / 2, y + height / 2
        # The block is two hours wide.
        window.drag([(from_x, middle), (from_x + width / 4, middle)], steps=8)
        wait_until("half an hour later", lambda: '"07:00 Home"' in self.monday(), PATIENCE)

    def monday(self):
        return next(line for line in self.command("schedule", "export").splitlines() if line.startswith("monday"))

    def change_by_hand_stays(self):
        self.service.write(f"devices/thermostats/{self.hallway}", {"target_temperature_c": 24.0})
        time.sleep(2)
        self.command("schedule", "set", "hallway", "off")
        wait_until("the switch", lambda: self.says("This schedule is not active here"), PATIENCE)
        expect(self.service.device("thermostats", "Hallway")[1]["target_temperature_c"] == 24.0, "it was overruled")
        self.wrote_no_more()

    def steps(self):
        return [
            ("the window opens on a home", self.begin, VITAL),
            ("keys: a hold is typed with its end", self.held_by_palette),
            ("mouse: it ends, and the value from before comes back", self.ended_by_mouse),
            ("bus: the present value is held from the dial", self.held_from_the_dial),
            ("bus: a usual week is made, and sets nothing", self.week_begins),
            ("bus: it is switched on, and sets what is in force", self.week_is_switched_on),
            ("keys: a start moves by a quarter of an hour, and back", self.start_moves_by_keys),
            ("mouse: a start is dragged", self.start_moves_by_mouse),
            ("a change by hand stays", self.change_by_hand_stays),
            ("closing the window ends the program", self.close_window),
        ]


if __name__ == "__main__":
    run(Scheduled)
