import { describe, expect, it } from 'vitest'
import type { RunningRoad } from '../../src/acquisition/running-road.js'
import { attendRecording } from '../../src/headless/attend-recording.js'
import type { StatusDocument } from '../../src/headless/status-document.js'
import { FakeClock } from '../acquisition/fake-clock.js'

const STATUS: ReturnType<RunningRoad['status']> = {
  startedAt: 0,
  produced: 0,
  gaps: 0,
  sensors: { total: 0, silent: 0, bad: 0 },
  lines: [],
  sinks: [],
}

/** A run of ten seconds' patience (flush of 1 s, watchdog of 9 s). */
function attended(watchdogMs: number | undefined) {
  const clock = new FakeClock()
  const stop = new AbortController()
  const told: string[] = []
  const warned: string[] = []
  const documents: StatusDocument[] = []
  const tell = (what: string) => (): Promise<void> => Promise.resolve(void told.push(what))
  const disk = { folder: 'run', stored: 0, buffered: 0, dropped: 0, lastFlushAt: null, trouble: null, answers: 0, flushIntervalMs: 1000 }
  let wish: () => void = () => undefined
  const ended = attendRecording({
    clock,
    log: { note: () => undefined, warn: (text) => void warned.push(text) },
    pid: 1,
    notifier: {
      ready: tell('ready'),
      reloading: tell('reloading'),
      status: tell('status'),
      alive: tell('alive'),
      stopping: tell('stopping'),
    },
    watchdogMs,
    monotonicMicros: () => 0n,
    status: { tell: (document) => Promise.resolve(void documents.push(document)), close: tell('closed') },
    recording: () => disk,
    reload: () => Promise.resolve(null),
    onReloadWish: (reload) => {
      wish = reload
      return () => told.push('forgotten')
    },
    say: (text) => void told.push(text),
  })({
    signal: stop.signal,
    ready: Promise.resolve('ready'),
    status: () => STATUS,
    traffic: () => null,
    reconfigure: () => Promise.reject(new TypeError('not called')),
    tell: () => Promise.resolve(),
  })
  return { clock, stop, told, warned, documents, disk, ended, wish: () => wish() }
}

describe('whoever looks after a recording', () => {
  it('gives a sign of life twice in the time that systemd waits, and tells the state each second', async () => {
    const { clock, stop, told, documents, ended } = attended(3000)
    await clock.advance(30_500)
    stop.abort()
    await ended
    expect(told.filter((what) => what === 'alive')).toHaveLength(10)
    expect(documents).toHaveLength(31)
    expect(told.slice(-3)).toEqual(['stopping', 'forgotten', 'closed'])
  })

  it('gives none while the disk hangs, says so once, and begins again when it answers', async () => {
    const { clock, stop, told, warned, disk, ended } = attended(3000)
    disk.buffered = 7
    await clock.advance(60_000)
    // Fine for a flush and two watchdog intervals.
    expect(told.filter((what) => what === 'alive')).toHaveLength(2)
    expect(new Set(warned)).toEqual(
      new Set(['nothing has been written for long, though there is something to write: the disk of run hangs']),
    )
    disk.answers++
    await clock.advance(3000)
    expect(told.filter((what) => what === 'alive')).toHaveLength(3)
    stop.abort()
    await ended
  })

  it('renews the line for systemctl status where nobody waits for a sign of life', async () => {
    const { clock, stop, told, ended } = attended(undefined)
    await clock.advance(35_000)
    stop.abort()
    await ended
    expect(told.filter((what) => what === 'status')).toHaveLength(3)
    expect(told).not.toContain('alive')
  })

  it('does nothing harmful where it is to read a site file again and there is none', async () => {
    const { clock, stop, told, ended, wish } = attended(undefined)
    await clock.advance(100)
    wish()
    wish()
    await clock.advance(100)
    stop.abort()
    await ended
    const said = 'no site file is in use, so there is none to read again'
    expect(told.filter((what) => ['ready', 'reloading', said].includes(what))).toEqual([
      'ready',
      'reloading',
      said,
      'ready',
      'reloading',
      said,
      'ready',
    ])
  })
})
