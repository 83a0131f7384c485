#!/usr/bin/env python3
"""Several accounts in one window: added, written to, renamed, moved and signed out of.

The first account is added over the accessibility bus alone, the second by keyboard alone. Both are
simulated homes in processes of their own. The forms for other services are filled in as far as
nobody has to be asked for it.
"""

import json
import os
import subprocess

from by_keyboard import ByKeyboard
from sitting import VITAL, accessibility, expect, run, wait_until, window
from processes import end
from service import Service

FIELD = "target_temperature_c"
SLIDER = "Hallway target temperature"


class Accounts(ByKeyboard):
    """Two homes and the people who look after both."""

    def start(self):
        self.start_service()
        self.other, ready = self.processes.start_server("simulate-other", [
            self.binary, "simulate", "--listen", "127.0.0.1:0", "--seed", "2"])
        self.other_url, self.other_token = ready["url"], ready["token"]
        self.other_service = Service(self.other_url, self.other_token)
        self.open_window()
        wait_until("the simulated home", lambda: self.says("Simulated home · live"), 20)
        window.focus(self.window)

    def says(self, words):
        """The first node whose name has these words in it."""
        def fits(node):
            # What is told of a node that has become another one is remembered by the library.
            node.clear_cache()
            return words in node.name
        return self.seen.first(fits)

    def settings(self):
        window.keys("ctrl+comma")
        return wait_until("the accounts", lambda: self.seen.button("Add a home"))

    def add_a_home(self, press, answer="Another server", field="Address"):
        """Goes the way of a new user to the form for a server."""
        self.settings()
        press("Add a home")
        def back():
            return self.pressable("Another thermostat")

        wait_until("the question or a form", lambda: self.says("Which thermostat do you have?") or back())
        if not self.says("Which thermostat do you have?"):
            # The form of the time before is still there.
            press(back().name)
        wait_until("the question", lambda: self.says("Which thermostat do you have?"))
        press(answer)
        wait_until("the form", lambda: self.seen.control(field))

    def press(self, name):
        accessibility.press(wait_until(name, lambda: self.pressable(name)))

    # Adding

    def add_over_the_bus(self):
        self.add_a_home(self.press)
        for name, text in (("Address", self.url), ("What to call it", "Mill"), ("Access token", self.token)):
            accessibility.set_text(wait_until(name, lambda: self.seen.control(name)), text)
        self.picture("form-filled")
        button = "Sign in with the token"
        accessibility.press(wait_until("the button", lambda: self.pressable(button)))
        wait_until("the account", lambda: self.says("Mill · live"), 20)
        wait_until("what was found", lambda: self.says("Your home is here"), 20)
        accessibility.press(wait_until("the way on", lambda: self.pressable("Show my home")))
        expect(not self.says("simulated"), "the simulated home is still spoken of")

    def pressable(self, beginning):
        node = self.seen.button(beginning)
        return node if node and accessibility.can_be_pressed(node) else None

    def add_by_keyboard(self):
        self.add_a_home(lambda name: self.do(name, "Return"))
        for name, text in (("Address", self.other_url), ("Access token", self.other_token),
                           ("What to call it", "Cottage")):
            self.to(name)
            window.type_text(text)
        # Enter in a field submits the form.
        window.keys("Return")
        wait_until("both accounts", lambda: self.says("2 accounts · live"), 20)
        wait_until("what was found", lambda: self.says("Your home is here"), 20)
        self.picture("two-accounts")
        window.keys("Return")
        wait_until("the overview", lambda: accessibility.is_on(self.seen.control("Home")))

    def one_overview(self):
        # Only what is on the screen is drawn: the second home comes with the keys that go through
        # all homes, and its name is told apart by its account.
        for account in ("Mill", "Cottage"):
            window.keys("ctrl+h")
            wait_until(f"the home of {account}", lambda: self.says(f"Home shown: Maple Street · {account}"))
            wait_until("its hallway", lambda: self.seen.control("Hallway, thermostat"))
            self.picture(f"home-of-{account}")
        window.keys("ctrl+h")
        wait_until("all homes", lambda: self.says("Home shown: All homes"))

    def each_to_its_own(self):
        """A change of each hallway arrives at its own server, and at no other."""
        changed = []
        for account in ("Mill", "Cottage"):
            window.keys("ctrl+1")
            window.keys("ctrl+h")
            wait_until(f"the home of {account}", lambda: self.says(f"Home shown: Maple Street · {account}"))
            accessibility.press(wait_until("a card", lambda: self.seen.control("Hallway, thermostat")))
            slider = wait_until("the slider", lambda: self.seen.slider(SLIDER))
            now, lowest, highest = accessibility.value(slider)
            new = now + 1 if now + 1 <= highest else now - 1
            before = self.held()
            accessibility.set_value(slider, new)
            after = wait_until("a write", lambda: self.held() if self.held() != before else None, 15)
            differing = [which for which in (0, 1) if before[which] != after[which]]
            expect(len(differing) == 1 and after[differing[0]] == new, f"{before} became {after}, wanted {new}")
            changed += differing
        expect(changed == [0, 1], f"changed at {changed}")
        window.keys("ctrl+h")

    def held(self):
        def of(service):
            devices = service.read("devices/thermostats").values()
            return next(it[FIELD] for it in devices if it["name"] == "Hallway")
        return of(self.service), of(self.other_service)

    # Looking after them

    def rename_by_keyboard(self):
        self.settings()
        self.do("Rename Mill", "space")
        wait_until("the field", lambda: self.seen.control("Name of Mill"))
        self.to("Name of Mill")
        window.keys("ctrl+a")
        window.type_text("Mill Lane")
        window.keys("Return")
        wait_until("the new name", lambda: self.seen.control("Rename Mill Lane"))
        wait_until("the settings", lambda: self.kept() == ["Mill Lane", "Cottage"])

    def move_by_keyboard(self):
        self.do("Move Mill Lane down", "space")
        wait_until("the other order", lambda: self.kept() == ["Cottage", "Mill Lane"])
        wait_until("the way back", lambda: self.seen.control("Move Mill Lane up"))
        self.picture("settings")

    def kept(self):
        """The names in the settings, in their order."""
        path = os.path.join(os.environ["HOME"], ".config", "setpoint", "settings.toml")
        with open(path, encoding="utf-8") as file:
            return [json.loads(line.split("=", 1)[1]) for line in file if line.startswith("name =")]

    def told_apart(self):
        window.keys("ctrl+2")
        for account in ("Mill Lane", "Cottage"):
            wait_until(f"the change at {account}",
                       lambda: self.says(f"Hallway · {account}: "))
        self.picture("activity")
        self.settings()

    def one_is_away(self):
        end(self.other)
        wait_until("the badge", lambda: self.says("1 of 2 accounts not connected"), 30)
        wait_until("the reason", lambda: self.says("Cottage: "))
        self.picture("one-away")
        window.keys("ctrl+1")
        for account in ("Cottage", "Mill Lane"):
            window.keys("ctrl+h")
            wait_until(f"the home of {account}", lambda: self.says(f"Home shown: Maple Street · {account}"))
        accessibility.press(wait_until("a card", lambda: self.seen.control("Hallway, thermostat")))
        slider = wait_until("its slider", lambda: self.seen.slider(SLIDER))
        path = self.service.device("thermostats", "Hallway")[0]
        new = accessibility.value(slider)[0] - 1
        accessibility.set_value(slider, new)
        wait_until("the write", lambda: self.service.read(f"devices/thermostats/{path}/{FIELD}") == new, 15)

    def sign_out_over_the_bus(self):
        self.settings()
        accessibility.press(wait_until("the way to a new token", lambda: self.pressable("Sign in to Cottage again")))
        wait_until("its address in the form", lambda: self.address() == self.other_url)
        self.settings()
        accessibility.press(wait_until("the button", lambda: self.pressable("Sign out of Cottage")))
        wait_until("one account", lambda: self.says("Mill Lane · live"), 20)
        expect(self.kept() == ["Mill Lane"], f"kept {self.kept()}")
        wait_until("the empty place in the keyring", lambda: self.other_token not in self.secrets())
        expect(self.token in self.secrets(), "the other token is gone as well")

    def address(self):
        return accessibility.text(self.seen.control("Address"))

    @staticmethod
    def secrets():
        done = subprocess.run(["secret-tool", "search", "--all", "service", "setpoint"],
                              capture_output=True, text=True, timeout=15, check=False)
        return done.stdout

    # Forms for other services

    def form_of_no_longer_evil(self):
        self.add_a_home(self.press, "Nest Learning Thermostat, 1st or 2nd generation")
        address = wait_until("the address", lambda: self.seen.control("Address"))
        accessibility.set_text(address, "http://192.168.1.10:8082")
        wait_until("the warning", lambda: self.says("has no sign-in"))
        accessibility.set_text(self.seen.control("Address"), "https://nolongerevil.com")
        wait_until("the field for a key", lambda: self.seen.control("Key of your account there"))
        self.picture("form-hosted")

    def form_of_google(self):
        answer = "Nest Thermostat, Thermostat E, Learning Thermostat 3rd or 4th generation"
        self.add_a_home(self.press, answer, "Device Access project")
        project = wait_until("the project", lambda: self.seen.control("Device Access project"))
        accessibility.set_text(project, "my-cloud")
        wait_until("what is wrong with it", lambda: self.says("That is no Device Access project"))
        expect(self.says("Step 1"), "the guide is not beside the form")
        self.to("OAuth client ID")
        window.type_text("1234")
        wait_until("what is wrong with that", lambda: self.says("That is no OAuth client"))
        expect(self.seen.button("Check the set-up"), "the set-up cannot be checked")
        self.picture("form-google")

    def steps(self):
        """The checks, in their order."""
        return [
            ("two simulated homes and the window start", self.start, VITAL),
            ("an account is added over the accessibility bus", self.add_over_the_bus, VITAL),
            ("another one is added by keyboard", self.add_by_keyboard, VITAL),
            ("one overview has the homes of both", self.one_overview),
            ("a change goes to the server of its home", self.each_to_its_own),
            ("renamed by keyboard", self.rename_by_keyboard),
            ("put in another order by keyboard", self.move_by_keyboard),
            ("what was done is told apart by its account", self.told_apart),
            ("one is away, and the other one is written to", self.one_is_away),
            ("signed out over the accessibility bus: the token is gone", self.sign_out_over_the_bus),
            ("the form for No Longer Evil asks for what its address needs", self.form_of_no_longer_evil),
            ("the form for Google says what is wrong as it is typed", self.form_of_google),
            ("closing the window ends the program", self.close_window),
        ]


if __name__ == "__main__":
    run(Accounts)
