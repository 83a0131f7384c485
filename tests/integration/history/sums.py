"""Sums an export by civil periods with Python alone, and compares the answer of the program and its store.

Usage: sums.py EXPORT ANSWER STORE day|week|month|year
"""

import datetime
import json
import sqlite3
import sys
import zoneinfo

export, answer, store, by = sys.argv[1:]


def objects(path):
    """The objects of an export, from every form of a line."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.strip()
            if line.startswith('{\\"'):
                line = line.replace('\\"', '"')
            elif line.startswith('"'):
                line = line[1:-1].replace('""', '"')
            try:
                found = json.loads(line)
            except ValueError:
                continue
            yield found.get("value", found)


def first_day(date):
    """The first day of the period of a day."""
    if by == "week":
        return date - datetime.timedelta(days=date.weekday())
    if by == "month":
        return date.replace(day=1)
    if by == "year":
        return date.replace(month=1, day=1)
    return date


expected = {}
for found in objects(export):
    zone = zoneinfo.ZoneInfo(found["time_zone"])
    start = datetime.datetime.fromisoformat(found["interval_start"].replace("Z", "+00:00"))
    key = (found["device_id"][-4:], first_day(start.astimezone(zone).date()).isoformat())
    sums = expected.setdefault(key, {"heating_s": 0, "cooling_s": 0, "fan_s": 0, "covered_s": 0})
    sums["heating_s"] += found["heating_time"]
    sums["cooling_s"] += found["cooling_time"]
    sums["fan_s"] += found["fan_time"]
    sums["covered_s"] += found["heat_mode_time"] + found["off_mode_time"]

given = {}
with open(answer, encoding="utf-8") as file:
    for period in json.load(file):
        values = {name: period[name] for name in ("heating_s", "cooling_s", "fan_s", "covered_s")}
        given[(period["device"], period["from"][:10])] = values
        assert period["to"] > period["from"], period

wrong = {key: (expected.get(key), given.get(key)) for key in {*expected, *given} if expected.get(key) != given.get(key)}
assert not wrong, f"{len(wrong)} periods differ, such as {next(iter(wrong.items()))}"

total = tuple(sum(sums[name] for sums in expected.values()) for name in ("heating_s", "cooling_s", "covered_s"))
with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
    for table in ("intervals", "days"):
        query = f"SELECT sum(heat_s), sum(cool_s), sum(covered_s) FROM {table}"
        assert connection.execute(query).fetchone() == total, f"the table {table} has other sums"

print(f"{len(expected)} periods agree")
