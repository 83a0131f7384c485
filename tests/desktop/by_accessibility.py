#!/usr/bin/env python3
"""Every write of the guide, made over the accessibility bus alone: no mouse, no keyboard.

Runs inside the session that tests/desktop/session.sh starts. The recorder before the simulated
home has to see exactly the request that the guide has, and nothing else.
"""

import datetime

from sitting import VITAL, Sitting, run
from checks import expect, wait_until
import accessibility


class ByAccessibility(Sitting):
    """Presses, values and texts, and what came out of them."""

    def start(self):
        self.start_service()
        self.hallway, _ = self.service.device("thermostats", "Hallway")
        self.bedroom, _ = self.service.device("thermostats", "Bedroom")
        self.nursery, _ = self.service.device("cameras", "Nursery")
        (self.home, _), = self.service.read("structures").items()
        self.open_for_token()

    # What assistive technology does

    def control(self, name):
        return wait_until(f"the control {name!r}", lambda: self.seen.control(name))

    def press(self, name):
        # What is closed just now cannot be pressed.
        accessibility.press(wait_until(f"{name!r}, open", lambda: self.open_control(name)))

    def open_control(self, name):
        control = self.seen.control(name)
        return control if control and accessibility.can_be_pressed(control) else None

    def choose(self, what, entry):
        """Opens a list by the beginning of its name, and presses an entry of it."""
        self.press(wait_until(f"the list {what!r}", lambda: self.seen.beginning(f"{what}: ")).name)
        self.press(entry)

    def type(self, name, text):
        accessibility.set_text(self.control(name), text)
        wait_until(f"{text!r} in {name!r}", lambda: accessibility.text(self.control(name)) == text)

    def move(self, name, value):
        accessibility.set_value(self.control(name), value)

    def page(self, card, picture=None):
        """From the rail to the overview, and from there to a page."""
        self.press("Home")
        self.press(card)
        wait_until("the page", lambda: self.seen.control("Back"))
        if picture:
            self.picture(picture)

    # Thermostats

    def thermostat(self, body, node=None):
        self.wrote(f"/devices/thermostats/{node or self.hallway}", body)

    def target(self):
        self.page("Hallway, thermostat", "1-hallway")
        self.move("Hallway target temperature", 22.5)
        self.thermostat({"target_temperature_c": 22.5})
        self.press("Raise Hallway target temperature")
        self.thermostat({"target_temperature_c": 23.0})

    def typed_target(self):
        self.press("Type Hallway target temperature")
        field = "Hallway target temperature, typed"
        self.type(field, "20")
        # A button takes it, as Enter does, which is no matter of this bus; leaving the field drops it.
        self.press("Lower Hallway target temperature")
        self.thermostat({"target_temperature_c": 22.5})
        self.press("Type Hallway target temperature")
        self.type(field, "20")
        self.press("Set Hallway target temperature")
        self.thermostat({"target_temperature_c": 20.0})

    def modes(self):
        for name, word in [("Cool", "cool"), ("Heat · Cool", "heat-cool"), ("Eco", "eco"),
                           ("Off", "off"), ("Heat", "heat")]:
            self.press(f"Mode: {name}")
            self.thermostat({"hvac_mode": word})
            wait_until(f"{name} as the mode",
                       lambda n=name: accessibility.is_on(self.control(f"Mode: {n}")))

    def ways_out(self):
        """What closes a control offers the way out of it."""
        for mode, word, way in [("Eco", "eco", "Leave Eco: Heat"), ("Off", "off", "Turn on: Heat")]:
            self.press(f"Mode: {mode}")
            self.thermostat({"hvac_mode": word})
            self.press(way)
            self.thermostat({"hvac_mode": "heat"})

    def fan(self):
        self.press("Fan")
        self.thermostat({"fan_timer_active": True})
        wait_until("the fan on", lambda: accessibility.is_on(self.control("Fan")))
        self.press("Fan")
        self.thermostat({"fan_timer_active": False})

    def fan_duration(self):
        self.choose("Fan duration", "1 h")
        self.thermostat({"fan_timer_duration": 60})

    def label(self):
        self.type("Label", "Kate's Room")
        self.press("Save Label")
        self.thermostat({"label": "Kate's Room"})

    def scale(self):
        self.press("Scale: °F")
        self.thermostat({"temperature_scale": "F"})
        slider = wait_until("a slider in degrees Fahrenheit", lambda: self.fahrenheit())
        accessibility.set_value(slider, 70)
        self.thermostat({"target_temperature_f": 70})
        self.picture("2-fahrenheit")
        self.press("Scale: °C")
        self.thermostat({"temperature_scale": "C"})

    def fahrenheit(self):
        slider = self.seen.beginning("Hallway")
        return slider if accessibility.value(slider)[2] == 90 else None

    def range(self):
        self.page("Bedroom, thermostat", "3-bedroom")
        self.move("Bedroom heat to", 19.0)
        self.thermostat({"target_temperature_low_c": 19.0, "target_temperature_high_c": 24.0},
                        self.bedroom)
        self.move("Bedroom cool to", 25.5)
        self.thermostat({"target_temperature_low_c": 19.0, "target_temperature_high_c": 25.5},
                        self.bedroom)

    # The home

    def structure(self, body):
        return self.wrote(f"/structures/{self.home}", body)

    def away(self):
        self.page("Maple Street, home")
        self.press("Home or away: Away")
        self.structure({"away": "away"})
        self.picture("4-away")

    def arrival(self):
        self.choose("Arrival", "in 45 min")
        before = datetime.datetime.now(datetime.timezone.utc)
        self.press("Announce arrival")
        self.structure(lambda body: self.is_arrival(body, before))
        self.press("Cancel arrival")
        self.structure(lambda body: expect(
            list(body) == ["eta"] and body["eta"]["estimated_arrival_window_begin"] == 0,
            f"no cancelled arrival: {body}"))

    def is_arrival(self, body, before):
        """The trip, and a window that begins in 45 minutes."""
        expect(list(body) == ["eta"], f"more than the arrival: {body}")
        eta = body["eta"]
        expect(sorted(eta) == ["estimated_arrival_window_begin", "estimated_arrival_window_end",
                               "trip_id"], f"fields of the arrival: {eta}")
        begin, end = (datetime.datetime.fromisoformat(eta[key].replace("Z", "+00:00")) for key in (
            "estimated_arrival_window_begin", "estimated_arrival_window_end"))
        late = (begin - before).total_seconds() - 45 * 60
        expect(-1 <= late < 10, f"it begins {late:g} s beside the 45 minutes")
        expect(end > begin, f"it ends at {end}, before {begin}")

    def home_again(self):
        self.press("Home or away: Home")
        self.structure({"away": "home"})

    def name(self):
        self.type("Home name", "Kate's House")
        self.press("Save Home name")
        self.structure({"name": "Kate's House"})

    # Cameras

    def camera(self):
        path = f"/devices/cameras/{self.nursery}"
        self.page("Nursery, camera")
        self.press("Nursery camera")
        self.press("Keep it off")
        wait_until("the question gone", lambda: not self.seen.control("Switch on"))
        self.press("Nursery camera")
        self.control("Switch on")
        self.picture("5-consent")
        self.press("Switch on")
        self.wrote(path, {"is_streaming": True})
        wait_until("the camera on", lambda: accessibility.is_on(self.control("Nursery camera")))
        self.press("Nursery camera")
        self.wrote(path, {"is_streaming": False})

    def steps(self):
        """The checks, in their order."""
        return [
            ("bus alone: the window opens", self.start, VITAL),
            ("bus alone: target temperature", self.target),
            ("bus alone: a typed target, left and set", self.typed_target),
            ("bus alone: heat, cool, heat-cool, eco and off", self.modes),
            ("bus alone: the ways out of eco and off", self.ways_out),
            ("bus alone: fan on and off", self.fan),
            ("bus alone: fan duration", self.fan_duration),
            ("bus alone: label", self.label),
            ("bus alone: scale, and the target in it", self.scale),
            ("bus alone: both ends of a range", self.range),
            ("bus alone: away", self.away),
            ("bus alone: an arrival, announced and cancelled", self.arrival),
            ("bus alone: home", self.home_again),
            ("bus alone: the name of the home", self.name),
            ("bus alone: a camera on, with consent, and off", self.camera),
            ("bus alone: nothing else was written", self.wrote_no_more),
            ("bus alone: the window closes", self.close_window),
        ]


if __name__ == "__main__":
    run(ByAccessibility)
