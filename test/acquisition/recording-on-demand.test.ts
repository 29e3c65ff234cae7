import { describe, expect, it } from 'vitest'
import { RecordingOnDemand } from '../../src/acquisition/recording-on-demand.js'
import { batchOf } from '../../src/readings/batch.js'
import { countOf, type Freight, type Happening } from '../../src/readings/measurement.js'
import type { RunStart, Sink } from '../../src/sinks/contract.js'

const T0 = 1_800_000_000_000_000
const RUN: RunStart = { startedAt: T0, sensors: [], assets: [], site: null, tool: 't', purpose: 'p' }
const clock = { now: () => T0 + 5e6, monotonicMs: () => 0, sleep: () => Promise.resolve() }
const reading = (value: number): Freight => batchOf(['a'], T0, [{ sensor: 0, measuredAt: T0, value }])
const stands: Happening = { kind: 'event', at: T0, event: 'alert', severity: 'note', text: 'alarm stands', sensors: ['a'] }

interface Kept {
  readonly folder: string
  readonly freight: Freight[]
  startedAt?: number
  endedBy?: string
}

function demanding(trouble: 'none' | 'full-disk' = 'none') {
  const kept: Kept[] = []
  const warnings: string[] = []
  const make = (folder: string): Promise<Sink> => {
    const mine: Kept = { folder, freight: [] }
    kept.push(mine)
    const stored = () => mine.freight.reduce((sum, one) => sum + countOf(one), 0)
    return Promise.resolve({
      name: 'recording',
      policy: 'wait',
      start: (run) => Promise.resolve(void (mine.startedAt = run.startedAt)),
      take: (one) => {
        if (trouble === 'full-disk' && one.kind === 'batch') return Promise.reject(new Error('no space left'))
        mine.freight.push(one)
        return Promise.resolve()
      },
      close: (endedBy) => Promise.resolve(void (mine.endedBy = endedBy)),
      tally: () => ({ stored: stored(), buffered: 0, dropped: 0, drops: [] }),
    })
  }
  const sink = new RecordingOnDemand({ clock, make, standing: () => [stands], warn: (text) => warnings.push(text) })
  return { sink, kept, warnings }
}

describe('a recording on demand', () => {
  it('takes what comes between begin and end, and first what stands', async () => {
    const { sink, kept } = demanding()
    await sink.start(RUN)
    await sink.take(reading(1))
    await sink.begin('run-1')
    await sink.take(reading(2))
    expect(sink.current).toMatchObject({ folder: 'run-1', tally: { stored: 1 } })
    expect((await sink.end())?.tally.stored).toBe(1)
    await sink.take(reading(3))
    expect(kept).toMatchObject([{ folder: 'run-1', startedAt: T0 + 5e6, endedBy: 'interrupt', freight: [stands, { kind: 'batch' }] }])
    expect(sink.current).toBeNull()
  })

  it('makes one at a time, and none before there is a run', async () => {
    const { sink } = demanding()
    await expect(sink.begin('run-1')).rejects.toMatchObject({ code: 'RECORDING_NOT_WRITABLE' })
    await sink.start(RUN)
    await sink.begin('run-1')
    await expect(sink.begin('run-2')).rejects.toMatchObject({ code: 'RECORDING_NOT_WRITABLE' })
  })

  it('is closed in order with the run', async () => {
    const { sink, kept } = demanding()
    await sink.start(RUN)
    await sink.begin('run-1')
    await sink.close('duration')
    expect(kept[0]?.endedBy).toBe('duration')
    expect(sink.made.map(({ folder }) => folder)).toEqual(['run-1'])
  })

  it('ends with a word when it fails, and the run goes on', async () => {
    const { sink, kept, warnings } = demanding('full-disk')
    await sink.start(RUN)
    await sink.begin('run-1')
    await sink.take(reading(1))
    await sink.take(reading(2))
    expect(warnings).toEqual(['recording into run-1 has ended: no space left'])
    expect(kept[0]?.endedBy).toBe('fault')
  })
})
