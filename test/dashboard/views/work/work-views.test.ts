import { describe, expect, it, vi } from 'vitest'
import { performAction } from '../../../../src/dashboard/actions/perform-action.js'
import type { WorkAbilities } from '../../../../src/dashboard/actions/work-abilities.js'
import { addSensor } from '../../../../src/dashboard/live/live-state.js'
import { reduceFreight } from '../../../../src/dashboard/live/reduce.js'
import type { Picture } from '../../../../src/dashboard/picture.js'
import { plainRow } from '../../../../src/dashboard/rows/style.js'
import type { Frame } from '../../../../src/dashboard/screen/compose-frame.js'
import { createDashboardSink } from '../../../../src/dashboard/store.js'
import { clipboardSequence } from '../../../../src/dashboard/terminal/clipboard.js'
import { replayTime } from '../../../../src/dashboard/views/recordings/replay-time.js'
import type { ViewId } from '../../../../src/dashboard/views/view-id.js'
import { NO_WORK, type RecordingShelf, type WorkFacts } from '../../../../src/dashboard/work-facts.js'
import { alone, pressed, typed } from '../../pressed.js'
import { START, samplePicture } from '../../sample-picture.js'

const TALL = { columns: 100, rows: 30 }
const VELOCITY = 'pump-247/drive-end-velocity'

function pictureOf(view: ViewId, work: Partial<WorkFacts> = {}, more: Partial<Picture> = {}): Picture {
  return samplePicture({ screen: { ...alone(view), selected: VELOCITY }, work: { ...NO_WORK, ...work }, ...more })
}

function textOf({ rows }: Frame): string {
  return rows.map((row) => plainRow(row).trimEnd()).join('\n')
}

describe('alarms in the view of events', () => {
  it('are acknowledged by the sensor, wherever the cursor tells of them', () => {
    const picture = pictureOf('events')
    expect(pressed(picture, typed('a'), TALL).action).toEqual({ kind: 'acknowledge-alarm', sensor: VELOCITY })
    expect(pressed(picture, typed('fa'), TALL).action).toEqual({ kind: 'acknowledge-alarm', sensor: VELOCITY })
    expect(pressed(picture, typed('ff', 'end', 'a'), TALL).action).toEqual({ kind: 'acknowledge-alarm', sensor: 'tank-3/level' })
  })

  it('say in their row how often they came while shelved', () => {
    const picture = pictureOf('events')
    const { attention } = picture.live
    attention.shelved.set(`alert ${VELOCITY}`, { at: START, until: START + 3600e6, reason: 'on order', crossed: 14, isTold: true })
    expect(textOf(pressed(picture, [], { columns: 140, rows: 24 }).frame)).toContain(
      'until 13:00:00, crossed 14 times while shelved: on order',
    )
  })

  it('are shelved with an end and a reason, and not without', () => {
    const picture = pictureOf('events')
    const { frame, action } = pressed(picture, typed('s', 'enter', 'enter'), TALL)
    expect(textOf(frame)).toContain('because: ')
    expect(action).toEqual({ kind: 'say', text: 'say why it is shelved' })
    expect(pressed(picture, typed('s', 'backspace', 'backspace', '90d', 'enter'), TALL).action).toEqual({
      kind: 'say',
      text: 'a time such as 30m or 8h, at most 7 days',
    })
    expect(pressed(picture, typed('s', 'backspace', 'backspace', '30m', 'enter', 'on order', 'enter'), TALL).action).toEqual({
      kind: 'shelve',
      alarm: { key: `alert ${VELOCITY}`, sensors: [VELOCITY] },
      shelved: { until: picture.moment.now + 1800e6, reason: 'on order' },
    })
  })

  it('show that a value is not known now, instead of the last one', () => {
    const picture = pictureOf('events')
    reduceFreight(picture.live, { kind: 'gap', sensors: ['tank-3/level'], from: START, to: START + 20e6, cause: 'gone', missing: null })
    expect(textOf(pressed(picture, [], TALL).frame)).toMatch(/UNACK +L +tank-3\/level +now — no-response/)
  })

  it('show hostile words as they are, harmless', () => {
    const picture = pictureOf('events')
    addSensor(picture.live, { key: 'x', address: 'mqtt://h/x', kind: 'other', unit: null, periodMs: 1000 })
    reduceFreight(picture.live, {
      kind: 'event',
      at: START,
      event: 'device',
      severity: 'fault',
      text: '\u001b[2J\u0007boom',
      sensors: ['\u001b]0;x\u0007'],
    })
    expect(textOf(pressed(picture, [], TALL).frame)).not.toMatch(/[\u001b\u0007]/)
  })
})

describe('recordings', () => {
  const recorder = { proposal: 'run-20261122T120020Z', made: [{ folder: 'run-1', stored: 1200, dropped: 3 }] }

  it('begin into the folder that is proposed, or another one', () => {
    const picture = pictureOf('recordings', { recorder }, { recording: null })
    const proposed = pressed(picture, typed('r', 'enter'), TALL)
    expect(proposed.action).toEqual({ kind: 'work', work: { wish: 'begin-recording', folder: 'run-20261122T120020Z' } })
    expect(textOf(proposed.frame)).toContain('run-1: 1,200 stored, 3 dropped')
  })

  it('end only after a yes, and not where the run asked for them', () => {
    const ours = pictureOf('recordings', { recorder })
    expect(pressed(ours, typed('x', 'n', 'enter'), TALL).action).toEqual({ kind: 'say', text: 'it goes on' })
    expect(pressed(ours, typed('x', 'y', 'enter'), TALL).action).toEqual({ kind: 'work', work: { wish: 'end-recording' } })
    expect(pressed(pictureOf('recordings'), typed('x'), TALL).action).toMatchObject({ text: expect.stringContaining('--record') as string })
  })

  it('are marked in words of one’s own', () => {
    expect(pressed(pictureOf('recordings', { recorder }), typed('n', 'valve opened', 'enter'), TALL).action).toEqual({
      kind: 'mark',
      text: 'valve opened',
    })
  })

  it('that lie on disk are listed, and the command that replays the chosen one is shown and copied', () => {
    const run = {
      state: 'complete',
      startedAt: START,
      lengthMs: 3_661_000,
      bytes: 1_400_000,
      stored: 10,
      dropped: 0,
      problem: null,
    } as const
    const shelf: RecordingShelf = {
      ask: () => ({
        folder: '/data',
        phase: 'known',
        because: '',
        recordings: [
          { ...run, name: 'run-2', dropped: 7, replayCommand: 'chatterfix replay run-2' },
          { ...run, name: 'deep/run-1', state: 'interrupted', replayCommand: 'chatterfix replay deep/run-1' },
          {
            ...run,
            name: 'bad\u001b[2J',
            state: 'unreadable',
            startedAt: null,
            lengthMs: null,
            problem: 'no manifest',
            replayCommand: 'x',
          },
        ],
      }),
    }
    const picture = pictureOf('recordings', { shelf }, { recording: null })
    const first = pressed(picture, typed('enter'), TALL)
    expect(first.action).toEqual({ kind: 'work', work: { wish: 'copy', text: 'chatterfix replay run-2' } })
    const { frame, action } = pressed(picture, typed('down', 'enter'), TALL)
    expect(action).toEqual({ kind: 'work', work: { wish: 'copy', text: 'chatterfix replay deep/run-1' } })
    const text = textOf(frame)
    expect(text).toContain('3 in /data')
    expect(text).toMatch(/ {3}run-2 +✓ complete +2026-11-22 12:00 +1:01:01 +1\.4 MB +7 dropped/)
    expect(text).toMatch(/▸ deep\/run-1 +! interrupted/)
    expect(text).toMatch(/✗ unreadable .*no manifest/)
    expect(text).toMatch(/replay it with {2}chatterfix replay deep\/run-1/)
    expect(text).not.toContain('\u001b')
  })

  it('on disk show at least the chosen one in a small pane, beside what is being recorded', () => {
    const recordings = Array.from({ length: 30 }, (_, index) => ({
      name: `run-${index}`,
      state: 'complete' as const,
      startedAt: START,
      lengthMs: 1000,
      bytes: 10,
      stored: 1,
      dropped: 0,
      problem: null,
      replayCommand: `chatterfix replay run-${index}`,
    }))
    const shelf: RecordingShelf = { ask: () => ({ folder: '/data', phase: 'known', because: '', recordings }) }
    const { frame } = pressed(pictureOf('recordings', { shelf }), typed('end'), { columns: 40, rows: 12 })
    expect(textOf(frame)).toContain('▸ run-29')
    expect(textOf(frame)).toContain('$ chatterfix replay run-29')
  })

  it('that are replayed show where they are, and go elsewhere', () => {
    const span = { from: START, to: START + 100e6 }
    const picture = pictureOf('recordings', { replay: { state: 'paused', speed: 10, position: START + 25e6, span } })
    const { frame, action } = pressed(picture, typed('t', '12:01:00', 'enter'), TALL)
    expect(action).toEqual({ kind: 'work', work: { wish: 'replay-from', at: START + 60e6 } })
    expect(textOf(frame)).toContain('⏸ paused ×10')
    expect(textOf(frame)).toContain('12:00:25, 00:25 of 01:40')
  })

  it.each([
    ['+30s', START + 130e6],
    ['-5m', START - 200e6],
    ['2026-11-22T12:00:09Z', START + 9e6],
    ['14:00:09', START + 9e6],
    ['25:00', null],
    ['soon', null],
  ])('understand %s', (text, at) => {
    expect(replayTime(text, { position: START + 100e6, utcOffsetMinutes: 120 })).toBe(at)
  })
})

describe('the licence', () => {
  it('is asked for only when somebody wants it, as the customer who is typed', () => {
    const unasked = { server: 'http://127.0.0.1:1', customer: '', answer: { phase: 'unasked' } } as const
    expect(pressed(pictureOf('licence', { licence: unasked }), typed('r', 'acme', 'enter'), TALL).action).toEqual({
      kind: 'work',
      work: { wish: 'ask-licence', customer: 'acme' },
    })
  })

  it('says how many sensors still fit, and does not count those that are only watched', () => {
    const answer = { phase: 'answered', facts: [['tier', 'iot_advanced']], used: 198, limit: 200 } as const
    const text = textOf(pressed(pictureOf('licence', { licence: { server: 's', customer: 'acme', answer } }), [], TALL).frame)
    expect(text).toContain('tier         iot_advanced')
    expect(text).toContain('2 more sensors fit')
  })
})

describe('a write', () => {
  const drafted = { phase: 'drafted', sensor: VELOCITY, deviceName: 'pump-247', lines: ['old      40 °C', 'new      42 °C'] } as const

  it('reads first, and is confirmed by the name of the device', () => {
    const idle = pressed(pictureOf('write', { writing: { phase: 'idle' } }), typed('e', '42', 'enter'), TALL)
    expect(idle.action).toEqual({ kind: 'work', work: { wish: 'draft-write', sensor: VELOCITY, value: 42 } })
    const confirmed = pressed(pictureOf('write', { writing: drafted }), typed('enter', 'pump-247', 'enter'), TALL)
    expect(confirmed.action).toEqual({ kind: 'work', work: { wish: 'confirm-write', typed: 'pump-247' } })
    expect(textOf(confirmed.frame)).toContain('old      40 °C')
  })

  it('keeps its sensor in the heading and in the question while another one is selected', () => {
    const picture = pictureOf('write', { writing: drafted })
    const moved = { ...picture, screen: { ...picture.screen, selected: 'tank-3/level' } }
    for (const keys of [typed(), typed('enter')]) {
      const text = textOf(pressed(moved, keys, TALL).frame)
      expect(text).toContain(`write ${VELOCITY}`)
      expect(text).not.toContain('tank-3/level')
    }
    // A new plan is about what is selected.
    expect(textOf(pressed(moved, typed('e'), TALL).frame)).toMatch(/write tank-3\/level[^]*new value in %/)
  })

  it('is not even begun where the run does not allow it', () => {
    const outcome = pressed(pictureOf('write', { writing: { phase: 'not-allowed' } }), typed('e'), TALL)
    expect(outcome.action).toEqual({ kind: 'say', text: 'writing was not asked for (--allow-write)' })
    expect(textOf(outcome.frame)).toContain('--allow-write')
  })

  it('of nothing is none', () => {
    const outcome = pressed(pictureOf('write', { writing: { phase: 'idle' } }), typed('e', 'many', 'enter'), TALL)
    expect(outcome.action).toEqual({ kind: 'say', text: 'a number, e.g. 42.5' })
  })
})

describe('what is copied and kept', () => {
  it('is the value as it is shown, with its unit, and nothing where there is none', () => {
    const picture = pictureOf('sensors')
    expect(pressed(picture, typed(':copy', 'enter'), TALL).action).toEqual({ kind: 'work', work: { wish: 'copy', text: '5.000 mm/s' } })
    const bad = { ...picture, screen: { ...picture.screen, selected: 'pump-247/flow' } }
    expect(pressed(bad, typed(':copy', 'enter'), TALL).action).toEqual({ kind: 'say', text: 'nothing to copy: no-response' })
  })

  it('goes to the terminal in base 64, and not at all where it is too long', () => {
    expect(clipboardSequence('5 mm/s')).toBe('\u001b]52;c;NSBtbS9z\u0007')
    expect(clipboardSequence('x'.repeat(80_000))).toBe('')
  })

  it('is the whole list of a view, and the screen as text or as a picture', async () => {
    const files = new Map<string, string | Uint8Array>()
    const keep = (file: string, content: string | Uint8Array) => Promise.resolve((files.set(file, content), `/tmp/${file}`))
    const said: string[] = []
    const perform = (keys: string, work: WorkAbilities) => {
      const { action, frame } = pressed(pictureOf('sensors'), typed(keys, 'enter'), { columns: 60, rows: 8 })
      const store = createDashboardSink({ clock: { now: () => START, monotonicMs: () => 0, sleep: () => Promise.resolve() } }).store
      if (action?.kind === 'work') performAction(action, { store, abilities: { work }, say: (text) => said.push(text), frame: () => frame })
    }
    perform(':export all.txt', { keep })
    perform(':snapshot screen.svg', { keep })
    await vi.waitFor(() => expect(said).toHaveLength(2))
    expect(files.get('all.txt')).toContain('pump-247/acceleration')
    expect(files.get('screen.svg')).toMatch(/^<svg /)
    expect(said).toEqual(['kept as /tmp/all.txt', 'kept as /tmp/screen.svg'])
  })
})
