import { addSensor, emptyState, type LiveState } from '../../src/dashboard/live/live-state.js'
import { reduceFreight } from '../../src/dashboard/live/reduce.js'
import type { Picture } from '../../src/dashboard/picture.js'
import { FIRST_SCREEN } from '../../src/dashboard/screen/dashboard-state.js'
import { NO_WORK } from '../../src/dashboard/work-facts.js'
import { batchOf } from '../../src/readings/batch.js'
import { QUALITY } from '../../src/readings/quality.js'
import type { Sensor } from '../../src/readings/sensor.js'

export const START = Date.UTC(2026, 10, 22, 12, 0, 0) * 1000
const SECONDS = 20

export const SENSORS: readonly Sensor[] = [
  {
    key: 'pump-247/drive-end-temperature',
    address: 'modbus-tcp://10.0.0.21:502/7/holding/100',
    kind: 'temperature',
    unit: '°C',
    periodMs: 1000,
    limits: { warningHigh: 80, criticalHigh: 95 },
  },
  {
    key: 'pump-247/drive-end-velocity',
    address: 'modbus-tcp://10.0.0.21:502/7/holding/102',
    kind: 'velocity',
    unit: 'mm/s',
    periodMs: 1000,
    limits: { warningHigh: 4.5, criticalHigh: 7.1 },
  },
  { key: 'pump-247/shaft-speed', address: 'modbus-tcp://10.0.0.21:502/7/holding/104', kind: 'speed', unit: 'rpm', periodMs: 1000 },
  { key: 'pump-247/flow', address: 'mqtt://10.0.0.5:1883/pump/flow', kind: 'flow', unit: 'm³/h', periodMs: 1000 },
  { key: 'tank-3/level', address: 'mqtt://10.0.0.5:1883/tank/level', kind: 'level', unit: '%', periodMs: 1000, limits: { warningLow: 20 } },
  { key: 'pump-247/acceleration', address: 'opc.tcp://10.0.0.9:4840/?node=ns=2;s=A', kind: 'acceleration', unit: 'm/s²', periodMs: 1000 },
]
const keys = SENSORS.map(({ key }) => key)

/** Twenty seconds of a small plant: one value climbs over its limit, one sensor does not answer, one fell silent, one never spoke. */
export function samplePicture(changes: Partial<Picture> = {}): Picture {
  const live = emptyState(START)
  for (const sensor of SENSORS) addSensor(live, sensor)
  for (let second = 1; second <= SECONDS; second++) takeSecond(live, second)
  const now = START + SECONDS * 1e6 + 400_000
  reduceFreight(live, {
    kind: 'event',
    at: START + 5e6,
    event: 'alert',
    severity: 'warning',
    text: 'velocity above 4.5 mm/s',
    sensors: ['pump-247/drive-end-velocity'],
  })
  return {
    live,
    screen: FIRST_SCREEN,
    moment: { now, mode: 'live' },
    title: 'Water works north',
    elapsedMs: SECONDS * 1000 + 400,
    ratePerS: 4,
    recording: { path: 'runs/as-found', flushIntervalMs: 1000, tally: { stored: 72, buffered: 4, dropped: 0, drops: [] } },
    hasEnded: false,
    utcOffsetMinutes: 0,
    bandwidth: 'normal',
    notice: null,
    layouts: [],
    work: NO_WORK,
    commissioning: { sheets: new Map(), armed: null, path: 'plant.commissioning.jsonl', trouble: null },
    ...changes,
  }
}

function takeSecond(live: LiveState, second: number): void {
  const at = START + second * 1e6
  const rows = [
    { sensor: 0, measuredAt: at, value: 60 + second * 0.25 },
    { sensor: 1, measuredAt: at, value: 4 + second * 0.05 },
    { sensor: 2, measuredAt: at, value: 1480 + (second % 3) },
    { sensor: 3, measuredAt: at, value: 0, quality: QUALITY['no-response'] },
    ...(second <= 8 ? [{ sensor: 4, measuredAt: at, value: 18.25 }] : []),
  ]
  reduceFreight(live, batchOf(keys, at, rows))
}
