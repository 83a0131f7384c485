#!/usr/bin/env python3
"""python-nest, a client nobody here wrote, through the bridge before a home of today.

Usage: python_nest_today.py URL SERVICE SCENE, with the token in SETPOINT_TOKEN. Started by
tests/integration/old_clients/python.rs, which looks at what arrived at the service after each scene.

A service of today has less than the home that the library was made for: what it cannot do has to
be refused, with a reason that the library passes on.
"""

import datetime
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from checks import Checks, expect, wait_until  # noqa: E402
from python_nest import TRIP, Journey  # noqa: E402


class JourneyOfToday(Journey):
    """One scene; there is one thermostat, and it is in heat."""

    def __init__(self, url, token, service):
        super().__init__(url, token)
        self.service = service

    @property
    def device(self):
        found = self.client.thermostats
        expect(len(found) == 1, f"thermostats: {[device.serial for device in found]}")
        return found[0]

    # Reading

    def read_home(self):
        wanted = {"nle": ("Mill Lane", 0), "sdm": ("Elm Street", 1)}[self.service]
        shown = (self.structure.name, len(self.client.cameras))
        expect(shown == wanted, f"the home is {shown}")
        expect([device.serial for device in self.structure.thermostats] == [self.device.serial],
               "the home has other thermostats")

    def read_fields(self):
        device = self.device
        held = self.server.read(f"devices/thermostats/{device.serial}")
        for ours, theirs in [("hvac_mode", device.mode), ("humidity", device.humidity),
                             ("temperature_scale", device.temperature_scale),
                             ("can_cool", device.can_cool), ("has_fan", device.has_fan),
                             ("is_online", device.online), ("name_long", device.name_long),
                             ("ambient_temperature_c", device.temperature),
                             ("target_temperature_c", device.target)]:
            expect(held[ours] == theirs, f"{ours}: {held[ours]}, {theirs}")
        expect((device.mode, device.target) == ("heat", 21.0), f"{device.mode}, {device.target}")

    # What every service does

    def set_target(self):
        device = self.device
        for wanted in (19.0, 22.5):
            device.target = wanted
            self.both(device, "target_temperature_c", wanted, lambda: device.target)

    def modes(self, *modes):
        device = self.device
        for mode in modes:
            device.mode = mode
            self.both(device, "hvac_mode", mode, lambda: device.mode)

    def set_range(self):
        device = self.device
        device.target = (18.5, 24.0)
        self.both(device, "target_temperature_low_c", 18.5, lambda: device.target.low)
        self.both(device, "target_temperature_high_c", 24.0, lambda: device.target.high)

    def set_fan_duration(self):
        self.device.fan_timer = 45
        self.both(self.device, "fan_timer_duration", 45, lambda: self.device.fan_timer)

    def run_fan(self):
        for runs in (True, False):
            self.device.fan = runs
            self.both(self.device, "fan_timer_active", runs, lambda: self.device.fan)

    def refused_in_eco(self):
        self.modes("eco")

        def write():
            self.device.target = 23

        self.refused(write, "Cannot change target temperature while mode is eco")

    # What only one of them does

    def set_scale(self):
        for scale in ("F", "C"):
            self.device.temperature_scale = scale
            self.both(self.device, "temperature_scale", scale,
                      lambda: self.device.temperature_scale)

    def set_away(self):
        """There, away is Eco for the whole home."""
        for away, mode in (("away", "eco"), ("home", "heat")):
            self.structure.away = away
            self.of_structure("away", away)
            wait_until(f"{away} in the library", lambda: self.structure.away == away)
            self.both(self.device, "hvac_mode", mode, lambda: self.device.mode)

    # What one of them or both cannot do

    def write_label(self):
        self.device._set("devices/thermostats", {"label": "Attic"})

    def write_name(self):
        self.structure.name = "Elm Street 2"

    def write_arrival(self):
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None, microsecond=0)
        self.structure.set_eta(TRIP, now + datetime.timedelta(hours=2))

    def write_scale(self):
        self.device.temperature_scale = "F"

    def write_away(self):
        self.structure.away = "away"

    def write_streaming(self):
        self.client.cameras[0].is_streaming = True

    def bad_token(self):
        device = self.device.serial
        stranger = type(self.client)(client_id="test", client_secret="test",
                                     access_token="c.wrong")
        expect(stranger.invalid_access_token, "reading with it is allowed")
        try:
            stranger._put(f"/devices/thermostats/{device}", {"hvac_mode": "off"})
        except Exception as err:  # the library has a class of its own for it
            expect(type(err).__name__ == "AuthorizationError", f"{type(err).__name__}: {err}")
            return
        expect(False, "a write with it is allowed")


def refusals(journey):
    """What a service cannot do, with the words that it is refused in."""
    title, cannot = {
        "nle": ("No Longer Evil", [
            (journey.write_label, "cannot change names"),
            (journey.write_name, "cannot change names"),
            (journey.write_arrival, "does not support arrivals"),
        ]),
        "sdm": ("Google Device Access", [
            (journey.write_label, "cannot change names"),
            (journey.write_name, "cannot change names"),
            (journey.write_arrival, "does not support arrivals"),
            (journey.write_scale, "cannot change the scale of a thermostat"),
            (journey.write_away,
             "cannot set home or away; Eco on every thermostat comes closest"),
            (journey.write_streaming, "cannot switch cameras on or off"),
        ]),
    }[journey.service]
    return [(f"{write.__name__}: {why}",
             lambda write=write, why=why: journey.refused(write, f"{title} {why}"))
            for write, why in cannot]


def scenes(journey):
    """The scenes of each service: each has as many writes as it takes in a minute."""
    looks = [
        ("the home is read through the stream", journey.read_home),
        ("fields of the thermostat agree", journey.read_fields),
        *refusals(journey),
        ("a bad token is not authorized", journey.bad_token),
    ]
    target = ("target temperature", journey.set_target)
    fan = [("fan duration", journey.set_fan_duration), ("fan on and off", journey.run_fan)]
    range_ = ("range of heat-cool", journey.set_range)
    eco = ("a target in eco is refused", journey.refused_in_eco)
    return {
        "nle": {
            "looks": looks,
            "comfort": [target, ("temperature scale", journey.set_scale), *fan],
            "modes": [("modes", lambda: journey.modes("cool", "off", "heat-cool")), range_],
            "away": [("heat", lambda: journey.modes("heat")),
                     ("away and home", journey.set_away), eco],
        },
        "sdm": {
            "looks": looks,
            "target": [target],
            "fan": fan,
            "modes": [("modes", lambda: journey.modes("cool", "heat-cool")), range_],
            "eco": [eco],
        },
    }[journey.service]


def main():
    if len(sys.argv) != 4 or not os.environ.get("SETPOINT_TOKEN"):
        sys.exit(__doc__.splitlines()[2])
    url, service, scene = sys.argv[1:]
    journey = JourneyOfToday(url.rstrip("/"), os.environ["SETPOINT_TOKEN"], service)
    checks = Checks()
    checks.run([(f"python-nest, {service}: {name}", step) for name, step in scenes(journey)[scene]])
    checks.finish()


if __name__ == "__main__":
    main()
