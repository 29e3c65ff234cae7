"""Sentences with check sums as pynmea2 writes them, and what pynmea2 reads in them: a JSON object a line."""
import json
import random
import sys

import pynmea2

rng = random.Random(int(sys.argv[1]))


def angle(width, most):
    return f"{rng.randrange(most):0{width}d}{rng.uniform(0, 59.999):07.4f}"


def place():
    return [angle(2, 90), rng.choice("NS"), angle(3, 180), rng.choice("EW")]


def number(low, high, digits=2):
    return f"{rng.uniform(low, high):.{digits}f}"


def sentences():
    time = f"{rng.randrange(24):02d}{rng.randrange(60):02d}{rng.randrange(60):02d}"
    yield "GGA", [time, *place(), "1", f"{rng.randrange(4, 20):02d}", number(0.5, 9), number(-400, 8000), "M", number(-60, 60), "M", "", ""]
    yield "RMC", [time, "A", *place(), number(0, 40), number(0, 360), "191194", number(0, 20), "E"]
    yield "GLL", [*place(), time, "A"]
    yield "VTG", [number(0, 360), "T", number(0, 360), "M", number(0, 40), "N", number(0, 74), "K"]
    yield "HDT", [number(0, 360), "T"]
    yield "DBT", [number(0, 300), "f", number(0, 100), "M", number(0, 50), "F"]
    yield "DPT", [number(0, 100), number(-5, 5)]
    yield "MTW", [number(-2, 40), "C"]
    yield "MWV", [number(0, 360), "R", number(0, 60), "K", "A"]


READ = {
    "GGA": {"latitude": "latitude", "longitude": "longitude", "altitude": "altitude", "satellites": "num_sats", "hdop": "horizontal_dil", "geoid-separation": "geo_sep"},
    "RMC": {"latitude": "latitude", "longitude": "longitude", "course": "true_course"},
    "GLL": {"latitude": "latitude", "longitude": "longitude"},
    "VTG": {"course": "true_track", "course-magnetic": "mag_track", "speed": "spd_over_grnd_kmph"},
    "HDT": {"heading": "heading"},
    "DBT": {"depth": "depth_meters"},
    "DPT": {"depth": "depth", "offset": "offset"},
    "MTW": {"water-temperature": "temperature"},
    "MWV": {"relative-wind-angle": "wind_angle", "relative-wind-speed": "wind_speed"},
}

for _ in range(int(sys.argv[2])):
    for kind, fields in sentences():
        line = str(pynmea2.TalkerSentence("GP", kind, tuple(fields)))
        read = pynmea2.parse(line, check=True)
        print(json.dumps({"line": line, "values": {ours: float(getattr(read, theirs)) for ours, theirs in READ[kind].items()}}))
