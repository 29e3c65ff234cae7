import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '../../src/faults/fault.js'
import { parseBearing } from '../../src/waveform-files/bearing-text.js'
import { openWaveformFile } from '../../src/waveform-files/open-waveform-file.js'
import { readVibration, type VibrationOptions } from '../../src/waveform-files/read-vibration.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waveform-files-'))
})
afterAll(() => rm(folder, { recursive: true }))

const NO_OPTIONS: VibrationOptions = {
  sensor: undefined,
  speedRpm: undefined,
  bearing: undefined,
  unit: undefined,
  powerKw: undefined,
  support: undefined,
}

function wav(
  format: { readonly tag: number; readonly channels: number; readonly bits: number; readonly rate: number },
  samples: Buffer,
  stated = samples.length,
): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + stated, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(format.tag, 20)
  header.writeUInt16LE(format.channels, 22)
  header.writeUInt32LE(format.rate, 24)
  header.writeUInt16LE(format.bits, 34)
  header.write('data', 36)
  header.writeUInt32LE(stated, 40)
  return Buffer.concat([header, samples])
}

async function saved(name: string, bytes: Buffer | string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

describe('a WAV file', () => {
  it.each([
    ['16 bit', 16, Buffer.from([0x00, 0x40, 0x00, 0x80]), [0.5, -1]],
    ['24 bit', 24, Buffer.from([0, 0, 0x40, 0xff, 0xff, 0xff]), [0.5, -(2 ** -23)]],
    ['32 bit', 32, Buffer.from([0, 0, 0, 0x40, 1, 0, 0, 0]), [0.5, 2 ** -31]],
  ] as const)('of %s PCM is read as fractions of full scale', async (_, bits, samples, expected) => {
    await using file = await openWaveformFile(await saved(`pcm${bits}.wav`, wav({ tag: 1, channels: 1, bits, rate: 8000 }, samples)))
    expect(file.channels).toMatchObject([{ sampleRateHz: 8000, frames: 2, unit: null }])
    expect([...(await file.read({ channel: 0, from: 0, count: 10 }))]).toEqual(expected)
  })

  it('of float32 with two channels gives either one, from any place', async () => {
    const samples = Buffer.alloc(32)
    for (let k = 0; k < 8; k++) samples.writeFloatLE(k * 1.5, 4 * k)
    await using file = await openWaveformFile(await saved('float.wav', wav({ tag: 3, channels: 2, bits: 32, rate: 51_200 }, samples)))
    expect([...(await file.read({ channel: 1, from: 1, count: 2 }))]).toEqual([4.5, 7.5])
  })

  it('that is cut off gives what is there and says so', async () => {
    const path = await saved('cut.wav', wav({ tag: 1, channels: 1, bits: 16, rate: 8000 }, Buffer.alloc(100), 4000))
    const input = await readVibration(path, NO_OPTIONS)
    expect(input.samples).toHaveLength(50)
    expect(input.notes?.join()).toContain('cut off')
  })

  it('made of any bytes gives samples or a Fault, never anything else', async () => {
    const good = wav({ tag: 1, channels: 1, bits: 16, rate: 8000 }, Buffer.alloc(8))
    const damaged = fc
      .tuple(fc.nat(good.length - 1), fc.uint8Array({ maxLength: 12 }))
      .map(([at, bytes]) => Buffer.concat([good.subarray(0, at), bytes, good.subarray(at + bytes.length)]))
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        const outcome = await readVibration(await saved('any.wav', bytes), NO_OPTIONS).catch((thrown: unknown) => thrown)
        expect(
          outcome instanceof Fault ||
            (outcome as { samples?: unknown }).samples instanceof Float32Array ||
            (outcome as { samples?: unknown }).samples instanceof Float64Array,
        ).toBe(true)
      }),
      { seed: 4, numRuns: 150 },
    )
  })
})

describe('raw samples with a sidecar', () => {
  it('bring their rate, unit, speed and geometry; the label beside them is not read', async () => {
    const path = await saved('raw.f32', Buffer.from(Float32Array.of(1, 2, 3, 4).buffer))
    await saved(
      'raw.json',
      JSON.stringify({
        fs: 12_000,
        rpm: 1797,
        unit: 'g',
        channels: 2,
        label: 'inner_race',
        geometry: { bearing: 'X', rolling_elements: 9, ball_d_in: 0.3126, pitch_d_in: 1.537, contact_deg: 0 },
      }),
    )
    const input = await readVibration(path, { ...NO_OPTIONS, sensor: 'ch2' })
    expect([...input.samples]).toEqual([2, 4])
    expect(input).toMatchObject({ sampleRateHz: 12_000, shaftSpeedRpm: 1797, unit: 'g', channel: 'ch2', bearing: { rollingElements: 9 } })
    expect(JSON.stringify({ ...input, samples: [] })).not.toContain('inner')
    expect(input.bearing?.ballDiameterMm).toBeCloseTo(7.94, 2)
    await expect(readVibration(path, NO_OPTIONS)).rejects.toMatchObject({ code: 'WAVEFORM_CHANNEL_UNKNOWN' })
  })

  it('are taken as somebody states them, and a file that says otherwise is named', async () => {
    const path = await saved('stated.f32', Buffer.from(Float32Array.of(1, 2, 3, 4).buffer))
    await saved('stated.json', JSON.stringify({ fs: 12_000, unit: 'g' }))
    const other = await readVibration(path, { ...NO_OPTIONS, sampleRateHz: 99, unit: 'm/s²' })
    expect(other).toMatchObject({ sampleRateHz: 99, unit: 'm/s²' })
    expect(other.notes).toEqual([
      'the file says 12000 Hz; taken at the 99 Hz that were stated',
      'the file says g; taken as m/s², as stated',
    ])
    const same = await readVibration(path, { ...NO_OPTIONS, sampleRateHz: 12_000, unit: 'g' })
    expect(same.notes).toEqual([])
  })

  it.each([
    ['{"fs": 0}', /fs/],
    ['{"fs": 100, "geometry": {"rolling_elements": 9, "ball_d_mm": 9, "pitch_d_mm": 3}}', /smaller than the pitch/],
    ['[', /not JSON/],
  ])('%s is refused with the reason', async (text, because) => {
    const path = await saved('bad.f32', Buffer.alloc(8))
    await saved('bad.json', text)
    await expect(readVibration(path, NO_OPTIONS)).rejects.toSatisfy(
      (fault: Fault) => fault.code === 'WAVEFORM_FILE_UNREADABLE' && because.test(fault.facts.because ?? ''),
    )
  })

  it('without one, or of a kind that nobody knows, are refused', async () => {
    await expect(readVibration(await saved('alone.f32', Buffer.alloc(8)), NO_OPTIONS)).rejects.toMatchObject({
      code: 'WAVEFORM_FILE_UNREADABLE',
    })
    await expect(readVibration(await saved('table.xyz', '1,2'), NO_OPTIONS)).rejects.toMatchObject({ code: 'WAVEFORM_FILE_UNREADABLE' })
  })
})

describe('the geometry of a bearing as text', () => {
  it('names rolling elements, their diameter, the pitch diameter and the angle', () => {
    expect(parseBearing('n=9, d=7.94, D=39.04, angle=15')).toMatchObject({
      rollingElements: 9,
      ballDiameterMm: 7.94,
      pitchDiameterMm: 39.04,
      contactAngleDeg: 15,
    })
  })

  it.each(['', 'n=9', 'n=9,d=8', 'n=9,d=40,D=39', 'n=2.5,d=1,D=2', 'n=9,d=x,D=3', 'n=9,d=1,D=2,angle=90', 'n=9,d=1,D=2,e=3'])(
    '%s is refused',
    (text) => {
      expect(() => parseBearing(text)).toThrow('does not describe a bearing')
    },
  )
})
