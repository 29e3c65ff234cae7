import type { DuckDBConnection } from '@duckdb/node-api'
import { z } from 'zod'
import type { Asset } from '../readings/asset.js'
import { kindOfQuantity } from '../readings/kind-of-quantity.js'
import { machineFactsShape } from '../readings/machine-facts-schema.js'
import { DEFAULT_PERIOD_MS, SENSOR_KINDS, type Sensor } from '../readings/sensor.js'
import { unitOf } from '../readings/unit.js'
import { staged } from './import-job.js'

const positive = z.number().positive().finite().optional().catch(undefined)
/** One that does not hold is left out, not the whole asset. */
const FACTS = {
  kind: machineFactsShape.kind.catch(undefined),
  lineFrequencyHz: machineFactsShape.lineFrequencyHz.catch(undefined),
  poles: machineFactsShape.poles.catch(undefined),
  rotorBars: machineFactsShape.rotorBars.catch(undefined),
  gears: machineFactsShape.gears.catch(undefined),
  blades: machineFactsShape.blades.catch(undefined),
  belt: machineFactsShape.belt.catch(undefined),
  isoGroup: machineFactsShape.isoGroup.catch(undefined),
}
const ASSET = z.object({
  key: z.string(),
  class: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  ratedSpeedRpm: positive,
  ratedPowerKw: positive,
  support: z.enum(['rigid', 'flexible']).optional().catch(undefined),
  speedSensor: z.string().optional().catch(undefined),
  ...FACTS,
  bearing: z
    .object({
      name: z.string(),
      rollingElements: z.number(),
      ballDiameterMm: z.number(),
      pitchDiameterMm: z.number(),
      contactAngleDeg: z.number(),
      source: z.string().optional(),
    })
    .optional()
    .catch(undefined),
})

/** What came with the rows about their sensors, and the others as far as their rows tell. */
export async function importedSensors(connection: DuckDBConnection): Promise<Sensor[]> {
  const described = await connection.runAndReadAll(`SELECT * FROM ${staged('sensors')} WHERE sensor IS NOT NULL`)
  const known = described.getRowObjectsJson().map(sensorOf)
  const keys = new Set(known.map(({ key }) => key))
  const sources = ['readings', 'waveforms', 'waveforms64'] as const
  const found = await connection.runAndReadAll(
    `SELECT sensor, min(unit), max(unit) FROM (${sources.map((table) => `SELECT sensor, unit FROM ${staged(table)}`).join(' UNION ALL ')}) GROUP BY sensor ORDER BY sensor`,
  )
  const others = found
    .getRows()
    .flatMap(([sensor, low, high]) =>
      sensor === null || keys.has(String(sensor)) ? [] : [unknownSensor(String(sensor), low === high && low !== null ? String(low) : null)],
    )
  return [...known, ...others]
}

export async function importedAssets(connection: DuckDBConnection): Promise<Asset[]> {
  const rows = await connection.runAndReadAll(`SELECT definition FROM ${staged('assets')}`)
  return rows.getRows().flatMap(([definition]) => {
    const { data } = ASSET.safeParse(jsonOf(String(definition)))
    return data === undefined ? [] : [withoutUndefined(data) as unknown as Asset]
  })
}

type Cells = Readonly<Record<string, unknown>>

function sensorOf(row: Cells): Sensor {
  const text = (name: string) => (typeof row[name] === 'string' ? row[name] : undefined)
  const number = (name: string) => (typeof row[name] === 'number' ? row[name] : undefined)
  const [low, high] = [number('range_low'), number('range_high')]
  const limits = withoutUndefined({
    criticalLow: number('critical_low'),
    warningLow: number('warning_low'),
    warningHigh: number('warning_high'),
    criticalHigh: number('critical_high'),
  })
  const key = text('sensor') ?? ''
  return withoutUndefined({
    key,
    address: text('address') ?? key,
    kind: SENSOR_KINDS.find((kind) => kind === row['kind']) ?? 'other',
    unit: text('unit') ?? null,
    periodMs: Math.max(0, number('period_ms') ?? DEFAULT_PERIOD_MS),
    asset: text('asset'),
    description: text('description'),
    range: low === undefined || high === undefined ? undefined : { low, high },
    limits: Object.keys(limits).length === 0 ? undefined : limits,
  }) as unknown as Sensor
}

function unknownSensor(key: string, unit: string | null): Sensor {
  const quantity = unitOf(unit ?? '\0')?.quantity
  return { key, address: key, kind: quantity === undefined ? 'other' : kindOfQuantity(quantity), unit, periodMs: DEFAULT_PERIOD_MS }
}

function withoutUndefined(fields: Cells): Cells {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
