import { describe, expect, it } from 'vitest'
import { runCli } from './run-cli.js'

describe('simulate', { timeout: 60_000 }, () => {
  it('starts the plant where nothing but ports is said, tells where, and ends', async () => {
    const { code, stdout } = await runCli([
      'simulate',
      '--modbus',
      '0',
      '--mqtt',
      '0',
      '--opcua',
      '0',
      '--line',
      '0',
      '--for',
      '1s',
      '--json',
    ])
    expect(code).toBe(0)
    expect(stdout).toMatch(/modbus-tcp:\/\/127\.0\.0\.1:\d+/)
    expect(stdout).toMatch(/mqtt:\/\/127\.0\.0\.1:\d+/)
    expect(stdout).toMatch(/opc\.tcp:\/\/127\.0\.0\.1:\d+/)
  })
})
