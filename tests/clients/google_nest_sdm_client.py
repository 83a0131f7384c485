#!/usr/bin/env python3
"""google-nest-sdm, a client nobody here wrote, against the stand-in for Google Device Access.

Usage: google_nest_sdm_client.py URL PROJECT, with the access token in SETPOINT_TOKEN. Started by
tests/integration/old_clients/python.rs: there is a thermostat in heat in the hallway and a doorbell on the
porch, and two messages wait in the subscription.

What the library takes for Google's API is what the stand-in has to be.
"""

import asyncio
import base64
import json
import os
import sys

import aiohttp
from google_nest_sdm.auth import AbstractAuth
from google_nest_sdm.device_manager import DeviceManager
from google_nest_sdm.event import EventMessage
from google_nest_sdm.exceptions import (
    ApiException,
    ApiForbiddenException,
    AuthException,
    NotFoundException,
)
from google_nest_sdm.google_nest_api import GoogleNestAPI

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from checks import Checks, Failed, expect  # noqa: E402

SUBSCRIPTION = "projects/cloud/subscriptions/nest"


class Token(AbstractAuth):
    """An access token that somebody else got."""

    def __init__(self, session, url, token):
        super().__init__(session, url)
        self._token = token

    async def async_get_access_token(self):
        return self._token


class Journey:
    """The steps build on each other."""

    def __init__(self, session, url, project, token):
        self.session, self.url, self.project = session, url, project
        self.auth = Token(session, url, token)
        self.api = GoogleNestAPI(self.auth, project)

    async def device(self, name="thermostat"):
        device = await self.api.async_get_device(name)
        expect(device, f"there is no {name}")
        return device

    # Reading

    async def read_structures(self):
        listed = await self.api.async_get_structures()
        expect([structure.info.custom_name for structure in listed] == ["Elm Street"],
               f"structures: {listed}")
        name = f"enterprises/{self.project}/structures/home"
        one = await self.api.async_get_structure("home")
        for structure in (*listed, one):
            expect(structure.name == name, f"the structure is {structure.name}")

    async def read_devices(self):
        devices = {device.name.rsplit("/", 1)[1]: device
                   for device in await self.api.async_get_devices()}
        expect(set(devices) == {"thermostat", "doorbell"}, f"devices: {set(devices)}")
        for name, kind, room in [("thermostat", "THERMOSTAT", "Hallway"),
                                 ("doorbell", "DOORBELL", "Porch")]:
            device = devices[name]
            expect(device.type == f"sdm.devices.types.{kind}", f"{name} is a {device.type}")
            expect(list(device.parent_relations.values()) == [room],
                   f"{name} is in {device.parent_relations}")
        doorbell = devices["doorbell"]
        expect(doorbell.info.custom_name == "Front door", f"{doorbell.info}")
        expect(doorbell.camera_person and doorbell.doorbell_chime, "the doorbell lacks traits")

    async def read_traits(self):
        device = await self.device()
        for what, is_, wanted in [
                ("connectivity", device.connectivity.status, "ONLINE"),
                ("temperature", device.temperature.ambient_temperature_celsius, 20.259995),
                ("humidity", device.humidity.ambient_humidity_percent, 43.0),
                ("mode", device.thermostat_mode.mode, "HEAT"),
                ("modes", device.thermostat_mode.available_modes,
                 ["HEAT", "COOL", "HEATCOOL", "OFF"]),
                ("eco", device.thermostat_eco.mode, "OFF"),
                ("eco's range", (device.thermostat_eco.heat_celsius,
                                 device.thermostat_eco.cool_celsius), (15.5, 26.0)),
                ("hvac", device.thermostat_hvac.status, "HEATING"),
                ("setpoint", device.thermostat_temperature_setpoint.heat_celsius, 21.0),
                ("fan", device.fan.timer_mode, "OFF")]:
            expect(is_ == wanted, f"{what}: {is_} instead of {wanted}")

    # Commands

    async def set_heat(self):
        await (await self.device()).thermostat_temperature_setpoint.set_heat(22.5)
        setpoint = (await self.device()).thermostat_temperature_setpoint
        expect((setpoint.heat_celsius, setpoint.cool_celsius) == (22.5, None), f"{setpoint}")

    async def set_modes(self):
        for mode in ("OFF", "COOL"):
            await (await self.device()).thermostat_mode.set_mode(mode)
            is_ = (await self.device()).thermostat_mode.mode
            expect(is_ == mode, f"{is_} instead of {mode}")

    async def set_cool(self):
        await (await self.device()).thermostat_temperature_setpoint.set_cool(24.0)
        setpoint = (await self.device()).thermostat_temperature_setpoint
        expect((setpoint.heat_celsius, setpoint.cool_celsius) == (None, 24.0), f"{setpoint}")

    async def set_range(self):
        await (await self.device()).thermostat_mode.set_mode("HEATCOOL")
        await (await self.device()).thermostat_temperature_setpoint.set_range(18.5, 25.0)
        setpoint = (await self.device()).thermostat_temperature_setpoint
        expect((setpoint.heat_celsius, setpoint.cool_celsius) == (18.5, 25.0), f"{setpoint}")

    async def run_fan(self):
        await (await self.device()).fan.set_timer("ON", 900)
        fan = (await self.device()).fan
        expect(fan.timer_mode == "ON" and fan.timer_timeout, f"{fan}")
        await (await self.device()).fan.set_timer("OFF")
        fan = (await self.device()).fan
        expect(fan.timer_mode == "OFF" and fan.timer_timeout is None, f"{fan}")

    async def set_eco(self):
        await (await self.device()).thermostat_eco.set_mode("MANUAL_ECO")
        device = await self.device()
        expect(device.thermostat_eco.mode == "MANUAL_ECO", f"{device.thermostat_eco}")
        await self.refused(
            device.thermostat_temperature_setpoint.set_heat(20.0), ApiException,
            "FAILED_PRECONDITION (400)", "command not allowed when thermostat in MANUAL_ECO mode.")
        await device.thermostat_eco.set_mode("OFF")
        eco = (await self.device()).thermostat_eco
        expect((eco.mode, eco.heat_celsius) == ("OFF", 15.5), f"{eco}")

    # Errors

    async def refused(self, call, kind, *words):
        try:
            await call
        except ApiException as err:
            expect(type(err) is kind, f"{type(err).__name__} instead of {kind.__name__}: {err}")
            for text in words:
                expect(text in str(err), f"another text: {err}")
            return
        raise Failed("it was not refused")

    async def wrong_mode(self):
        device = await self.device()
        await self.refused(device.thermostat_temperature_setpoint.set_heat(20.0), ApiException,
                           "FAILED_PRECONDITION", "not allowed in current thermostat mode.")

    async def strangers(self):
        await self.refused(self.api.async_get_device("nobody"), NotFoundException, "NOT_FOUND")
        await self.refused(self.api.async_get_structure("nowhere"), NotFoundException, "NOT_FOUND")
        other = GoogleNestAPI(self.auth, "another-project")
        for call in (other.async_get_devices(), other.async_get_structures()):
            await self.refused(call, ApiForbiddenException, "PERMISSION_DENIED")
        wrong = GoogleNestAPI(Token(self.session, self.url, "wrong"), self.project)
        await self.refused(wrong.async_get_devices(), AuthException, "UNAUTHENTICATED")

    # Events

    async def take_events(self):
        """Messages as the stand-in queues them; the library itself would pull by another protocol."""
        pulled = await self.auth.post_json(f"{SUBSCRIPTION}:pull", json={"maxMessages": 10})
        received = pulled["receivedMessages"]
        expect(len(received) == 2, f"{len(received)} messages")
        manager = DeviceManager()
        for device in await self.api.async_get_devices():
            manager.add_device(device)
        kinds = []
        for message in received:
            payload = json.loads(base64.b64decode(message["message"]["data"]))
            event = EventMessage.create_event(payload, self.auth)
            kinds += list(event.resource_update_events or ())
            await manager.async_handle_event(event)
        expect(kinds == ["sdm.devices.events.DoorbellChime.Chime"], f"events: {kinds}")
        device = manager.devices[f"enterprises/{self.project}/devices/thermostat"]
        ambient = device.temperature.ambient_temperature_celsius
        expect(ambient == 19.5, f"the library has {ambient} °C after the event")
        acks = [message["ackId"] for message in received]
        await self.auth.post(f"{SUBSCRIPTION}:acknowledge", json={"ackIds": acks})


async def travel(url, project, token, checks):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        journey = Journey(session, url, project, token)
        for name, step in [
                ("structures are read", journey.read_structures),
                ("devices are read, with their rooms", journey.read_devices),
                ("traits are read", journey.read_traits),
                ("heat to a temperature", journey.set_heat),
                ("modes", journey.set_modes),
                ("cool to a temperature", journey.set_cool),
                ("heat in another mode is refused", journey.wrong_mode),
                ("range", journey.set_range),
                ("fan on and off", journey.run_fan),
                ("eco, in which a temperature is refused", journey.set_eco),
                ("strangers are refused as Google does", journey.strangers),
                ("messages are understood", journey.take_events)]:
            try:
                await step()
                problem = None
            except Exception as err:  # whatever it was, the next step still runs
                problem = err

            def tell(problem=problem):
                if problem:
                    raise problem

            checks.check(f"google-nest-sdm: {name}", tell)


def main():
    if len(sys.argv) != 3 or not os.environ.get("SETPOINT_TOKEN"):
        sys.exit(__doc__.splitlines()[2])
    checks = Checks()
    url, project = sys.argv[1:]
    asyncio.run(travel(url.rstrip("/"), project, os.environ["SETPOINT_TOKEN"], checks))
    checks.finish()


if __name__ == "__main__":
    main()
