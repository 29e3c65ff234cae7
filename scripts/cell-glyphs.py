#!/usr/bin/env python3
"""Packs the glyphs that a picture of a screen needs out of a bitmap font of 12 x 24 cells:

    python3 scripts/cell-glyphs.py ter-u24n_unicode.pcf.gz COPYRIGHT > src/dashboard/frame-png/cell-glyphs.ts

Both files are of Debian's xfonts-terminus 4.48-3.1 (/usr/share/fonts/X11/misc, /usr/share/doc/xfonts-terminus/copyright).
"""
import base64
import gzip
import struct
import sys
import zlib

WIDTH, HEIGHT, ASCENT = 12, 24, 19
# ASCII, Latin-1, Latin Extended-A, Greek, Cyrillic, punctuation, superscripts, currency, arrows, mathematics, box lines, shapes, ticks.
WANTED = [
    (0x21, 0x7E), (0xA1, 0x17F), (0x391, 0x3C9), (0x401, 0x45F), (0x2010, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x2070, 0x208E),
    (0x20AC, 0x20AC), (0x2116, 0x2126), (0x2190, 0x21D5), (0x2200, 0x2265), (0x2300, 0x230B), (0x2500, 0x257F), (0x25A0, 0x25D9),
    (0x2605, 0x266F), (0x2713, 0x2718), (0xFFFD, 0xFFFD),
]  # fmt: skip


def tables(data):
    (count,) = struct.unpack_from('<I', data, 4)
    return {kind: offset for kind, _, _, offset in (struct.unpack_from('<4I', data, 8 + 16 * i) for i in range(count))}


def order(data, offset):
    (form,) = struct.unpack_from('<I', data, offset)
    return form, '>' if form & 4 else '<'


def glyphs(path):
    data = gzip.open(path).read()
    places = tables(data)
    offset = places[32]
    _, end = order(data, offset)
    low1, high1, low0, high0, _ = struct.unpack_from(end + '5H', data, offset + 4)
    cells = [(hi * 256 + lo) for hi in range(low0, high0 + 1) for lo in range(low1, high1 + 1)]
    numbers = struct.unpack_from(f'{end}{len(cells)}H', data, offset + 14)
    number_of = {code: number for code, number in zip(cells, numbers) if number != 0xFFFF}
    offset = places[4]
    form, end = order(data, offset)
    assert form & 0x100, 'compressed metrics are expected'
    metrics = offset + 6
    offset = places[8]
    form, end = order(data, offset)
    (count,) = struct.unpack_from(end + 'I', data, offset + 4)
    starts = struct.unpack_from(f'{end}{count}I', data, offset + 8)
    bits = offset + 8 + 4 * count + 16
    pad = 1 << (form & 3)
    assert form & 8, 'most significant bit first is expected'

    def rows(code):
        number = number_of[code]
        left, right, _, ascent, descent = (byte - 0x80 for byte in data[metrics + 5 * number : metrics + 5 * number + 5])
        stride = ((right - left + 7) // 8 + pad - 1) // pad * pad
        lines = [0] * HEIGHT
        for y in range(ascent + descent):
            begin = bits + starts[number] + y * stride
            line = int.from_bytes(data[begin : begin + stride], 'big') >> (8 * stride - (right - left))
            lines[y + ASCENT - ascent] = line << (WIDTH - right)
        return lines

    return number_of, rows


def main():
    font, licence = sys.argv[1:3]
    known, rows = glyphs(font)
    codes = [code for first, last in WANTED for code in range(first, last + 1) if code in known]
    ranges = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    packed = b''.join(struct.pack(f'<{HEIGHT}H', *rows(code)) for code in codes)
    text = base64.b64encode(zlib.compress(packed, 9)).decode()
    words = 'Copyright (c)' + open(licence, encoding='utf-8').read().split('Copyright (c)', 1)[1].split('\n=====', 1)[0]
    print('/*!')
    print(' * The bitmaps below are a part of Terminus Font 4.48, packed anew by scripts/cell-glyphs.py. They, and they alone in this program, are under this licence:')
    print(' *')
    for line in words.strip().split('\n'):
        print(f' * {line}'.rstrip())
    print(' */')
    print()
    print('/** First and last code point of each run of glyphs, in the order in which they are packed. */')
    print(f'export const GLYPH_RUNS: readonly (readonly [first: number, last: number])[] = {ranges}')
    print()
    print('/** Base64 of deflated rows: 24 a glyph, each a little-endian 16-bit number whose lowest 12 bits are pixels, the left one highest. */')
    print('export const PACKED_GLYPHS = [')
    for at in range(0, len(text), 128):
        print(f"  '{text[at : at + 128]}',")
    print("].join('')")


main()
