import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AMPLITUDES, ORDERS, RUN_UP_RATE_HZ, runUp } from '../analysis/orders/run-up.js'
import { syntheticRecord } from '../analysis/synthetic-bearing.js'
import { runCli } from './run-cli.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spectra-'))
  const { samples, tacho } = runUp()
  await raw(
    'run-up',
    Float32Array.from({ length: 2 * samples.length }, (_, k) => (k % 2 === 0 ? samples : tacho)[k >> 1] ?? 0),
    {
      fs: RUN_UP_RATE_HZ,
      unit: 'm/s²',
      channels: ['vibration', 'tacho'],
      tacho: { channel: 'tacho' },
      directions: ['radial', null],
    },
  )
  const worn = Float32Array.from(syntheticRecord({ fault: 'outer-race', seed: 5, durationS: 4 }))
  await raw('worn', worn, { fs: 25_600, unit: 'm/s²', rpm: 1482 })
})
afterAll(() => rm(folder, { recursive: true }))

async function raw(name: string, samples: Float32Array, description: object): Promise<void> {
  await writeFile(join(folder, `${name}.f32`), samples)
  await writeFile(join(folder, `${name}.json`), JSON.stringify(description))
}

interface RunUpMap {
  readonly step: number
  readonly timeS: readonly number[]
  readonly shaftSpeedRpm: readonly number[]
  readonly values: readonly (readonly number[])[]
}

const said = async (...words: string[]) => {
  const { code, stdout, stderr } = await runCli(['analyze', ...words, '--json'], { cwd: folder })
  return { code, stderr, answer: (stdout === '' ? {} : JSON.parse(stdout)) as Record<string, unknown> }
}

describe('spectra at the command line', { timeout: 120_000 }, () => {
  it.each([
    ['amplitude', [], 'chatterfix/spectrum/1'],
    ['cepstrum', [], 'chatterfix/spectrum/1'],
    ['waterfall', [], 'chatterfix/spectrum-map/1'],
    ['srs', [], 'chatterfix/shock-response/1'],
    ['amplitude', ['--zoom', '20-30'], 'chatterfix/spectrum/1'],
  ])('%s %s of a file says its schema, and draws for people', async (kind, more, schema) => {
    const { code, answer } = await said('spectrum', 'worn.f32', '--kind', kind, ...more)
    expect([code, answer['schema'], answer['kind'] ?? kind]).toEqual([0, schema, kind])
    const { stdout } = await runCli(['analyze', 'spectrum', 'worn.f32', '--kind', kind, ...more], { cwd: folder })
    expect(stdout).toMatch(/[█⣿▓⡇]/)
    expect(stdout).not.toMatch(/NaN|undefined/)
  })

  it('orders go by the tacho that the description names, and the tacho is no vibration of its own', async () => {
    const { answer } = await said('spectrum', 'run-up.f32', '--sensor', 'vibration', '--kind', 'order')
    expect(answer).toMatchObject({ speed: { source: 'tacho' }, axis: 'order' })
    const all = await said('vibration', 'run-up.f32', '--jobs', '1')
    expect((all.answer['results'] as { channel: string }[]).map(({ channel }) => channel)).toEqual(['vibration'])
  })

  it('the map over orders of a run-up from 10 to 40 rev/s has the amplitudes that were put in, in every row', async () => {
    const { code, answer } = await said('spectrum', 'run-up.f32', '--sensor', 'vibration', '--kind', 'order-map')
    const { step, values, timeS, shaftSpeedRpm } = answer as unknown as RunUpMap
    expect(code).toBe(0)
    expect(values.length).toBeGreaterThan(10)
    for (const [row, amplitudes] of values.entries()) {
      for (const [order, amplitude] of ORDERS.map((order, k) => [order, AMPLITUDES[k] ?? 0] as const)) {
        const near = amplitudes.slice(Math.floor(order / step) - 1, Math.ceil(order / step) + 2)
        expect(Math.abs(Math.max(...near) / amplitude - 1), `order ${order}, row ${row}`).toBeLessThan(0.03)
      }
      expect((shaftSpeedRpm[row] ?? 0) / 60 / (10 + 6 * (timeS[row] ?? 0)), `speed of row ${row}`).toBeCloseTo(1, 1)
    }
  })

  it.each([
    [['worn.f32', '--kind', 'transfer'], '--against'],
    [['run-up.f32', '--sensor', 'vibration', '--against', 'nobody', '--kind', 'coherence'], 'no channel nobody'],
    [['worn.f32', '--kind', 'psd', '--zoom', '1-2'], 'not zoomed'],
    [['worn.f32', '--speed-range', '9-3'], 'no range'],
    [['worn.f32', '--direction', 'upwards'], '--direction upwards'],
    [['worn.f32', '--kind', 'srs', '--damping', '1'], 'does not oscillate'],
    [['worn.f32', '--site', 'absent.yaml'], 'no site file'],
  ])('%s cannot be answered, and says why', async (words, why) => {
    const { code, stdout, stderr } = await runCli(['analyze', 'spectrum', ...words], { cwd: folder })
    expect(code).not.toBe(0)
    expect(stdout + stderr).toContain(why)
  })

  it('a kurtogram finds the ringing of the worn bearing', async () => {
    const { code, answer } = await said('kurtogram', 'worn.f32', '--levels', '5')
    const { centreHz = 0, widthHz = 0 } = answer['max'] as { centreHz?: number; widthHz?: number }
    expect([code, answer['schema']]).toEqual([0, 'chatterfix/kurtogram/1'])
    expect(Math.abs(centreHz - 4200)).toBeLessThan(widthHz)
  })
})

interface Judged {
  readonly notJudged: readonly { readonly rule: string; readonly why: string }[]
}

describe('the machine at the command line', { timeout: 120_000 }, () => {
  it('is what the site file says, and what is said here wins', async () => {
    await writeFile(
      join(folder, 'plant.yaml'),
      `site: s\nassets:\n  fan: { rated_power_kw: 400, support: flexible, blades: 12, line_frequency_hz: 50, poles: 4, rotor_bars: 28, gears: [{ teeth: 23 }], bearing: { name: b, rolling_elements: 9, ball_diameter_mm: 7.94, pitch_diameter_mm: 39.04, contact_angle_deg: 0 } }\n`,
    )
    const bare = (await said('vibration', 'worn.f32')).answer as unknown as Judged
    const known = (await said('vibration', 'worn.f32', '--site', 'plant.yaml')).answer as unknown as Judged
    const unstated = ({ notJudged }: Judged) => notJudged.filter(({ why }) => /not (?:both )?stated/.test(why)).map(({ rule }) => rule)
    expect(unstated(bare)).toEqual(expect.arrayContaining(['gear-mesh', 'blade-pass', 'electrical', 'rotor-bars']))
    for (const rule of ['gear-mesh', 'blade-pass', 'electrical', 'rotor-bars']) expect(unstated(known)).not.toContain(rule)
    expect(known).toMatchObject({ severity: { group: 1, support: 'flexible' }, bearing: { verdict: 'outer-race' } })
    const { answer } = await said('vibration', 'worn.f32', '--site', 'plant.yaml', '--asset', 'fan', '--group', '2', '--support', 'rigid')
    expect(answer).toMatchObject({ severity: { group: 2, support: 'rigid' } })
    expect((await said('vibration', 'worn.f32', '--site', 'plant.yaml', '--asset', 'pump')).code).toBe(2)
  })

  it('a baseline is kept in a file, holds for another file, and is refused for another indicator or when damaged', async () => {
    const trend = (...words: string[]) => said('trend', 'worn.f32', '--window', '0.1', ...words)
    const kept = await trend('--indicator', 'kurtosis', '--keep', 'b.json')
    expect(kept.answer).toMatchObject({ schema: 'chatterfix/indicator-trend/1', baseline: { source: 'first values' } })
    expect(JSON.parse(await readFile(join(folder, 'b.json'), 'utf8'))).toMatchObject({
      schema: 'chatterfix/baseline/1',
      indicator: 'kurtosis',
    })
    expect((await trend('--indicator', 'kurtosis', '--against', 'b.json')).answer).toMatchObject({ baseline: { source: 'kept' } })
    expect((await trend('--indicator', 'rms', '--against', 'b.json')).code).toBe(2)
    await writeFile(join(folder, 'b.json'), '{"schema":')
    expect((await trend('--indicator', 'kurtosis', '--against', 'b.json')).code).toBe(2)
  })

  it('the lines of a bearing are an indicator where bearing and speed are known', async () => {
    const { answer } = await said('trend', 'worn.f32', '--indicator', 'bpfo', '--window', '0.35', '--bearing', 'n=9,d=7.94,D=39.04')
    expect(answer).toMatchObject({ indicator: 'bpfo', unit: '1' })
    const { stderr, code } = await runCli(['analyze', 'trend', 'worn.f32', '--indicator', 'bpfo', '--window', '0.35'], { cwd: folder })
    expect([code, stderr]).toEqual([6, expect.stringContaining('--bearing')])
  })

  it('a trend says whose dimensions it took, and which file is too short for it', async () => {
    const trend = (...words: string[]) => said('trend', 'worn.f32', '--bearing', '6205', '--speed', '1482', ...words)
    const { answer } = await trend('--indicator', 'bpfo', '--window', '0.35')
    expect(answer).toMatchObject({ warnings: expect.arrayContaining([expect.stringContaining('taken from the catalogue')]) as unknown })
    expect((await trend('--indicator', 'rms', '--window', '0.35')).answer['warnings']).not.toContainEqual(
      expect.stringContaining('catalogue'),
    )
    const { stderr } = await runCli(['analyze', 'trend', 'worn.f32', '--indicator', 'rms', '--window', '100'], { cwd: folder })
    expect(stderr).toContain('worn.f32')
  })

  it('a trend over many files leaves out the one that cannot be read, and says so', async () => {
    const route = join(folder, 'route')
    await mkdir(route)
    for (let k = 0; k < 14; k++) {
      await cp(join(folder, 'worn.f32'), join(route, `m${10 + k}.f32`))
      await cp(join(folder, 'worn.json'), join(route, `m${10 + k}.json`))
    }
    await writeFile(join(route, 'm12.wav'), 'no sound')
    const { answer, code } = await said('trend', 'route', '--indicator', 'rms')
    expect(code).toBe(0)
    expect(answer['points']).toHaveLength(14)
    expect(answer['warnings']).toContainEqual(expect.stringMatching(/left out: .*m12\.wav/))
  })
})
