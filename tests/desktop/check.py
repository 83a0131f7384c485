#!/usr/bin/env python3
"""The program as a person has it: a window in a session, a token in a keyring, a server outside.

Runs inside the session that tests/desktop/session.sh starts. The simulated home is the service, a
recorder stands before it and sees every write; what the window shows is read and changed over the
accessibility bus and with the mouse.
"""

import json
import math
import os
import re
import subprocess
import time

from sitting import VITAL, Sitting, run
from checks import expect, wait_until
import accessibility
import window

CARD = "Hallway"
SLIDER = "Hallway target temperature"
FIELD = "target_temperature_c"
STEP = 0.5


class Journey(Sitting):
    """The steps build on each other."""

    def __init__(self, program, out, processes):
        super().__init__(program, out, processes)
        self.device = None

    # The service and the account

    def start(self):
        self.start_service()
        self.device, _ = self.service.device("thermostats", CARD)

    def sign_in(self):
        done = subprocess.run(
            [self.binary, "auth", "login", "--url", self.url, "--token-stdin"],
            input=self.token, capture_output=True, text=True, timeout=30, check=False)
        said = done.stdout + done.stderr
        expect(self.token not in said, "the sign-in repeats the token")
        expect(done.returncode == 0, f"exit code {done.returncode}: {said.strip()}")

    def token_in_keyring(self):
        done = subprocess.run(["secret-tool", "search", "--all", "service", "setpoint"],
                              capture_output=True, text=True, timeout=15, check=False)
        # Attributes are told on standard error, secrets on standard output.
        expect(f"secret = {self.token}" in done.stdout, "no such secret in the keyring")

    # The window

    def overview(self):
        wait_until("the card or the slider of the hallway",
                   lambda: self.seen.slider(SLIDER) or self.seen.button(CARD), 20)
        wait_until("something drawn in the window", lambda: window.is_drawn(
            window.picture(self.path("1-overview.png"), self.window)))

    def open_page(self):
        if not self.seen.slider(SLIDER):
            accessibility.press(wait_until("the hallway's card", lambda: self.seen.button(CARD)))
        slider = wait_until(f"the slider {SLIDER!r}", lambda: self.seen.slider(SLIDER), 15)
        window.picture(self.path("2-page.png"), self.window)
        shown = accessibility.value(slider)[0]
        held = self.held()
        expect(shown == held, f"the slider shows {shown}, the service has {held}")

    # Writes

    def set_by_accessibility(self):
        slider = self.slider()
        now, lowest, highest = accessibility.value(slider)
        new = now + 2 * STEP if now + 2 * STEP <= highest else now - 2 * STEP
        expect(lowest <= new <= highest, f"no room on the slider: {lowest} to {highest}")
        self.one_write_after(lambda: accessibility.set_value(slider, new), new)
        window.picture(self.path("3-set.png"), self.window)

    def set_by_mouse(self):
        x, y = middle(self.slider())
        # The number stands in the middle of the dial: the handle is dragged around it.
        center = middle(self.seen.button(f"Type {SLIDER}"))
        away = math.atan2(y - center[1], x - center[0])
        reach = math.hypot(x - center[0], y - center[1])
        expect(reach > 40, f"no dial to drag around: the handle is {reach:g} beside its middle")
        now = accessibility.value(self.slider())[0]
        window.focus(self.window)
        on_arc = [(center[0] + reach * math.cos(away + turn / 20),
                   center[1] + reach * math.sin(away + turn / 20)) for turn in range(11)]
        new = self.one_write_after(lambda: window.drag(on_arc))
        expect(new > now, f"the drag did not raise it: {now}, then {new}")
        window.picture(self.path("4-dragged.png"), self.window)

    def one_write_after(self, act, wanted=None):
        """Acts; then exactly one write has to arrive, with the value that is shown."""
        before = len(self.writes())
        act()
        wait_until("a write at the server", lambda: len(self.writes()) > before, 10)
        time.sleep(3)  # long enough for a second one to give itself away
        new = self.writes()[before:]
        expect(len(new) == 1, f"{len(new)} writes instead of one: {json.dumps(new)}")
        write = new[0]
        shown = accessibility.value(self.slider())[0]
        wanted = shown if wanted is None else wanted
        expect(write["method"] == "PUT", f"written by {write['method']}")
        expect(write["status"] == 200, f"answered {write['status']}")
        expect(written_value(write, self.device) == wanted, f"wanted {wanted}, written: {write}")
        wait_until(f"{wanted} on the slider",
                   lambda: accessibility.value(self.slider())[0] == wanted)
        return wanted

    def agreed(self):
        shown = accessibility.value(self.slider())[0]
        held = self.held()
        expect(shown == held, f"the slider shows {shown}, the service has {held}")

    # The window as it was left

    def shape(self):
        """Left, top, width and height of what is inside the frame."""
        return window.place(self.window) + window.size(self.window)

    def move(self):
        window.run("wmctrl", "-i", "-r", hex(int(self.window)), "-e", "0,60,50,900,640")
        wait_until("the new size", lambda: window.size(self.window) == (900, 640))
        window.focus(self.window)
        before = accessibility.extents(self.slider())[2]
        window.keys("ctrl+plus")
        wait_until("a larger dial", lambda: accessibility.extents(self.slider())[2] > before)
        # Long enough for the window manager to be done with it.
        time.sleep(1)
        self.left_at = self.shape()

    def remembered(self):
        self.open_window()
        wait_until("the page of the hallway", lambda: self.seen.slider(SLIDER), 20)
        wait_until(f"the window at {self.left_at}", lambda: self.shape() == self.left_at)
        with open(self.settings_path(), encoding="utf-8") as file:
            kept = file.read()
        expect("text_size = 110" in kept, f"the text size is not kept: {kept}")
        window.picture(self.path("5-remembered.png"), self.window)
        self.close_window()

    def recorded(self):
        def history():
            done = subprocess.run([self.binary, "history", "info", "--json"],
                                  capture_output=True, text=True, timeout=30, check=False)
            expect(done.returncode == 0, f"exit code {done.returncode}: {done.stderr.strip()}")
            return {thermostat["device"]: thermostat["covered_s"] for thermostat in json.loads(done.stdout)}

        covered = history()
        expect(covered.get(CARD, 0) > 0, f"nothing of the {CARD} is recorded: {covered}")
        time.sleep(2)
        expect(history() == covered, "the history grows while nobody listens")

    def out_of_sight(self):
        path = self.settings_path()
        with open(path, encoding="utf-8") as file:
            kept = file.read()
        for name, numbers in (("at", "-30000, -30000"), ("size", "9000, 9000")):
            kept, count = re.subn(rf"^{name} = \[[^\]]*\]", f"{name} = [{numbers}]", kept, flags=re.M)
            expect(count == 1, f"no {name} is kept: {kept}")
        with open(path, "w", encoding="utf-8") as file:
            file.write(kept)
        self.open_window()
        wait_until("the page of the hallway", lambda: self.seen.slider(SLIDER), 20)
        screen = tuple(map(int, window.run("xdotool", "getdisplaygeometry").split()))
        left, top, width, height = self.shape()
        expect(left >= 0 and top >= 0 and left + width <= screen[0] and top + height <= screen[1],
               f"{self.shape()} on a screen of {screen}")
        self.close_window()

    @staticmethod
    def settings_path():
        config = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.environ["HOME"], ".config")
        return os.path.join(config, "setpoint", "settings.toml")

    # The token

    def token_not_in_files(self):
        home, runtime = os.environ["HOME"], os.environ["XDG_RUNTIME_DIR"]
        keyring = os.path.join(home, ".local", "share", "keyrings")
        logs = [self.processes.log(name) for name in ("setpoint", "recorder")]
        looked, held = files_with(self.token, [home, runtime], keyring, [*logs, self.record])
        expect(looked, "no files were looked at")
        expect(not held, f"it stands in {', '.join(held)}")

    def token_not_in_process(self):
        for name in ("cmdline", "environ"):
            with open(f"/proc/{self.process.pid}/{name}", "rb") as file:
                held = file.read()
            expect(self.token.encode() not in held, f"it stands in the process's {name}")

    # Looking

    def slider(self):
        slider = self.seen.slider(SLIDER)
        expect(slider, f"no slider {SLIDER!r}")
        return slider

    def held(self):
        return self.service.read(f"devices/thermostats/{self.device}/{FIELD}")

    def steps(self):
        """The checks, in their order."""
        return [
            ("the simulated home and the recorder start", self.start, VITAL),
            ("the token is taken from standard input", self.sign_in, VITAL),
            ("the token is in the keyring", self.token_in_keyring),
            ("the window appears to a screen reader", self.open_window, VITAL),
            ("the overview is drawn, with the hallway", self.overview),
            ("the hallway's page has its slider, at the service's value", self.open_page, VITAL),
            ("set over the accessibility bus: one write", self.set_by_accessibility),
            ("the slider and the service agree", self.agreed),
            ("dragged with the mouse: one write", self.set_by_mouse),
            ("the slider and the service agree after the drag", self.agreed),
            ("the token is in no file but the keyring's", self.token_not_in_files),
            ("the token is not in the process's arguments or environment",
             self.token_not_in_process),
            ("the window is moved, and its text made larger", self.move),
            ("closing the window ends the program", self.close_window),
            ("what was heard is in the history, and stays when it is over", self.recorded),
            ("the window opens again where it was, at its page and text size", self.remembered, VITAL),
            ("a window whose monitor is gone opens in sight", self.out_of_sight),
        ]


def middle(node):
    """The middle of what is drawn for a node."""
    x, y, width, height = accessibility.extents(node)
    return x + width / 2, y + height / 2


def written_value(write, device):
    """The value of a write to the target temperature, as an object or at its own path."""
    path = f"/devices/thermostats/{device}"
    if write["path"].rstrip("/") == path and isinstance(write["body"], dict):
        return write["body"].get(FIELD) if list(write["body"]) == [FIELD] else None
    return write["body"] if write["path"].rstrip("/") == f"{path}/{FIELD}" else None


def files_with(text, folders, without, more):
    """(how many files were looked at, those that hold the text)."""
    paths = list(more)
    for folder in folders:
        for place, below, names in os.walk(folder):
            below[:] = [name for name in below if os.path.join(place, name) != without]
            paths += [os.path.join(place, name) for name in names]
    looked, held = 0, []
    for path in paths:
        if not os.path.isfile(path):  # sockets are no place for a token
            continue
        with open(path, "rb") as file:
            looked += 1
            if text.encode() in file.read():
                held.append(path)
    return looked, held


if __name__ == "__main__":
    run(Journey)
