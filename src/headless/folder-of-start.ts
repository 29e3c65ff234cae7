import { type EpochMicros, formatMicros } from '../readings/time.js'

const START = '{start}'

/** `run-{start}` → `run-20261122T185737Z`: a folder of its own for each start, as a complete recording is not gone on with. */
export function folderOfStart(out: string, startedAt: EpochMicros): string {
  const [date = '', time = ''] = formatMicros(startedAt).split('T')
  return out.replaceAll(START, `${date.replaceAll('-', '')}T${time.slice(0, 8).replaceAll(':', '')}Z`)
}

/** Whether every start gets a folder of its own. */
export function isPattern(out: string): boolean {
  return out.includes(START)
}
