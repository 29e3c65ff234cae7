import { z } from 'zod'
import { AddressError, parseAddress } from './address.js'
import { durationEntry } from './duration-entry.js'
import { limitsEntry } from './limits-entry.js'
import { siteFactsShape } from './machine-facts-schema.js'
import { SENSOR_KINDS, type SensorKind } from './sensor.js'
import { similar } from './similar.js'
import { UNITS, unitOf } from './unit.js'

const MAX_KEY_LENGTH = 128
/** Control, format (bidi, zero-width), surrogate, private-use and line separators cannot be told apart by eye. */
const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}]+$/u

/** Quantities that a kind may be stated in; kinds that are not here take any unit. */
export const QUANTITIES_OF_KIND: Partial<Record<SensorKind, readonly string[]>> = {
  temperature: ['temperature'],
  pressure: ['pressure'],
  flow: ['volume flow', 'mass flow', 'velocity'],
  speed: ['rotational frequency', 'frequency', 'velocity'],
  current: ['electric current'],
  voltage: ['electric potential'],
  power: ['power', 'apparent power', 'reactive power'],
  energy: ['energy', 'reactive energy', 'apparent energy'],
  frequency: ['frequency', 'rotational frequency'],
  velocity: ['velocity'],
  acceleration: ['acceleration'],
  displacement: ['length'],
  humidity: ['relative humidity', 'ratio'],
}

export const printable = (max: number) => z.string().min(1).max(max).regex(PRINTABLE)
const positive = z.number().positive()

const GEOMETRY = ['rolling_elements', 'ball_diameter_mm', 'pitch_diameter_mm', 'contact_angle_deg'] as const

const bearing = z
  .strictObject({
    name: printable(MAX_KEY_LENGTH),
    rolling_elements: z.number().int().min(3).max(500).optional(),
    ball_diameter_mm: positive.optional(),
    pitch_diameter_mm: positive.optional(),
    contact_angle_deg: z.number().min(0).max(60).optional(),
  })
  // A name alone is looked up; half a geometry is nothing that could be.
  .superRefine((it, context) => {
    const missing = GEOMETRY.filter((key) => it[key] === undefined)
    if (missing.length === GEOMETRY.length) return
    for (const key of missing) context.addIssue({ code: 'custom', path: [key] })
  })
  .refine(({ ball_diameter_mm: ball = 0, pitch_diameter_mm: pitch = Number.POSITIVE_INFINITY }) => ball < pitch, {
    path: ['ball_diameter_mm'],
  })

const asset = z.strictObject({
  class: printable(MAX_KEY_LENGTH).optional(),
  description: z.string().max(500).optional(),
  rated_speed_rpm: positive.optional(),
  rated_power_kw: positive.optional(),
  support: z.enum(['rigid', 'flexible']).optional(),
  bearing: bearing.optional(),
  speed_sensor: z.string().optional(),
  ...siteFactsShape,
})

const address = z.string().superRefine((text, context) => {
  try {
    parseAddress(text)
  } catch (thrown) {
    if (!(thrown instanceof AddressError)) throw thrown
    context.addIssue({ code: 'custom', params: { hint: thrown.message } })
  }
})

export const unitSymbol = z.string().superRefine((name, context) => {
  if (unitOf(name) !== undefined) return
  const near = similar(
    name,
    UNITS.flatMap((known) => [known.symbol, ...known.aliases]),
  )
  context.addIssue({ code: 'custom', params: near === undefined ? {} : { hint: `did you mean ${near}?` } })
})

export const rangeEntry = z.strictObject({ low: z.number(), high: z.number() }).refine((it) => it.low < it.high)

const sensor = z
  .strictObject({
    address,
    kind: z.enum(SENSOR_KINDS),
    unit: unitSymbol.nullable().optional(),
    every: durationEntry.optional(),
    range: rangeEntry.optional(),
    writable: z.boolean().optional(),
    limits: limitsEntry.optional(),
    deadband: z.number().nonnegative().optional(),
    at_least_every: durationEntry.optional(),
    asset: z.string().optional(),
    description: z.string().max(500).optional(),
  })
  .refine((it) => it.writable !== true || it.range !== undefined, {
    path: ['writable'],
    params: { hint: 'what may be written is bounded', expected: 'a range beside it: what may be written is bounded' },
  })
  .superRefine((it, context) => {
    const quantity = it.unit ? unitOf(it.unit)?.quantity : undefined
    const fitting = QUANTITIES_OF_KIND[it.kind]
    if (quantity === undefined || fitting === undefined || fitting.includes(quantity)) return
    const hint = `${it.unit} is a unit of ${quantity}, and the kind is ${it.kind}`
    context.addIssue({ code: 'custom', path: ['unit'], params: { hint, expected: `a unit of ${fitting.join(' or ')}` } })
  })

const assetKey = printable(MAX_KEY_LENGTH)
const sensorKey = printable(MAX_KEY_LENGTH).regex(/^[^/]+(\/[^/]+)+$/)

/** The site file as people write it. What is wrong with it is worded by site-file-fields.ts. */
export const siteFileSchema = z.strictObject({
  site: printable(MAX_KEY_LENGTH),
  assets: z.record(assetKey, asset.nullable()).nullable().optional(),
  sensors: z.record(sensorKey, sensor).nullable().optional(),
  layouts: z.record(printable(60), z.record(z.string(), z.unknown())).optional(),
})

export type SiteFile = z.infer<typeof siteFileSchema>
export type SensorEntry = z.infer<typeof sensor>
export type AssetEntry = z.infer<typeof asset>

/** The keys that may stand in a map of the site file, for "did you mean". */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return Object.keys(siteFileSchema.shape)
  if (path.length === 2) return Object.keys(path[0] === 'assets' ? asset.shape : sensor.shape)
  if (path.at(-1) === 'bearing') return Object.keys(bearing.shape)
  if (path.at(-2) === 'gears') return Object.keys(siteFactsShape.gears.unwrap().element.shape)
  if (path.at(-1) === 'belt') return Object.keys(siteFactsShape.belt.unwrap().shape)
  return path.at(-1) === 'range' ? ['low', 'high'] : Object.keys(limitsEntry.shape)
}
