import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { buildRecording } from '../../src/recordings/build-recording.js'
import { openDuckdb } from '../../src/recordings/duckdb-session.js'
import { recordedEverything } from '../exchange/material.js'
import { runOf, T0, TEMPERATURE, temporaryFolder } from '../sinks/recording/material.js'
import { runCli } from './run-cli.js'

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

async function threeMillionReadings(): Promise<string> {
  const folder = join(await temporaryFolder(), 'run')
  const { connection, close } = await openDuckdb({ memoryLimitMb: 1024 })
  const readings = `SELECT make_timestamp(${T0} + i) AS time, make_timestamp(${T0} + i) AS received, '${TEMPERATURE.key}' AS sensor, i * 0.1 AS value,
    '°C' AS unit, NULL::VARCHAR AS text, 0::UTINYINT AS quality FROM range(3000000) t(i)`
  const signal = new AbortController().signal
  await buildRecording({ folder, run: runOf([TEMPERATURE]), connection, tables: { readings }, endedBy: 'duration', signal })
  close()
  return folder
}

describe('recordings export', () => {
  it('ends by Ctrl-C with 130 and leaves nothing half-written', { timeout: 60_000 }, async () => {
    const folder = await threeMillionReadings()
    const child = spawn(process.execPath, [PROGRAM, 'recordings', 'export', folder, '--out', join(folder, '../big.csv'), '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let written = ''
    while (written === '' && child.exitCode === null) {
      written = (await readdir(join(folder, '..'))).find((name) => name.startsWith('.tmp-')) ?? ''
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    child.kill('SIGINT')
    const [code] = (await once(child, 'close')) as [number | null]
    expect([code, written !== '']).toEqual([130, true])
    expect(await readdir(join(folder, '..'))).toEqual(['run'])
  })

  it('answers in JSON, replaces nothing, and what it wrote is imported', { timeout: 60_000 }, async () => {
    const folder = await recordedEverything()
    const ended = await runCli(['recordings', 'export', folder, '--out', join(folder, '../run.lp'), '--json'])
    expect(JSON.parse(ended.stdout)).toMatchObject({ schema: 'chatterfix/export/1', format: 'influx', rows: { readings: 8 } })
    const again = await runCli(['recordings', 'export', folder, '--out', join(folder, '../run.lp')])
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('--force')])
    const back = await runCli(['recordings', 'import', join(folder, '../run.lp'), '--out', join(folder, '../back'), '--json'])
    expect(JSON.parse(back.stdout)).toMatchObject({ schema: 'chatterfix/import/1', rows: { readings: 8, events: 1, gaps: 2 } })
  })
})
