import { chmod, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Happening } from '../../../src/readings/measurement.js'
import type { Sink } from '../../../src/sinks/contract.js'
import { destinationName } from '../../../src/sinks/spool/spool-folder.js'
import { createSpoolingSink, type WaveformPolicy } from '../../../src/sinks/spool/spooling-sink.js'
import { waveformOf } from '../recording/material.js'
import { batchOf, MemoryFarEnd, runAt, SENSORS, surroundings, T0, type TestSurroundings, temporaryFolder } from './material.js'

const NAME = 'memory://far/end'

function sinkTo(farEnd: MemoryFarEnd, around: TestSurroundings, waveforms: WaveformPolicy = 'drop'): Sink {
  return createSpoolingSink({ name: NAME, farEnd, around, waveforms })
}

function expectLaw(sink: Sink, taken: number): void {
  const { stored, buffered, dropped, drops } = sink.tally()
  expect(stored + buffered + dropped).toBe(taken)
  expect(drops.reduce((sum, { count }) => sum + count, 0)).toBe(dropped)
}

describe('a spooling sink', () => {
  it('delivers what it takes, once and in order', async () => {
    const farEnd = new MemoryFarEnd()
    const sink = sinkTo(farEnd, surroundings(await temporaryFolder()))
    await sink.start(runAt(T0))
    for (let n = 0; n < 100; n++) await sink.take(batchOf(n * 10, 10))
    await sink.close('duration')
    expect(farEnd.order).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(sink.tally()).toMatchObject({ stored: 1000, buffered: 0, dropped: 0, spooled: 0 })
  })

  it('numbers readings of one sensor at one time, so that none hides another', async () => {
    const farEnd = new MemoryFarEnd()
    const sink = sinkTo(farEnd, surroundings(await temporaryFolder()))
    await sink.start(runAt(T0))
    for (let n = 0; n < 3; n++) await sink.take({ ...batchOf(0, 1), value: Float64Array.of(n) })
    await sink.close('duration')
    expect([...farEnd.rows.values()].map(({ value, sequence }) => [value, sequence])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ])
  })

  it('knows unit and asset of a sensor that comes later, and of one that is described anew', async () => {
    const farEnd = new MemoryFarEnd()
    const sink = sinkTo(farEnd, surroundings(await temporaryFolder()))
    const [temperature, pressure] = SENSORS
    if (!temperature || !pressure) throw new Error('there are two')
    await sink.start({ ...runAt(T0), sensors: [temperature] })
    await sink.take(batchOf(0, 1))
    expect(await sink.extend?.([{ ...temperature, unit: 'kPa' }, pressure])).toEqual([])
    await sink.take(batchOf(2, 2))
    await sink.close('duration')
    expect([...farEnd.rows.values()].map(({ sensor }) => [sensor.key, sensor.unit, sensor.asset])).toEqual([
      ['pump/temperature', 'bar', 'pump'],
      ['pump/temperature', 'kPa', 'pump'],
      ['pump/pressure', 'bar', 'pump'],
    ])
  })

  it('keeps on the disk what a dead far end does not take, and the next run delivers it first', async () => {
    const root = await temporaryFolder()
    const farEnd = new MemoryFarEnd()
    farEnd.refusal = { refusal: 'unreachable', reason: 'ECONNREFUSED' }
    const first = sinkTo(farEnd, surroundings(root))
    await first.start(runAt(T0))
    await first.take(batchOf(0, 500))
    await first.close('duration')
    expect(first.tally()).toMatchObject({ stored: 0, buffered: 500, spooled: 500, dropped: 0 })
    expectLaw(first, 500)

    farEnd.refusal = null
    const second = sinkTo(farEnd, surroundings(root))
    await second.start(runAt(T0 + 1))
    await second.take(batchOf(500, 500))
    await second.close('duration')
    expect(farEnd.order).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(second.tally()).toMatchObject({ stored: 500, buffered: 0, earlier: { stored: 500, buffered: 0, dropped: 0 } })
    expect((await readdir(join(root, destinationName(NAME), '1'))).filter((name) => name.endsWith('.seg'))).toEqual([])
  })

  it('tells once that the far end is away, and once that it is back', async () => {
    const farEnd = new MemoryFarEnd()
    farEnd.refusal = { refusal: 'refused', reason: 'HTTP 401 who are you' }
    const around = surroundings(await temporaryFolder())
    const told: Happening[] = []
    const sink = sinkTo(farEnd, around)
    await sink.start(runAt(T0), (happening) => void told.push(happening))
    for (let n = 0; n < 5; n++) {
      await sink.take(batchOf(n, 1))
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    await expect.poll(() => told.length).toBe(1)
    // A refusal is not asked again and again.
    expect(farEnd.deliveries).toBe(1)
    farEnd.refusal = null
    await sink.close('duration')
    expect(told.map(({ severity, text }) => [severity, text.replace(/\d+ s$/, 'N s')])).toEqual([
      ['warning', `${NAME} takes nothing: HTTP 401 who are you`],
      ['note', `${NAME} takes again, after N s`],
    ])
    expect(around.log.warnings).toHaveLength(1)
    expect(sink.tally().stored).toBe(5)
  })

  it('never makes the road wait, whatever the far end does', async () => {
    const farEnd = new MemoryFarEnd()
    farEnd.deliver = (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('ended'))))
    const sink = sinkTo(farEnd, surroundings(await temporaryFolder()))
    await sink.start(runAt(T0))
    for (let n = 0; n < 50; n++) expect(sink.take(batchOf(n * 10, 10))).toBeUndefined()
    expectLaw(sink, 500)
    const before = performance.now()
    await sink.close('interrupt')
    expect(performance.now() - before).toBeLessThan(5000)
    expect(sink.tally()).toMatchObject({ stored: 0, buffered: 500, spooled: 500 })
  })

  it('finds out by halves what a far end will never take, drops that with its cause, and delivers the rest', async () => {
    const farEnd = new MemoryFarEnd()
    farEnd.poison.add(3).add(77)
    const told: Happening[] = []
    const sink = sinkTo(farEnd, surroundings(await temporaryFolder()))
    await sink.start(runAt(T0), (happening) => void told.push(happening))
    await sink.take(batchOf(0, 100))
    await sink.close('duration')
    expect(farEnd.order).toEqual(Array.from({ length: 100 }, (_, i) => i).filter((i) => i !== 3 && i !== 77))
    expect(sink.tally()).toMatchObject({
      stored: 98,
      dropped: 2,
      drops: [{ count: 2, from: T0 + 3000, to: T0 + 77_000, cause: 'it is poison' }],
    })
    expect(told.map(({ text }) => text)).toEqual([
      `${NAME} never gets 2 measurements from 2026-11-22T15:00:00.003000Z to 2026-11-22T15:00:00.077000Z: it is poison`,
    ])
  })

  it.each([
    ['drop-oldest' as const, 'last'],
    ['drop-newest' as const, 'first'],
  ])(
    'stays below its cap and counts what it gave up: %s',
    async (policy, kept) => {
      const farEnd = new MemoryFarEnd()
      farEnd.refusal = { refusal: 'unreachable', reason: 'away' }
      const root = await temporaryFolder()
      const capBytes = 300_000
      const sink = sinkTo(farEnd, surroundings(root, { capBytes, policy }))
      await sink.start(runAt(T0))
      const rounds = 12
      for (let n = 0; n < rounds; n++) {
        await sink.take(batchOf(n * 3000, 3000))
        await expect.poll(() => (sink.tally().spooled ?? 0) + sink.tally().dropped, { interval: 20 }).toBe((n + 1) * 3000)
        expectLaw(sink, (n + 1) * 3000)
      }
      expect(await sizeOf(join(root, destinationName(NAME), '1'))).toBeLessThanOrEqual(capBytes + 1000)
      const { dropped, drops } = sink.tally()
      expect(dropped).toBeGreaterThan(20_000)
      expect(drops[0]?.cause).toContain(policy)
      farEnd.refusal = null
      await sink.close('duration')
      expect(sink.tally()).toMatchObject({ stored: rounds * 3000 - dropped, buffered: 0 })
      expect(farEnd.order).toEqual(farEnd.order.toSorted((a, b) => a - b))
      expect(kept === 'first' ? farEnd.order[0] : farEnd.order.at(-1)).toBe(kept === 'first' ? 0 : rounds * 3000 - 1)
    },
    30_000,
  )

  it('drains what waited many times faster than it came', async () => {
    const farEnd = new MemoryFarEnd()
    farEnd.refusal = { refusal: 'unreachable', reason: 'away' }
    const sink = sinkTo(farEnd, surroundings(await temporaryFolder()))
    await sink.start(runAt(T0))
    for (let n = 0; n < 100; n++) await sink.take(batchOf(n * 1000, 1000))
    await expect.poll(() => sink.tally().spooled).toBe(100_000)
    farEnd.refusal = null
    const before = performance.now()
    await sink.close('duration')
    expect(sink.tally().stored).toBe(100_000)
    // What came at 2,000 a second would have taken 50 s.
    expect(performance.now() - before).toBeLessThan(5000)
  })

  it.each([
    ['drop' as const, { stored: 0, dropped: 2 }],
    ['summary' as const, { stored: 2, dropped: 0 }],
    ['blocks' as const, { stored: 2, dropped: 0 }],
  ])('does with waveforms what was asked for: %s', async (policy, counts) => {
    const farEnd = new MemoryFarEnd()
    const sink = sinkTo(farEnd, surroundings(await temporaryFolder()), policy)
    await sink.start(runAt(T0))
    const samples = Float32Array.of(3, -4, 0, 0)
    await sink.take(waveformOf({ startedAt: T0, samples }))
    await sink.take(waveformOf({ startedAt: T0 + 1e6, samples: Float64Array.of(0.1) }))
    await sink.close('duration')
    expect(sink.tally()).toMatchObject({ ...counts, buffered: 0 })
    const first = [...farEnd.rows.values()].slice(0, 2).map(({ sensor, value }) => [sensor.key.split('/').at(-1), value])
    // √((9 + 16) / 4) and |−4|.
    if (policy === 'summary')
      expect(first).toEqual([
        ['rms', 2.5],
        ['peak', 4],
      ])
    if (policy === 'blocks')
      expect(farEnd.blocks.map((block) => (block.kind === 'waveform' ? block.samples : null))).toEqual([samples, Float64Array.of(0.1)])
    if (policy === 'drop') expect(sink.tally().drops[0]?.cause).toContain('takes no waveforms')
  })

  it('gives a second program to the same place a folder of its own, and adopts what a dead one left', async () => {
    const root = await temporaryFolder()
    const farEnd = new MemoryFarEnd()
    farEnd.refusal = { refusal: 'unreachable', reason: 'away' }
    const [one, two] = [sinkTo(farEnd, surroundings(root)), sinkTo(farEnd, surroundings(root))]
    await one.start(runAt(T0))
    await two.start(runAt(T0 + 1))
    await one.take(batchOf(0, 10))
    await two.take(batchOf(10, 10))
    await Promise.all([one.close('duration'), two.close('duration')])
    farEnd.refusal = null
    const three = sinkTo(farEnd, surroundings(root))
    await three.start(runAt(T0 + 2))
    await three.close('duration')
    expect(farEnd.rows.size).toBe(20)
    expect(three.tally()).toMatchObject({ stored: 0, earlier: { stored: 20, buffered: 0, dropped: 0 } })
  })

  it('says where it has no place on the disk', async () => {
    const root = join(await temporaryFolder(), 'file')
    await writeFile(root, '')
    const sink = sinkTo(new MemoryFarEnd(), surroundings(root))
    await expect(sink.start(runAt(T0))).rejects.toMatchObject({ code: 'SINK_SPOOL_UNUSABLE' })
  })

  it('keeps its folder to its owner', async () => {
    const root = await temporaryFolder()
    const folder = join(root, destinationName(NAME))
    const sink = sinkTo(new MemoryFarEnd(), surroundings(root))
    await sink.start(runAt(T0))
    await chmod(folder, 0o755)
    await sink.close('duration')
    const again = sinkTo(new MemoryFarEnd(), surroundings(root))
    await again.start(runAt(T0))
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    await again.close('duration')
  })
})

async function sizeOf(folder: string): Promise<number> {
  const sizes = await Promise.all(
    (await readdir(folder)).filter((name) => name.endsWith('.seg')).map(async (name) => (await stat(join(folder, name))).size),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
