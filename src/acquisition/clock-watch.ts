import type { Surroundings } from '../drivers/contract.js'
import type { Freight } from '../readings/measurement.js'
import type { EpochMicros } from '../readings/time.js'

const LOOK_EVERY_MS = 1000
/** Smaller differences are slewing and scheduling. */
const STEP_MS = 500
/** The machine's uptime comes in steps of a second on some systems. */
const SLEEP_MS = 2000

interface Look {
  readonly wallMs: number
  readonly monotonicMs: number
  readonly uptimeMs: number | undefined
}

/** What the clocks say happened between two looks. */
export type ClockNews = { readonly kind: 'slept'; readonly forMs: number } | { readonly kind: 'stepped'; readonly stepMs: number }

/**
 * Notices when the machine slept (its uptime went on while the monotonic clock stood still) and when the wall clock was set, and says so:
 * an event for each, and for a sleep a gap over everything that was being measured.
 */
export async function watchClock(
  around: Surroundings,
  deliver: (freight: Freight) => Promise<void>,
  keys: () => readonly string[],
): Promise<void> {
  const { clock, signal } = around
  let before = look(around)
  while (!signal.aborted) {
    await clock.sleep(LOOK_EVERY_MS, signal)
    const now = look(around)
    const news = signal.aborted ? [] : newsBetween(before, now)
    for (const one of news) for (const freight of freightOf(one, clock.now(), keys())) await deliver(freight)
    before = now
  }
}

/** Compares how far three clocks went: the wall's, the monotonic one, and the machine's uptime, which alone counts sleep. */
export function newsBetween(before: Look, now: Look): readonly ClockNews[] {
  const awakeMs = now.monotonicMs - before.monotonicMs
  const sleptMs = before.uptimeMs === undefined || now.uptimeMs === undefined ? 0 : now.uptimeMs - before.uptimeMs - awakeMs
  const forMs = sleptMs >= SLEEP_MS ? sleptMs : 0
  const stepMs = now.wallMs - before.wallMs - awakeMs - forMs
  const stepped: ClockNews[] = Math.abs(stepMs) >= (forMs > 0 ? SLEEP_MS : STEP_MS) ? [{ kind: 'stepped', stepMs }] : []
  return forMs > 0 ? [{ kind: 'slept', forMs }, ...stepped] : stepped
}

function freightOf(news: ClockNews, now: EpochMicros, keys: readonly string[]): readonly Freight[] {
  const event = { kind: 'event', at: now, event: 'clock', severity: 'warning', sensors: [] } as const
  if (news.kind === 'stepped')
    return [{ ...event, text: `the wall clock stepped by ${(news.stepMs / 1000).toFixed(3)} s against the monotonic clock` }]
  const cause = `the machine slept for ${(news.forMs / 1000).toFixed(1)} s`
  return [
    { ...event, text: cause },
    { kind: 'gap', sensors: keys, from: now - Math.round(news.forMs * 1000), to: now, cause, missing: null },
  ]
}

function look({ clock }: Surroundings): Look {
  return { wallMs: clock.now() / 1000, monotonicMs: clock.monotonicMs(), uptimeMs: clock.uptimeMs?.() }
}
