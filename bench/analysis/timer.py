"""Times run(x) of a case: reads JSON lines {"code": …, "file": …, "type": …} or {"again": true} on stdin, answers with seconds on the wall and of CPU."""
import json
import sys
import time

import numpy as np
import scipy

print(json.dumps({"scipy": scipy.__version__, "numpy": np.__version__}), flush=True)
for line in sys.stdin:
    order = json.loads(line)
    if "code" in order:
        x = np.fromfile(order["file"], dtype=order["type"])
        scope = {}
        exec(order["code"], scope)
        scope["run"](x)
    started, spent = time.perf_counter(), time.process_time()
    scope["run"](x)
    print(json.dumps([time.perf_counter() - started, time.process_time() - spent]), flush=True)
