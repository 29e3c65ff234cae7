import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '../../src/faults/fault.js'
import { encodeMat5 } from '../../src/waveform-files/encode-mat5.js'
import { openWaveformFile } from '../../src/waveform-files/open-waveform-file.js'
import { vibrationFromFile } from '../../src/waveform-files/vibration-from-file.js'
import { bytesFrom, signalOf } from './signals.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mat5-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function saved(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

/** One numeric variable by the standard: flags, dimensions, name, numbers. */
function variable(
  name: string,
  arrayClass: number,
  { type, bytes, count }: { readonly type: number; readonly bytes: Buffer; readonly count: number },
): Buffer {
  const element = (kind: number, body: Buffer) => {
    const head = Buffer.alloc(8)
    head.writeUInt32LE(kind, 0)
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, body, Buffer.alloc((8 - (body.length % 8)) % 8)])
  }
  const flags = Buffer.alloc(8)
  flags.writeUInt32LE(arrayClass)
  const sizes = Buffer.alloc(8)
  sizes.writeInt32LE(count, 0)
  sizes.writeInt32LE(1, 4)
  return element(14, Buffer.concat([element(6, flags), element(5, sizes), element(1, Buffer.from(name)), element(type, bytes)]))
}

function matFile(...variables: Buffer[]): Buffer {
  const head = Buffer.alloc(128, ' ')
  head.write('MATLAB 5.0 MAT-file')
  head.writeUInt16LE(0x0100, 124)
  head.write('IM', 126)
  return Buffer.concat([head, ...variables])
}

function compressed(element: Buffer): Buffer {
  const packed = deflateSync(element)
  const head = Buffer.alloc(8)
  head.writeUInt32LE(15, 0)
  head.writeUInt32LE(packed.length, 4)
  return Buffer.concat([head, packed])
}

const doubles = (values: readonly number[]) => Buffer.from(Float64Array.from(values).buffer)
const RAMP = Array.from({ length: 100 }, (_, k) => k / 8 - 3)

describe('a MAT-file', () => {
  it('as CWRU publishes them gives its vectors by name and its speed, and asks for the sample rate', async () => {
    const path = await saved(
      'cwru.mat',
      matFile(
        compressed(variable('X097_DE_time', 6, { type: 9, bytes: doubles(RAMP), count: 100 })),
        compressed(variable('X097RPM', 6, { type: 4, bytes: Buffer.from(Uint16Array.of(1796).buffer), count: 1 })),
      ),
    )
    await using file = await openWaveformFile(path)
    expect(file.channels).toEqual([{ name: 'X097_DE_time', frames: 100, sampleRateHz: null, unit: null, startedAt: null }])
    expect(file.shaftSpeedRpm).toBe(1796)
    expect([...(await file.read({ channel: 0, from: 98, count: 9 }))]).toEqual([9.25, 9.375])
    await expect(vibrationFromFile(path, undefined)).rejects.toMatchObject({ code: 'WAVEFORM_RATE_MISSING' })
    expect(await vibrationFromFile(path, undefined, { sampleRateHz: 12_000 })).toMatchObject({ sampleRateHz: 12_000, shaftSpeedRpm: 1796 })
  })

  it.each([
    ['int8', 8, 1, Int8Array],
    ['uint8', 9, 2, Uint8Array],
    ['int16', 10, 3, Int16Array],
    ['uint16', 11, 4, Uint16Array],
    ['int32', 12, 5, Int32Array],
    ['uint32', 13, 6, Uint32Array],
    ['single', 7, 7, Float32Array],
    ['double stored as int16', 6, 3, Int16Array],
  ] as const)('holds numbers of class %s', async (name, arrayClass, type, Numbers) => {
    const values = Array.from({ length: 80 }, (_, k) => k)
    const path = await saved(
      'class.mat',
      matFile(variable('x', arrayClass, { type, bytes: Buffer.from(Numbers.from(values).buffer), count: 80 })),
    )
    await using file = await openWaveformFile(path)
    expect([name, ...(await file.read({ channel: 0, from: 0, count: 100 }))]).toEqual([name, ...values])
  })

  it('of version 7.3 is refused with what to do', async () => {
    const bytes = matFile()
    bytes.writeUInt16LE(0x0200, 124)
    await expect(openWaveformFile(await saved('v73.mat', bytes))).rejects.toMatchObject({
      facts: { because: expect.stringContaining('-v7') as string },
    })
  })

  it('that unpacks to far more than it holds is refused', async () => {
    const bomb = compressed(variable('x', 6, { type: 9, bytes: Buffer.alloc(70 * 1024 * 1024), count: 70 * 1024 * 128 }))
    expect(bomb.length).toBeLessThan(200_000)
    await expect(openWaveformFile(await saved('bomb.mat', matFile(bomb)))).rejects.toMatchObject({
      facts: { because: expect.stringContaining('unpacks') as string },
    })
  })

  it('made of any bytes gives samples or a Fault, never anything else', async () => {
    const whole = await bytesFrom(encodeMat5([signalOf('a/b', Float32Array.from(RAMP)), signalOf('c', Float64Array.from(RAMP))]))
    const packed = matFile(compressed(variable('x', 6, { type: 9, bytes: doubles(RAMP), count: 100 })))
    const mutated = fc
      .tuple(fc.constantFrom(whole, packed), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }), fc.nat())
      .map(([good, changes, cut]) => {
        const bytes = Buffer.from(good)
        for (const [at, value] of changes) bytes[128 + (at % (bytes.length - 128))] = value
        return cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes
      })
    const random = fc.uint8Array({ maxLength: 400 }).map((tail) => Buffer.concat([matFile(), tail]))
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, random), async (bytes) => {
        try {
          await using file = await openWaveformFile(await saved('fuzz.mat', bytes))
          for (const channel of file.channels.keys()) await file.read({ channel, from: 0, count: 1000 })
        } catch (thrown) {
          if (!(thrown instanceof Fault)) throw thrown
        }
      }),
      { numRuns: 600 },
    )
  })
})
