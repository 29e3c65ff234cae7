import type { RoadStatus } from '../acquisition/running-road.js'
import { type EpochMicros, formatMicros } from '../readings/time.js'

/** What a recording says of itself. */
export interface RecordingState {
  readonly folder: string
  readonly stored: number
  readonly buffered: number
  readonly dropped: number
  readonly lastFlushAt: EpochMicros | null
  readonly trouble: string | null
}

/** `record --status`: how a recorder is doing at a moment. */
export interface StatusDocument {
  readonly schema: 'chatterfix/status/1'
  readonly pid: number
  readonly startedAt: string
  /** When this was true; one that is older than a few seconds is of a recorder that died or hangs. */
  readonly at: string
  readonly recording: Omit<RecordingState, 'lastFlushAt'> & { readonly lastFlushAt: string | null }
  readonly lines: RoadStatus['lines']
  readonly sinks: readonly { readonly name: string; readonly stored: number; readonly buffered: number; readonly dropped: number }[]
  readonly sensors: RoadStatus['sensors']
  readonly produced: number
  readonly gaps: number
}

export function statusDocument(
  road: RoadStatus,
  { pid, now, recording }: { readonly pid: number; readonly now: EpochMicros; readonly recording: RecordingState },
): StatusDocument {
  const { folder, stored, buffered, dropped, lastFlushAt, trouble } = recording
  return {
    schema: 'chatterfix/status/1',
    pid,
    startedAt: formatMicros(road.startedAt),
    at: formatMicros(now),
    recording: {
      folder,
      stored,
      buffered,
      dropped,
      lastFlushAt: lastFlushAt === null ? null : formatMicros(lastFlushAt),
      trouble,
    },
    lines: road.lines,
    sinks: road.sinks.map(({ name, tally }) => ({ name, stored: tally.stored, buffered: tally.buffered, dropped: tally.dropped })),
    sensors: road.sensors,
    produced: road.produced,
    gaps: road.gaps,
  }
}

/** The same in a line, for `systemctl status`. */
export function statusLine({ recording, lines, sensors }: StatusDocument): string {
  const { folder, stored, trouble } = recording
  const open = lines.filter(({ state }) => state === 'open').length
  const bad = sensors.bad > 0 ? `, ${sensors.bad} bad` : ''
  return trouble ?? `recording into ${folder}: ${stored} stored; ${open} of ${lines.length} lines open, ${sensors.total} sensors${bad}`
}
