// What the benches of recordings record: columns as a driver hands them over.
export const T0 = 1_795_359_600_000_000

export const systemClock = {
  now: () => Math.floor((performance.timeOrigin + performance.now()) * 1000),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const done = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal?.addEventListener('abort', done, { once: true })
    }),
}

export const silentLog = { note() {}, warn: (text) => console.error(text) }

export function sensorsNamed(count) {
  return Array.from({ length: count }, (_, i) => ({
    key: `plant/unit-${String(i).padStart(4, '0')}/temperature`,
    address: `mqtt://127.0.0.1/unit-${i}`,
    kind: 'temperature',
    unit: ['°C', 'bar', 'mm/s', 'A'][i % 4],
    periodMs: 1000,
  }))
}

export function runOf(sensors, startedAt = T0) {
  return { startedAt, sensors, assets: [], site: null, tool: 'bench', purpose: 'bench' }
}

/** Batch number `n` of `rows` readings, sensors in turn, one round a second; values as a 16-bit converter gives them, slowly moving. */
export function batchOf(keys, n, rows) {
  const first = n * rows
  const sensor = new Uint16Array(rows)
  const measuredAt = new Float64Array(rows)
  const value = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const row = first + i
    const number = row % keys.length
    const round = Math.floor(row / keys.length)
    sensor[i] = number
    measuredAt[i] = T0 + round * 1_000_000 + number * 7
    value[i] = valueOf(number, round)
  }
  return { kind: 'batch', sensors: keys, sensor, measuredAt, receivedAt: measuredAt[rows - 1] + 1500, value, quality: new Uint8Array(rows) }
}

function valueOf(number, round) {
  const noise = (Math.imul(round * 1009 + number, 2_654_435_761) >>> 16) & 7
  return Math.round((20 + (number % 60) + 5 * Math.sin((round + number * 37) / 900)) * 100 + noise) / 100
}
