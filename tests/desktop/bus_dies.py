"""The session bus dies under the program: tray, notifications and keyring are gone at once.

The bus is one of this test's own. What was in the tray has no place any more, so its window has
to open, and has to work.
"""

import os
import subprocess

from sitting import VITAL, Sitting, expect, run, wait_until, window
from processes import end  # noqa: E402
from tray_sitting import PATIENCE


class BusDies(Sitting):
    """A program on a bus that dies."""

    def start(self):
        self.start_service()
        devices = self.service.read("devices/thermostats")
        self.device = next(key for key, it in devices.items() if it["name"] == "Hallway")
        self.bus = self.processes.start("bus", [
            "dbus-daemon", "--session", "--print-address=1", "--nofork", "--nopidfile"], stdout=subprocess.PIPE)
        address = self.bus.stdout.readline().decode().strip()
        expect(address, "the bus did not say its address")
        self.environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address, "SETPOINT_LOG": "info",
                            "SETPOINT_URL": self.url, "SETPOINT_TOKEN": self.token}
        self.processes.start("panel", ["xfce4-panel", "--disable-wm-check"], env=self.environment)
        self.processes.start("dunst", ["dunst"], env=self.environment)

    def log(self):
        with open(self.processes.log("setpoint"), encoding="utf-8", errors="replace") as log:
            return log.read()

    def hide(self):
        # Its icon is not looked for by this test's own connection, which would die with the bus.
        watch = ["gdbus", "call", "--session", "--dest", "org.kde.StatusNotifierWatcher", "--object-path",
                 "/StatusNotifierWatcher", "--method", "org.freedesktop.DBus.Properties.Get",
                 "org.kde.StatusNotifierWatcher", "RegisteredStatusNotifierItems"]

        def items():
            done = subprocess.run(watch, env=self.environment, capture_output=True, text=True, timeout=20, check=False)
            return done.returncode == 0 and "StatusNotifierItem" in done.stdout

        self.process = self.processes.start("setpoint", [self.binary, "--hidden"], env=self.environment)
        wait_until("the icon", items, PATIENCE)
        expect(not self.shown(), "there is a window")

    def shown(self):
        try:
            return window.find(self.process.pid, "Setpoint")
        except Exception:
            return None

    def dies(self):
        end(self.bus)
        self.window = wait_until("the window in place of the tray", self.shown, PATIENCE)
        expect(self.process.poll() is None, "the program ended")

    def works(self):
        wait_until("its focus", lambda: window.run("xdotool", "getwindowfocus").strip() == self.window)
        window.keys("ctrl+k")
        window.type_text("hallway 22")
        window.keys("Return")
        self.wrote(f"/devices/thermostats/{self.device}", {"target_temperature_c": 22.0})
        self.picture("after")

    def refused(self):
        """What would be told by a notification has nobody to tell it, and holds nobody up."""
        done = subprocess.run([self.binary, "set", "hallway", "target", "99"], env=self.environment, timeout=60,
                              capture_output=True, text=True, check=False)
        expect(done.returncode == 3, f"{done.returncode}: {done.stderr}")
        self.wrote_no_more()

    def closes(self):
        window.keys("ctrl+q")
        wait_until("the end of the program", lambda: self.process.poll() is not None, PATIENCE)
        expect(self.process.returncode == 0, f"it ended with {self.process.returncode}")
        expect("panicked" not in self.log(), "something panicked")

    def steps(self):
        """The checks, in their order."""
        return [
            ("a simulated home, a bus of its own and a panel on it", self.start, VITAL),
            ("started hidden, the icon is registered", self.hide, VITAL),
            ("the bus dies: the window opens in place of the tray", self.dies, VITAL),
            ("a sentence in the palette is one write", self.works),
            ("a refused change holds nobody up", self.refused),
            ("it ends when it is told to", self.closes),
        ]


if __name__ == "__main__":
    run(BusDies)
