/** Random numbers from a seed (mulberry32): the same seed gives the same line. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Turns single bits over, each with the same probability; the distance to the next one is drawn, so that clean bytes cost nothing. */
export function bitErrors(rate: number, random: () => number): (bytes: Uint8Array) => Uint8Array {
  const draw = (): number => (rate === 0 ? Number.POSITIVE_INFINITY : Math.floor(Math.log(1 - random()) / Math.log(1 - rate)))
  let next = draw()
  return (bytes) => {
    const bits = bytes.length * 8
    if (next >= bits) {
      next -= bits
      return bytes
    }
    const spoilt = Uint8Array.from(bytes)
    while (next < bits) {
      spoilt[next >> 3] = (spoilt[next >> 3] ?? 0) ^ (1 << (next & 7))
      next += 1 + draw()
    }
    next -= bits
    return spoilt
  }
}

export function garbage(length: number, random: () => number): Uint8Array {
  return Uint8Array.from({ length }, () => Math.floor(random() * 256))
}
