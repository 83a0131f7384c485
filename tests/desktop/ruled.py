#!/usr/bin/env python3
"""Rules: a template by keys, its trial on recorded history, a rule written by choosing parts, and an Away that makes it
act with exactly the write that it announced.

The window shows a home behind a recording server. The history that the trial reads is what the program itself recorded
before.
"""

import json
import time

from by_name import ByName
from sitting import VITAL, accessibility, expect, run, wait_until, window

PATIENCE = 20
TEMPLATE = "Save energy when everybody has left"


class Ruled(ByName):
    """A home whose rules the program carries out."""

    def rules(self):
        return {rule["name"]: rule for rule in json.loads(self.command("rule", "list", "--json"))}

    def log(self, rule):
        return json.loads(self.command("rule", "log", rule, "--json"))

    def template_by_keys(self):
        window.keys("ctrl+8")
        wait_until("the page", lambda: self.says("No rule yet"), PATIENCE)
        self.do(f"Add the rule {TEMPLATE}", "Return")
        wait_until("the rule", lambda: TEMPLATE in self.rules(), PATIENCE)
        expect(self.rules()[TEMPLATE]["on"], "it is not on")
        self.wrote_no_more()
        self.picture("template")

    def tried_by_mouse(self):
        def node():
            return self.seen.first(lambda node: node.name == f"Try {TEMPLATE} on the last 30 days")
        x, y, width, height = accessibility.extents(wait_until("the trial", node))
        window.run("xdotool", "mousemove", str(round(x + width / 2)), str(round(y + height / 2)))
        time.sleep(0.2)
        window.run("xdotool", "click", "1")
        # The home is new, so there is little to try it on; that is told as well.
        wait_until("the result", lambda: self.says("In the last 30 days it would")
                   or self.says("Nothing was recorded"), PATIENCE)
        self.wrote_no_more()
        self.picture("tried")
        self.press("Close the trial")

    def tried_on_a_simulated_day(self):
        self.press(f"Try {TEMPLATE} on a simulated day")
        wait_until("the day", lambda: self.says("Simulated day, "), PATIENCE)
        # The day passes by itself: two simulated hours are twelve seconds.
        wait_until("the morning", lambda: self.says("Simulated day, 07:"), PATIENCE)
        self.to("To the end of the day")
        window.keys("Return")
        wait_until("its end", lambda: self.says("The simulated day is over"), PATIENCE)
        expect(self.says("Everybody leaves"), "nobody left")
        self.wrote_no_more()
        self.picture("simulated")
        self.press("Close the trial")

    def written_by_parts(self):
        self.press("New rule")
        self.to("Name")
        window.type_text("Watch the nursery")
        self.press("When: Add a trigger")
        self.press("Home or away")
        self.press("Then: Add an action")
        self.press("Command")
        self.to("Command")
        window.keys("ctrl+a")
        window.type_text("nursery on")
        self.press("Save the rule")
        rule = wait_until("the rule", lambda: self.rules().get("Watch the nursery"), PATIENCE)
        expect(rule["when"] == ["everybody has left"], f"when {rule['when']}")
        expect(rule["then"] == ["carry out “nursery on”"], f"then {rule['then']}")
        self.wrote_no_more()
        self.picture("written")

    def away_makes_it_act(self):
        # The first look at the home is no reason; the program looks at once.
        time.sleep(3)
        self.press("Maple Street: Away")
        self.wrote(f"/structures/{self.home}", {"away": "away"})
        self.wrote(f"/devices/cameras/{self.nursery}", {"is_streaming": True})
        done = wait_until("the log", lambda: [run for run in self.log("Watch the nursery")
                                              if run["acts"] and run["acts"][0]["outcome"] == "done"], PATIENCE)
        expect(done[0]["trigger"] == "everybody has left", f"because of {done[0]['trigger']}")
        # The service itself has put the thermostats into Eco, so the template leaves them alone, and says so.
        left = wait_until("the template", lambda: self.log(TEMPLATE), PATIENCE)
        expect(len(left) == 1 and len(left[0]["acts"]) == 3, f"{left}")
        self.wrote_no_more()
        wait_until("the occasion on the page", lambda: self.says("What the rules did"), PATIENCE)
        self.picture("acted")

    def off_is_off(self):
        switch = wait_until("the switch", lambda: self.seen.first(
            lambda node: node.name == "Watch the nursery" and accessibility.is_focusable(node)))
        accessibility.press(switch)
        wait_until("it is off", lambda: not self.rules()["Watch the nursery"]["on"], PATIENCE)
        self.press("Maple Street: Home")
        self.wrote(f"/structures/{self.home}", {"away": "home"})
        self.press("Maple Street: Away")
        self.wrote(f"/structures/{self.home}", {"away": "away"})
        time.sleep(3)
        expect(len(self.log("Watch the nursery")) == 1, "a rule that is off acted")
        self.wrote_no_more()

    def steps(self):
        return [
            ("the window opens on a home", self.start, VITAL),
            ("keys: a template is added, and sets nothing", self.template_by_keys),
            ("mouse: it is tried on the recorded history", self.tried_by_mouse),
            ("bus and keys: it is tried on a simulated day, and nothing is written", self.tried_on_a_simulated_day),
            ("bus and keys: a rule is written by choosing parts", self.written_by_parts),
            ("bus: an Away makes it act, with the write that it announced", self.away_makes_it_act),
            ("bus: a rule that is off does nothing", self.off_is_off),
            ("closing the window ends the program", self.close_window),
        ]


if __name__ == "__main__":
    run(Ruled)
