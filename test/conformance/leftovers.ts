import { getEventListeners } from 'node:events'
import { expect } from 'vitest'

/** What keeps this process awake: sockets, servers, timers, files, by kind. */
export type Resources = ReadonlyMap<string, number>

export function activeResources(): Resources {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

/** What is active now and was not `before`, as `kind +n`. */
export function leftoversSince(before: Resources): readonly string[] {
  return [...activeResources()]
    .map(([kind, count]) => ({ kind, more: count - (before.get(kind) ?? 0) }))
    .filter(({ more }) => more > 0)
    .map(({ kind, more }) => `${kind} +${more}`)
}

/** Closing takes a few turns of the event loop on both ends, so what is left is what is still there after `withinMs`. */
export async function expectNothingLeft(before: Resources, signal?: AbortSignal, withinMs = 2000): Promise<void> {
  const untilMs = performance.now() + withinMs
  // Not expect.poll: its own time-out would be one of the timers that are counted.
  while (leftoversSince(before).length > 0 && performance.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(leftoversSince(before)).toEqual([])
  if (signal) expect(getEventListeners(signal, 'abort'), 'listeners left on the abort signal').toEqual([])
}
