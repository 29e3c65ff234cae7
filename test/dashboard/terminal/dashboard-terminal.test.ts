import { PassThrough } from 'node:stream'
import { Terminal } from '@xterm/headless'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/cli/system-clock.js'
import type { DashboardOptions } from '../../../src/dashboard/dashboard-options.js'
import { showDashboard } from '../../../src/dashboard/show-dashboard.js'
import { createDashboardSink } from '../../../src/dashboard/store.js'

const SIZE = { columns: 80, rows: 24 }

/** A dashboard on an emulated terminal, which may break in the middle. */
function shown(options: Partial<DashboardOptions> = {}) {
  const emulator = new Terminal({ cols: SIZE.columns, rows: SIZE.rows, allowProposedApi: true })
  const stdout = Object.assign(new PassThrough(), SIZE)
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  let bytes = ''
  stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.toString()
    emulator.write(chunk)
  })
  const { store } = createDashboardSink({ clock: systemClock })
  const ended = showDashboard({ store, title: 'here', signal: new AbortController().signal, terminal: { stdin, stdout }, ...options })
  const settled = async () => {
    const outcome = await ended.then(
      (end) => end,
      (thrown: unknown) => thrown,
    )
    await new Promise<void>((resolve) => emulator.write('', resolve))
    return outcome
  }
  return { emulator, stdin, stdout, settled, written: () => bytes }
}

function expectRestored(emulator: Terminal): void {
  expect(emulator.buffer.active.type).toBe('normal')
  expect(emulator.modes).toMatchObject({ mouseTrackingMode: 'none', sendFocusMode: false, wraparoundMode: true })
}

describe('the dashboard on a terminal', () => {
  it('gives it back when a view throws, and throws that on', async () => {
    const { store } = createDashboardSink({ clock: systemClock })
    const broken = { ...store, hasEnded: () => fail('a view is broken') }
    const { emulator, settled } = shown({ store: broken, looks: { palette: 'colour', signs: 'unicode', mouse: 'on' } })
    expect(await settled()).toMatchObject({ message: 'a view is broken' })
    expectRestored(emulator)
  })

  it('gives it back when its input ends, and says that the terminal is gone', async () => {
    const { emulator, stdin, settled } = shown()
    stdin.end()
    expect(await settled()).toBe('terminal-gone')
    expectRestored(emulator)
  })

  it('asks for the mouse where it is wanted, and for focus always', async () => {
    const { stdin, settled, written } = shown({ looks: { palette: 'colour', signs: 'ascii', mouse: 'on' } })
    stdin.write('q')
    expect(await settled()).toBe('quit')
    expect(written()).toContain('\u001b[?1000h')
    expect(written()).toContain('\u001b[?1004h')
    expect(written()).not.toMatch(/[^\u0000-\u007f]/)
  })
})

function fail(message: string): never {
  throw new Error(message)
}
