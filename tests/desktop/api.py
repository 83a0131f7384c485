#!/usr/bin/env python3
"""The pages about the API: a request by keyboard and one over the accessibility bus, the tree, code.

Runs inside the session that tests/desktop/session.sh starts. What was asked for is read from the
simulated home, in a process of its own, and never from the window alone.
"""

import json

from by_keyboard import ByKeyboard
from sitting import VITAL, accessibility, expect, run, wait_until, window


class Api(ByKeyboard):
    """Somebody who scripts their home."""

    def says(self, words):
        """The first node whose name has these words in it."""
        def fits(node):
            # What is told of a node that has become another one is remembered by the library.
            node.clear_cache()
            return words in node.name
        return self.seen.first(fits)

    def start(self):
        # A home of a service shows the pages for developers only to those who ask for them.
        self.prefer("knows_of_no_tray = true\ndeveloper = true")
        super().start()

    def console(self):
        window.keys("ctrl+5")
        wait_until("the console", lambda: self.seen.control("Path"))

    # Requests

    def read_by_keyboard(self):
        self.console()
        self.to("Path")
        window.keys("ctrl+a")
        window.type_text("/devices/thermostats/")
        # The list of what is there is open, and a device is found by its name.
        window.type_text("hallw")
        wait_until("the list", lambda: self.says(f"/devices/thermostats/{self.hallway}/"))
        self.picture("1-completion")
        window.keys("Tab")
        path = f"/devices/thermostats/{self.hallway}/"
        wait_until("the path", lambda: accessibility.text(self.seen.control("Path")) == path)
        self.to("Send")
        window.keys("Return")
        wait_until("the answer", lambda: self.says("200 OK"), 15)
        wait_until("its body", lambda: self.seen.control("Body"))
        expect(self.says("307 › 200"), "the redirect is not shown")
        self.picture("2-answer")

    def written_over_the_bus(self):
        """Nothing but the accessibility bus, from the method to what became of it."""
        button = self.seen.first(lambda node: node.name == "Examples")
        accessibility.press(button)
        example = f"PUT /devices/thermostats/{self.hallway}"
        first = lambda: self.seen.first(  # noqa: E731
            lambda node: "PUT /devices/thermostats/" in node.name and accessibility.can_be_pressed(node))
        accessibility.press(wait_until(example, first))
        body = wait_until("the body", lambda: self.seen.control("Body, as JSON"))
        accessibility.set_text(self.seen.control("Path"), f"/devices/thermostats/{self.hallway}")
        accessibility.set_text(body, json.dumps({"label": "Den"}))
        send = lambda: self.seen.first(  # noqa: E731
            lambda node: node.name == "Send" and accessibility.can_be_pressed(node))
        accessibility.press(wait_until("the button", send))
        self.wrote(f"/devices/thermostats/{self.hallway}", {"label": "Den"})
        wait_until("its end", lambda: self.says("Done, and shown by the service"), 15)
        wait_until("what it changed", lambda: self.says(f"/devices/thermostats/{self.hallway}/label"))
        self.picture("3-written")

    def wrong_json(self):
        accessibility.set_text(self.seen.control("Body, as JSON"), "{\"label\": Den}")
        wait_until("what is wrong", lambda: self.says("Not valid JSON: line 1, column 11"))
        send = self.seen.first(lambda node: node.name == "Send")
        expect(not accessibility.can_be_pressed(send), "it can be sent all the same")
        self.wrote_no_more()

    def round_of_the_console(self):
        """Every control of the page is reached by Tab, and shows it."""
        window.keys("ctrl+1")
        wait_until("the overview", lambda: self.seen.control("Hallway (Den), thermostat"))
        self.console()
        # What was done is told for some seconds, with buttons of its own.
        wait_until("nothing more to tell", lambda: not self.seen.control("Close this message"), 30)
        self.round()

    # The tree

    def tree_by_keyboard(self):
        window.keys("ctrl+e")
        wait_until("the tree", lambda: self.seen.control("Document of the home"))
        self.to("Search keys and values")
        window.type_text("fan_timer_duration")
        wait_until("the line", lambda: self.says("fan_timer_duration"))
        # The tree is one stop; for assistive technology its selected row has the focus.
        self.to("fan_timer_duration")
        window.keys("Up")
        wait_until("the line above", lambda: self.focused() == "fan_timer_active")
        window.keys("Down")
        wait_until("the line again", lambda: self.focused() == "fan_timer_duration")
        self.picture("4-tree")

    def code_over_the_bus(self):
        code = lambda: self.seen.first(  # noqa: E731
            lambda node: node.name == "As code" and accessibility.can_be_pressed(node))
        accessibility.press(wait_until("the button", code))
        shown = wait_until("the code", lambda: self.seen.control("The code"))
        text = accessibility.text(shown)
        expect("fan_timer_duration" in text and self.token not in text, f"the code is {text!r}")
        self.picture("5-code")
        window.keys("Escape")
        wait_until("the tree again", lambda: not self.seen.control("The code"))

    def menu_by_keyboard(self):
        """The write of a control as code, by the menu key."""
        window.keys("ctrl+1")
        card = "Hallway (Den), thermostat"
        wait_until("the overview", lambda: self.seen.control(card))
        self.do(card, "Return")
        wait_until("the page", lambda: self.seen.control("Back"))
        self.to("Hallway (Den) target temperature")
        window.keys("Menu")
        wait_until("the menu", lambda: self.focused().startswith("Pin to the tray"))
        self.to("Show as code: Target temperature", "Down")
        self.picture("6-menu")
        window.keys("Return")
        shown = wait_until("the code", lambda: self.seen.control("The code"))
        expect("target_temperature" in accessibility.text(shown), "it is another value's code")
        window.keys("Escape")
        self.wrote_no_more()

    def steps(self):
        """The checks, in their order."""
        return [
            ("a simulated home and the window start", self.start, VITAL),
            ("a path is completed and a request sent by keyboard", self.read_by_keyboard, VITAL),
            ("a write is worded and sent over the accessibility bus", self.written_over_the_bus),
            ("broken JSON is said and not sent", self.wrong_json),
            ("every control of the console is reached by Tab and shows it", self.round_of_the_console),
            ("the tree is searched and walked by keyboard", self.tree_by_keyboard),
            ("a line of it is code, over the accessibility bus", self.code_over_the_bus),
            ("the write of a control is code, by the menu key", self.menu_by_keyboard),
            ("closing the window ends the program", self.close_window),
        ]


if __name__ == "__main__":
    run(Api)
