import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportSummary } from '../../src/exchange/import-files.js'
import type { ColumnMapping } from '../../src/exchange/import-job.js'
import { readSeries } from '../../src/recordings/read-series.js'
import { temporaryFolder } from '../sinks/recording/material.js'
import { imported } from './material.js'

async function importText(name: string, text: string | Buffer, mapping: Partial<ColumnMapping> = {}): Promise<ImportSummary> {
  const folder = await temporaryFolder()
  await writeFile(join(folder, name), text)
  return await imported([join(folder, name)], join(folder, 'out'), mapping)
}

async function series({ recording }: ImportSummary, sensor: string) {
  const { time, value, sensor: found } = await readSeries({ folder: recording, sensor })
  return { time: [...time], value: [...value], unit: found.unit, kind: found.kind }
}

describe('a CSV file of somebody else', () => {
  it('in the long form is taken as its columns are mapped, without a unit unless one is stated', async () => {
    const text = 'when,tag,val\r\n2026-11-22T15:00:00.25Z,a,1.5\r\n2026-11-22T16:00:01+01:00,b,-2e3\r\n2026-11-22T15:00:02Z,a,\r\n'
    const summary = await importText('log.csv', text, { time: 'when', sensor: 'tag', values: ['val'] })
    expect(summary).toMatchObject({ rows: { readings: 2 }, sensors: 2, left: [{ what: 'cells', count: 1 }] })
    expect(await series(summary, 'a')).toEqual({ time: [1_795_359_600.25], value: [1.5], unit: null, kind: 'other' })
    expect(await series(summary, 'b')).toMatchObject({ time: [1_795_359_601], value: [-2000] })
  })

  it('in the wide form makes a sensor of each column, with German numbers, dates and zone', async () => {
    const text = 'Zeit;Vorlauf;Druck\n01.07.2026 12:00:00;80,5;1,25\n01.07.2026 12:00:01;---;1,5\n'
    const summary = await importText('log.csv', text, {
      time: 'Zeit',
      form: 'wide',
      timeFormat: '%d.%m.%Y %H:%M:%S',
      zone: 'Europe/Berlin',
      decimal: 'comma',
      delimiter: ';',
      units: ['Vorlauf=°C', 'bar'],
      missing: ['---'],
      name: 'plant',
    })
    expect(await series(summary, 'plant/Vorlauf')).toEqual({
      time: [Date.UTC(2026, 6, 1, 10) / 1000],
      value: [80.5],
      unit: '°C',
      kind: 'temperature',
    })
    expect(await series(summary, 'plant/Druck')).toMatchObject({ value: [1.25, 1.5], unit: 'bar' })
  })

  it.each([
    ['unix-ms', '1795359600250'],
    ['unix-s', '1795359600.25'],
    ['unix-ns', '1795359600250000000'],
  ])('has times in %s', async (timeFormat, at) => {
    const summary = await importText('log.csv', `t,x\n${at},1\n`, { time: 't', values: ['x'], name: 's', timeFormat })
    expect((await series(summary, 's')).time).toEqual([1_795_359_600.25])
  })

  it('that leaves something open is asked about, with the flag that says it', async () => {
    const unclear = (text: string, mapping: Partial<ColumnMapping>) =>
      importText('log.csv', text, mapping).catch(
        (thrown: unknown) => (thrown as { facts: { because: string; advice: { example: string } } }).facts,
      )
    expect(await unclear('t,x\n2026-11-22 15:00:00,1\n', { time: 't', values: ['x'], name: 's' })).toMatchObject({
      because: '1 of its times do not say their zone',
      advice: { example: '--zone UTC' },
    })
    expect(await unclear('t,x\n1,1\n', {})).toMatchObject({ advice: { example: '--time t --value x --name SENSOR' } })
    expect(await unclear('t;x\n1;1\n', {})).toMatchObject({ advice: { example: "--delimiter ';'" } })
    expect(await unclear('t,x\n1,1\n', { time: 't', values: ['x'], timeFormat: 'unix-s' })).toMatchObject({
      advice: { example: '--sensor COLUMN' },
    })
    expect(await unclear('t,x\n1,1\n', { time: 't', values: ['x'], name: 's', timeFormat: 'unix-s', units: ['parsec'] })).toMatchObject({
      because: 'the unit parsec is not known',
    })
  })

  it('with a broken cell is refused with line and column, and nothing is left behind', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'log.csv'), 't,note,x\n1,"two\nlines",1\n2,a,2\n3,b,oops\n')
    const mapping = { time: 't', values: ['x'], name: 's', timeFormat: 'unix-s' }
    await expect(imported([join(folder, 'log.csv')], join(folder, 'out'), mapping)).rejects.toMatchObject({
      code: 'IMPORT_INVALID',
      facts: { where: { line: '5', column: 'x' }, because: '"oops" is no value of the column x' },
    })
    await writeFile(join(folder, 'log.csv'), 't,x\n1,1\n2,2,2\n')
    await expect(imported([join(folder, 'log.csv')], join(folder, 'out'), mapping)).rejects.toMatchObject({
      facts: { where: { line: '3' } },
    })
    expect(await readdir(folder)).toEqual(['log.csv'])
  })
})

describe('line protocol of somebody else', () => {
  it('makes a sensor of each field', async () => {
    const summary = await importText(
      'log.lp',
      '# comment\ncpu\\ load,host=a\\,b usage=1.5,on=t,n=9007199254740993i,note="say \\"hi\\"\nthere" 1795359600250000000\n',
    )
    expect(summary.sensors).toBe(4)
    expect(await series(summary, 'cpu load,host=a,b/usage')).toMatchObject({ time: [1_795_359_600.25], value: [1.5] })
    expect(await series(summary, 'cpu load,host=a,b/on')).toMatchObject({ value: [1] })
  })

  it('that is broken is refused with line and column', async () => {
    await expect(importText('log.lp', 'a x=1 1\nb x=oops 2\n')).rejects.toMatchObject({ facts: { where: { line: '2', column: '5' } } })
  })
})

describe('files that nobody reads', () => {
  it('are refused with what to do', async () => {
    await expect(importText('x.tdms', '')).rejects.toMatchObject({
      code: 'EXCHANGE_FORMAT_UNKNOWN',
      facts: { because: expect.stringContaining('nptdms') as string },
    })
  })
})
