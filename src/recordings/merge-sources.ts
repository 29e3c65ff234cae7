import type { PartTable } from '../readings/recording-layout.js'
import type { Sensor } from '../readings/sensor.js'
import type { RecordingView } from './open-recording.js'
import { recordedSensor } from './recorded-sensor.js'
import { tableSql } from './recording-tables.js'
import { sqlText } from './sql-text.js'

/** A sensor that is to be called otherwise in the merged recording. */
export interface Renaming {
  /** The folder as it was given. */
  readonly folder: string
  readonly from: string
  readonly to: string
}

/** One of the recordings that are to become one. */
export interface MergeSource {
  readonly view: RecordingView
  /** As it was given. */
  readonly given: string
  /** Under their new names. */
  readonly sensors: readonly Sensor[]
  /** A SELECT of all rows of a table, under the new names. */
  rows(this: void, table: PartTable): string
}

/** @throws Fault RECORDING_SENSOR_UNKNOWN where a renaming names no sensor of its recording. */
export function mergeSources(
  views: readonly RecordingView[],
  { folders, renamings }: { readonly folders: readonly string[]; readonly renamings: readonly Renaming[] },
): MergeSource[] {
  return views.map((view, i) => {
    const given = folders[i] ?? view.folder
    const mine = renamings.filter(({ folder }) => folder === given)
    for (const { from } of mine) recordedSensor(view, from)
    const names = new Map(mine.map(({ from, to }) => [from, to]))
    return {
      view,
      given,
      sensors: view.manifest.sensors.map((sensor) => ({ ...sensor, key: names.get(sensor.key) ?? sensor.key })),
      rows: (table) => renamedRows(view, table, names),
    }
  })
}

function renamedRows(view: RecordingView, table: PartTable, names: ReadonlyMap<string, string>): string {
  const source = tableSql(view, table)
  if (names.size === 0) return `SELECT * FROM ${source}`
  const renamed = (name: string) =>
    `CASE ${name} ${[...names].map(([from, to]) => `WHEN ${sqlText(from)} THEN ${sqlText(to)}`).join(' ')} ELSE ${name} END`
  if (table !== 'events' && table !== 'gaps') return `SELECT * REPLACE (${renamed('sensor')} AS sensor) FROM ${source}`
  return `SELECT * REPLACE (list_transform(sensors, lambda s: ${renamed('s')}) AS sensors) FROM ${source}`
}
