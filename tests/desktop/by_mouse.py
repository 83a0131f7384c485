#!/usr/bin/env python3
"""The mouse alone, on a home of forty thermostats: what is clicked, dragged, turned and typed into.

Screen readers tell where things are; everything is done with the pointer there, and the service
tells what came of it.
"""

import time

from sitting import VITAL, Sitting, accessibility, expect, run, wait_until, window

HOME = "estate:40"
FIRST = "Room 1, thermostat"


def middle(node):
    """The middle of a node on the screen."""
    x, y, width, height = accessibility.extents(node)
    return x + width / 2, y + height / 2


class ByMouse(Sitting):
    """A hand on the mouse."""

    def start(self):
        self.start_service("--home", HOME)
        self.open_for_token()
        window.run("wmctrl", "-i", "-r", hex(int(self.window)), "-e", "0,20,30,1180,800")
        wait_until("the new size", lambda: window.size(self.window)[0] == 1180)
        window.focus(self.window)
        self.click("Home", role_of="rail")
        wait_until("the first card", lambda: self.node(FIRST))

    # The pointer

    def node(self, name):
        """The node of that name, or that begins so and goes on with a value."""
        def fits(node):
            return node.name == name or node.name.startswith(f"{name}: ")
        return self.seen.first(fits)

    def at(self, x, y):
        window.run("xdotool", "mousemove", str(round(x)), str(round(y)))
        # The program draws what is under the pointer before the button goes down.
        time.sleep(0.15)

    def button(self, number=1, times=1):
        window.run("xdotool", "click", "--repeat", str(times), "--delay", "80", str(number))

    def click(self, name, number=1, times=1, role_of=None):
        if role_of == "rail":
            node = wait_until(name, lambda: self.seen.first(
                lambda node: node.name == name and accessibility.extents(node)[0] < window.place(self.window)[0] + 80))
        else:
            node = wait_until(name, lambda: self.node(name))
        self.at(*middle(node))
        self.button(number, times)

    def is_in_sight(self, node):
        x, y, width, height = accessibility.extents(node)
        left, top = window.place(self.window)
        wide, high = window.size(self.window)
        return left <= x and top <= y and x + width <= left + wide and y + height <= top + high

    def thermostat(self, name):
        return self.service.device("thermostats", name)

    def target(self, name):
        return self.thermostat(name)[1]["target_temperature_c"]

    def one_that(self, fits):
        """The name of the first thermostat in natural order whose values fit."""
        devices = self.service.read("devices")["thermostats"].values()
        rooms = sorted(devices, key=lambda device: int(device["name"].split()[-1]))
        return next(device["name"] for device in rooms if fits(device))

    # The points

    def card_opens(self):
        """A press beside every control of a card opens its page; the arrow leads back to it."""
        x, y, width, _ = accessibility.extents(self.node(FIRST))
        self.at(x + width + 60, y + 4)
        self.button()
        wait_until("its page", lambda: self.node("Room 1 heat to") or self.node("Room 1 target temperature")
                   or self.node("Mode"))
        self.picture("page")
        self.click("Back")
        wait_until("the overview", lambda: self.node(FIRST))

    def steppers(self):
        name = self.one_that(lambda device: device["hvac_mode"] == "heat")
        before = self.target(name)
        self.click(f"Warmer, {name}")
        wait_until("half a degree more", lambda: self.target(name) == before + 0.5)
        self.expected = len(self.writes())

    def both_ends(self):
        name = self.one_that(lambda device: device["hvac_mode"] == "heat-cool")
        low = self.thermostat(name)[1]["target_temperature_low_c"]
        self.click(f"Cooler, {name}, Heat to")
        wait_until("half a degree less", lambda: self.thermostat(name)[1]["target_temperature_low_c"] == low - 0.5)
        self.expected = len(self.writes())

    def filtered(self):
        self.click("Filter by name")
        window.type_text("Room 17")
        wait_until("that card alone", lambda: self.node("Room 17, thermostat") and not self.node("Room 2, thermostat"))
        window.keys("ctrl+a", "BackSpace")
        wait_until("all of them", lambda: self.node("Room 2, thermostat"))

    def compact(self):
        self.click("Cards: Compact" if self.node("Cards: Compact") else self.named("Compact"))
        wait_until("smaller cards", lambda: accessibility.extents(self.node("Room 7, thermostat"))[1]
                   < window.place(self.window)[1] + 700)
        self.picture("compact")
        self.click(self.named("Cards"))

    def named(self, option):
        """The whole name of a button of a group."""
        return wait_until(option, lambda: self.seen.first(lambda node: node.name.endswith(f": {option}"))).name

    def moved(self):
        """A card is dragged by its name to the place of the next one."""
        first, second = self.node(FIRST), self.node("Room 2, thermostat")
        from_, to = accessibility.extents(first), accessibility.extents(second)
        grip = (from_[0] + from_[2] + 60, from_[1] + 4)
        window.drag([grip, (to[0] + to[2] + 70, to[1] + 6)], steps=12)
        wait_until("the second room first", lambda: accessibility.extents(self.node("Room 2, thermostat"))[0]
                   < accessibility.extents(self.node(FIRST))[0])

    def wheel(self):
        """One notch scrolls down; a horizontal wheel does nothing to a list."""
        before = accessibility.extents(self.node(FIRST))[1]
        x, y = window.place(self.window)
        self.at(x + 600, y + 500)
        self.button(5)
        wait_until("it moved up", lambda: accessibility.extents(self.node(FIRST))[1] < before)
        time.sleep(0.6)
        rest = accessibility.extents(self.node(FIRST))[1]
        self.button(7)
        time.sleep(0.6)
        expect(accessibility.extents(self.node(FIRST))[1] == rest, "a horizontal wheel scrolled the list")
        self.button(4, 3)
        wait_until("it is back at the top", lambda: accessibility.extents(self.node(FIRST))[1] == before)

    def menu(self):
        """The other button opens a menu, whose entry pins the thermostat."""
        x, y, width, _ = accessibility.extents(self.node(FIRST))
        self.at(x + width + 60, y + 4)
        self.button(3)
        entry = wait_until("the menu", lambda: self.seen.first(lambda node: node.name.startswith("Pin to the tray")))
        self.at(*middle(entry))
        self.button()
        wait_until("no menu", lambda: not self.seen.first(lambda node: node.name.startswith("Pin to the tray")))

    def palette(self):
        self.click("Type a command")
        wait_until("the palette", lambda: self.seen.focused() and "command" in self.seen.focused().name.lower())
        name = self.one_that(lambda device: device["hvac_mode"] == "heat")
        window.type_text(f"{name.lower()} 19.5")
        row = wait_until("its row", lambda: self.seen.first(
            lambda node: node.name == f"{name.lower()} 19.5, one change"))
        self.at(*middle(row))
        self.button()
        wait_until("19.5 °C at the service", lambda: self.target(name) == 19.5)
        self.expected = len(self.writes())

    def undone(self):
        """The toast of the change takes it back."""
        undo = wait_until("the undo", lambda: self.seen.first(
            lambda node: node.name.startswith("Undo") and accessibility.can_be_pressed(node) and self.is_in_sight(node)))
        before = len(self.writes())
        self.at(*middle(undo))
        self.button()
        wait_until("a write", lambda: len(self.writes()) > before)
        self.expected = len(self.writes())

    def camera(self):
        """A click on a camera's card opens its page, two on its picture show it in the whole window, Esc leaves it."""
        self.click("Filter by name")
        window.type_text("Yard 1")
        card = wait_until("the card", lambda: self.node("Yard 1, camera"))
        x, y, _, _ = accessibility.extents(card)
        self.at(x + 80, y + 90)
        self.button()
        picture = wait_until("its picture", lambda: self.seen.first(
            lambda node: node.name.startswith("Picture of Yard 1: ") and "Loading" not in node.name), 20)
        self.at(*middle(picture))

        def large():
            # A machine with much to do takes two presses for two single ones now and then.
            if not self.node("Close"):
                self.button(times=2)
                time.sleep(0.5)
            return self.node("Close")

        wait_until("the large picture", large, 20, every=1)
        window.keys("Escape")
        wait_until("the page again", lambda: not self.node("Close"))
        self.click("Back")
        self.click("Filter by name")
        window.keys("ctrl+a", "BackSpace")

    def settings(self):
        self.click("Settings", role_of="rail")
        for section, there in (("Appearance", "Language"), ("Notifications", "Quiet"), ("History", "Keep the history")):
            self.click(section)
            wait_until(section, lambda there=there: self.seen.first(lambda node: there in node.name))
        self.click("Home", role_of="rail")
        wait_until("the overview", lambda: self.node("Filter by name"))

    def away(self):
        self.click(self.named("Away"))
        wait_until("nobody is at home", lambda: any(
            home["away"] == "away" for home in self.service.read("structures").values()))
        self.click(self.named("Home"))
        self.expected = len(self.writes())

    def steps(self):
        return [
            ("forty thermostats appear", self.start, VITAL),
            ("a press beside the controls of a card opens it, and the arrow leads back", self.card_opens),
            ("a stepper of a card", self.steppers),
            ("the lower end of a range", self.both_ends),
            ("the filter", self.filtered),
            ("the compact view and back", self.compact),
            ("a card is dragged to another place", self.moved),
            ("the wheel: one notch, and none to the side", self.wheel),
            ("the menu of the other button", self.menu),
            ("a typed command is clicked", self.palette),
            ("the toast takes it back", self.undone),
            ("a camera: its card, its picture, Esc", self.camera),
            ("the sections of the settings", self.settings),
            ("away and home again", self.away),
            ("closing the window ends the program", self.close_window),
        ]


if __name__ == "__main__":
    run(ByMouse)
