"""A day in the tray, at high speed: the window is opened and closed again and again.

The simulated home lives through 24 hours meanwhile, with all the events of a day on the stream.
What the program holds in memory must not grow with either.
"""

import statistics
import time

from sitting import VITAL, expect, run, wait_until, window
from tray_sitting import PATIENCE, TraySitting

HOURS = 24
CYCLES = 50
SPEED = 1440  # a day a minute
# The first windows load the graphics and fill the caches of fonts and pictures.
WARM_UP = 5
# In half of the windows, at the usual pace. Each thread that allocates while another does makes the heap larger by a few
# megabytes once, and more of them do on a busy machine: a leak goes on.
MOST_GROWTH_KB = 5 * 1024
# The windows over which the pace is told: a step is in few of these spans, a leak in all.
SPAN = 5


class LongLife(TraySitting):
    """A program that lives in the tray for a day."""

    def start(self):
        self.began = time.monotonic()
        self.start_desktop("--speed", str(SPEED))
        self.prefer('on_close = "stay"')

    def resident_kb(self):
        return int(self.status("VmRSS"))

    def cycle(self):
        self.icon.middle_click()
        shown = wait_until("the window", self.title_shown, PATIENCE)
        window.close(shown)
        wait_until("the end of the window", lambda: not self.title_shown())

    def day(self):
        self.sizes = []
        for number in range(1, CYCLES + 1):
            self.cycle()
            expect(self.is_running(), f"it ended in cycle {number}")
            if number >= WARM_UP:
                self.sizes.append(self.resident_kb())
        seconds = HOURS * 3600 / SPEED
        wait_until("the end of the day", lambda: time.monotonic() - self.began >= seconds, 2 * seconds)
        self.live()
        self.sizes.append(self.resident_kb())

    def bounded(self):
        first, last = self.sizes[0], self.sizes[-1]
        print(f"      resident after {WARM_UP} cycles {first / 1024:.1f} MiB, after {CYCLES} "
              f"{self.sizes[-2] / 1024:.1f} MiB, at the end of the day {last / 1024:.1f} MiB", flush=True)
        with open(self.path("resident.txt"), "w", encoding="utf-8") as file:
            file.write("\n".join(map(str, self.sizes)) + "\n")
        half = len(self.sizes) // 2
        pace = statistics.median(later - size for size, later in zip(self.sizes, self.sizes[SPAN:])) / SPAN
        growth = pace * half
        print(f"      in {half} cycles it grows by {growth / 1024:.1f} MiB", flush=True)
        expect(growth < MOST_GROWTH_KB, f"it grew by {growth / 1024:.1f} MiB in {half} windows: {self.sizes}")

    def heard(self):
        """The stream was there all day: the program shows what the service has."""
        device = self.service.read(f"devices/thermostats/{self.device}")
        wait_until("the service's present setpoint", lambda: self.says(device["target_temperature_c"]))

    def says(self, target):
        return any(f"{target:g}" in line or f"{target:.1f}" in line for line in self.icon.tooltip())

    def steps(self):
        """The checks, in their order."""
        return [
            (f"a simulated home at {SPEED} times the speed, and the panel", self.start, VITAL),
            ("started hidden", self.hide, VITAL),
            (f"{CYCLES} windows in {HOURS} simulated hours", self.day, VITAL),
            ("memory does not grow with each window", self.bounded),
            ("it still shows what the service has", self.heard),
            ("quit ends the process", self.quit),
        ]


if __name__ == "__main__":
    run(LongLife)
