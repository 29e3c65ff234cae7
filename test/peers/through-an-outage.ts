import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Sink } from '../../src/sinks/contract.js'
import { batchOf, runAt, T0 } from '../sinks/spool/material.js'

const BATCH_ROWS = 100
const PERIOD_MS = 50
const BATCHES = 60

export interface Outage {
  /** Readings that the sink took, with the values 0, 1, 2 … */
  readonly taken: number
  readonly stored: number
}

/** 2,000 readings a second for 3 s; the far end is killed after 1 s and comes back after 2 s. */
export async function throughAnOutage(
  sink: Sink,
  far: { readonly kill: () => Promise<void>; readonly restart: () => Promise<void> },
): Promise<Outage> {
  await sink.start(runAt(T0))
  let outage: Promise<void> = Promise.resolve()
  for (let n = 0; n < BATCHES; n++) {
    await sink.take(batchOf(n * BATCH_ROWS, BATCH_ROWS))
    if (n === BATCHES / 3) await far.kill()
    if (n === (2 * BATCHES) / 3) outage = far.restart()
    await wait(PERIOD_MS)
  }
  await outage
  await expect.poll(() => sink.tally().buffered, { timeout: 40_000 }).toBe(0)
  await sink.close('duration')
  const taken = BATCHES * BATCH_ROWS
  const { stored, dropped } = sink.tally()
  expect({ stored, dropped }).toEqual({ stored: taken, dropped: 0 })
  return { taken, stored }
}
