import type { WriteStream } from 'node:tty'
import type { Log } from '../drivers/contract.js'
import type { StatusDocument } from '../headless/status-document.js'
import type { StatusPlace } from '../headless/status-place.js'
import { displayWidth, fitWidth } from '../output/display-width.js'
import { terminalSafe } from '../output/terminal-safe.js'
import { parseMicros } from '../readings/time.js'

/** How a recording is doing, in one line of a terminal that is written over; nothing is left of it at the end. */
export class RecordingLine implements StatusPlace {
  readonly #output: Pick<WriteStream, 'write' | 'columns'>
  #isShown = false

  constructor(output: Pick<WriteStream, 'write' | 'columns'>) {
    this.#output = output
  }

  tell(document: StatusDocument): Promise<void> {
    const text = recordingLine(document)
    const columns = Math.max(20, this.#output.columns ?? 80) - 1
    this.#output.write(`\r\u001b[K${displayWidth(text) > columns ? fitWidth(text, columns) : text}`)
    this.#isShown = true
    return Promise.resolve()
  }

  close(): Promise<void> {
    this.clear()
    return Promise.resolve()
  }

  /** Before anything else is written to the terminal. */
  clear(): void {
    if (this.#isShown) this.#output.write('\r\u001b[K')
    this.#isShown = false
  }

  /** A log that writes where this line stands. */
  makingWay(log: Log): Log {
    return {
      note: (text, facts) => {
        this.clear()
        log.note(text, facts)
      },
      warn: (text, facts) => {
        this.clear()
        log.warn(text, facts)
      },
    }
  }
}

/** `00:12  1234 stored + 4 in flight + 0 dropped  gaps 0  3 of 3 lines open  58 sensors`; trouble first. */
export function recordingLine({ recording, lines, sensors, gaps, startedAt, at }: StatusDocument): string {
  const seconds = Math.max(0, Math.floor(((parseMicros(at) ?? 0) - (parseMicros(startedAt) ?? 0)) / 1e6))
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const clock = `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  const open = lines.filter(({ state }) => state === 'open').length
  return [
    clock,
    ...(recording.trouble === null ? [] : [terminalSafe(recording.trouble, { maxWidth: 60 })]),
    `${recording.stored} stored + ${recording.buffered} in flight + ${recording.dropped} dropped`,
    `gaps ${gaps}`,
    `${open} of ${lines.length} lines open`,
    ...(sensors.silent > 0 ? [`${sensors.silent} of ${sensors.total} sensors silent`] : []),
    ...(sensors.bad > 0 ? [`${sensors.bad} bad`] : []),
  ].join('  ')
}

/** Tells both. */
export function bothPlaces(one: StatusPlace | null, other: StatusPlace | null): StatusPlace | null {
  if (one === null || other === null) return one ?? other
  return {
    async tell(document) {
      await one.tell(document)
      await other.tell(document)
    },
    async close() {
      await one.close()
      await other.close()
    },
  }
}
