import { describe, expect, it } from 'vitest'
import type { KeyPress, SpecialKey } from '../../src/dashboard/keys/key-press.js'
import { plainRow } from '../../src/dashboard/rows/style.js'
import { describePlan, planDiscovery } from '../../src/discovery/plan-discovery.js'
import type { Finding } from '../../src/drivers/contract.js'
import { placesFrom } from '../../src/first-walk/place.js'
import { walkFrame } from '../../src/first-walk/walk-frame.js'
import { reduceWalkKey, type WalkAction } from '../../src/first-walk/walk-keys.js'
import { reduceNews } from '../../src/first-walk/walk-news.js'
import { firstStep, type WalkState } from '../../src/first-walk/walk-state.js'
import { displayWidth } from '../../src/output/display-width.js'

const ETHERNET = {
  address: '192.0.2.17',
  netmask: '255.255.255.0',
  family: 'IPv4',
  mac: '',
  internal: false,
  cidr: '192.0.2.17/24',
} as const
const START = firstStep(placesFrom({ eth0: [ETHERNET] }), 'chatterfix.yaml')
const SPECIAL = new Set(['enter', 'escape', 'down', 'up', 'backspace'])

function press(state: WalkState, ...keys: readonly string[]): { readonly state: WalkState; readonly actions: readonly WalkAction[] } {
  const actions: WalkAction[] = []
  let now = state
  for (const key of keys) {
    const pressed: KeyPress = SPECIAL.has(key) ? { name: key as SpecialKey } : { name: 'text', text: key }
    const outcome = reduceWalkKey(now, pressed)
    now = outcome.state
    if (outcome.action) actions.push(outcome.action)
  }
  return { state: now, actions }
}

function finding(address: string, access: Finding['access'] = 'open', description = 'a device'): Finding {
  return { address, access, description, confidence: 1, identity: null, evidence: 'it answered', safety: 'identify' }
}

const textOf = (state: WalkState, columns: number, rows: number): string =>
  walkFrame(state, { columns, rows }).rows.map(plainRow).join('\n')

describe('the places of a first walk', () => {
  it('begin with this machine, and search no more of a network than its nearest /24', () => {
    const places = placesFrom({
      lo: [{ ...ETHERNET, internal: true }],
      eth0: [{ ...ETHERNET, address: '198.51.100.7', cidr: '198.51.100.7/16' }],
    })
    expect(places.map(({ scope }) => scope)).toEqual(['localhost', 'serial', '198.51.100.0/24', 'simulator://'])
    expect(places[2]?.about).toContain('a part of /16')
  })
})

describe('the first walk', () => {
  it('searches nothing but this machine where nobody chose more', () => {
    expect(press(START, 'enter').actions).toEqual([{ kind: 'search', scopes: ['localhost', 'serial'] }])
  })

  it('takes places that are chosen or typed', () => {
    const { state, actions } = press(START, ' ', 'a', ...'plc-3:502', 'enter', 'enter')
    expect(actions).toEqual([
      { kind: 'plan', scope: 'plc-3:502' },
      { kind: 'search', scopes: ['serial', 'plc-3:502'] },
    ])
    expect(state.step).toBe('found')
  })

  it('chooses what can be asked as it is found, and nothing else; space changes it', () => {
    const searching = press(START, 'enter').state
    const found = [finding('mqtt://a'), finding('serial:///b', 'in-use')].reduce(
      (state, one) => reduceNews(state, { kind: 'found', finding: one }),
      searching,
    )
    expect(found.chosenFindings).toEqual(['mqtt://a'])
    const none = press(found, ' ')
    expect(none.state.chosenFindings).toEqual([])
    const asked = press(none.state, 'enter')
    expect(asked.actions).toEqual([])
    expect(asked.state.trouble.join()).toContain('no device is chosen')
    expect(press(none.state, 'down', ' ').state.chosenFindings).toEqual(['serial:///b'])
    expect(press(found, 'enter').actions).toEqual([{ kind: 'probe' }])
  })

  it('asks once before it leaves what was found behind, and forgets the question when another key comes', () => {
    expect(press(START, 'q').actions).toEqual([{ kind: 'quit' }])
    const found = reduceNews(press(START, 'enter').state, { kind: 'found', finding: finding('mqtt://a') })
    const asked = press(found, 'q')
    expect(asked.actions).toEqual([])
    expect(textOf(asked.state, 80, 24)).toContain('q again leaves; nothing is saved')
    expect(press(asked.state, 'q').actions).toEqual([{ kind: 'quit' }])
    expect(press(asked.state, 'down', 'q').actions).toEqual([])
    expect(textOf(press(asked.state, 'down').state, 80, 24)).not.toContain('nothing is saved')
  })

  it('offers only keys that work while devices are asked, and says which of how many it is at', () => {
    const found = reduceNews(press(START, 'enter').state, { kind: 'found', finding: finding('mqtt://a') })
    const asking = reduceNews(press(found, 'enter').state, { kind: 'progress', text: 'device 1 of 1.' })
    const lines = textOf(asking, 80, 24).split('\n')
    expect(lines.join('\n')).toContain('device 1 of 1.')
    expect(lines.at(-1)).not.toMatch(/space|Enter/)
    expect(press(asking, ' ').state.chosenFindings).toEqual(['mqtt://a'])
  })

  it('cuts off nothing at 80 columns that it explains', async () => {
    const places = placesFrom({ eth0: [{ ...ETHERNET, cidr: '192.0.2.17/16' }] })
    for (const { scope, title } of places) {
      const [plan] = await planDiscovery([scope], { timeoutMs: 1000 })
      const lines = plan ? describePlan({ ...plan, scope: title }) : []
      const state = { ...firstStep(places, 'chatterfix.yaml'), plans: { [scope]: lines }, list: { ...START.list, cursor: scope } }
      for (const row of textOf(state, 80, 24).split('\n')) expect(row.trimEnd()).not.toMatch(/…$/)
      expect(textOf(state, 80, 24)).not.toContain('simulator://')
    }
  })

  it('saves under the name that is offered or typed, and Esc goes back step by step', () => {
    const searching = press(START, 'enter').state
    const draft = { site: { name: 's', assets: [], sensors: [] }, probed: [], uncertain: 2, skipped: [] }
    const drafted = reduceNews(searching, { kind: 'drafted', draft })
    expect(press(drafted, 'enter').actions).toEqual([{ kind: 'save', file: 'chatterfix.yaml' }])
    expect(press(drafted, ...Array<string>(15).fill('backspace'), ...'b.yaml', 'enter').actions).toEqual([{ kind: 'save', file: 'b.yaml' }])
    // A letter too many is asked about, as the file would not be found again by itself.
    const slipped = press(drafted, 'q', 'enter')
    expect(slipped.actions).toEqual([])
    expect(textOf(slipped.state, 80, 24)).toContain('Enter again saves it')
    expect(textOf(slipped.state, 80, 24)).toContain('later: chatterfix watch --site chatterfix.yamlq')
    expect(press(slipped.state, 'enter').actions).toEqual([{ kind: 'save', file: 'chatterfix.yamlq' }])
    expect(textOf(drafted, 80, 24)).toContain('2 values are left out')
    const back = press(drafted, 'escape', 'escape')
    expect(back.state.step).toBe('where')
    expect(back.actions).toEqual([{ kind: 'stop-work' }])
  })

  it.each([
    [40, 10],
    [60, 20],
    [80, 24],
    [140, 40],
  ])('fills %i × %i exactly at every step, and shows hostile text inert', (columns, rows) => {
    const hostile = finding('mqtt://a', 'open', 'evil\u001b[2J\u202e 漢字')
    const found = reduceNews(press(START, 'enter').state, { kind: 'found', finding: hostile })
    const failed = reduceNews(found, { kind: 'failed', text: 'no \u001b]0;x\u0007 luck' })
    const typed = press(START, 'a', ...'host').state
    for (const state of [START, found, failed, typed]) {
      const frame = walkFrame(state, { columns, rows }).rows
      expect(frame).toHaveLength(rows)
      for (const row of frame) expect(displayWidth(plainRow(row))).toBe(columns)
      expect(textOf(state, columns, rows)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
    }
  })

  it.each([60, 80, 140])('looks like this at its begin, %i columns wide', async (columns) => {
    const planned = reduceNews(START, { kind: 'plan', scope: 'localhost', lines: ['this machine: about 1 s', '  asks every open door'] })
    await expect(`${textOf(planned, columns, 24)}\n`).toMatchFileSnapshot(`__frames__/where-${columns}.txt`)
  })
})
