import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { modbusDriver } from '../../src/drivers/modbus/driver.js'
import { profileChoice } from '../../src/profiles/profile-choice.js'
import { parseProfile } from '../../src/profiles/profile-file.js'
import { profileFromProbe } from '../../src/profiles/profile-from-probe.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { fakeDevice, putRegisters } from '../fakes/modbus/device.js'
import { encodeRegisters } from '../fakes/modbus/encode-registers.js'
import { BEHAVIOURS, type FakeServer, startFakeServer } from '../fakes/modbus/server.js'

let server: FakeServer | undefined
const folders: string[] = []
afterEach(async () => {
  await server?.stop()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function probe(
  device: ReturnType<typeof fakeDevice>,
  options: { readonly folders?: readonly string[]; readonly wanted?: string } = {},
) {
  server = await startFakeServer(new Map([[1, BEHAVIOURS.fine(device)]]))
  const around = surroundingsOf({ profiles: () => profileChoice(options.folders ?? [], options.wanted ?? null) })
  return modbusDriver.probe(`modbus-tcp://127.0.0.1:${server.port}/1`, around)
}

/** What the Victron meter of the shipped profile holds, by its source: 230.50 V at 0x3040 as hundredths, 49.98 Hz at 0x3032. */
function victronMeter() {
  const device = fakeDevice()
  for (let at = 0x3032; at < 0x3100; at++) device.holding.set(at, 0)
  putRegisters(device.holding, 0x1000, [0xa1b1])
  putRegisters(device.holding, 0x3032, [4998])
  putRegisters(device.holding, 0x3040, [23_050])
  putRegisters(device.holding, 0x3080, [0, 300, 0, 100, 0, 0, 0, 100, 0, 0, 0, 100])
  return device
}

async function folderWith(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chatterfix-profiles-'))
  folders.push(folder)
  await writeFile(join(folder, name), text)
  return folder
}

const OWN = `profile: mixer
maker: Acme
models: [MX-1]
recognise_by:
  - signature: [{ table: holding, address: 50, equals: 4711 }]
source: [{ title: the drawing on the door }]
tried_on_hardware: true
registers:
  - { name: speed, address: 51, unit: rpm, kind: speed, range: { low: 0, high: 3000 } }
  - { name: torque, address: 52, as: int16, scale: 0.1, unit: N·m }
  - { name: gone, address: 900 }
  - { name: half-a, address: 53 }
  - { name: half-b, address: 54 }
  - { name: whole, address: 55 }
checks: [{ name: halves, sum_of: [half-a, half-b], is: whole, within: 0.01 }]
`

describe('a probe with profiles', () => {
  it('recognises a meter by the code that it holds and names its values with units', async () => {
    const report = await probe(victronMeter())
    const point = (name: string) => report.points.find((one) => one.name === name)
    expect(report.device.facts['profile']).toContain('victron-vm-3p75ct (shipped, not tried on hardware): holding 4096 holds 41393')
    expect(point('voltage-l1')).toMatchObject({ value: 230.5, unit: 'V', kind: 'voltage', confidence: 1 })
    expect(point('frequency')).toMatchObject({ value: 49.98, unit: 'Hz' })
    expect(point('power')).toMatchObject({ value: 300, unit: 'W' })
    expect(point('voltage-l1')?.address).toContain('/1/holding/12352?as=int16&scale=0.01')
  })

  it('recognises by likely values with less than certainty, and says what else fits', async () => {
    const device = fakeDevice()
    for (let at = 0; at < 0x180; at++) device.input.set(at, 0)
    for (const [at, value] of [
      [0, 231.2],
      [2, 229.8],
      [4, 230.4],
      [0x46, 50.01],
      [0x1e, 0.97],
    ] as const)
      putRegisters(device.input, at, encodeRegisters(value, 'float32', 'abcd'))
    const report = await probe(device)
    const voltage = report.points.find(({ name }) => name === 'voltage-l1')
    expect(report.device.facts['profile']).toContain('eastron-sdm630')
    expect(voltage?.value).toBeCloseTo(231.2, 4)
    expect(voltage?.confidence).toBe(0.9)
    expect(report.warnings.join('\n')).toContain('eastron-sdm230 fit as well')
  })

  it('uses own profiles, warns of registers that are mute, out of range or do not add up, and infers the rest', async () => {
    const device = fakeDevice()
    putRegisters(device.holding, 50, [4711, 5000, 0xfff6, 10, 20, 40, 77])
    const report = await probe(device, { folders: [await folderWith('mixer.yaml', OWN)] })
    expect(report.points.find(({ name }) => name === 'torque')).toMatchObject({ value: -1, unit: 'N·m', confidence: 1 })
    expect(report.points.filter(({ name }) => name === null).map(({ address }) => address)).toEqual([
      expect.stringContaining('/holding/50'),
      expect.stringContaining('/holding/56'),
    ])
    const warnings = report.warnings.join('\n')
    expect(warnings).toContain('1 of 6 registers of profile mixer gave no value: gone (holding 900: exception 0x02 (illegal data address))')
    expect(warnings).toContain('speed is 5000 rpm, outside 0 to 3000')
    expect(warnings).toContain("check 'halves' of profile mixer does not hold")
  })

  it('takes the profile that somebody names, whatever the device says', async () => {
    const device = fakeDevice()
    putRegisters(device.input, 1, [0xff33, 546])
    const report = await probe(device, { wanted: 'xy-md02' })
    expect(report.points.find(({ name }) => name === 'temperature')).toMatchObject({ value: -20.5, unit: '°C', confidence: 1 })
    expect(report.points.find(({ name }) => name === 'humidity')).toMatchObject({ value: 54.6, unit: '%RH' })
  })

  it('does not know a device that no profile fits', async () => {
    const device = fakeDevice()
    putRegisters(device.holding, 0, [1, 2, 3])
    const report = await probe(device)
    expect(report.device.facts['profile']).toBeUndefined()
  })

  it('leaves a skeleton that is a valid profile and reads the same values again', async () => {
    const device = fakeDevice({
      identification: new Map([
        [0, 'Acme'],
        [1, 'MX-1'],
        [2, '2.0'],
      ]),
    })
    putRegisters(device.holding, 10, [
      ...encodeRegisters(49.98, 'float32', 'cdab'),
      ...encodeRegisters(231.5, 'float32', 'cdab'),
      ...encodeRegisters(0.93, 'float32', 'cdab'),
    ])
    const first = await probe(device)
    await server?.stop()
    const text = profileFromProbe(first, '2026-11-22')
    const profile = parseProfile(text, { kind: 'own', path: 'skeleton.yaml' })
    expect(profile).toMatchObject({ key: 'acme-mx-1', maker: 'Acme', models: ['MX-1'] })
    const again = await probe(device, { folders: [await folderWith('skeleton.yaml', text)] })
    expect(again.device.facts['profile']).toContain('acme-mx-1 (your own')
    expect(again.points.map(({ value }) => value)).toEqual(
      first.points.map(({ value }) => (typeof value === 'number' ? (expect.closeTo(value, 4) as number) : value)),
    )
  })
})
