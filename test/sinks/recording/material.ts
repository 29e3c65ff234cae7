import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Clock } from '../../../src/readings/clock.js'
import type { Batch, Waveform } from '../../../src/readings/measurement.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import type { RunStart } from '../../../src/sinks/contract.js'

/** 2026-11-22T15:00:00Z. */
export const T0 = 1_795_359_600_000_000

export const systemClock: Clock = {
  now: () => Math.floor((performance.timeOrigin + performance.now()) * 1000),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve()
      const done = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal?.addEventListener('abort', done, { once: true })
    }),
}

export interface RecordedLog {
  readonly warnings: string[]
  readonly notes: string[]
  note(text: string): void
  warn(text: string): void
}

export function recordedLog(): RecordedLog {
  const warnings: string[] = []
  const notes: string[] = []
  return { warnings, notes, note: (text) => void notes.push(text), warn: (text) => void warnings.push(text) }
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chatterfix-recording-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export const TEMPERATURE: Sensor = {
  key: 'pump-247/bearing-temperature',
  address: 'modbus-tcp://10.0.0.21:502/7/holding/100',
  kind: 'temperature',
  unit: '°C',
  periodMs: 1000,
  asset: 'pump-247',
  limits: { warningHigh: 80, criticalHigh: 95 },
}
export const STATE: Sensor = {
  key: "pump-247/o'state",
  address: 'mqtt://10.0.0.5:1883/plant/state',
  kind: 'state',
  unit: null,
  periodMs: 1000,
}
export const VIBRATION: Sensor = {
  key: 'pump-247/drive-end-acceleration',
  address: 'mqtt://10.0.0.5:1883/plant/acc',
  kind: 'acceleration',
  unit: 'g',
  periodMs: 1000,
  asset: 'pump-247',
}

export function runOf(sensors: readonly Sensor[], startedAt = T0): RunStart {
  return {
    startedAt,
    sensors,
    assets: [{ key: 'pump-247', class: 'centrifugal pump' }],
    site: 'plant-1',
    tool: 'chatterfix 0.1.0',
    purpose: 'test',
  }
}

/** `count` readings of sensors in turn, one every 10 ms from `from` on. */
export function batchFrom(sensors: readonly Sensor[], from: number, count: number): Batch {
  return {
    kind: 'batch',
    sensors: sensors.map((sensor) => sensor.key),
    sensor: Uint32Array.from({ length: count }, (_, i) => i % sensors.length),
    measuredAt: Float64Array.from({ length: count }, (_, i) => from + i * 10_000),
    receivedAt: from + count * 10_000,
    value: Float64Array.from({ length: count }, (_, i) => i / 7),
    quality: new Uint8Array(count),
  }
}

export function waveformOf(options: {
  readonly startedAt: number
  readonly samples: Float32Array | Float64Array
  readonly sampleRateHz?: number
  readonly sequence?: number
}): Waveform {
  const { startedAt, samples, sampleRateHz = 25_600, sequence } = options
  return {
    kind: 'waveform',
    sensor: VIBRATION.key,
    startedAt,
    receivedAt: startedAt + 1000,
    sampleRateHz,
    samples,
    quality: 0,
    ...(sequence === undefined ? {} : { sequence }),
  }
}
