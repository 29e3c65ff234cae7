import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from './run-cli.js'

interface ErrorDocument {
  readonly schema: string
  readonly error: { readonly code: string; readonly exitCode: number; readonly message: string; readonly try: readonly string[] }
}

let folder: string
let closedPort: number
let mutePort: number
const mute = createServer(() => undefined)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bad-input-'))
  await writeFile(join(folder, 'broken.yaml'), 'site: x\nsensors:\n  a/b: { address: "mqtt://h/a", kind: temprature }\n')
  await mkdir(join(folder, 'no-recording'))
  await mkdir(join(folder, 'damaged'))
  await writeFile(join(folder, 'damaged', 'manifest.json'), '{ "schema": ')
  await writeFile(join(folder, 'noise.wav'), Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 131) % 251)))
  mutePort = await listen(mute)
  const closed = createServer()
  closedPort = await listen(closed)
  await new Promise((resolve) => closed.close(resolve))
})
afterAll(async () => {
  mute.close()
  await rm(folder, { recursive: true })
})

const CASES: readonly (readonly [what: string, words: () => readonly string[], code: string, exitCode: number])[] = [
  ['an unknown command', () => ['frobnicate'], 'USAGE', 2],
  ['an unknown flag', () => ['discover', '--frob'], 'USAGE', 2],
  ['an unknown scheme', () => ['read', 'gopher://h/1'], 'SCHEME_UNKNOWN', 2],
  ['an address with a mistake', () => ['read', 'modbus-tcp://h/7/holding/100?as=float33'], 'ADDRESS_INVALID', 2],
  ['a host that does not exist', () => ['probe', 'modbus-tcp://no-such-host.invalid/1'], 'HOST_UNREACHABLE', 3],
  ['a closed Modbus port', () => ['read', `modbus-tcp://127.0.0.1:${closedPort}/1/holding/0`], 'PORT_CLOSED', 3],
  ['a closed MQTT port', () => ['probe', `mqtt://127.0.0.1:${closedPort}`], 'PORT_CLOSED', 3],
  ['a closed OPC UA port', () => ['probe', `opc.tcp://127.0.0.1:${closedPort}`], 'PORT_CLOSED', 3],
  [
    'recording a dead line only',
    () => ['record', `modbus-tcp://127.0.0.1:${closedPort}/1/holding/0`, '--out', join(folder, 'out'), '--for', '2s'],
    'PORT_CLOSED',
    3,
  ],
  ['somebody who speaks no MQTT', () => ['probe', `mqtt://127.0.0.1:${mutePort}`], 'MQTT_NOT_SPOKEN', 3],
  ['no site file', () => ['read', 'pump-247/flow', '--site', join(folder, 'none.yaml')], 'SITE_FILE_MISSING', 2],
  ['a malformed site file', () => ['config', 'validate', join(folder, 'broken.yaml')], 'SITE_FILE_INVALID', 2],
  ['a folder that is no recording', () => ['recordings', 'verify', join(folder, 'no-recording')], 'RECORDING_UNREADABLE', 6],
  ['a damaged recording', () => ['query', 'select 1', '--recording', join(folder, 'damaged')], 'RECORDING_UNREADABLE', 6],
  ['a WAV of noise', () => ['analyze', 'vibration', join(folder, 'noise.wav')], 'WAVEFORM_FILE_UNREADABLE', 6],
  ['a file that is not there', () => ['analyze', 'vibration', join(folder, 'none.wav')], 'FILE_NOT_FOUND', 2],
  ['a speed beyond any shaft', () => ['analyze', 'vibration', join(folder, 'noise.wav'), '--speed', '1e300'], 'USAGE', 2],
  ['a speed below 0', () => ['analyze', 'vibration', join(folder, 'noise.wav'), '--speed=-1'], 'USAGE', 2],
  ['a duration that is none', () => ['watch', 'simulator://pump-set', '--for', 'soon'], 'USAGE', 2],
  ['an unknown fault of the plant', () => ['simulate', '--fault', 'gremlins'], 'PLANT_FAULT_UNKNOWN', 2],
]

describe('bad input', () => {
  it.each(CASES)('%s: the right exit code, in the four-line form and as JSON', { timeout: 40_000 }, async (_, words, code, exitCode) => {
    const text = await runCli(words(), { cwd: folder })
    expect(text.stderr).toMatch(new RegExp(`^error ${code} {2}\\S`, 'm'))
    expect(text.stderr).toMatch(/^ {2}try {6}\S/m)
    expect(text.code).toBe(exitCode)
    expect(text.stdout).toBe('')

    const json = await runCli([...words(), '--json'], { cwd: folder })
    const { schema, error } = JSON.parse(json.stdout) as ErrorDocument
    expect(schema).toBe('chatterfix/error/1')
    expect(error).toMatchObject({ code, exitCode })
    expect(json.code).toBe(exitCode)
  })

  it('a mistake in the site file is shown with its line, what was expected, and a good example', async () => {
    const { stderr } = await runCli(['config', 'validate', 'broken.yaml'], { cwd: folder })
    expect(stderr).toContain('broken.yaml:3')
    expect(stderr).toContain('temprature')
    expect(stderr).toContain('temperature')
    expect(stderr).toContain('example')
  })
})

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}
