/** What decides how often the picture is drawn; a key always draws at once. */
export interface Attention {
  readonly bandwidth: 'normal' | 'low'
  /** As far as the terminal says so. */
  readonly focus: 'focus' | 'no-focus'
  /** Since the last key. */
  readonly idleMs: number
}

const NORMAL_MS = 200
const LOW_MS = 1000
/** Nobody has touched a key for so long. */
const IDLE_FROM_MS = 15 * 60_000
const UNFOCUSED_MS = 1000
const IDLE_MS = 1000

export function frameIntervalMs({ bandwidth, focus, idleMs }: Attention): number {
  return Math.max(bandwidth === 'low' ? LOW_MS : NORMAL_MS, focus === 'no-focus' ? UNFOCUSED_MS : 0, idleMs > IDLE_FROM_MS ? IDLE_MS : 0)
}
