import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Parcel } from '../../../src/sinks/spool/parcel.js'
import { decodeParcel, encodeParcel, ParcelError } from '../../../src/sinks/spool/parcel-codec.js'
import { rowsOf } from '../../../src/sinks/spool/parcel-row.js'
import { Spool } from '../../../src/sinks/spool/spool.js'
import { parcelOf, T0, temporaryFolder } from './material.js'

const RUN = String(T0)

function open(folder: string, run = RUN): Promise<Spool> {
  return Spool.open({ folder, run, capBytes: 10e6, policy: 'drop-oldest' })
}

async function drained(spool: Spool): Promise<readonly number[]> {
  const values: number[] = []
  for (let batch = await spool.next(); batch !== null; batch = await spool.next()) {
    values.push(...[...rowsOf(batch.parcels)].map(({ value }) => value ?? Number.NaN))
    await spool.settle(() => undefined)
  }
  return values
}

describe('a spool', () => {
  it('gives what was put in, in order, also to a later run', async () => {
    const folder = await temporaryFolder()
    const spool = await open(folder)
    for (let n = 0; n < 20; n++) await spool.append(parcelOf(n * 5, 5))
    await spool.close()
    const later = await open(folder, 'later')
    expect(later.waiting).toEqual({ own: 0, earlier: 100 })
    expect(await drained(later)).toEqual(Array.from({ length: 100 }, (_, i) => i))
    expect(later.waiting).toEqual({ own: 0, earlier: 0 })
    await later.close()
  })

  it('goes on after what was settled; what was in hand is given again', async () => {
    const folder = await temporaryFolder()
    const spool = await open(folder)
    await spool.append(parcelOf(0, 3))
    await spool.next()
    await spool.settle(() => undefined)
    await spool.append(parcelOf(3, 3))
    await spool.next()
    // No settle, no close: killed.
    const later = await open(folder, 'later')
    expect(await drained(later)).toEqual([3, 4, 5])
    await later.close()
    await spool.close()
  })

  it('passes over nothing that is new, whatever an old cursor says', async () => {
    const folder = await temporaryFolder()
    const first = await open(folder)
    await first.append(parcelOf(0, 50))
    await drained(first)
    await first.close()
    const second = await open(folder, 'second')
    await second.append(parcelOf(50, 1))
    // Killed before anything was delivered.
    const third = await open(folder, 'third')
    expect(await drained(third)).toEqual([50])
    await third.close()
    await second.close()
  })

  it('gives all but the last where the last was torn by a kill', async () => {
    const folder = await temporaryFolder()
    const spool = await open(folder)
    for (let n = 0; n < 3; n++) await spool.append(parcelOf(n, 1))
    await spool.close()
    const [name = ''] = (await readdir(folder)).filter((one) => one.endsWith('.seg'))
    const bytes = await readFile(join(folder, name))
    for (const cut of [1, 5, 9, 100]) {
      await writeFile(join(folder, name), bytes.subarray(0, bytes.length - cut))
      const later = await open(folder, `later ${cut}`)
      expect(later.damaged).toBe(1)
      expect(later.waiting.earlier).toBe(2)
    }
  })

  it('finds a flipped bit wherever it is, and loses no more than one piece to it', async () => {
    const folder = await temporaryFolder()
    const spool = await open(folder)
    for (let n = 0; n < 10; n++) await spool.append(parcelOf(n, 1))
    await spool.close()
    const [name = ''] = (await readdir(folder)).filter((one) => one.endsWith('.seg'))
    const bytes = await readFile(join(folder, name))
    const frame = bytes.length / 10
    for (let at = 4; at < frame; at += 7) {
      const flipped = Buffer.from(bytes)
      flipped[3 * frame + at] = (flipped[3 * frame + at] ?? 0) ^ 1
      await writeFile(join(folder, name), flipped)
      await rm(join(folder, 'cursor.json'), { force: true })
      const later = await open(folder, 'later')
      expect([later.damaged, later.waiting.earlier]).toEqual([1, 9])
      expect(await drained(later)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9])
      await later.close()
    }
  })

  it('counts as lost what was damaged while it waited', async () => {
    const folder = await temporaryFolder()
    const spool = await open(folder)
    await spool.append(parcelOf(0, 4))
    await spool.append(parcelOf(4, 4))
    const [name = ''] = (await readdir(folder)).filter((one) => one.endsWith('.seg'))
    const bytes = await readFile(join(folder, name))
    bytes[20] = (bytes[20] ?? 0) ^ 1
    await writeFile(join(folder, name), bytes)
    expect(await drained(spool)).toEqual([4, 5, 6, 7])
    expect(spool.waiting.own).toBe(0)
    expect(spool.takeLosses()).toMatchObject([{ lost: { own: { count: 4 } }, cause: 'its place in the spool is damaged' }])
    await spool.close()
  })
})

describe('a parcel', () => {
  it('is read as it was written', () => {
    const parcels: readonly Parcel[] = [
      { ...parcelOf(7, 13), texts: Array.from({ length: 13 }, (_, i) => (i % 2 ? null : `ä "${i}"`)) },
      {
        kind: 'summary',
        run: RUN,
        sensor: { key: 'v', unit: 'g', asset: null },
        startedAt: T0,
        rms: 1.5,
        peak: 4,
        quality: 1,
        sequence: 3,
      },
      {
        kind: 'waveform',
        run: RUN,
        sensor: { key: 'v', unit: null, asset: 'p' },
        startedAt: T0,
        sampleRateHz: 25_600,
        samples: Float32Array.of(0.1, -2),
        quality: 0,
        sequence: 9,
      },
      {
        kind: 'waveform',
        run: RUN,
        sensor: { key: 'v', unit: null, asset: 'p' },
        startedAt: T0,
        sampleRateHz: 25_600,
        samples: Float64Array.of(0.1, Number.NaN),
        quality: 0,
        sequence: 9,
      },
    ]
    for (const parcel of parcels) expect(decodeParcel(encodeParcel(parcel))).toEqual(parcel)
  })

  it('throws only its own error on any bytes', () => {
    const good = encodeParcel(parcelOf(0, 3))
    const attempt = (bytes: Uint8Array): void => {
      try {
        decodeParcel(bytes)
      } catch (thrown) {
        if (!(thrown instanceof ParcelError)) throw thrown
      }
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), attempt), { numRuns: 2000 })
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const bytes = Uint8Array.from(good)
        bytes[at] = byte
        attempt(bytes)
      }),
      { numRuns: 2000 },
    )
  })
})
