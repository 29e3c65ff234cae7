import { PassThrough, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createLineWriter } from '../../src/output/line-writer.js'
import { batchOf } from '../../src/readings/batch.js'
import type { Freight } from '../../src/readings/measurement.js'
import { QUALITY } from '../../src/readings/quality.js'
import type { RunStart } from '../../src/sinks/contract.js'

const AT = Date.UTC(2026, 10, 22, 12, 0, 0) * 1000 + 123_456
const run: RunStart = {
  startedAt: AT,
  sensors: [
    { key: 'pump/temperature', address: 'mqtt://h/t', kind: 'temperature', unit: '°C', periodMs: 1000 },
    { key: 'pump/vibration', address: 'mqtt://h/v', kind: 'acceleration', unit: 'm/s²', periodMs: 1000 },
  ],
  assets: [],
  site: 'plant',
  tool: 'test',
  purpose: 'watch',
}
const keys = run.sensors.map(({ key }) => key)
const batch = batchOf(keys, AT + 10, [
  { sensor: 0, measuredAt: AT, value: Math.fround(23.1) },
  { sensor: 0, measuredAt: AT, value: 0, quality: QUALITY['no-response'] },
])
const waveform: Freight = {
  kind: 'waveform',
  sensor: 'pump/vibration',
  startedAt: AT,
  receivedAt: AT + 5,
  sampleRateHz: 25_600,
  samples: Float32Array.of(3, -4, 3, -4),
  quality: 0,
}
const gap: Freight = {
  kind: 'gap',
  sensors: ['pump/temperature'],
  from: AT,
  to: AT + 2_500_000,
  cause: 'connection lost: \u001b[2JECONNRESET',
  missing: 3,
}
const mark: Freight = { kind: 'event', at: AT, event: 'mark', severity: 'note', text: 'pump\nstarted', sensors: [] }

async function written(
  format: 'lines' | 'jsonl',
  freights: readonly Freight[],
  waveforms: 'summary' | 'samples' = 'summary',
): Promise<string[]> {
  const output = new PassThrough()
  const sink = createLineWriter({ output, format, waveforms })
  await sink.start(run)
  for (const freight of freights) await sink.take(freight)
  await sink.close('duration')
  output.end()
  return (await output.toArray()).join('').split('\n')
}

describe('the line writer', () => {
  it('writes time, sensor, value, unit and quality, one reading a line', async () => {
    expect(await written('lines', [batch, waveform, gap, mark])).toEqual([
      '2026-11-22T12:00:00.123456Z pump/temperature 23.1 °C good',
      '2026-11-22T12:00:00.123456Z pump/temperature — °C bad:no-response',
      '2026-11-22T12:00:00.123456Z pump/vibration rms 3.535534 m/s² (4 samples at 25600 Hz) good',
      '2026-11-22T12:00:00.123456Z gap 2.5 s pump/temperature, 3 missing: connection lost: \\x1b[2JECONNRESET',
      '2026-11-22T12:00:00.123456Z note mark: pump\\x0astarted',
      '',
    ])
  })

  it('writes the same as objects, with null where there is no value', async () => {
    const [good, bad, block, hole, event] = (await written('jsonl', [batch, waveform, gap, mark]))
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(good).toEqual({
      type: 'reading',
      sensor: 'pump/temperature',
      address: 'mqtt://h/t',
      value: Math.fround(23.1),
      unit: '°C',
      quality: { level: 'good', reason: null },
      measuredAt: '2026-11-22T12:00:00.123456Z',
      receivedAt: '2026-11-22T12:00:00.123466Z',
    })
    expect(bad).toMatchObject({ value: null, quality: { level: 'bad', reason: 'no-response' } })
    expect(block).toMatchObject({
      sensor: 'pump/vibration',
      waveform: { startedAt: '2026-11-22T12:00:00.123456Z', sampleRateHz: 25_600, count: 4, rms: Math.sqrt(12.5) },
    })
    expect(hole).toMatchObject({ gap: { sensors: ['pump/temperature'], missing: 3, cause: 'connection lost: \u001b[2JECONNRESET' } })
    expect(event).toMatchObject({ event: { kind: 'mark', severity: 'note', text: 'pump\nstarted' } })
  })

  it('carries samples only when asked', async () => {
    const [line = ''] = await written('jsonl', [waveform], 'samples')
    expect(JSON.parse(line)).toMatchObject({ waveform: { samples: [3, -4, 3, -4] } })
  })

  it('ends quietly when the reader has gone, says so once, and counts what nobody read', async () => {
    let told = 0
    const output = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
      },
    })
    const sink = createLineWriter({ output, format: 'lines', onReaderGone: () => told++ })
    await sink.start(run)
    await sink.take(batch)
    await sink.take(batch)
    await sink.close('interrupt')
    expect(told).toBe(1)
    expect(sink.tally()).toMatchObject({ stored: 0, buffered: 0, dropped: 4 })
  })

  it('waits for a pipe that is full', async () => {
    const waiting: (() => void)[] = []
    const output = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => void waiting.push(() => done()) })
    const sink = createLineWriter({ output, format: 'lines' })
    await sink.start(run)
    let isTaken = false
    const taking = Promise.resolve(sink.take(batch)).then(() => {
      isTaken = true
    })
    await new Promise(setImmediate)
    expect(isTaken).toBe(false)
    waiting.shift()?.()
    await taking
    expect(sink.tally().stored).toBe(2)
  })
})
