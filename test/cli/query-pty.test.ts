import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { recorded } from '../recordings/material.js'
import { batchFrom, T0, TEMPERATURE, temporaryFolder } from '../sinks/recording/material.js'
import { ROOT, TerminalRun } from './terminal-run.js'

describe.skipIf(!existsSync(`${ROOT}/dist/commands/query.js`))('query on a terminal', () => {
  test('asks, completes, draws, stops a query, remembers, and leaves', { timeout: 60_000 }, async () => {
    const folder = await recorded([TEMPERATURE], [batchFrom([TEMPERATURE], T0, 30)])
    const state = await temporaryFolder()
    using run = new TerminalRun(['query', '--recording', folder], { columns: 80, rows: 30 }, { XDG_DATA_HOME: state })
    await run.until('the prompt shows', () => run.screen.includes('chatterfix> '))
    run.pty.write('select count(*) as n\r')
    await run.until('the statement goes on', () => run.screen.includes('... '))
    // A tab in the midst of pasted text is a tab; pressed by itself it completes.
    run.pty.write('from readi')
    await run.until('it is typed', () => run.screen.includes('from readi'))
    run.pty.write('\t')
    await run.until('the view is completed', () => run.screen.includes('from readings'))
    run.pty.write(" where sensor = 'pu")
    await run.until('it is typed', () => run.screen.includes("'pu"))
    run.pty.write('\t')
    await run.until('the sensor is completed', () => run.screen.includes(`'${TEMPERATURE.key}'`))
    run.pty.write(';\r')
    await run.until('the answer shows', () => /^30$/m.test(run.screen))

    run.pty.write('select sum(a.range * b.range) from range(10000000) a, range(10000000) b;\r')
    await run.until('it is typed', () => run.screen.includes(') b;'))
    await new Promise((resolve) => setTimeout(resolve, 500))
    run.pty.write('\u0003')
    await run.until('the query was stopped', () => /^stopped$/m.test(run.screen))

    run.pty.write('select sensr from readings;\r')
    await run.until('the fault shows', () => run.screen.includes('did you mean'))
    run.pty.write('.plot select time, sensor, value, unit from readings\r')
    await run.until('the chart shows', () => /min .* max .* last .* °C/.test(run.screen))
    run.pty.write('\u001b[A\u001b[A\u001b[A\u001b[A')
    await run.until('the first statement is called back whole', () => /chatterfix> select count\(\*\) as n from readings/.test(run.screen))
    run.pty.write('\u0003')
    run.pty.write('\u0004')
    await run.ended()
    expect(run.exitCode).toBe(0)
    const history = await readFile(join(state, 'chatterfix', 'query-history'), 'utf8')
    expect(history).toContain('select count(*) as n\\nfrom readings')
  })
})
