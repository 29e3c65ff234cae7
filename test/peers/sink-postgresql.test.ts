import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPostgresSink } from '../../src/sinks/postgres/postgres-sink.js'
import type { SinkSurroundings } from '../../src/sinks/surroundings.js'
import { describeSink } from '../conformance/sink-conformance.js'
import { batchOf, runAt, surroundings, T0, temporaryFolder } from '../sinks/spool/material.js'
import { type FarEndProcess, farEndProcess, freePort, gateTo } from './far-end-process.js'
import { missingPeer } from './requirement.js'
import { throughAnOutage } from './through-an-outage.js'

const programs = programFolder()
const missing = missingPeer('postgresql', ['test', '-x', join(programs, 'initdb')])
const PASSWORD = 'correct horse'

describe.skipIf(missing !== null)(
  `the postgres sink against Debian's postgresql${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let folder: string
    let port: number
    let server: FarEndProcess

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'postgresql-'))
      port = await freePort()
      const owner = ownerOfServer()
      const [database, secret] = [join(folder, 'database'), join(folder, 'password')]
      mkdirSync(database)
      writeFileSync(secret, PASSWORD)
      if (owner) for (const path of [folder, database, secret]) chownSync(path, owner.uid, owner.gid)
      execFileSync(
        join(programs, 'initdb'),
        ['-D', database, '-U', 'recorder', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--no-sync'],
        {
          stdio: 'ignore',
          ...owner,
        },
      )
      const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`].flatMap((setting) => ['-c', setting])
      server = farEndProcess({
        command: join(programs, 'postgres'),
        args: ['-D', database, '-p', String(port), ...settings],
        port,
        ...(owner ? { owner } : {}),
      })
      await server.start()
    })
    afterAll(async () => {
      await server.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    })

    function around(root: string, password = PASSWORD): ReturnType<typeof surroundings> & SinkSurroundings {
      return { ...surroundings(root), credentials: () => ({ user: 'recorder', password }) }
    }

    const to = (table: string, more = '&create=yes', at = port) => `postgres://recorder@127.0.0.1:${at}/postgres?table=${table}${more}`

    async function select(sql: string): Promise<readonly Record<string, unknown>[]> {
      const client = new pg.Client({ host: '127.0.0.1', port, user: 'recorder', password: PASSWORD, database: 'postgres' })
      client.on('error', () => undefined)
      await client.connect()
      try {
        return (await client.query<Record<string, unknown>>(sql)).rows
      } finally {
        await client.end()
      }
    }

    it('loses nothing and doubles nothing while the server is killed and comes back', async () => {
      const sink = createPostgresSink(to('outage'), around(await temporaryFolder()))
      const { taken } = await throughAnOutage(sink, { kill: () => server.kill('SIGKILL'), restart: () => server.start() })
      expect(await select('SELECT count(*)::int AS n, count(DISTINCT value)::int AS different, sum(value) AS sum FROM outage')).toEqual([
        { n: taken, different: taken, sum: (taken * (taken - 1)) / 2 },
      ])
      expect(await select('SELECT time, sensor, sequence, value, unit, quality, text FROM outage ORDER BY time LIMIT 1')).toEqual([
        { time: new Date('2026-11-22T15:00:00Z'), sensor: 'pump/temperature', sequence: 0, value: 0, unit: 'bar', quality: 0, text: null },
      ])
    })

    it('takes the same again without doubling it', async () => {
      for (let run = 0; run < 2; run++) {
        const sink = createPostgresSink(to('again'), around(await temporaryFolder()))
        await sink.start(runAt(T0))
        await sink.take(batchOf(0, 50))
        await sink.close('duration')
        expect(sink.tally().stored).toBe(50)
      }
      expect(await select('SELECT count(*)::int AS n FROM again')).toEqual([{ n: 50 }])
    })

    it.each([
      ['a wrong password', '&create=yes', 'wrong', /password authentication failed/],
      ['a table that is not there', '', PASSWORD, /there is no table "absent"; create=yes/],
    ])('tells once of %s, keeps everything, and repeats no secret', async (_, more, password, reason) => {
      const world = around(await temporaryFolder(), password)
      const sink = createPostgresSink(to('absent', more), world)
      await sink.start(runAt(T0))
      await sink.take(batchOf(0, 5))
      await expect.poll(() => world.log.warnings.length, { timeout: 10_000 }).toBe(1)
      await sink.close('duration')
      expect(world.log.warnings[0]).toMatch(reason)
      expect(sink.tally()).toMatchObject({ stored: 0, spooled: 5, dropped: 0 })
      expect(JSON.stringify([world.log, sink.name])).not.toContain(password)
    })

    it('stores texts that PostgreSQL has no spelling for, and drops nothing for them', async () => {
      const sink = createPostgresSink(to('texts'), around(await temporaryFolder()))
      await sink.start(runAt(T0))
      await sink.take({ ...batchOf(0, 2), texts: ['a\0b', '\ud800 half'] })
      await sink.close('duration')
      expect(sink.tally()).toMatchObject({ stored: 2, dropped: 0 })
      expect(await select('SELECT text FROM texts ORDER BY time')).toEqual([{ text: 'a\uFFFDb' }, { text: '\uFFFD half' }])
    })

    let table = 0
    describeSink({
      name: 'postgres',
      waveforms: 'dropped',
      async start() {
        const gate = await gateTo(port)
        const root = await temporaryFolder()
        const name = `conformance_${++table}`
        const sink = () => createPostgresSink(to(name, '&create=yes', gate.port), around(root))
        return {
          sink: sink(),
          async countStored() {
            const [{ there = null } = {}] = await select(`SELECT to_regclass('${name}') AS there`)
            return there === null ? 0 : Number((await select(`SELECT count(*)::int AS n FROM ${name}`))[0]?.['n'])
          },
          breakFarEnd: () => gate.shut(),
          startAgain: () => {
            gate.open()
            return sink()
          },
          stop: () => gate.stop(),
        }
      },
    })
  },
)

/** Debian keeps them out of the path, by version. */
function programFolder(): string {
  const root = '/usr/lib/postgresql'
  const version = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a))[0] : undefined
  return join(root, version ?? 'none', 'bin')
}

/** PostgreSQL refuses to run as root. */
function ownerOfServer(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
