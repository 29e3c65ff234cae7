import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Batch } from '../../../src/readings/measurement.js'
import type { Sensor } from '../../../src/readings/sensor.js'
import type { RunStart } from '../../../src/sinks/contract.js'
import { DeliveryError, type FarEnd, type Refusal } from '../../../src/sinks/spool/far-end.js'
import type { Parcel, ReadingParcel } from '../../../src/sinks/spool/parcel.js'
import { type ParcelRow, rowsOf } from '../../../src/sinks/spool/parcel-row.js'
import type { SinkSurroundings } from '../../../src/sinks/surroundings.js'
import { type RecordedLog, recordedLog, systemClock } from '../recording/material.js'

/** 2026-11-22T15:00:00Z. */
export const T0 = 1_795_359_600_000_000

export const SENSORS: readonly Sensor[] = ['pump/temperature', 'pump/pressure'].map((key) => ({
  key,
  address: `mqtt://127.0.0.1/${key}`,
  kind: 'other',
  unit: 'bar',
  periodMs: 1000,
  asset: 'pump',
}))

export function runAt(startedAt: number): RunStart {
  return { startedAt, sensors: SENSORS, assets: [], site: null, tool: 'test', purpose: 'test' }
}

/** Reading i of `count`: sensor i mod 2, a millisecond after the one before, value from + i. */
export function batchOf(from: number, count: number): Batch {
  return {
    kind: 'batch',
    sensors: SENSORS.map(({ key }) => key),
    sensor: Uint32Array.from({ length: count }, (_, i) => i % 2),
    measuredAt: Float64Array.from({ length: count }, (_, i) => T0 + (from + i) * 1000),
    receivedAt: T0 + (from + count) * 1000,
    value: Float64Array.from({ length: count }, (_, i) => from + i),
    quality: new Uint8Array(count),
  }
}

/** The same as a parcel. */
export function parcelOf(from: number, count: number, run = String(T0)): ReadingParcel {
  const { sensor, measuredAt, value, quality } = batchOf(from, count)
  const sensors = SENSORS.map(({ key, unit, asset = null }) => ({ key, unit, asset }))
  return {
    kind: 'readings',
    run,
    sensors,
    sensor: Uint32Array.from(sensor),
    at: measuredAt,
    value,
    quality,
    sequence: new Uint32Array(count),
    texts: null,
  }
}

/** A far end in memory, which keeps what it gets by sensor, time and sequence, and can be made to refuse. */
export class MemoryFarEnd implements FarEnd {
  readonly rows = new Map<string, ParcelRow>()
  readonly order: number[] = []
  readonly blocks: Parcel[] = []
  deliveries = 0
  refusal: { readonly refusal: Refusal; readonly reason: string } | null = null
  /** Values that it will never take. */
  readonly poison = new Set<number>()

  deliver: FarEnd['deliver'] = (parcels) => {
    this.deliveries++
    if (this.refusal) return Promise.reject(new DeliveryError(this.refusal.refusal, this.refusal.reason))
    const rows = [...rowsOf(parcels)]
    if (rows.some(({ value }) => value !== null && this.poison.has(value))) {
      return Promise.reject(new DeliveryError('unacceptable', 'it is poison'))
    }
    for (const row of rows) {
      const key = `${row.sensor.key} ${row.at} ${row.sequence}`
      if (!this.rows.has(key) && row.value !== null) this.order.push(row.value)
      this.rows.set(key, row)
    }
    this.blocks.push(...parcels.filter(({ kind }) => kind === 'waveform'))
    return Promise.resolve()
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}

export interface TestSurroundings extends SinkSurroundings {
  readonly log: RecordedLog
}

export function surroundings(root: string, more: Partial<SinkSurroundings['spool']> = {}): TestSurroundings {
  const spool = { root, capBytes: 10e6, policy: 'drop-oldest' as const, ...more }
  return { clock: systemClock, log: recordedLog(), timeoutMs: 1000, stateFolder: root, spool }
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chatterfix-spool-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
