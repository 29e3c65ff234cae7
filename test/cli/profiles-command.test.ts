import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fakeDevice, putRegisters } from '../fakes/modbus/device.js'
import { encodeRegisters } from '../fakes/modbus/encode-registers.js'
import { BEHAVIOURS, startFakeServer } from '../fakes/modbus/server.js'
import { workbookOf } from '../profiles/workbook.js'
import { runCli } from './run-cli.js'
import { ROOT } from './terminal-run.js'

let folder: string
const inFolder = (words: readonly string[]) => runCli(words, { cwd: folder, env: { XDG_DATA_HOME: folder } })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profiles-cli-'))
  await mkdir(join(folder, 'profiles'))
})
afterAll(() => rm(folder, { recursive: true }))

const BROKEN = `profile: mixer
maker: Acme
models: [MX-1]
source: [{ title: the drawing on the door }]
tried_on_hardware: true
registers:
  - { name: speed, address: 10, as: flaot32, unit: rpm }
  - { name: torque, address: 70000 }
`

describe.skipIf(!existsSync(`${ROOT}/dist/commands/profiles/list.js`))('profiles', { timeout: 60_000 }, () => {
  it('list shows the shipped ones; show one with its sources and what may be written', async () => {
    const list = await inFolder(['profiles', 'list', '--json'])
    const { profiles } = JSON.parse(list.stdout) as {
      readonly profiles: readonly { readonly key: string; readonly origin: { readonly kind: string } }[]
    }
    expect(profiles.length).toBeGreaterThanOrEqual(20)
    expect(profiles.find(({ key }) => key === 'xy-md02')?.origin.kind).toBe('shipped')
    const show = await inFolder(['profiles', 'show', 'xy-md02'])
    expect(show.stdout).toMatch(/source {3}ya-modbus/)
    expect(show.stdout).toMatch(/temperature-correction .* -10 to 10/)
    const unknown = await inFolder(['profiles', 'show', 'xy-md20'])
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('perhaps you meant xy-md02')
  })

  it('with mistakes are refused with file, line, key and what was probably meant; list leaves them out and says so', async () => {
    const file = join('profiles', 'mixer.yaml')
    await writeFile(join(folder, file), BROKEN)
    const { code, stderr } = await inFolder(['profiles', 'validate', file])
    expect(code).toBe(2)
    expect(stderr).toContain('error PROFILE_INVALID')
    expect(stderr).toMatch(/mixer\.yaml:7 registers › 0 › as: .*did you mean float32\?/)
    expect(stderr).toMatch(/mixer\.yaml:8 registers › 1 › address: expected a whole number from 0 to 65535/)
    expect((await inFolder(['profiles', 'list'])).stdout).toMatch(/note {2}a profile of yours is left out: .*mixer\.yaml:7/)
    await rm(join(folder, file))
  })

  it('import takes what it understands of a CSV file and names the other rows by number, with exit code 1', async () => {
    await writeFile(
      join(folder, 'map.csv'),
      'Address;Name;Data type;Unit\n0;Speed;uint16;rpm\n1;Torque;quaternion;N·m\n70000;Level;int16;%\n4;Power;float32;kW\n',
    )
    const { code, stdout } = await inFolder(['profiles', 'import', 'map.csv', '--base', '0', '--out', 'map.yaml'])
    expect(code).toBe(1)
    expect(stdout).toContain('map.yaml: 2 registers')
    expect(stdout).toMatch(/^row 3 {2}.*quaternion/m)
    expect(stdout).toMatch(/^row 4 {2}.*70000/m)
    expect((await inFolder(['profiles', 'validate', 'map.yaml'])).stdout).toMatch(/^valid .* 2 registers/)
  })

  it('import refuses columns that the table does not have, in CSV and Excel, and a sheet that is not there', async () => {
    await writeFile(join(folder, 'plain.csv'), 'Reg,What\n1,Speed\n')
    await writeFile(
      join(folder, 'plain.xlsx'),
      workbookOf({
        Map: [
          ['Reg', 'What'],
          [1, 'Speed'],
        ],
      }),
    )
    for (const map of ['plain.csv', 'plain.xlsx']) {
      const columns = await inFolder(['profiles', 'import', map, '--columns', 'address=Register,name=What', '--out', 'never.yaml'])
      expect(columns.code).toBe(2)
      expect(columns.stderr).toContain('Register')
      const good = await inFolder(['profiles', 'import', map, '--columns', 'address=Reg,name=What', '--base', '1', '--out', `${map}.yaml`])
      expect({ map, code: good.code, stderr: good.stderr }).toEqual({ map, code: 0, stderr: '' })
    }
    const sheet = await inFolder(['profiles', 'import', 'plain.xlsx', '--sheet', 'Registers', '--out', 'never.yaml'])
    expect(sheet.code).toBe(6)
    expect(sheet.stderr).toMatch(/REGISTER_MAP_INVALID .*Registers/s)
    expect(existsSync(join(folder, 'never.yaml'))).toBe(false)
  })

  it('out of a probe is a skeleton that is valid and never overwrites', async () => {
    const device = fakeDevice({
      identification: new Map([
        [0, 'Acme'],
        [1, 'PX-7'],
      ]),
    })
    putRegisters(device.input, 0, [
      ...encodeRegisters(49.98, 'float32'),
      ...encodeRegisters(231.5, 'float32'),
      ...encodeRegisters(12.25, 'float32'),
    ])
    const server = await startFakeServer(new Map([[7, BEHAVIOURS.fine(device)]]))
    try {
      const words = ['probe', `modbus-tcp://127.0.0.1:${server.port}/7`, '--samples', '1', '--save-profile', 'seen.yaml']
      const probe = await inFolder(words)
      expect(probe.code).toBe(0)
      expect(probe.stderr).toContain('seen.yaml')
      expect((await inFolder(['profiles', 'validate', 'seen.yaml'])).stdout).toMatch(/^valid .*profile acme-px-7/)
      const again = await inFolder(words)
      expect(again.code).toBe(2)
      expect(again.stderr).toContain('error OUTPUT_EXISTS')
    } finally {
      await server.stop()
    }
  })
})
