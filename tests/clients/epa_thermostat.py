"""EPA's own package for connected thermostats against the program's metric of ENERGY STAR.

Usage: epa_thermostat.py make FILE
       epa_thermostat.py check INTERVALS HOURS ANSWER
`make` writes an export of a made-up home over a year. `check` reads `export --epa`, `export --csv` and
`energy-star --json` of the program, computes the metric with the package, and fails where they differ by
more than 1 %.
"""

import datetime
import json
import math
import sys

YEAR = datetime.datetime(2025, 1, 1, tzinfo=datetime.timezone.utc)


def outdoor(hour_of_year):
    """A made-up weather in °C: seasons, fronts of some days, and the hour of the day."""
    season = 11.0 - 12.0 * math.cos(2 * math.pi * (hour_of_year / 24 - 20) / 365)
    front = 4.0 * math.sin(hour_of_year / 37.0) + 2.5 * math.sin(hour_of_year / 101.0 + 1)
    return season + front + 4.5 * math.cos(2 * math.pi * (hour_of_year % 24 - 20) / 24)


def make(path):
    """A home that heats below 20 °C by day and 17 °C by night, and cools above 25 °C."""
    room = 19.0
    with open(path, "w", encoding="utf-8") as file:
        for quarter in range(365 * 96):
            start = YEAR + datetime.timedelta(minutes=15 * quarter)
            outside = outdoor(quarter / 4)
            low = 20.0 if 11 <= start.hour < 24 or start.hour < 3 else 17.0
            heats = max(0.0, min(1.0, (low - room) * 1.5 + (room - outside) * 0.012))
            cools = max(0.0, min(1.0, (room - 25.0) * 1.5 + (outside - room) * 0.012))
            # Two weeks without any word, and some rows missing here and there.
            room += ((outside - room) / 25.0 + 0.1 + 3.0 * heats - 3.0 * cools) / 4
            if 9000 <= quarter < 9000 + 14 * 96 or quarter % 977 < 3:
                continue
            row = {
                "device_id": "MADEUP0000EPA001",
                "interval_start": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "interval_end": (start + datetime.timedelta(minutes=15)).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "heating_time": round(900 * heats),
                "cooling_time": round(900 * cools),
                "fan_time": round(900 * cools),
                "heatcool_mode_time": 900,
                "heat_mode_time": 0,
                "cool_mode_time": 0,
                "off_mode_time": 0,
                "heating_target": low,
                "cooling_target": 25.0,
                "indoor_temp": round(room, 6),
                "indoor_humidity": 45.0,
                "outdoor_temp": round(outside, 1),
                "time_zone": "America/New_York",
            }
            file.write(json.dumps(row) + "\n")


def hourly_outdoor(path, offset, index):
    """The outdoor temperatures of an export in °F by hour of a fixed offset, summed by this script alone."""
    import csv

    totals = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["outdoor_c"]:
                at = datetime.datetime.fromtimestamp(int(row["start"]), datetime.timezone.utc) + offset
                hour = at.replace(minute=0, second=0, tzinfo=None)
                total, seconds = totals.get(hour, (0.0, 0))
                width = int(row["width_s"])
                totals[hour] = (total + (float(row["outdoor_c"]) * 1.8 + 32) * width, seconds + width)
    known = {hour: total / seconds for hour, (total, seconds) in totals.items() if seconds >= 1800}
    return [known.get(hour.to_pydatetime(), float("nan")) for hour in index]


def check(intervals, hours, answer):
    import pandas as pd
    from thermostat.core import Thermostat

    with open(answer, encoding="utf-8") as file:
        answers = {row["season"]: row for row in json.load(file)}
    sign, digits = answers["heating"]["utc_offset"][0], answers["heating"]["utc_offset"][1:]
    offset = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if sign == "-" else 1)
    table = pd.read_csv(intervals)
    days = pd.date_range(start=table["date"][0], periods=len(table), freq="D")
    assert list(pd.to_datetime(table["date"])) == list(days), "a day is missing or out of order"
    hour_index = pd.date_range(start=table["date"][0], periods=24 * len(table), freq="H")

    def block(name):
        return pd.Series(table[[f"{name}_{hour:02}" for hour in range(24)]].values.flatten(), hour_index)

    thermostat = Thermostat(
        "made-up", 3, "00000", None,
        temperature_in=block("temp_in"),
        temperature_out=pd.Series(hourly_outdoor(hours, offset, hour_index), hour_index),
        cooling_setpoint=block("cooling_setpoint"), heating_setpoint=block("heating_setpoint"),
        cool_runtime=pd.Series(table["cool_runtime"].values, days),
        heat_runtime=pd.Series(table["heat_runtime"].values, days),
        auxiliary_heat_runtime=None, emergency_heat_runtime=None,
    )
    heating = thermostat.get_core_heating_days()[0]
    cooling = thermostat.get_core_cooling_days()[0]
    seasons = {
        "heating": (heating, thermostat.get_heating_demand, thermostat.get_core_heating_day_baseline_setpoint,
                    thermostat.get_baseline_heating_demand, thermostat.heat_runtime),
        "cooling": (cooling, thermostat.get_cooling_demand, thermostat.get_core_cooling_day_baseline_setpoint,
                    thermostat.get_baseline_cooling_demand, thermostat.cool_runtime),
    }
    wrong = []
    for season, (core, demand_of, comfort_of, baseline_of, runtimes) in seasons.items():
        given = answers[season]
        count = int(core.daily.sum())
        if "needed_core_days" in given:
            assert count < given["needed_core_days"], f"{season}: the package finds {count} core days"
            print(f"{season}: {count} core days, too few for both")
            continue
        demand, tau, alpha, _, _, cv_rmse, _, _ = demand_of(core)
        comfort = comfort_of(core)
        runtime = runtimes[core.daily]
        baseline = (alpha * baseline_of(core, comfort, tau)).clip(lower=0)
        expected = {
            "core_days": count, "runtime_min": runtime.sum(), "comfort_f": comfort, "tau_f": tau, "alpha": alpha,
            "mean_demand_f": demand.mean(), "cv_rmse": cv_rmse,
            "savings_percent": (baseline - runtime).mean() / baseline.mean() * 100,
        }
        for name, value in expected.items():
            # A constant near zero is compared by the degree that it is measured in.
            if abs(given[name] - value) > max(0.01 * abs(value), 0.01):
                wrong.append(f"{season} {name}: {given[name]} instead of {value}")
        print(f"{season}: {count} core days, alpha {alpha:.3f}, tau {tau:.3f}, savings {expected['savings_percent']:.2f} %")
    assert not wrong, "; ".join(wrong)


if sys.argv[1] == "make":
    make(sys.argv[2])
else:
    check(*sys.argv[2:])
