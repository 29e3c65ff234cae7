import type { Sensor } from '../readings/sensor.js'
import { type CheckId, openChecks } from './check.js'
import { EMPTY_SHEET, type SensorSheet, type Sheets } from './sheet.js'

/** How far a site is commissioned. */
export interface CommissioningProgress {
  readonly sensors: number
  readonly signed: number
  /** Signed although a check was open, failed or rejected. */
  readonly signedWithOpenChecks: number
  readonly unsigned: readonly string[]
}

export interface CommissionedSensor {
  readonly sensor: Sensor
  readonly sheet: SensorSheet
  /** As they stood when it was signed; empty where it is not. */
  readonly open: readonly CheckId[]
}

/** The sensors of a site beside what is written down about each. */
export function commissionedSensors(sensors: readonly Sensor[], sheets: Sheets): readonly CommissionedSensor[] {
  return sensors.map((sensor) => {
    const sheet = sheets.get(sensor.key) ?? EMPTY_SHEET
    return { sensor, sheet, open: sheet.signed ? openChecks(sheet.signed.results) : [] }
  })
}

export function progressOf(sensors: readonly CommissionedSensor[]): CommissioningProgress {
  const signed = sensors.filter(({ sheet }) => sheet.signed !== null)
  return {
    sensors: sensors.length,
    signed: signed.length,
    signedWithOpenChecks: signed.filter(({ open }) => open.length > 0).length,
    unsigned: sensors.filter(({ sheet }) => sheet.signed === null).map(({ sensor }) => sensor.key),
  }
}
