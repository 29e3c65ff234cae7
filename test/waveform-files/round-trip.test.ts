import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '../../src/faults/fault.js'
import { encodeMat5 } from '../../src/waveform-files/encode-mat5.js'
import { encodeWav } from '../../src/waveform-files/encode-wav.js'
import { openWaveformFile } from '../../src/waveform-files/open-waveform-file.js'
import { encodeUff58 } from '../../src/waveform-files/uff58/encode-uff58.js'
import type { WaveformSignal } from '../../src/waveform-files/waveform-signal.js'
import { bytesFrom, signalOf } from './signals.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waveforms-'))
})
afterAll(() => rm(folder, { recursive: true }))

const FORMATS = {
  '.wav': (signals: readonly WaveformSignal[]) => encodeWav(signals),
  '.mat': (signals: readonly WaveformSignal[]) => encodeMat5(signals),
  '.uff': (signals: readonly WaveformSignal[]) => encodeUff58(signals, 'binary'),
  '.unv': (signals: readonly WaveformSignal[]) => encodeUff58(signals, 'ascii'),
} as const

async function readBack(ending: keyof typeof FORMATS, signals: readonly WaveformSignal[]) {
  const path = join(folder, `x${ending}`)
  await writeFile(path, await bytesFrom(FORMATS[ending](signals)))
  await using file = await openWaveformFile(path)
  const samples = await Promise.all(file.channels.map((_, channel) => file.read({ channel, from: 0, count: 1e6 })))
  const [first] = await Promise.all([file.read({ channel: 0, from: 10, count: 5 })])
  return { channels: file.channels, samples: samples.map((each) => [...each]), middle: [...first] }
}

const NAME = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).filter((name) => name.trim() === name)

describe('samples that are written and read again', () => {
  it.each(['.wav', '.mat', '.uff', '.unv'] as const)('are equal in %s, with name, unit, rate and time of the first', async (ending) => {
    const floats = fc.float32Array({ minLength: 70, maxLength: 200, noNaN: true, noDefaultInfinity: true })
    await fc.assert(
      fc.asyncProperty(
        floats,
        NAME,
        fc.constantFrom(25_600, 51_200, 48_828.125, 1000 / 3),
        fc.constantFrom('g', 'm/s²', null),
        async (values, name, sampleRateHz, unit) => {
          const back = await readBack(ending, [signalOf(name, values, { sampleRateHz, unit })])
          expect(back.samples).toEqual([[...values]])
          expect(back.middle).toEqual([...values.subarray(10, 15)])
          expect(back.channels[0]).toMatchObject({ name, unit, sampleRateHz, startedAt: 1_795_359_600_123_456, frames: values.length })
        },
      ),
      { numRuns: 25 },
    )
  })

  it.each(['.wav', '.mat', '.uff'] as const)('keep double precision in %s, channel by channel', async (ending) => {
    const [a, b] = [
      Float64Array.from({ length: 300 }, (_, k) => Math.sin(k) / 3),
      Float64Array.from({ length: 300 }, (_, k) => Math.cos(k) * 1e200),
    ]
    const back = await readBack(ending, [signalOf('a', a), signalOf('b', b)])
    expect(back.samples).toEqual([[...a], [...b]])
    expect(back.channels.map(({ name }) => name)).toEqual(['a', 'b'])
  })
})

describe('a universal file', () => {
  it('has its fields where dataset 58 says', async () => {
    const samples = Float32Array.from({ length: 6 }, (_, k) => k - 2.5)
    const lines = (await bytesFrom(encodeUff58([signalOf('pump/x', samples, { unit: 'm/s²', sampleRateHz: 51_200 })], 'ascii')))
      .toString('latin1')
      .split('\n')
    expect(lines[0]).toBe('    -1')
    expect(lines[1]).toBe('    58')
    expect(lines[2]).toBe('pump/x')
    expect(lines[4]).toBe('22-NOV-26   15:00:00')
    // 2(I5,I10),2(1X,10A1,I10,I4): function type, number, version, load case; response; reference.
    expect(lines[7]?.slice(0, 30)).toBe('    1         0    0         0')
    expect(lines[7]).toHaveLength(80)
    // 3I10,3E13.5: type, count, even; minimum, increment, z.
    expect(lines[8]?.slice(0, 30)).toBe('         4         6         1')
    expect(Number(lines[8]?.slice(43, 56))).toBe(1 / 51_200)
    expect(lines[8]).toHaveLength(69)
    // I10,3I5,2(1X,20A1).
    expect([lines[9]?.slice(0, 10).trim(), lines[9]?.slice(26, 46).trim(), lines[9]?.slice(47, 67).trim()]).toEqual(['17', 'Time', 's'])
    expect([lines[10]?.slice(0, 10).trim(), lines[10]?.slice(47, 67).trim()]).toEqual(['12', 'm/s2'])
    // 4E20.12.
    expect(lines[13]).toBe(' -2.500000000000E+00 -1.500000000000E+00 -5.000000000000E-01  5.000000000000E-01')
    expect(lines[14]).toHaveLength(40)
    expect(lines[15]).toBe('    -1')
  })

  it('in binary says byte order, number format, lines and bytes in its header', async () => {
    const bytes = await bytesFrom(encodeUff58([signalOf('x', Float32Array.from({ length: 100 }, Math.sqrt))], 'binary'))
    const header = bytes.toString('latin1').split('\n')[1] ?? ''
    // I6,A1,I6,I6,I12,I12,I6,I6,I12,I12
    expect(header).toBe('    58b     1     2          11         400     0     0           0           0')
  })

  it('made of any bytes gives samples or a Fault, never anything else', async () => {
    const signals = [
      signalOf('a', Float32Array.from({ length: 50 }, Math.sqrt)),
      signalOf('b', Float64Array.from({ length: 30 }, Math.cbrt)),
    ]
    const good = [await bytesFrom(encodeUff58(signals, 'ascii')), await bytesFrom(encodeUff58(signals, 'binary'))]
    const changes = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(10, 32, 45, 49, 57), fc.nat(255))), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...good), changes, fc.nat(), async (whole, each, cut) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of each) bytes[at % bytes.length] = value
        const path = join(folder, 'fuzz.uff')
        await writeFile(path, cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes)
        try {
          await using file = await openWaveformFile(path)
          for (const channel of file.channels.keys()) await file.read({ channel, from: 3, count: 1e9 })
        } catch (thrown) {
          if (!(thrown instanceof Fault)) throw thrown
        }
      }),
      { numRuns: 600 },
    )
  })
})
