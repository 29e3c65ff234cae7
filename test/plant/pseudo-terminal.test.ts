import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openPseudoTerminal } from '../../src/plant/servers/serial/pseudo-terminal.js'

const LINE = 'FLOW 12.34 m3/h\r\n'

describe('a pseudo-terminal that nobody reads', () => {
  it('takes what the system holds, loses the rest, and leaves the event loop alone', async () => {
    const terminal = await openPseudoTerminal()
    try {
      let taken = 0
      for (let k = 0; k < 20_000; k++) if (terminal.send(LINE)) taken++
      expect(terminal.send(LINE)).toBe(false)
      expect(taken).toBeGreaterThan(100)
      const before = performance.eventLoopUtilization()
      await wait(300)
      expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
      // What was taken is there for whoever comes.
      const read = spawnSync('timeout', ['5', 'head', '-n', '1', terminal.path], { encoding: 'utf8' })
      expect(read.stdout.trim()).toBe(LINE.trim())
    } finally {
      terminal.close()
    }
    expect(terminal.send(LINE)).toBe(false)
  })
})
