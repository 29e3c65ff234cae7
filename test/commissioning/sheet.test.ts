import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CommissioningDesk } from '../../src/commissioning/desk.js'
import { journalPathOf, readCommissioning } from '../../src/commissioning/journal.js'
import { judgeSensor, type SensorFacts } from '../../src/commissioning/judge-sensor.js'
import { EMPTY_SHEET, type SheetEntry, sheetsOf, withEntry } from '../../src/commissioning/sheet.js'
import type { Sensor } from '../../src/readings/sensor.js'

const SENSOR: Sensor = {
  key: 'pump/temperature',
  address: 'mqtt://127.0.0.1/t',
  kind: 'temperature',
  unit: '°C',
  periodMs: 1000,
  asset: 'pump',
}
const FINE: SensorFacts = {
  sensor: { ...SENSOR, range: { low: 0, high: 100 }, limits: { warningHigh: 80 } },
  asset: { key: 'pump', class: 'centrifugal pump' },
  level: 'good',
  reason: 'good',
  limit: null,
  readings: { count: 40, bad: 0, lowest: 20, highest: 22 },
  delayMs: 35,
}
const at = 1_800_000_000_000_000
const head = { at, sensor: SENSOR.key }
const statesOf = (facts: SensorFacts, sheet = EMPTY_SHEET) =>
  Object.fromEntries(Object.entries(judgeSensor(facts, sheet)).map(([id, { state }]) => [id, state]))

describe('the checks of a sensor', () => {
  it('pass by themselves where a machine can tell; identity and touch wait for a person', () => {
    expect(statesOf(FINE)).toEqual({
      ...{ alive: 'passed', identity: 'open', unit: 'passed', plausible: 'passed' },
      ...{ stimulus: 'open', limits: 'passed', time: 'passed', asset: 'passed' },
    })
  })

  it('stay open, with the reason, where nothing is stated to judge by', () => {
    const results = judgeSensor({ ...FINE, sensor: { ...SENSOR, unit: null }, asset: undefined, delayMs: 0 }, EMPTY_SHEET)
    for (const id of ['unit', 'plausible', 'limits', 'time', 'asset'] as const) expect(results[id].state).toBe('open')
    expect(results.plausible.says).toContain('no range is stated')
  })

  it.each([
    ['a sensor without an answer', { level: 'bad', reason: 'no-response' }, 'alive'],
    ['a value outside its range', { readings: { count: 40, bad: 0, lowest: 20, highest: 130 } }, 'plausible'],
    ['colder than nature allows', { sensor: SENSOR, readings: { count: 40, bad: 0, lowest: -300, highest: 0 } }, 'plausible'],
    ['a limit beyond the range', { sensor: { ...FINE.sensor, limits: { criticalHigh: 120 } } }, 'limits'],
    ['a clock from the future', { delayMs: -5000 }, 'time'],
  ] as const)('fail: %s', (_, change, id) => {
    expect(statesOf({ ...FINE, ...(change as Partial<SensorFacts>) })[id]).toBe('failed')
  })

  it('cannot tell by a touch that moved others too, and say which; a person may still know', () => {
    const touched: SheetEntry = {
      ...head,
      kind: 'response',
      says: 'rose by 3',
      alsoMoved: ['pump/flow fell by 2; untouched, nothing above 0.1'],
    }
    const sheet = withEntry(EMPTY_SHEET, touched)
    expect(judgeSensor(FINE, sheet).stimulus).toEqual({
      state: 'open',
      says: 'cannot tell: rose by 3; these moved too: pump/flow fell by 2; untouched, nothing above 0.1',
    })
    const alone: SheetEntry = { ...head, kind: 'response', says: 'rose by 3; none of 4 others moved then' }
    expect(statesOf(FINE, withEntry(sheet, alone))['stimulus']).toBe('passed')
    const confirmed: SheetEntry = { ...head, kind: 'verdict', check: 'stimulus', verdict: 'confirmed', by: 'Ada', says: 'same pocket' }
    expect(statesOf(FINE, withEntry(sheet, confirmed))['stimulus']).toBe('confirmed')
  })

  it('follow what a person said, until it is withdrawn', () => {
    const confirmed: SheetEntry = { ...head, kind: 'verdict', check: 'identity', verdict: 'confirmed', by: 'Ada', says: 'tag T-101' }
    const sheet = withEntry(EMPTY_SHEET, confirmed)
    expect(judgeSensor(FINE, sheet).identity).toEqual({ state: 'confirmed', says: 'Ada: tag T-101' })
    expect(statesOf(FINE, withEntry(sheet, { ...confirmed, verdict: 'withdrawn' }))['identity']).toBe('open')
  })
})

describe('a sheet', () => {
  const capture = (value: number, when: 'as-found' | 'as-left'): SheetEntry => {
    return { ...head, kind: 'capture', when, by: 'Ada', value, unit: '°C', quality: 'good', reference: 20 }
  }
  const signature: SheetEntry = { ...head, kind: 'sign-off', by: 'Ada', results: judgeSensor(FINE, EMPTY_SHEET) }

  it('keeps the first as-found and the last as-left', () => {
    const sheets = sheetsOf([capture(18, 'as-found'), capture(19, 'as-found'), capture(19.5, 'as-left'), capture(20, 'as-left')])
    expect(sheets.get(SENSOR.key)).toMatchObject({ asFound: { value: 18 }, asLeft: { value: 20, reference: 20 } })
  })

  it('loses its signature by any later change but a note', () => {
    const signed = withEntry(EMPTY_SHEET, signature)
    expect(withEntry(signed, { ...head, kind: 'note', by: 'Ada', says: 'later' })).toMatchObject({
      signed: { by: 'Ada' },
      changedSince: 'no',
    })
    expect(withEntry(signed, capture(21, 'as-left'))).toMatchObject({ signed: null, changedSince: 'yes' })
  })
})

describe('the journal', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'commissioning-'))
  })
  afterEach(() => rm(folder, { recursive: true }))
  const clock = { now: () => at, monotonicMs: () => 0, sleep: () => Promise.resolve() }
  const open = (path: string) => CommissioningDesk.open({ path, clock, look: () => ({ quiet: [], armed: [], armedAtMs: [] }) })

  it('brings back every sheet, also after a line was torn by a crash', async () => {
    const path = journalPathOf(join(folder, 'plant.yaml'))
    expect(path).toMatch(/plant\.commissioning\.jsonl$/)
    {
      using desk = await open(path)
      await Promise.all([
        desk.add({ ...head, kind: 'note', by: 'Ada', says: 'one' }),
        desk.add({ ...head, kind: 'response', says: 'rose by 3' }),
      ])
      expect(desk.trouble).toBeNull()
    }
    await appendFile(path, '{"kind":"note","at":1')
    using desk = await open(path)
    expect(desk.sheets.get(SENSOR.key)).toMatchObject({ notes: [{ says: 'one' }], response: { says: 'rose by 3' } })
    await desk.add({ ...head, kind: 'note', by: 'Ada', says: 'two' })
    expect((await readCommissioning(path)).entries).toHaveLength(3)
  })

  it('names the line that nobody can read, and leaves the file as it is', async () => {
    const path = join(folder, 'bad.jsonl')
    await writeFile(path, '{"kind":"note","at":1,"sensor":"a","by":"x","says":"y"}\n{"kind":"nonsense"}\n')
    await expect(open(path)).rejects.toMatchObject({
      code: 'COMMISSIONING_INVALID',
      message: expect.stringContaining('bad.jsonl:2') as string,
    })
    expect(await readFile(path, 'utf8')).toContain('nonsense')
  })

  it('says so where a line could not be kept', async () => {
    using desk = await open(join(folder, 'gone', 'x.jsonl'))
    await desk.add({ ...head, kind: 'note', by: 'Ada', says: 'lost' })
    expect(desk.trouble).toContain('cannot be written')
  })
})
