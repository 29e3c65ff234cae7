import type { Limits, SensorKind } from '../readings/sensor.js'
import { ACCELEROMETER_RATE_HZ } from './machine/accelerometer.js'
import type { PlantAssetKey } from './nameplates.js'

/** A measuring point of the plant, as its transmitter's data sheet describes it. */
export interface PlantPoint {
  readonly key: string
  readonly asset: PlantAssetKey
  readonly name: string
  readonly kind: SensorKind
  readonly unit: string
  /** How often it is measured. */
  readonly periodMs: number
  readonly range: { readonly low: number; readonly high: number }
  readonly limits?: Limits
  readonly description: string
}

type Row = readonly [
  name: string,
  kind: SensorKind,
  unit: string,
  periodMs: number,
  low: number,
  high: number,
  description: string,
  limits?: Limits,
]

const ROWS: Readonly<Record<PlantAssetKey, readonly Row[]>> = {
  'pump-247': [
    ['motor-current', 'current', 'A', 500, 0, 120, 'motor current', { warningHigh: 81, criticalHigh: 95 }],
    ['motor-power', 'power', 'kW', 1000, 0, 60, 'electrical power of the motor'],
    ['motor-energy', 'energy', 'kWh', 1000, 0, 1e9, 'energy since commissioning'],
    ['motor-winding-temperature', 'temperature', '°C', 1000, -50, 200, 'hottest winding', { warningHigh: 120, criticalHigh: 140 }],
    ['drive-end-temperature', 'temperature', '°C', 1000, -50, 200, 'drive-end bearing', { warningHigh: 80, criticalHigh: 95 }],
    ['suction-pressure', 'pressure', 'bar', 500, -1, 4, 'suction side, gauge', { warningLow: 0.2, criticalLow: 0 }],
    ['discharge-pressure', 'pressure', 'bar', 500, 0, 16, 'discharge side, gauge', { warningLow: 6, warningHigh: 10 }],
    ['flow', 'flow', 'm³/h', 500, 0, 250, 'flow behind the pump'],
    ['tank-level', 'level', '%', 1000, 0, 100, 'suction tank', { criticalLow: 20, warningLow: 35, warningHigh: 80, criticalHigh: 90 }],
    ['speed', 'speed', 'rpm', 500, 0, 1800, 'shaft speed'],
    ['drive-end-velocity', 'velocity', 'mm/s', 1000, 0, 50, 'vibration velocity RMS 10–1000 Hz', { warningHigh: 2.8, criticalHigh: 4.5 }],
  ],
  'fan-112': [
    ['motor-current', 'current', 'A', 500, 0, 60, 'motor current', { warningHigh: 28, criticalHigh: 32 }],
    ['drive-end-temperature', 'temperature', '°C', 1000, -50, 200, 'drive-end bearing', { warningHigh: 80, criticalHigh: 95 }],
    ['air-flow', 'flow', 'm³/h', 1000, 0, 20_000, 'exhaust air'],
    ['speed', 'speed', 'rpm', 500, 0, 1800, 'shaft speed'],
    ['drive-end-velocity', 'velocity', 'mm/s', 1000, 0, 50, 'vibration velocity RMS 10–1000 Hz', { warningHigh: 2.8, criticalHigh: 4.5 }],
  ],
}

/** Every scalar measuring point of the plant. */
export const PLANT_POINTS: readonly PlantPoint[] = Object.entries(ROWS).flatMap(([asset, rows]) =>
  rows.map(([name, kind, unit, periodMs, low, high, description, limits]) => ({
    key: `${asset}/${name}`,
    asset: asset as PlantAssetKey,
    name,
    kind,
    unit,
    periodMs,
    range: { low, high },
    description,
    ...(limits ? { limits } : {}),
  })),
)

/** A measuring point that yields blocks of samples. */
export interface PlantWaveform {
  readonly key: string
  readonly asset: PlantAssetKey
  readonly name: string
  readonly unit: string
  readonly sampleRateHz: number
  /** Samples in one block; a whole number of microseconds long, so that blocks join without a rest. */
  readonly blockSamples: number
}

export const PLANT_WAVEFORMS: readonly PlantWaveform[] = (['pump-247', 'fan-112'] as const).map((asset) => ({
  key: `${asset}/drive-end-acceleration`,
  asset,
  name: 'drive-end-acceleration',
  unit: 'm/s²',
  sampleRateHz: ACCELEROMETER_RATE_HZ,
  blockSamples: ACCELEROMETER_RATE_HZ,
}))
