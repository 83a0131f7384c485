#!/usr/bin/env python3
"""A service that asks to wait for an hour, and a person who sends all the same.

Once over the accessibility bus alone, and once by keyboard alone.
"""

import time

from flaky import Flaky
from sitting import VITAL, Sitting, expect, run, wait_until, window
import accessibility

WAY_OUT = "Send now anyway"


class Overruled(Sitting):
    """One label, refused until the service has changed its mind."""

    def start(self):
        self.server = Flaky(1)
        self.server.is_calm = True
        self.server.asks_to_wait = 3600
        self.url, self.token = self.server.url, "c.of-somebody-in-a-hurry"
        self.open_for_token()
        accessibility.press(wait_until("the hallway", lambda: self.seen.control("Hallway, thermostat"), 30))
        wait_until("its page", lambda: self.seen.control("Label"), 30)

    def came(self, count):
        wait_until(f"{count} writes at the server", lambda: len(self.server.came) == count)

    def way_out(self):
        return self.seen.button(WAY_OUT)

    def asked_to_wait(self):
        accessibility.set_text(self.seen.control("Label"), "Den")
        wait_until("the button", lambda: accessibility.can_be_pressed(self.seen.control("Save Label")))
        accessibility.press(self.seen.control("Save Label"))
        self.came(1)
        wait_until("the way out", self.way_out)
        self.picture("1-waits")

    def over_the_bus(self):
        accessibility.press(self.way_out())
        self.came(2)
        wait_until("the way out again, as the service asked again", self.way_out)

    def by_keyboard(self):
        self.server.asks_to_wait = None
        window.focus(self.window)
        for _ in range(60):
            node = self.seen.focused()
            if node and node.name.startswith(WAY_OUT):
                break
            window.keys("Tab")
            time.sleep(0.2)
        expect(node and node.name.startswith(WAY_OUT), "the button is not reached by Tab")
        self.picture("2-focus")
        window.keys("Return")
        self.came(3)
        wait_until("the label at the server", lambda: self.server.labels["hall"] == "Den")
        wait_until("nothing left to overrule", lambda: not self.way_out())
        self.picture("3-done")

    def steps(self):
        return [("overruled: the window opens", self.start, VITAL),
                ("overruled: a change waits as long as the service asks", self.asked_to_wait, VITAL),
                ("overruled: a press over the bus sends it", self.over_the_bus, VITAL),
                ("overruled: so does the keyboard", self.by_keyboard, VITAL),
                ("overruled: the window closes", self.close_window)]


if __name__ == "__main__":
    run(Overruled)
