#!/usr/bin/env python3
"""The past: a chart, its table, the energy page, an import and the deletion, by keys and by accessibility.

The window shows the simulated home, whose past the program makes up. The export is one that this test writes.
"""

import datetime
import json
import os
import subprocess

from by_name import ByName
from sitting import VITAL, accessibility, expect, run, wait_until, window

# The last four of the id of the thermostat in the export.
EXPORTED = "PAST"
DAYS = 3
# A year is made up and summed within seconds, and later on a machine under load.
PATIENCE = 60


class Past(ByName):
    """Charts and sums of a home that nobody lives in."""

    AFTER_NAME = ", "

    def start(self):
        self.open_window()
        wait_until("the simulated home", lambda: self.says("Simulated home · live"), 20)
        window.focus(self.window)
        self.export = os.path.join(self.out, "HvacRuntime.jsonl")
        start = datetime.datetime(2025, 4, 1, tzinfo=datetime.timezone.utc)
        with open(self.export, "w", encoding="utf-8") as file:
            for quarter in range(96 * DAYS):
                at = start + datetime.timedelta(minutes=15 * quarter)
                row = {"device_id": "MADEUP0000" + EXPORTED, "interval_start": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                       "interval_end": (at + datetime.timedelta(minutes=15)).strftime("%Y-%m-%dT%H:%M:%SZ"),
                       "heating_time": quarter % 300, "cooling_time": 0, "fan_time": 0, "heat_mode_time": 900,
                       "cool_mode_time": 0, "heatcool_mode_time": 0, "off_mode_time": 0,
                       "indoor_temp": 20.0, "indoor_humidity": 45.0, "outdoor_temp": 8.0, "time_zone": "Europe/Berlin"}
                file.write(json.dumps(row) + "\n")

    def chart(self):
        self.press("Hallway")
        wait_until("the chart of the day", lambda: self.says("Hallway, Today: Room "), PATIENCE)
        self.picture("day")

    def chart_by_keys(self):
        self.to("Hallway, Today")
        window.keys("Left")
        first = wait_until("the values at the cursor", lambda: self.says(" · room "))
        before = first.name
        window.keys("Left")
        wait_until("the values before", lambda: self.says(" · room ") and not self.says(before))
        window.keys("Prior")
        wait_until("the day before", lambda: self.says("Hallway, Yesterday: "), PATIENCE)
        window.keys("Next")
        wait_until("the present day", lambda: self.says("Hallway, Today: "), PATIENCE)

    def table(self):
        self.press("Period: Year")
        year = datetime.datetime.now(datetime.timezone.utc).year
        wait_until("the chart of the year", lambda: self.says(f"Hallway, {year}: Room "), PATIENCE)
        self.picture("year")
        self.press("Show as table")
        wait_until("a month of the table", lambda: self.says(f"Jan {year}"), PATIENCE)
        self.press("Show as chart")

    def energy(self):
        window.keys("ctrl+3")
        wait_until("the hours", lambda: self.says("Hours of heating and cooling: "), PATIENCE)
        wait_until("what they rest on", lambda: self.says("the others are left out, not counted as off"))
        self.picture("energy")
        self.press("Period: Year")
        wait_until("the year", lambda: self.says(", and pale "), PATIENCE)

    def imported(self):
        self.do("Import from Google Takeout…", "Return")
        self.to("Path")
        window.type_text(self.export)
        window.keys("Return")
        wait_until("the report", lambda: self.says(f"{96 * DAYS} intervals taken"), PATIENCE)
        self.picture("imported")
        rows = self.history("runtime", "--by", "month")
        expect([row["covered_s"] for row in rows] == [96 * DAYS * 900], f"the command line finds {rows}")
        expect(rows[0]["device"] == EXPORTED, f"the thermostat of the export is {rows[0]['device']!r}")

    def history(self, *arguments):
        done = subprocess.run([self.binary, "history", *arguments, "--json"], capture_output=True, text=True,
                              timeout=30, check=False)
        expect(done.returncode == 0, done.stderr)
        return json.loads(done.stdout)

    def forgotten(self):
        window.keys("ctrl+comma")
        self.press("History")
        self.press(f"Forget {EXPORTED}")
        self.press(f"Really delete Forget {EXPORTED}")
        wait_until("an empty history", lambda: self.history("info") == [])

    def time_line(self):
        window.keys("ctrl+2")
        self.press("Kind: Everything")
        self.press("Equipment")
        wait_until("the runs, or that there is none yet",
                   lambda: self.says("heated") or self.says("Nothing") or self.says("No change"))
        self.picture("time-line")

    def steps(self):
        return [
            ("the window opens on the simulated home", self.start, VITAL),
            ("bus: the page of a thermostat has its day", self.chart),
            ("keys: the cursor reads the values, and pages lead to the day before", self.chart_by_keys),
            ("bus: a year, and its table", self.table),
            ("keys: the energy page adds up", self.energy),
            ("keys: an export is taken in, and the command line sees it beside the window", self.imported),
            ("bus: it is forgotten after a second press", self.forgotten),
            ("the activity lists the equipment", self.time_line),
            ("closing the window ends the program", self.close_window),
        ]


if __name__ == "__main__":
    run(Past)
