"""Sums up readings a minute and blocks, in plain numpy. stdin: JSON of rows; stdout: JSON of aggregates."""
import json
import sys
from collections import defaultdict

import numpy as np

rows = json.load(sys.stdin)
by_minute = defaultdict(list)
steps = defaultdict(lambda: [0.0, 0])
last = {}
for row in sorted(rows["readings"], key=lambda row: (row["sensor"], row["t"])):
    key = (row["sensor"], row["t"] // 60_000_000)
    by_minute[key].append(row)
    if row["value"] is None:
        continue
    step = row["value"] - last.get(row["sensor"], row["value"])
    last[row["sensor"]] = row["value"]
    steps[key][0] += step if step >= 0 else row["value"]
    steps[key][1] += step < 0

minutes = []
for (sensor, minute), some in by_minute.items():
    value = np.array([row["value"] for row in some if row["value"] is not None], dtype=np.float64)
    unit = np.exp(1j * np.radians(value)).mean()
    minutes.append({
        "sensor": sensor, "t": minute * 60_000_000, "count": len(some), "valid_share": len(value) / len(some),
        "min": value.min(), "max": value.max(), "mean": value.mean(), "first": value[0], "last": value[-1],
        "angle": np.degrees(np.angle(unit)) % 360, "agreement": abs(unit),
        "increase": steps[(sensor, minute)][0], "resets": int(steps[(sensor, minute)][1]),
    })

blocks = []
for samples in rows["blocks"]:
    x = np.array(samples, dtype=np.float64)
    rms = x.std()
    peak = np.abs(x - x.mean()).max()
    blocks.append({"mean": x.mean(), "rms": rms, "peak": peak, "crest": peak / rms})
json.dump({"minutes": minutes, "blocks": blocks}, sys.stdout)
