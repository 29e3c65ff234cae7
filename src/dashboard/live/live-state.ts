import { displayWidth } from '../../output/display-width.js'
import { terminalSafe } from '../../output/terminal-safe.js'
import { parseAddress, schemeOf } from '../../readings/address.js'
import type { Asset } from '../../readings/asset.js'
import type { Happening, SensorKey, Waveform } from '../../readings/measurement.js'
import type { Sensor } from '../../readings/sensor.js'
import type { EpochMicros } from '../../readings/time.js'
import { SensorHistory } from '../history/sensor-history.js'
import { copyStatistics, growStatistics, noStatistics, type Statistics } from '../history/statistics.js'
import type { Alarms } from './alarms.js'
import type { Attention } from './attention.js'
import { type Line, newLine } from './line-facts.js'
import type { LogEntry } from './log-ring.js'
import type { SampleTape } from './sample-tape.js'
import type { SteadyLimits } from './steady-limits.js'

/**
 * What is known of the plant right now, as columns: row i of each belongs to `sensors[i]`. Written only by `reduceFreight`,
 * read only by views. Its size depends on the number of sensors, never on how long it runs.
 */
export interface LiveState {
  /** As the site describes them. */
  assets: readonly Asset[]
  readonly sensors: Sensor[]
  /** Their keys, safe for a terminal. */
  readonly names: string[]
  /** In terminal columns. */
  longestName: number
  /** Whether any sensor states limits. */
  limits: 'stated' | 'none'
  /** Their units, safe for a terminal; empty where nobody stated one. */
  readonly units: string[]
  readonly indexOf: Map<SensorKey, number>
  /** 1 once anything came from it. */
  seen: Uint8Array
  value: Float64Array
  quality: Uint8Array
  /** EpochMicros by the source's clock. */
  measuredAt: Float64Array
  /** EpochMicros by ours. */
  receivedAt: Float64Array
  /** Largest magnitude so far; fixes the decimals, so that a column does not jitter. */
  magnitude: Float64Array
  /** 0 while every value was whole. */
  fractional: Uint8Array
  readonly texts: (string | null)[]
  readonly histories: SensorHistory[]
  readonly statistics: Statistics
  /** The latest block that is worth drawing, for sensors that send blocks. */
  readonly waveforms: (Waveform | undefined)[]
  /** By row: the samples of those sensors whose spectrum somebody looks at. */
  readonly tapes: Map<number, SampleTape>
  /** Index into `lines`. */
  readonly lineOf: number[]
  readonly lines: Line[]
  /** The newest last; at most `EVENTS_KEPT`. */
  readonly events: KeptEvent[]
  /** How many there were; the next one's number. */
  eventCount: number
  readonly attention: Attention
  /** Values that are beyond their limits, or were and nobody has acknowledged it. */
  readonly alarms: Alarms
  /** By row: how those stand with their limits that state a deadband or delays. */
  readonly steady: Map<number, SteadyLimits>
  /** When they were last looked at for delays that end in silence, by the clock that receives. */
  settledAt: EpochMicros
  /** What of it is not yet told to the sinks; at most `NEWS_KEPT`. */
  readonly news: Happening[]
  /** `of-then`: a recording is replayed, which tells its own events. */
  readings: 'of-now' | 'of-then'
  /** The newest last. */
  readonly log: LogEntry[]
  startedAt: EpochMicros
  /** The latest time that any reading carries. */
  newestAt: EpochMicros
  received: number
  gaps: number
  /** Sensors beyond `SENSORS_SHOWN`, which are counted but not shown. */
  readonly unshown: Set<SensorKey>
  /** Where a batch's sensor list was met before: its rows in our columns. */
  rowsOf: WeakMap<readonly SensorKey[], Int32Array>
}

/** An event with a number of its own, by which it can be acknowledged. */
export interface KeptEvent extends Happening {
  /** Counts from 0 in the order in which they came. */
  readonly number: number
}

export const EVENTS_KEPT = 200
export const NEWS_KEPT = 1000
/** Beyond this a list on a screen helps nobody, and memory must end somewhere. */
export const SENSORS_SHOWN = 20_000
const UNSHOWN_COUNTED = 100_000
const SENSORS_WITH_LONG_HISTORY = 2000

export function emptyState(startedAt: EpochMicros): LiveState {
  return {
    assets: [],
    sensors: [],
    names: [],
    longestName: 0,
    limits: 'none',
    units: [],
    indexOf: new Map(),
    seen: new Uint8Array(0),
    value: new Float64Array(0),
    quality: new Uint8Array(0),
    measuredAt: new Float64Array(0),
    receivedAt: new Float64Array(0),
    magnitude: new Float64Array(0),
    fractional: new Uint8Array(0),
    texts: [],
    histories: [],
    statistics: noStatistics(0),
    waveforms: [],
    tapes: new Map(),
    lineOf: [],
    lines: [],
    events: [],
    eventCount: 0,
    attention: { acknowledged: new Map(), shelved: new Map() },
    alarms: new Map(),
    steady: new Map(),
    settledAt: 0,
    news: [],
    readings: 'of-now',
    log: [],
    startedAt,
    newestAt: 0,
    received: 0,
    gaps: 0,
    unshown: new Set(),
    rowsOf: new WeakMap(),
  }
}

/** Gives a sensor its row; −1 where there are too many to show. @param line  the connection that it shares, where the road has said so. */
export function addSensor(state: LiveState, sensor: Sensor, line = farEndOf(sensor.address)): number {
  const known = state.indexOf.get(sensor.key)
  if (known !== undefined) return known
  const row = state.sensors.length
  if (row >= SENSORS_SHOWN) {
    if (state.unshown.size < UNSHOWN_COUNTED) state.unshown.add(sensor.key)
    return -1
  }
  if (row >= state.value.length) grow(state, Math.max(64, state.value.length * 2))
  state.sensors.push(sensor)
  const name = terminalSafe(sensor.key, { maxWidth: 160 })
  state.names.push(name)
  state.longestName = Math.max(state.longestName, displayWidth(name))
  if (sensor.limits) state.limits = 'stated'
  state.units.push(terminalSafe(sensor.unit ?? '', { maxWidth: 16 }))
  state.indexOf.set(sensor.key, row)
  state.texts.push(null)
  state.histories.push(new SensorHistory(row < SENSORS_WITH_LONG_HISTORY ? 'long' : 'short'))
  state.waveforms.push(undefined)
  const lineIndex = lineIndexOf(state, line)
  state.lineOf.push(lineIndex)
  const facts = state.lines[lineIndex]
  if (facts) facts.sensors++
  return row
}

/**
 * A copy that later freight does not touch, for a held picture. Histories are shared: they only grow behind the moment up to which a held picture
 * draws them, and copying a thousand would hold up a key. What people do about events still holds.
 */
export function frozenCopy(state: LiveState): LiveState {
  return {
    ...state,
    sensors: [...state.sensors],
    names: [...state.names],
    units: [...state.units],
    indexOf: new Map(state.indexOf),
    seen: state.seen.slice(),
    value: state.value.slice(),
    quality: state.quality.slice(),
    measuredAt: state.measuredAt.slice(),
    receivedAt: state.receivedAt.slice(),
    magnitude: state.magnitude.slice(),
    fractional: state.fractional.slice(),
    texts: [...state.texts],
    statistics: copyStatistics(state.statistics),
    histories: [...state.histories],
    waveforms: [...state.waveforms],
    lines: state.lines.map((line) => ({ ...line })),
    events: [...state.events],
    alarms: new Map([...state.alarms].map(([row, alarm]) => [row, { ...alarm }])),
    steady: new Map([...state.steady].map(([row, steady]) => [row, { ...steady }])),
    log: [...state.log],
    rowsOf: new WeakMap(),
  }
}

function grow(state: LiveState, capacity: number): void {
  growStatistics(state.statistics, capacity)
  state.seen = grown(new Uint8Array(capacity), state.seen)
  state.value = grown(new Float64Array(capacity), state.value)
  state.quality = grown(new Uint8Array(capacity), state.quality)
  state.measuredAt = grown(new Float64Array(capacity), state.measuredAt)
  state.receivedAt = grown(new Float64Array(capacity), state.receivedAt)
  state.magnitude = grown(new Float64Array(capacity), state.magnitude)
  state.fractional = grown(new Uint8Array(capacity), state.fractional)
}

function grown<Column extends Uint8Array | Float64Array>(column: Column, old: Column): Column {
  column.set(old)
  return column
}

function lineIndexOf(state: LiveState, name: string): number {
  const known = state.lines.findIndex((line) => line.name === name)
  if (known >= 0) return known
  state.lines.push(newLine(name, state.startedAt))
  return state.lines.length - 1
}

/** Where the road has not said which connection it is, e.g. in a replay of sensors that nobody described. */
function farEndOf(address: string): string {
  const scheme = schemeOf(address)
  if (scheme === undefined) return 'unaddressed'
  try {
    const { host, port, path } = parseAddress(address)
    return host === '' ? `${scheme}:///${path.join('/')}` : `${scheme}://${host}${port === null ? '' : `:${port}`}`
  } catch {
    return scheme
  }
}
