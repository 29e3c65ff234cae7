import { terminalSafe } from './terminal-safe.js'

/** Which channel of what was looked at, and how much of it: the first line of an answer about it. */
export function recordLine(record: {
  readonly file: string
  readonly channel: string
  readonly durationS: number
  readonly sampleRateHz: number
}): string {
  return `${terminalSafe(record.file)}  ${terminalSafe(record.channel)}  ${record.durationS.toFixed(2)} s at ${record.sampleRateHz} Hz`
}
