import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addSensor } from '../../../src/dashboard/live/live-state.js'
import { reduceFreight } from '../../../src/dashboard/live/reduce.js'
import { plainRow } from '../../../src/dashboard/rows/style.js'
import { composeFrame } from '../../../src/dashboard/screen/compose-frame.js'
import { FIRST_SCREEN } from '../../../src/dashboard/screen/dashboard-state.js'
import { showView } from '../../../src/dashboard/screen/show-view.js'
import { VIEW_IDS } from '../../../src/dashboard/views/view-id.js'
import { displayWidth } from '../../../src/output/display-width.js'
import { batchOf } from '../../../src/readings/batch.js'
import { START, samplePicture } from '../sample-picture.js'

const textOf = (picture: ReturnType<typeof samplePicture>, columns: number, rows: number): string =>
  composeFrame(picture, { columns, rows })
    .rows.map((row) => plainRow(row).trimEnd())
    .join('\n')

describe('a frame of the dashboard', () => {
  it.each([
    [60, 20],
    [80, 24],
    [140, 30],
  ])('looks like this at %d × %d', async (columns, rows) => {
    await expect(`${textOf(samplePicture(), columns, rows)}\n`).toMatchFileSnapshot(`../../frames/table-${columns}x${rows}.txt`)
  })

  it('shows the keys on ?', async () => {
    const picture = samplePicture({ screen: { ...FIRST_SCREEN, over: { kind: 'help', top: 0 } } })
    await expect(`${textOf(picture, 80, 24)}\n`).toMatchFileSnapshot('../../frames/help-80x24.txt')
  })

  it('draws the block of a sensor that sends waveforms', async () => {
    const picture = samplePicture({ screen: { ...FIRST_SCREEN, selected: 'pump-247/acceleration' } })
    const samples = Float32Array.from({ length: 2048 }, (_, index) => 5 * Math.sin((2 * Math.PI * 4 * index) / 2048))
    const at = START + 20e6
    reduceFreight(picture.live, {
      kind: 'waveform',
      sensor: 'pump-247/acceleration',
      startedAt: at,
      receivedAt: at,
      sampleRateHz: 25_600,
      samples,
      quality: 0,
    })
    await expect(`${textOf(picture, 80, 30)}\n`).toMatchFileSnapshot('../../frames/waveform-80x30.txt')
  })

  it('is exactly as large as the screen at every size, whatever the names are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 220 }),
        fc.integer({ min: 1, max: 70 }),
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom(...VIEW_IDS),
        fc.constantFrom(null, { kind: 'help', top: 0 } as const, { kind: 'command', text: 'p', chosen: 0 } as const),
        (columns, rows, name, view, over) => {
          const picture = samplePicture({ title: name, screen: { ...showView(FIRST_SCREEN, view), over } })
          addSensor(picture.live, { key: name, address: name, kind: 'other', unit: name, periodMs: 1000 })
          reduceFreight(picture.live, { kind: 'event', at: START, event: 'device', severity: 'fault', text: name, sensors: [name] })
          const frame = composeFrame(picture, { columns, rows })
          return (
            frame.rows.length === rows &&
            frame.rows.every((row) => displayWidth(plainRow(row)) === columns && !/[\p{Cc}\p{Cf}]/u.test(plainRow(row)))
          )
        },
      ),
      { numRuns: 150 },
    )
  })

  it('says that a screen is too small instead of breaking', () => {
    expect(textOf(samplePicture(), 20, 5)).toContain('too small: 20×5')
  })

  it('never shows an old value in the place of a bad one', () => {
    const picture = samplePicture()
    const line = (): string =>
      textOf(picture, 80, 24)
        .split('\n')
        .find((row) => row.includes('shaft-speed')) ?? ''
    expect(line()).toContain('1482')
    reduceFreight(picture.live, {
      kind: 'gap',
      sensors: ['pump-247/shaft-speed'],
      from: START + 20e6,
      to: START + 21e6,
      cause: 'ECONNRESET',
      missing: 1,
    })
    expect(line()).toMatch(/—\s+✗ no-response/)
    expect(line()).not.toContain('1482')
  })

  it('keeps a column of numbers in place while its values change', () => {
    const picture = samplePicture()
    const pointAt = (value: number): number => {
      reduceFreight(
        picture.live,
        batchOf(['pump-247/drive-end-temperature'], START + 30e6, [{ sensor: 0, measuredAt: START + 30e6, value }]),
      )
      const line =
        textOf(picture, 80, 24)
          .split('\n')
          .find((row) => row.includes('drive-end-temp') && row.includes('°C')) ?? ''
      return line.indexOf('.')
    }
    expect(pointAt(99.125)).toBe(pointAt(7.5))
  })

  it('marks limits by letters as well as by colour', () => {
    expect(textOf(samplePicture(), 80, 24)).toMatch(/^ H  pump-247\/drive-end-velocity/m)
  })
})
