import { partName } from '../readings/recording-layout.js'
import { type EpochMicros, formatMicros } from '../readings/time.js'
import { temporaryPath } from '../sinks/recording/part-file.js'
import { amendRecording } from './amend-recording.js'
import { buildPart } from './build-part.js'
import { openDuckdb } from './duckdb-session.js'
import { leaveMark, type Mark } from './mark-box.js'
import { openRecording } from './open-recording.js'
import { recordedSensor } from './recorded-sensor.js'
import { sqlText } from './sql-text.js'

export interface MarkedRecording {
  readonly schema: 'chatterfix/mark/1'
  readonly path: string
  readonly time: string
  readonly text: string
  readonly sensors: readonly string[]
  /** `recorder`: the program that records took it and has it on the disk. `journal`: nobody records; it was added to the closed recording. */
  readonly by: 'recorder' | 'journal'
}

/**
 * Puts a mark of the operator into a recording, also while it is being recorded.
 *
 * @throws Fault RECORDING_SENSOR_UNKNOWN, RECORDING_BUSY where the recorder does not take it, and those of amendRecording.
 */
export async function markRecording(
  folder: string,
  mark: Mark,
  around: { now: EpochMicros; signal: AbortSignal },
): Promise<MarkedRecording> {
  const view = await openRecording(folder)
  for (const sensor of mark.sensors) recordedSensor(view, sensor)
  const told = {
    schema: 'chatterfix/mark/1',
    path: view.folder,
    time: formatMicros(mark.at),
    text: mark.text,
    sensors: mark.sensors,
  } as const
  if (view.state === 'recording') {
    await leaveMark(view, mark, around.signal)
    return { ...told, by: 'recorder' }
  }
  await amendRecording(folder, around.now, async ({ view: { folder: path }, number }) => {
    const name = partName('events', number)
    const session = await openDuckdb({ memoryLimitMb: 256 })
    try {
      const { connection } = session
      const part = await buildPart({
        connection,
        table: 'events',
        select: markSql(mark),
        name,
        path: temporaryPath(path, name),
        signal: around.signal,
      })
      return { parts: part === null ? [] : [part] }
    } finally {
      session.close()
    }
  })
  return { ...told, by: 'journal' }
}

function markSql({ at, text, sensors }: Mark): string {
  const list = `[${sensors.map(sqlText).join(', ')}]::VARCHAR[]`
  return `SELECT make_timestamp(${Math.floor(at)}::BIGINT) AS time, 'mark' AS event, 'note' AS severity, ${sqlText(text)} AS text, ${list} AS sensors`
}
