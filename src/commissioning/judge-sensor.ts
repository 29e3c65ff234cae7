import type { Asset } from '../readings/asset.js'
import type { Sensor } from '../readings/sensor.js'
import { CHECKS, type CheckId, type CheckResult, type CheckResults } from './check.js'
import type { SensorSheet, StimulusResponse } from './sheet.js'

/** All that is known of a sensor when it is judged. */
export interface SensorFacts {
  readonly sensor: Sensor
  /** As the site describes it; undefined where it describes none of that name. */
  readonly asset: Asset | undefined
  readonly level: 'waiting' | 'good' | 'uncertain' | 'stale' | 'bad'
  readonly reason: string
  /** Beyond which of its limits the value is now, as a letter; null: beyond none. */
  readonly limit: string | null
  /** Since the run began; lowest and highest are NaN while there is none. */
  readonly readings: { readonly count: number; readonly bad: number; readonly lowest: number; readonly highest: number }
  /** From measured to received, of the last reading, in ms; NaN before the first. */
  readonly delayMs: number
}

const FEWEST_READINGS = 3
/** Readings of one value and no other, from which on it is worth a word. */
const STUCK_READINGS = 30
const CLOCK_AHEAD_MS = 1500
const CLOCK_BEHIND_MS = 60_000

/** Every check as far as a machine can tell, and over it what a person said. */
export function judgeSensor(facts: SensorFacts, sheet: SensorSheet): CheckResults {
  const told: CheckResults = {
    alive: alive(facts),
    identity: open(`a person has to see it: ${facts.sensor.address}`),
    unit: unit(facts),
    plausible: plausible(facts),
    stimulus: sheet.response ? responseResult(sheet.response) : open('arm it and touch it'),
    limits: limits(facts),
    time: time(facts),
    asset: asset(facts),
  }
  const judged = CHECKS.map((id): readonly [CheckId, CheckResult] => {
    const verdict = sheet.verdicts[id]
    return [id, verdict ? { state: verdict.verdict, says: `${verdict.by}${verdict.says === '' ? '' : `: ${verdict.says}`}` } : told[id]]
  })
  return Object.fromEntries(judged) as CheckResults
}

function alive({ level, reason, readings }: SensorFacts): CheckResult {
  if (level === 'waiting') return open('nothing came from it yet')
  if (level === 'bad' || level === 'stale') return failed(reason)
  if (readings.count < FEWEST_READINGS) return open(`${readings.count} of ${FEWEST_READINGS} readings`)
  return passed(readings.bad === 0 ? `${readings.count} readings, none lost` : `${readings.count} readings; ${readings.bad} had no value`)
}

function unit({ sensor }: SensorFacts): CheckResult {
  if (sensor.unit === null) return open('nobody stated one')
  return passed(`${sensor.unit} is stated; a reference at as-found or as-left shows whether it is true`)
}

function plausible({ sensor, readings }: SensorFacts): CheckResult {
  const { count, lowest, highest } = readings
  if (count < FEWEST_READINGS) return open(`${count} of ${FEWEST_READINGS} readings`)
  const bound = sensor.range ?? POSSIBLE[`${sensor.kind} ${sensor.unit}`]
  const seen = `${short(lowest)} … ${short(highest)}`
  if (bound && (lowest < bound.low || highest > bound.high)) return failed(`${seen} leaves ${short(bound.low)} … ${short(bound.high)}`)
  if (count >= STUCK_READINGS && lowest === highest) return open(`${short(lowest)} in all of ${count} readings: quiet, or stuck`)
  if (!sensor.range) return open(`${seen}; no range is stated to hold it against`)
  return passed(`${seen} lies within ${short(sensor.range.low)} … ${short(sensor.range.high)}`)
}

/** What nature forbids; nothing stands here that depends on a device. */
const POSSIBLE: Readonly<Record<string, { readonly low: number; readonly high: number } | undefined>> = {
  'temperature °C': { low: -273.15, high: Number.POSITIVE_INFINITY },
  'temperature K': { low: 0, high: Number.POSITIVE_INFINITY },
  'humidity %': { low: 0, high: 100 },
}

function limits({ sensor, limit }: SensorFacts): CheckResult {
  const { criticalLow, warningLow, warningHigh, criticalHigh } = sensor.limits ?? {}
  const stated = [criticalLow, warningLow, warningHigh, criticalHigh].filter((value) => value !== undefined)
  if (stated.length === 0) return open('none is stated')
  const { range } = sensor
  const outside = range ? stated.filter((value) => value < range.low || value > range.high) : []
  if (outside.length > 0) return failed(`${outside.map(short).join(', ')} can never be reached within the range`)
  if (limit !== null) return open(`the value is beyond ${limit} now: is that so, or is the limit wrong?`)
  return passed(`${stated.length} stated, the value lies within`)
}

function time({ delayMs, level, reason }: SensorFacts): CheckResult {
  if (Number.isNaN(delayMs) || level === 'waiting') return open('nothing came from it yet')
  if (reason === 'clock-unsynced') return failed('the device says that its clock is not set')
  if (delayMs < -CLOCK_AHEAD_MS) return failed(`its clock is ${short(-delayMs / 1000)} s ahead of this machine`)
  if (delayMs > CLOCK_BEHIND_MS) return failed(`its readings are ${short(delayMs / 1000)} s old when they come`)
  if (delayMs === 0) return open('this machine stamps the readings; the clock of the device is not seen')
  return passed(`${short(delayMs)} ms from measured to received`)
}

function asset({ sensor, asset: described }: SensorFacts): CheckResult {
  if (sensor.asset === undefined) return open('no asset is stated')
  return described
    ? passed(described.class === undefined ? sensor.asset : `${sensor.asset}, ${described.class}`)
    : open(`${sensor.asset} is not described in the site file`)
}

/** Where others moved at the same moment, a response proves no sensor. */
export function responseResult({ says, alsoMoved }: StimulusResponse): CheckResult {
  return alsoMoved.length === 0 ? passed(says) : open(`cannot tell: ${says}; these moved too: ${alsoMoved.join(' · ')}`)
}

const passed = (says: string): CheckResult => ({ state: 'passed', says })
const failed = (says: string): CheckResult => ({ state: 'failed', says })
const open = (says: string): CheckResult => ({ state: 'open', says })

function short(value: number): string {
  return String(Number(value.toPrecision(4)))
}
