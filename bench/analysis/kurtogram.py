"""The fast kurtogram with numpy and scipy: the same tree, filters and kurtosis as src/analysis/bearing/kurtogram.ts; upfirdn works out only the samples that are kept."""
import numpy as np
from scipy import signal

LEVELS = 8
LOW = signal.firwin(17, 0.4) * np.exp(2j * np.pi * np.arange(17) / 8)
HIGH = (-1.0) ** (np.arange(16) + 1) * LOW[15::-1]
THIRD = signal.firwin(25, 2 / 3 * 0.4)
THIRDS = [THIRD * np.exp(2j * np.pi * np.arange(25) * shift) for shift in (1 / 12, 3 / 12, 5 / 12)]


def kurtosis(z, gaussian):
    z = z - z.mean()
    p = z.real**2 + z.imag**2
    return max(0.0, (p * p).mean() / p.mean() ** 2 - gaussian)


def band(x, taps, factor):
    return signal.upfirdn(taps, np.concatenate([np.zeros(1), x]), 1, factor)[1 : len(x) // factor + 1]


def run(x):
    x = x - x.mean()
    cells = [kurtosis(x, 3)]

    def split(parent, level):
        if level == 0 or level <= LEVELS - 2:
            cells.extend(kurtosis(band(parent, taps, 3)[16:], 2) for taps in THIRDS)
        low, high = band(parent, LOW, 2), band(parent, HIGH, 2)
        high[::2] *= -1
        for child, skip in ((low, 16), (high, 15)):
            cells.append(kurtosis(child[skip:], 2))
            if level + 1 < LEVELS:
                split(child, level + 1)

    split(x, 0)
    return cells
