"""What an analyst's plain script does for every WAV file of a folder: levels, velocity, Welch, the fast kurtogram and the envelope spectrum in its best band."""
import json
import sys
from pathlib import Path

import numpy as np
from scipy import signal, stats
from scipy.io import wavfile

LEVELS = 7


def half(x, taps, side):
    y = signal.lfilter(taps, 1, x)[1::2]
    if side == "high":
        y = y * np.resize([-1, 1], y.size)
    return y


def kurtosis(c, skip=0):
    power = np.abs(c[skip:] - c[skip:].mean()) ** 2
    return (power**2).mean() / power.mean() ** 2 - 2


def kurtogram(x, fs):
    h = signal.firwin(17, 0.4)
    low = h * np.exp(2j * np.pi * np.arange(17) * 0.125)
    high = np.flip(low.conj()) * (-1.0) ** (1 - np.arange(17))
    h3 = signal.firwin(25, 2 / 3 / 2)
    thirds = [h3 * np.exp(1j * np.pi * np.arange(25) * k) for k in (1 / 6, 3 / 6, 5 / 6)]
    best = (-1, 0, fs / 2)

    def look(c, centre, width):
        nonlocal best
        k = kurtosis(c, 16)
        if k > best[0]:
            best = (k, centre, width)

    def split(c, level, index):
        width = fs / 2 ** (level + 1)
        if level <= LEVELS - 2:
            for third, taps in enumerate(thirds):
                look(signal.lfilter(taps, 1, c)[2::3], width * (index + (third + 0.5) / 3), width / 3)
        for side, taps in enumerate((low, high)):
            child = half(c, taps, ("low", "high")[side])
            look(child, width / 2 * (2 * index + side + 0.5), width / 2)
            if level + 1 < LEVELS:
                split(child, level + 1, 2 * index + side)

    split(x - x.mean(), 0, 0)
    return best


def analyse(path):
    fs, x = wavfile.read(path)
    x = x.astype(float)
    x -= x.mean()
    rms = np.sqrt((x**2).mean())
    crest = np.abs(x).max() / rms
    spectrum = np.fft.rfft(x)
    f = np.fft.rfftfreq(x.size, 1 / fs)
    inside = (f >= 10) & (f <= 1000)
    velocity = np.sqrt(2 * (np.abs(spectrum[inside] / (2 * np.pi * f[inside]) / x.size) ** 2).sum())
    _, density = signal.welch(x, fs, nperseg=4096)
    k, centre, width = kurtogram(x, fs)
    band = [max(centre - width / 2, 1), min(centre + width / 2, fs / 2 * 0.999)]
    filtered = signal.sosfiltfilt(signal.butter(4, band, "bandpass", fs=fs, output="sos"), x)
    envelope = np.abs(signal.hilbert(filtered)) ** 2
    lines = np.abs(np.fft.rfft(envelope - envelope.mean())) / x.size
    return dict(file=path.name, rms=rms, crest=crest, kurtosis=stats.kurtosis(x, fisher=False), velocity=velocity, density=float(density.max()),
                band=[float(k), float(centre), float(width)], lines=float(lines.max()))


for path in sorted(Path(sys.argv[1]).glob("*.wav")):
    print(json.dumps(analyse(path), default=float))
