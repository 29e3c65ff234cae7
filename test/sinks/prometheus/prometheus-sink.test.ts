import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { formatExposition } from '../../../src/sinks/prometheus/exposition.js'
import { createPrometheusSink } from '../../../src/sinks/prometheus/prometheus-sink.js'
import { batchOf, runAt, SENSORS, surroundings, T0 } from '../spool/material.js'
import { freePort, samplesIn, scrape } from './scrape.js'

describe('the prometheus sink', () => {
  it('tells the latest of each sensor with its unit and asset, and not what is bad', async () => {
    const port = await freePort()
    const sink = createPrometheusSink(`prometheus://127.0.0.1:${port}`, surroundings('/nowhere'))
    await sink.start(runAt(T0))
    onTestFinished(() => sink.close('duration').catch(() => undefined))
    await sink.take(batchOf(0, 4))
    await sink.take({ ...batchOf(4, 2), quality: Uint8Array.of(0, 128) })
    expect(await scrape(port)).toBe(`# HELP chatterfix_reading Latest value of a sensor, in the unit of its label.
# TYPE chatterfix_reading gauge
chatterfix_reading{sensor="pump/temperature",unit="bar",asset="pump",kind="other"} 4
# HELP chatterfix_reading_quality 0 good, 1-127 uncertain, 128-255 bad.
# TYPE chatterfix_reading_quality gauge
chatterfix_reading_quality{sensor="pump/temperature"} 0
chatterfix_reading_quality{sensor="pump/pressure"} 128
# HELP chatterfix_reading_timestamp_seconds When the latest value was measured.
# TYPE chatterfix_reading_timestamp_seconds gauge
chatterfix_reading_timestamp_seconds{sensor="pump/temperature"} 1795359600.004
chatterfix_reading_timestamp_seconds{sensor="pump/pressure"} 1795359600.005
# HELP chatterfix_readings_total Readings taken since the start.
# TYPE chatterfix_readings_total counter
chatterfix_readings_total{sensor="pump/temperature"} 3
chatterfix_readings_total{sensor="pump/pressure"} 3
`)
    expect(sink.tally()).toMatchObject({ stored: 2, buffered: 0, dropped: 4 })
    await scrape(port)
    expect(sink.tally().stored).toBe(2)
    expect(await scrape(port, '/')).toBe('HTTP 404')
  })

  it('knows the unit of a sensor that comes later', async () => {
    const port = await freePort()
    const sink = createPrometheusSink(`prometheus://127.0.0.1:${port}`, surroundings('/nowhere'))
    await sink.start({ ...runAt(T0), sensors: [] })
    onTestFinished(() => sink.close('duration').catch(() => undefined))
    await sink.extend?.(SENSORS)
    await sink.take(batchOf(0, 1))
    expect(samplesIn(await scrape(port), 'chatterfix_reading')).toEqual([
      'chatterfix_reading{sensor="pump/temperature",unit="bar",asset="pump",kind="other"} 0',
    ])
  })

  it('tells nothing of a sensor that has been silent for too long', async () => {
    const port = await freePort()
    let nowMs = 0
    const around = surroundings('/nowhere')
    const clock = { ...around.clock, monotonicMs: () => nowMs }
    const sink = createPrometheusSink(`prometheus://127.0.0.1:${port}?stale=10s`, { ...around, clock })
    await sink.start(runAt(T0))
    onTestFinished(() => sink.close('duration').catch(() => undefined))
    await sink.take(batchOf(0, 1))
    nowMs = 10_000
    expect(samplesIn(await scrape(port), 'chatterfix_reading')).toHaveLength(1)
    nowMs = 10_001
    expect(samplesIn(await scrape(port), 'chatterfix_reading')).toEqual([])
  })

  it('says which port is in use', async () => {
    const other = createServer()
    const port = await freePort()
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    const sink = createPrometheusSink(`prometheus://127.0.0.1:${port}`, surroundings('/nowhere'))
    await expect(sink.start(runAt(T0))).rejects.toMatchObject({
      code: 'SINK_PORT_UNUSABLE',
      message: `nobody can be answered on 127.0.0.1:${port}`,
    })
  })

  it('escapes what a device calls itself', () => {
    const samples = [{ labels: { sensor: 'a"b\\c\nd', unit: null }, value: Number.POSITIVE_INFINITY }]
    const text = formatExposition([{ name: 'm', help: 'h', type: 'gauge', samples }])
    expect(text).toBe('# HELP m h\n# TYPE m gauge\nm{sensor="a\\"b\\\\c\\nd"} +Inf\n')
  })
})
