import { describeBounds } from '../readings/write-bounds.js'
import type { PreparedWrite, WriteReport } from '../writing/guarded-write.js'
import { terminalSafe } from './terminal-safe.js'

/** `write --json`. */
export interface WriteDocument {
  readonly schema: 'chatterfix/write/1'
  readonly sensor: string
  readonly address: string
  readonly device: string
  /** What allows it: the site file, or a profile of the device. */
  readonly listedBy: string
  readonly old: number
  readonly value: number
  /** Null where nothing was written. */
  readonly readBack: number | null
  readonly written: boolean
  /** For `--confirm`. */
  readonly confirm: string
}

export function draftDocument({ target, draft, hash }: PreparedWrite): WriteDocument {
  const { address, device, old, value } = draft
  return {
    schema: 'chatterfix/write/1',
    sensor: target.sensor.key,
    address,
    device,
    listedBy: target.listedBy,
    old,
    value,
    readBack: null,
    written: false,
    confirm: hash,
  }
}

export function writtenDocument({ sensor, listedBy, draft, readBack, hash }: WriteReport): WriteDocument {
  const { address, device, old, value } = draft
  return { schema: 'chatterfix/write/1', sensor, address, device, listedBy, old, value, readBack, written: true, confirm: hash }
}

/** What is about to happen, for people. */
export function formatDraft({ target, draft, hash }: PreparedWrite): string {
  const unit = target.sensor.unit === null ? '' : ` ${target.sensor.unit}`
  return [
    `sensor   ${target.sensor.key}`,
    `device   ${target.deviceName} (${draft.device})`,
    `address  ${draft.address}`,
    `old      ${draft.old}${unit}`,
    `new      ${draft.value}${unit}   allowed ${describeBounds(target.bounds)}, by ${target.listedBy}`,
    `by       ${draft.how}`,
    `confirm  ${hash}`,
  ]
    .map((line) => terminalSafe(line))
    .join('\n')
}
