import { bearingFrequencies } from '../../../analysis/vibration/bearing-frequencies.js'
import { terminalSafe } from '../../../output/terminal-safe.js'
import type { Asset } from '../../../readings/asset.js'
import { toSi, unitOf } from '../../../readings/unit.js'
import { withUnit } from '../../live/alarms.js'
import { assetOf } from '../../live/asset-of.js'
import { conditionOf } from '../../live/condition.js'
import type { Picture } from '../../picture.js'
import type { Style } from '../../rows/style.js'

/** A frequency at which something of the machine may show. */
export interface MachineLine {
  /** `1×`, `BPFO`, `BPFO 2×`. */
  readonly name: string
  readonly hz: number
  /** Of the shaft or of the bearing. */
  readonly of: 'shaft' | 'bearing'
  readonly style: Style
}

/** What is known of the machine that a sensor sits on. */
export interface KnownMachine {
  readonly shaftHz: number | null
  /** Where the speed and the geometry come from, or why they are not known. */
  readonly says: readonly string[]
  readonly lines: readonly MachineLine[]
  /** Highest fault frequency of the bearing; null while it is not known. */
  readonly fastestHz: number | null
}

const SHAFT_ORDERS = 5
const BEARING_HARMONICS = 3
const LOOKS = { BPFO: 'red', BPFI: 'magenta', '2·BSF': 'yellow', FTF: 'blue' } as const

export function machineOf(picture: Picture, row: number): KnownMachine {
  const key = assetOf(picture.live.sensors[row])
  if (key === undefined) return nothing('no lines: the sensor belongs to no asset, so neither speed nor bearing is known')
  const asset = picture.live.assets.find((known) => known.key === key)
  if (!asset) return nothing(`no lines: the site says nothing of ${safe(key)}, so neither speed nor bearing is known`)
  const { shaftHz, says } = speedOf(picture, asset)
  const { bearing } = asset
  if (shaftHz === null) return { shaftHz, says: [says], lines: [], fastestHz: null }
  const shaft = harmonics('', shaftHz, SHAFT_ORDERS, { of: 'shaft', style: { colour: 'green' } })
  if (!bearing) return { shaftHz, says: [says, `no bearing stated for ${safe(key)}, so no BPFO…`], lines: shaft, fastestHz: null }
  const { bpfo, bpfi, bsf, ftf } = bearingFrequencies(bearing, shaftHz)
  const rolling = Object.entries({ BPFO: bpfo, BPFI: bpfi, '2·BSF': 2 * bsf, FTF: ftf }).flatMap(([name, hz]) =>
    harmonics(name, hz, name === 'FTF' ? 1 : BEARING_HARMONICS, { of: 'bearing', style: { colour: LOOKS[name as keyof typeof LOOKS] } }),
  )
  return { shaftHz, says: [says, safe(bearing.name)], lines: [...shaft, ...rolling], fastestHz: Math.max(bpfi, bpfo, 2 * bsf) }
}

/** Now, by the sensor that tells it; else as the nameplate says, and then it is said. */
function speedOf(picture: Picture, asset: Asset): { readonly shaftHz: number | null; readonly says: string } {
  const { speedSensor, ratedSpeedRpm } = asset
  const measured = speedSensor === undefined ? speedSensorMissing(picture, asset) : measuredHz(picture, speedSensor)
  if (typeof measured === 'number') return { shaftHz: measured, says: `shaft ${hzText(measured)} by ${safe(speedSensor ?? '')}` }
  if (ratedSpeedRpm === undefined) return { shaftHz: null, says: `no lines: ${measured}, and no rated speed is stated` }
  return { shaftHz: ratedSpeedRpm / 60, says: `shaft ${hzText(ratedSpeedRpm / 60)} as rated, as ${measured}` }
}

/** The site names no sensor for the speed; where one of the machine's would do, it is told which. */
function speedSensorMissing({ live }: Picture, { key }: Asset): string {
  const would = live.sensors.filter((sensor) => assetOf(sensor) === key && isTurning(sensor.unit)).map((sensor) => sensor.key)
  const hint = would.length === 0 ? '' : ` (${would.slice(0, 2).map(safe).join(' or ')} would do)`
  return `speed_sensor is not set for ${safe(key)} in the site file${hint}`
}

/** Of a revolution; Hz alone says nothing about a shaft. */
function isTurning(unit: string | null | undefined): boolean {
  return typeof unit === 'string' && unitOf(unit)?.quantity === 'rotational frequency'
}

function measuredHz(picture: Picture, speedSensor: string): number | string {
  const { live, moment } = picture
  const row = live.indexOf.get(speedSensor)
  if (row === undefined) return `${safe(speedSensor)} is not in this run`
  const { level, reason } = conditionOf(live, row, moment)
  if (level !== 'good' && level !== 'uncertain') return `${safe(speedSensor)} is ${level === 'bad' ? reason : level}`
  const value = live.value[row] ?? Number.NaN
  const sensor = live.sensors[row]
  const { range } = sensor ?? {}
  if (!Number.isFinite(value)) return `${safe(speedSensor)} reads no number`
  if (range && (value < range.low || value > range.high))
    return `${safe(speedSensor)} reads ${withUnit(value, safe(sensor?.unit ?? ''))}, out of its range of ${range.low} … ${range.high}`
  const unit = unitOf(sensor?.unit ?? 'rpm')
  if (unit?.quantity !== 'rotational frequency' && unit?.quantity !== 'frequency') return `${safe(speedSensor)} is no speed of rotation`
  const hz = toSi(value, unit)
  return hz > 0 ? hz : 'the shaft stands still'
}

function harmonics(name: string, hz: number, count: number, looks: Pick<MachineLine, 'of' | 'style'>): readonly MachineLine[] {
  return Array.from({ length: count }, (_, index): MachineLine => {
    const order = index + 1
    return { name: name === '' ? `${order}×` : order === 1 ? name : `${name} ${order}×`, hz: order * hz, ...looks }
  })
}

/** `24.7 Hz`, `1.235 kHz`. */
export function hzText(hz: number): string {
  return hz >= 1000 ? `${Number((hz / 1000).toPrecision(4))} kHz` : `${Number(hz.toPrecision(4))} Hz`
}

function nothing(why: string): KnownMachine {
  return { shaftHz: null, says: [why], lines: [], fastestHz: null }
}

function safe(text: string): string {
  return terminalSafe(text, { maxWidth: 60 })
}
