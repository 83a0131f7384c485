"""A sitting in front of a desktop with a tray, in which the program lives."""

import os
import subprocess

from sitting import Sitting, expect, wait_until, window
import tray

# Long enough for a panel to come, and for the program to give one up (15 s).
PATIENCE = 30


class TraySitting(Sitting):
    """A program that lives in the tray of a real panel."""

    def start_desktop(self, *options):
        """The simulated home, the recorder, the panel and what the program is started with."""
        self.start_service(*options)
        self.panel = self.start_panel()
        devices = self.service.read("devices/thermostats")
        self.device = next(key for key, it in devices.items() if it["name"] == "Hallway")
        self.environment = {**os.environ, "SETPOINT_URL": self.url, "SETPOINT_TOKEN": self.token}

    def start_panel(self):
        panel = self.processes.start("panel", ["xfce4-panel", "--disable-wm-check"])
        wait_until("the panel's tray", lambda: tray.items() is not None, PATIENCE)
        return panel

    def hide(self):
        self.process = self.processes.start("setpoint", [self.binary, "--hidden"], env=self.environment)
        self.icon = wait_until("the icon", lambda: tray.Icon(self.process.pid), PATIENCE)
        self.live()

    def live(self):
        wait_until("the home in the menu", lambda: self.icon.entry("Hallway", "Warmer"), PATIENCE)

    def is_running(self):
        return self.process.poll() is None

    def title_shown(self, title="Setpoint"):
        """The window of that title, or nothing."""
        try:
            return window.find(self.process.pid, title)
        except Exception:
            return None

    def status(self, key):
        """A line of what the system says of the process."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
            return next(line.split()[1] for line in status if line.startswith(key + ":"))

    def command(self, *arguments):
        return subprocess.run([self.binary, *arguments], env=self.environment, timeout=60,
                              capture_output=True, text=True, check=False)

    def quit(self):
        self.icon.choose("Quit")
        self.ended()

    def ended(self):
        wait_until("the end of the program", lambda: not self.is_running(), PATIENCE)
        expect(self.process.returncode == 0, f"it ended with {self.process.returncode}")
