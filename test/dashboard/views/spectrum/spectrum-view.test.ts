import { describe, expect, it } from 'vitest'
import { plainRow } from '../../../../src/dashboard/rows/style.js'
import { composeFrame } from '../../../../src/dashboard/screen/compose-frame.js'
import { SPECTRUM_KINDS, type SpectrumState } from '../../../../src/dashboard/views/spectrum/spectrum-state.js'
import { focusedState, pressed, typed } from '../../pressed.js'
import { ASSET, BPFO_HZ, SHAFT_HZ, spectrumPicture } from './spectrum-picture.js'

const SIZES = [
  [60, 20],
  [80, 24],
  [140, 30],
] as const
const SIZE = { columns: 120, rows: 30 }
const frames = SPECTRUM_KINDS.flatMap((kind) => SIZES.map(([columns, rows]) => ({ kind, columns, rows })))

type Picture = ReturnType<typeof spectrumPicture>

function shown(picture: Picture, ...keys: readonly string[]): { readonly text: string; readonly state: SpectrumState } {
  const { frame, screen } = pressed(picture, typed(...keys), SIZE)
  return { text: frame.rows.map((row) => plainRow(row).trimEnd()).join('\n'), state: focusedState(screen) as SpectrumState }
}

describe('the spectrum view', () => {
  it.each(frames)('shows the $kind like this at $columns × $rows', async ({ kind, columns, rows }) => {
    const text = composeFrame(spectrumPicture({ kind }), { columns, rows })
      .rows.map((row) => plainRow(row).trimEnd())
      .join('\n')
    await expect(`${text}\n`).toMatchFileSnapshot(`../../../frames/views/spectrum-of-${kind}-${columns}x${rows}.txt`)
  })

  it('knows the line of an outer race by name, order and how far it stands out', () => {
    // The first line of the envelope that stands clear is the rate of the strikes itself.
    const { text, state } = shown(spectrumPicture({ kind: 'envelope' }), 'n')
    expect(Math.abs((state.cursorHz ?? 0) - BPFO_HZ)).toBeLessThanOrEqual(1)
    expect(text).toMatch(new RegExp(`${((state.cursorHz ?? 0) / SHAFT_HZ).toFixed(2)}×\\s+[\\d.]+ × median\\s+near BPFO`))
    const [, bpfo, bpfi] = /× median near BPFO \S+ Hz (\S+)\s+BPFI \S+ Hz (\S+)/.exec(text) ?? []
    expect(Number(bpfo)).toBeGreaterThan(10 * Number(bpfi))
  })

  it('takes the speed that is measured, and says so', () => {
    expect(shown(spectrumPicture({})).text).toContain('shaft 24.7 Hz by pump-247/shaft-speed, SKF 6205')
  })

  it('takes the rated speed where the measured one is out of the range that its sensor states', () => {
    const picture = spectrumPicture({})
    const row = picture.live.indexOf.get('pump-247/shaft-speed') ?? -1
    const sensor = picture.live.sensors[row]
    if (sensor) picture.live.sensors[row] = { ...sensor, range: { low: 0, high: 3000 } }
    expect(shown(picture).text).toContain('shaft 24.7 Hz by pump-247/shaft-speed')
    picture.live.value[row] = 9.6e29
    expect(shown(picture).text).toMatch(/shaft 25 Hz as rated, as pump-247\/shaft-speed reads 9.6e\+29 rpm, out of its range of 0 … 3000/)
  })

  it('tells in its heading how long a stretch it was and how fine the lines lie', () => {
    expect(shown(spectrumPicture({})).text).toMatch(/spectrum  [\d.]+ s, Δf [\d.]+ Hz  m\/s² peak/)
  })

  it('takes the rated speed where none is measured, and says why', () => {
    expect(shown(spectrumPicture({}, { assets: [{ ...ASSET, speedSensor: 'pump-247/flow' }] })).text).toContain(
      'shaft 25 Hz as rated, as pump-247/flow is no-response',
    )
  })

  it.each([
    ['the machine', [], 'no lines: the site says nothing of pump-247'],
    ['the bearing', [{ key: 'pump-247', ratedSpeedRpm: 1500 }], 'no bearing stated for pump-247, so no BPFO…'],
    [
      'the speed',
      [{ key: 'pump-247' }],
      'no lines: speed_sensor is not set for pump-247 in the site file (pump-247/shaft-speed would do), and no rated speed is stated',
    ],
  ])('says what is missing where %s is not known', (_, assets, words) => {
    expect(shown(spectrumPicture({}, { assets })).text.replaceAll(/\s+/g, ' ')).toContain(words)
  })

  it('goes to the next sensor that sends samples, past those that send none', () => {
    const picture = spectrumPicture({}, { selected: 'pump-247/drive-end-temperature' })
    expect(shown(picture).text).toContain('this sensor has sent no block of samples')
    expect(pressed(picture, typed('down'), SIZE).screen.selected).toBe('pump-247/acceleration')
  })

  it('zooms around the cursor, and back out to all there is', () => {
    const { state } = shown(spectrumPicture({ cursorHz: 1000 }), '++')
    expect(state.range).toEqual({ fromHz: 750, toHz: 1774 })
    expect(shown(spectrumPicture({ cursorHz: 1000 }), '++r').state).toMatchObject({ range: null, cursorHz: null })
  })

  it('reads a sine as large in decibels as it is', () => {
    // 0.5 m/s² of 1×: 24.7 Hz lies between two lines of 1 Hz, and Hann loses up to 1.42 dB there.
    const { text } = shown(spectrumPicture({ range: { fromHz: 0, toHz: 60 }, scale: 'decibel' }), 'n')
    const amplitude = Number(/×\s+([\d.]+) m\/s² peak\s+near 1×/.exec(text)?.[1])
    expect(20 * Math.log10(amplitude / 0.5)).toBeGreaterThan(-1.5)
    expect(20 * Math.log10(amplitude / 0.5)).toBeLessThan(0.3)
  })
})
