import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commissionedSite, plannedCommissioning } from '../../src/cli/commissioned-site.js'
import type { CheckResults } from '../../src/commissioning/check.js'
import { CHECKS } from '../../src/commissioning/check.js'
import { keepEntry } from '../../src/commissioning/journal.js'
import { commissioningMarkdown } from '../../src/output/commissioning-markdown.js'
import { formatProgress } from '../../src/output/commissioning-progress.js'
import { formatPlannedCommissioning } from '../../src/output/planned-commissioning.js'
import { commissioningPage } from '../../src/reports/commissioning-page.js'
import { loadSite } from '../../src/site/load-site.js'

const SITE = `site: works
sensors:
  pump/flow: { address: "mqtt://127.0.0.1/flow", kind: flow, unit: m³/h, limits: { warning_high: 80 } }
  pump/level: { address: "mqtt://127.0.0.1/level", kind: level, unit: "%" }
`
const at = Date.UTC(2026, 10, 22, 12) * 1000
const head = { at, sensor: 'pump/flow' }
const results = Object.fromEntries(
  CHECKS.map((id) => [id, { state: id === 'limits' ? 'open' : 'passed', says: 'as seen' }]),
) as CheckResults

describe('the commissioning sheet that is handed over', () => {
  let folder = ''
  let site = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sheet-'))
    site = join(folder, 'plant.yaml')
    await writeFile(site, SITE)
  })
  afterEach(() => rm(folder, { recursive: true }))
  const report = async () => commissionedSite(await loadSite(site), { tool: 'chatterfix 1', madeAt: '2026-11-22T12:00:00Z' })
  const capture = (value: number, when: 'as-found' | 'as-left') => {
    return { ...head, kind: 'capture', when, by: 'Ada', value, unit: 'm³/h', quality: 'good', reference: 5 } as const
  }

  it('tells what was found, what was left, what is open and who signed', async () => {
    const journal = join(folder, 'plant.commissioning.jsonl')
    await keepEntry(journal, capture(4.5, 'as-found'))
    await keepEntry(journal, capture(5.02, 'as-left'))
    await keepEntry(journal, { ...head, kind: 'sign-off', by: 'Ada', results })
    const made = await report()
    expect(made.progress).toEqual({ sensors: 2, signed: 1, signedWithOpenChecks: 1, unsigned: ['pump/level'] })
    expect(made.sensors[0]).toMatchObject({
      asFound: { error: -0.5 },
      asLeft: { error: 0.02 },
      signedBy: 'Ada',
      signedAt: '2026-11-22T12:00:00Z',
    })
    const markdown = commissioningMarkdown(made)
    expect(markdown).toContain(
      '| pump/flow | 4.5 m³/h, reference 5, error -0.5 | 5.02 m³/h, reference 5, error 0.02 | limits open | Ada, 2026-11-22T12:00:00Z |',
    )
    expect(markdown).toContain('| pump/level | – | – | not signed yet | – |')
    expect(commissioningPage(made)).toContain('4.5 m³/h, reference 5, error -0.5')
    expect(formatProgress(made.progress)).toBe(
      'commissioned: 1 of 2 sensors are signed, 1 of them with checks that were not passed\nwarning: not signed: pump/level',
    )
  })

  it('keeps words of people from becoming markup', async () => {
    await keepEntry(join(folder, 'plant.commissioning.jsonl'), { ...head, kind: 'note', by: '<script>', says: '| **x** \u001b[2J' })
    const made = await report()
    expect(commissioningPage(made)).not.toContain('<script>')
    expect(commissioningMarkdown(made)).toContain('\\<script\\>: \\| \\*\\*x\\*\\* \\\\x1b')
  })

  it('says nothing of progress to a plan where nothing was written down', async () => {
    const request = { site: await loadSite(site), file: site }
    const signatures = 'not-demanded'
    expect(await plannedCommissioning(request, { signatures })).toBeNull()
    await keepEntry(join(folder, 'plant.commissioning.jsonl'), { ...head, kind: 'note', by: 'Ada', says: 'x' })
    expect(await plannedCommissioning(request, { signatures })).toMatchObject({ sensors: 2, signed: 0, sheets: [{ key: 'pump/flow' }] })
  })

  it('is refused to a plan that demands signatures, until every sensor has one that still holds', async () => {
    const journal = join(folder, 'plant.commissioning.jsonl')
    const plan = async () => plannedCommissioning({ site: await loadSite(site), file: site }, { signatures: 'demanded' })
    await expect(plan()).rejects.toMatchObject({ code: 'SENSORS_UNSIGNED', message: '2 of 2 sensors are not signed' })
    await keepEntry(journal, { ...head, kind: 'sign-off', by: 'Ada', results })
    await keepEntry(journal, { ...head, sensor: 'pump/level', kind: 'sign-off', by: 'Ada', results })
    expect(await plan()).toMatchObject({ signed: 2 })
    await keepEntry(journal, capture(5, 'as-left'))
    await expect(plan()).rejects.toMatchObject({ message: '1 of 2 sensors are not signed', facts: { because: 'pump/flow' } })
  })

  it('stands in a plan for each sensor: as left, unit, limits, notes, who signed', async () => {
    const journal = join(folder, 'plant.commissioning.jsonl')
    await keepEntry(journal, capture(5.02, 'as-left'))
    await keepEntry(journal, { ...head, kind: 'note', by: 'Ada', says: 'new seal' })
    await keepEntry(journal, { ...head, kind: 'sign-off', by: 'Ada', results })
    const planned = await plannedCommissioning({ site: await loadSite(site), file: site }, { signatures: 'not-demanded' })
    expect(planned && formatPlannedCommissioning(planned)).toBe(`  pump/flow
      as left  5.02 m³/h, reference 5, error 0.02, Ada
      unit     m³/h
      limits   warning high 80
      checks   alive passed, identity passed, unit passed, plausible passed, stimulus passed, limits open, time passed, asset passed
      note     2026-11-22T12:00:00Z Ada: new seal
      signed   Ada, 2026-11-22T12:00:00Z
commissioned: 1 of 2 sensors are signed, 1 of them with checks that were not passed
warning: not signed: pump/level`)
  })
})
