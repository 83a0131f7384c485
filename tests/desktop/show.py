#!/usr/bin/env python3
"""Uses the program once, for packaging/start on a machine without a screen.

Runs inside the session that tests/desktop/session.sh starts: opens the window on a simulated
home, sets a temperature the way assistive technology does, asks the service whether it arrived,
and takes a picture of the window.
"""

import os
import sys

from sitting import arguments
from checks import Failed, expect, wait_until
from processes import Processes
from service import Service
import accessibility
import window

CARD, SLIDER = "Hallway", "Hallway target temperature"
WANTED_C = 21.5


def use(program, options, picture, processes):
    """The whole visit; returns nothing, or fails saying what did not happen."""
    _, ready = processes.start_server("simulate", [
        program, "simulate", "--listen", "127.0.0.1:0", "--seed", "1"])
    service = Service(ready["url"], ready["token"])
    device, before = service.device("thermostats", CARD)
    print(f"The simulated home's hallway is set to {before['target_temperature_c']} °C.", flush=True)

    process = processes.start("setpoint", [program, *options], env={
        **os.environ, "SETPOINT_URL": ready["url"], "SETPOINT_TOKEN": ready["token"]})
    seen = accessibility.Program(process)
    seen.appear()
    wait_until("the hallway in the window",
               lambda: seen.slider(SLIDER) or seen.button(CARD), 20)
    if not seen.slider(SLIDER):
        accessibility.press(seen.button(CARD))
    slider = wait_until(f"the slider {SLIDER!r}", lambda: seen.slider(SLIDER), 15)
    accessibility.set_value(slider, WANTED_C)
    service.wait_for(f"devices/thermostats/{device}/target_temperature_c", WANTED_C, 15)
    wait_until(f"{WANTED_C} on the slider",
               lambda: accessibility.value(seen.slider(SLIDER))[0] == WANTED_C)
    print(f"Set to {WANTED_C} °C in the window; the service has it.", flush=True)

    shown = wait_until("the window", lambda: window.find(process.pid, "Setpoint"))
    wait_until("something drawn in the window",
               lambda: window.is_drawn(window.picture(picture, shown)))
    window.close(shown)
    wait_until("the end of the program", lambda: process.poll() is not None)
    expect(process.returncode == 0, f"the program ended with {process.returncode}")


def main():
    parser = arguments(__doc__)
    parser.add_argument("options", nargs="*", help="options for the window")
    given = parser.parse_args()
    with Processes(given.out) as processes:
        use(given.program, given.options, os.path.join(given.out, "window.png"), processes)


if __name__ == "__main__":
    try:
        main()
    except (Failed, RuntimeError) as err:
        sys.exit(f"The window could not be used: {err}")
