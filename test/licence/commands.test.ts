import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const fixtures = fileURLToPath(new URL('../../fixtures/site/', import.meta.url))

let folder: string
let serving: ChildProcess
let server: string

/** Runs the built program in the test's folder. */
async function run(words: readonly string[], token = '') {
  const child = spawn(process.execPath, [program, ...words], {
    cwd: folder,
    env: { ...process.env, CHATTERFIX_LICENSE_SERVER: server, CHATTERFIX_LICENSE_API_KEY: token },
  })
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)]
  const [code] = (await once(child, 'close')) as [number]
  return { code, stdout: await stdout, stderr: await stderr }
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = ''
  for await (const part of stream.setEncoding('utf8')) all += part as string
  return all
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'licence-cli-'))
  await writeFile(
    join(folder, 'customers.yaml'),
    `- { id: acme, tier: iot_advanced, sensor_limit: 2, token: acme-token }
- { id: tiny, tier: iot_advanced, sensor_limit: 1, expires_at: 2099-01-01T00:00:00Z, token: tiny-token }
`,
  )
  await copyFile(join(fixtures, 'demo-plant.yaml'), join(folder, 'chatterfix.yaml'))
  await copyFile(join(fixtures, 'many-mistakes.yaml'), join(folder, 'bad.yaml'))
  serving = spawn(
    process.execPath,
    [program, 'licence', 'serve', '--port', '0', '--data', 'data', '--customers', 'customers.yaml', '--json'],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const [line] = (await once(serving.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  const ready = JSON.parse(line.toString()) as { schema: string; url: string }
  expect(ready.schema).toBe('chatterfix/licence-server/1')
  server = ready.url
})

afterAll(async () => {
  serving.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

test('a site file travels from plan to revision, and then there is no difference', async () => {
  const planned = await run(['config', 'plan', '--customer', 'acme', '--check'], 'acme-token')
  expect(planned.stdout).toBe(`  + pump-247/drive-end-temperature
  + pump-247/speed
plan for site demo-plant on revision 0: 2 to create, 0 to update, 0 to delete
sensors: 0 used, 2 after, limit 2 (tier iot_advanced)
cost: +$249.00 a month, $249.00 in all for sites and sensors
`)
  expect(planned.code).toBe(1)
  const applied = await run(['config', 'apply', '--customer', 'acme', '--json'], 'acme-token')
  expect([applied.code, applied.stderr]).toEqual([0, ''])
  expect(JSON.parse(applied.stdout)).toMatchObject({ schema: 'chatterfix/applied/1', revision: 1, applied: 2 })
  const again = await run(['config', 'plan', '--customer', 'acme', '--check', '--json'], 'acme-token')
  expect(again.code).toBe(0)
  expect(JSON.parse(again.stdout)).toMatchObject({ schema: 'chatterfix/plan/1', actions: [], licence: { used: 2, limit: 2 } })
})

test.each([
  [['config', 'apply', '--customer', 'tiny'], 'tiny-token', 5, 'SENSOR_LIMIT_EXCEEDED'],
  [['config', 'plan', '--customer', 'nobody'], 'acme-token', 5, 'CUSTOMER_UNKNOWN'],
  [['licence', 'status', '--customer', 'acme'], 'guess', 4, 'LICENCE_TOKEN_REJECTED'],
  [['licence', 'status', '--customer', 'acme'], '', 4, 'LICENCE_TOKEN_MISSING'],
  [['licence', 'status', '--customer', 'acme', '--server', 'http://127.0.0.1:1'], 'acme-token', 3, 'LICENCE_SERVER_UNREACHABLE'],
  [['config', 'validate', 'bad.yaml'], '', 2, 'SITE_FILE_INVALID'],
  [['config', 'validate', 'none.yaml'], '', 2, 'SITE_FILE_MISSING'],
  [['licence', 'serve', '--data', 'd', '--customers', 'chatterfix.yaml'], '', 2, 'CUSTOMERS_FILE_INVALID'],
])('%j with key %j ends with %i %s', async (words, token, code, fault) => {
  const ended = await run([...words, '--json'], token)
  expect([ended.code, ended.stderr]).toEqual([code, ''])
  expect(JSON.parse(ended.stdout)).toMatchObject({ schema: 'chatterfix/error/1', error: { code: fault, exitCode: code } })
})

test('without --json the plan is shown, and then why the licence refuses it', async () => {
  const { code, stdout, stderr } = await run(['config', 'plan', '--customer', 'tiny'], 'tiny-token')
  expect([code, stdout.includes('+ pump-247/speed')]).toEqual([5, true])
  expect(stderr).toMatch(/^error SENSOR_LIMIT_EXCEEDED {2}2 sensors are needed, the licence of tiny allows 1, and 0 are used; more: https/)
})

test('with --json the refused plan stands beside the error', async () => {
  const { code, stdout } = await run(['config', 'plan', '--customer', 'tiny', '--json'], 'tiny-token')
  expect(code).toBe(5)
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'chatterfix/error/1',
    error: { code: 'SENSOR_LIMIT_EXCEEDED' },
    plan: { schema: 'chatterfix/plan/1', licence: { after: 2, limit: 1 }, actions: [{}, {}] },
  })
})

test('a right file and a licence are told', async () => {
  const [valid, status] = await Promise.all([
    run(['config', 'validate', '--json']),
    run(['licence', 'status', '--customer', 'tiny', '--json'], 'tiny-token'),
  ])
  expect(JSON.parse(valid.stdout)).toMatchObject({ schema: 'chatterfix/site-check/1', ok: true, sensors: 2 })
  expect(JSON.parse(status.stdout)).toMatchObject({ schema: 'chatterfix/licence-status/1', sensors: { used: 0, limit: 1 } })
})

test('the server ends in order when it is told to', async () => {
  const closed = once(serving, 'close')
  serving.kill('SIGTERM')
  expect(await closed).toEqual([0, null])
})
