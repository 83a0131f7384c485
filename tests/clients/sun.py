#!/usr/bin/env python3
"""Sunrise and sunset of `setpoint rule sun` against astral, for 20 places and a year: within a minute.

Usage: sun.py PROGRAM
"""

import datetime
import json
import os
import subprocess
import sys
import tempfile
import zoneinfo

from astral import Observer
from astral.sun import elevation, sunrise, sunset

YEAR = 2026
DAYS = 365
# Degrees north and east, and the zone in which its days are counted.
PLACES = [
    (52.52, 13.40, "Europe/Berlin"), (40.71, -74.01, "America/New_York"), (-31.55, 159.08, "Australia/Lord_Howe"),
    (-13.83, -171.76, "Pacific/Apia"), (64.15, -21.94, "Atlantic/Reykjavik"), (69.65, 18.96, "Europe/Oslo"),
    (0.0, 6.73, "Africa/Sao_Tome"), (1.35, 103.82, "Asia/Singapore"), (-33.92, 18.42, "Africa/Johannesburg"),
    (51.51, -0.13, "Europe/London"), (60.17, 24.94, "Europe/Helsinki"), (35.68, 139.69, "Asia/Tokyo"),
    (-54.80, -68.30, "America/Argentina/Ushuaia"), (21.31, -157.86, "Pacific/Honolulu"),
    (65.01, 25.47, "Europe/Helsinki"), (28.61, 77.21, "Asia/Kolkata"), (-36.85, 174.76, "Pacific/Auckland"),
    (47.61, -122.33, "America/Los_Angeles"), (19.43, -99.13, "America/Mexico_City"),
    (78.22, 15.65, "Arctic/Longyearbyen"),
]
# Days at the begin and the end of a polar day or night on which one tells an event and the other none.
EDGES = 12
HALF_A_DAY = 43_200
# The height of the sun's middle at the event, in degrees. Near the polar circle the sun takes minutes for a twentieth of
# a degree, by which astral's own events are away from this height as astral itself computes it. There, our event has to
# be at the height.
HORIZON = -0.833
GRAZING = 0.005


def told_by_astral(event, place, zone):
    """The instants of an event."""
    found = []
    for number in range(-2, DAYS + 2):
        day = datetime.date(YEAR, 1, 1) + datetime.timedelta(days=number)
        try:
            at = event(Observer(*place), day, tzinfo=zone)
        except ValueError:
            continue
        found.append(at)
    return found


def compare(program, latitude, longitude, name):
    zone = zoneinfo.ZoneInfo(name)
    with tempfile.TemporaryDirectory() as home:
        env = {"HOME": home, "TZ": name, "PATH": os.environ["PATH"]}
        def run(*words):
            done = subprocess.run([program, "rule", *words], env=env, capture_output=True, text=True,
                                  timeout=60, check=False)
            if done.returncode != 0:
                sys.exit(f"{words}: {done.stderr}")
            return done.stdout
        run("place", "--", str(latitude), str(longitude))
        told = json.loads(run("sun", f"{YEAR}-01-01", "--days", str(DAYS), "--json"))
    worst, edges, grazing, compared = 0.0, 0, 0, 0
    for key, event in (("sunrise", sunrise), ("sunset", sunset)):
        expected = told_by_astral(event, (latitude, longitude), zone)
        for day in told:
            if day[key] is None:
                # One of a short night may be after midnight, so that a civil day has none or two.
                edges += any(at.astimezone(zone).date().isoformat() == day["date"] for at in expected)
                continue
            at = datetime.datetime.fromisoformat(day[key])
            away = min(abs((at - one).total_seconds()) for one in expected)
            if away > HALF_A_DAY:
                edges += 1
                continue
            compared += 1
            height = elevation(Observer(latitude, longitude), at, with_refraction=False)
            if away >= 60 and abs(height - HORIZON) < GRAZING:
                grazing += 1
                continue
            worst = max(worst, away)
    return worst, edges, grazing, compared


def main():
    program = sys.argv[1]
    failed = False
    for latitude, longitude, name in PLACES:
        worst, edges, grazing, compared = compare(program, latitude, longitude, name)
        is_good = worst < 60 and edges <= EDGES and compared > 200
        failed = failed or not is_good
        print(f"{'ok  ' if is_good else 'FAIL'}  {name} {latitude} {longitude}: {compared} times, "
              f"{worst:.0f} s at most, {grazing} grazing, {edges} at the edge of the polar day")
    sys.exit(failed)


main()
