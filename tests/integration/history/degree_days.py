"""Adds up degree days of an export by civil days with Python alone, and compares those of the program.

Usage: degree_days.py EXPORT DAYS BASE
"""

import datetime
import json
import math
import sys
import zoneinfo

export, given, base = sys.argv[1], sys.argv[2], float(sys.argv[3])

expected = {}
with open(export, encoding="utf-8") as lines:
    for line in map(str.strip, lines):
        if line.startswith('{\\"'):
            line = line.replace('\\"', '"')
        elif line.startswith('"'):
            line = line[1:-1].replace('""', '"')
        try:
            found = json.loads(line)
        except ValueError:
            continue
        found = found.get("value", found)
        zone = zoneinfo.ZoneInfo(found["time_zone"])
        start, end = (datetime.datetime.fromisoformat(found[key].replace("Z", "+00:00"))
                      for key in ("interval_start", "interval_end"))
        key = (found["device_id"][-4:], start.astimezone(zone).date().isoformat())
        seconds = (end - start).total_seconds()
        below = (base - found["outdoor_temp"]) * seconds / 86400
        heating, cooling, known = expected.get(key, (0.0, 0.0, 0.0))
        expected[key] = (heating + max(below, 0), cooling + max(-below, 0), known + seconds)

with open(given, encoding="utf-8") as file:
    days = {(device, date): (heating, cooling, known) for device, date, heating, cooling, known in json.load(file)}

assert days.keys() == expected.keys(), days.keys() ^ expected.keys()
for key, values in expected.items():
    assert all(math.isclose(a, b, abs_tol=1e-6) for a, b in zip(values, days[key])), (key, values, days[key])
lengths = {known for _, _, known in days.values()}
assert {23 * 3600, 25 * 3600} <= lengths, "the days on which the clock is set are there"
print(f"{len(days)} days agree")
