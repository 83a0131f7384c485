#!/usr/bin/env python3
"""python-nest, a client nobody here wrote, against a Works with Nest server.

Usage: python_nest.py URL, with the token in SETPOINT_TOKEN. The server has to be a fresh
`setpoint simulate` with its default home. Started by tests/clients/run, which installs the client.

Everything the library writes is read back twice: from the server, without the library, and from
the library itself, which has it from its event stream.
"""

import datetime
import os
import sys

import nest
import nest.nest
from nest.nest import APIError, AuthorizationError

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from checks import Checks, Failed, expect, wait_until  # noqa: E402
from service import Service  # noqa: E402

NEVER = "1970-01-01T00:00:00.000Z"
TRIP = "trip-of-the-test"


class Journey:
    """One session of the library; the steps build on each other."""

    def __init__(self, url, token):
        nest.nest.API_URL = url
        self.url = url
        self.server = Service(url, token)
        self.client = nest.Nest(client_id="test", client_secret="test", access_token=token)

    # Reading

    def read_home(self):
        names = [structure.name for structure in self.client.structures]
        expect(names == ["Maple Street"], f"structures: {names}")
        self.expect_rooms("thermostats", {"Hallway", "Bedroom", "Studio"})
        self.expect_rooms("cameras", {"Front door", "Garden", "Nursery"})
        self.expect_rooms("smoke_co_alarms", {"Kitchen", "Cellar", "Bedroom"})

    def expect_rooms(self, kind, wanted):
        of_all = [device.where for device in getattr(self.client, kind)]
        of_structure = [device.where for device in getattr(self.structure, kind)]
        expect(set(of_all) == wanted and len(of_all) == len(wanted), f"{kind}: {of_all}")
        expect(sorted(of_structure) == sorted(of_all), f"{kind} of the structure: {of_structure}")

    def read_fields(self):
        """What the library shows of each thermostat is what the server has."""
        for device in self.client.thermostats:
            held = self.server.read(f"devices/thermostats/{device.serial}")
            for ours, theirs in [("hvac_mode", device.mode), ("humidity", device.humidity),
                                 ("temperature_scale", device.temperature_scale),
                                 ("can_cool", device.can_cool), ("has_fan", device.has_fan),
                                 ("is_online", device.online), ("name_long", device.name_long)]:
                expect(held[ours] == theirs, f"{device.where} {ours}: {held[ours]}, {theirs}")

    # Devices

    def set_scale(self):
        hallway = self.thermostat("Hallway")
        for scale in ("C", "F"):
            hallway.temperature_scale = scale
            self.both(hallway, "temperature_scale", scale, lambda: hallway.temperature_scale)

    def set_mode(self):
        hallway = self.thermostat("Hallway")
        for mode in ("cool", "heat-cool", "off", "heat"):
            hallway.mode = mode
            self.both(hallway, "hvac_mode", mode, lambda: hallway.mode)

    def set_target_fahrenheit(self):
        hallway = self.thermostat("Hallway")
        for wanted in (66, 71):
            hallway.target = wanted
            self.both(hallway, "target_temperature_f", wanted, lambda: hallway.target)
        # One stored value, two views: 71 °F lies between 21.5 and 22 °C.
        self.server.wait_for(f"devices/thermostats/{hallway.serial}/target_temperature_c", 21.5)

    def set_range(self):
        bedroom = self.thermostat("Bedroom")
        bedroom.temperature_scale = "C"
        self.both(bedroom, "temperature_scale", "C", lambda: bedroom.temperature_scale)
        bedroom.mode = "heat-cool"
        self.both(bedroom, "hvac_mode", "heat-cool", lambda: bedroom.mode)
        bedroom.target = (19.0, 25.0)
        self.both(bedroom, "target_temperature_low_c", 19.0, lambda: bedroom.target.low)
        self.both(bedroom, "target_temperature_high_c", 25.0, lambda: bedroom.target.high)

    def set_fan_duration(self):
        hallway = self.thermostat("Hallway")
        for minutes in (45, 30):
            hallway.fan_timer = minutes
            self.both(hallway, "fan_timer_duration", minutes, lambda: hallway.fan_timer)

    def run_fan(self):
        hallway = self.thermostat("Hallway")
        timeout = f"devices/thermostats/{hallway.serial}/fan_timer_timeout"
        hallway.fan = True
        self.both(hallway, "fan_timer_active", True, lambda: hallway.fan)
        self.server.wait_for(timeout, lambda until: until != NEVER)
        hallway.fan = False
        self.both(hallway, "fan_timer_active", False, lambda: hallway.fan)
        self.server.wait_for(timeout, NEVER)

    def set_label(self):
        # The library shows labels but offers no way to write one; this is how it writes.
        hallway = self.thermostat("Hallway")
        label = "Kate's Room"
        hallway._set("devices/thermostats", {"label": label})
        self.both(hallway, "label", label, lambda: hallway.label)
        self.server.wait_for(f"devices/thermostats/{hallway.serial}/name", f"Hallway ({label})")

    def set_streaming(self):
        for camera in self.client.cameras:
            was = camera.is_streaming
            for wanted in (not was, was):
                camera.is_streaming = wanted
                path = f"devices/cameras/{camera.serial}/is_streaming"
                self.server.wait_for(path, wanted)
                wait_until(f"{path} in the library", lambda: camera.is_streaming is wanted)

    # The structure

    def set_name(self):
        for name in ("Elm Street 2", "Maple Street"):
            self.structure.name = name
            self.of_structure("name", name)
            wait_until("the name in the library", lambda: self.structure.name == name)

    def set_away(self):
        self.structure.away = "away"
        self.of_structure("away", "away")
        wait_until("away in the library", lambda: self.structure.away == "away")
        # Since the change to eco, a home nobody is in has its thermostats there.
        hallway = self.thermostat("Hallway")
        self.both(hallway, "hvac_mode", "eco", lambda: hallway.mode)

    def set_eta(self):
        # Naive on purpose: the library writes times without a zone, and means UTC.
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        begin = now.replace(microsecond=0) + datetime.timedelta(hours=2)
        self.structure.set_eta(TRIP, begin, begin + datetime.timedelta(minutes=30))
        self.of_structure("eta_begin", begin.isoformat() + ".000Z")
        wait_until("the arrival in the library",
                   lambda: self.structure.eta_begin.replace(tzinfo=None) == begin)

    def cancel_eta(self):
        self.structure.cancel_eta(TRIP)
        self.of_structure("eta_begin", NEVER)

    def come_home(self):
        self.structure.away = "home"
        self.of_structure("away", "home")
        hallway = self.thermostat("Hallway")
        self.both(hallway, "hvac_mode", "heat", lambda: hallway.mode)

    # Refusals

    def refused_in_eco(self):
        hallway = self.thermostat("Hallway")
        hallway.mode = "eco"
        self.both(hallway, "hvac_mode", "eco", lambda: hallway.mode)
        before = self.server.read(f"devices/thermostats/{hallway.serial}/target_temperature_f")

        def write():
            hallway.target = 75

        self.refused(write, "Cannot change target temperature while mode is eco")
        after = self.server.read(f"devices/thermostats/{hallway.serial}/target_temperature_f")
        expect(after == before, f"refused, yet it went from {before} to {after}")
        hallway.mode = "heat"
        self.both(hallway, "hvac_mode", "heat", lambda: hallway.mode)

    def refused_mode(self):
        studio = self.thermostat("Studio")

        def write():
            studio.mode = "heat-cool"

        self.refused(write, "Cannot change HVAC mode to heat-cool: HVAC cannot cool")

    def refused(self, write, text):
        try:
            write()
        except APIError as err:
            expect(str(err) == text, f"another text: {err}")
            return
        raise Failed("the write was not refused")

    def bad_token(self):
        stranger = nest.Nest(client_id="test", client_secret="test", access_token="c.wrong")
        expect(stranger.invalid_access_token, "reading with it is allowed")
        device = self.thermostat("Hallway").serial
        for what, act in [
                ("the stream", lambda: stranger.structures),
                ("a write", lambda: stranger._put(f"/devices/thermostats/{device}",
                                                  {"label": "wrong"}))]:
            try:
                act()
            except AuthorizationError:
                continue
            raise Failed(f"{what} with it is allowed")
        label = self.server.read(f"devices/thermostats/{device}/label")
        expect(label != "wrong", "the write arrived")

    # Looking

    @property
    def structure(self):
        return self.client.structures[0]

    def thermostat(self, room):
        found = [device for device in self.client.thermostats if device.where == room]
        expect(found, f"the library shows no thermostat {room}")
        return found[0]

    def both(self, device, field, wanted, shown):
        """The server has it, and the library hears of it."""
        self.server.wait_for(f"devices/thermostats/{device.serial}/{field}", wanted)
        wait_until(f"{field} {wanted!r} in the library", lambda: shown() == wanted)

    def of_structure(self, field, wanted):
        self.server.wait_for(f"structures/{self.structure.serial}/{field}", wanted)


def main():
    if len(sys.argv) != 2 or not os.environ.get("SETPOINT_TOKEN"):
        sys.exit(__doc__.splitlines()[2])
    journey = Journey(sys.argv[1].rstrip("/"), os.environ["SETPOINT_TOKEN"])
    checks = Checks()
    steps = [
        ("the home is read through the stream", journey.read_home),
        ("fields of the thermostats agree", journey.read_fields),
        ("temperature scale", journey.set_scale),
        ("mode", journey.set_mode),
        ("target temperature in °F", journey.set_target_fahrenheit),
        ("range of heat-cool", journey.set_range),
        ("fan duration", journey.set_fan_duration),
        ("fan on and off", journey.run_fan),
        ("label", journey.set_label),
        ("camera streaming", journey.set_streaming),
        ("name of the structure", journey.set_name),
        ("away", journey.set_away),
        ("arrival announced", journey.set_eta),
        ("arrival cancelled", journey.cancel_eta),
        ("home again", journey.come_home),
        ("a target in eco is refused, with the server's text", journey.refused_in_eco),
        ("a mode the equipment lacks is refused", journey.refused_mode),
        ("a bad token is not authorized", journey.bad_token),
    ]
    checks.run([(f"python-nest: {name}", step) for name, step in steps])
    checks.finish()


if __name__ == "__main__":
    main()
