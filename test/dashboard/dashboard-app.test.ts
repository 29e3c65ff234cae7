import { render } from 'ink-testing-library'
import { createElement } from 'react'
import { describe, expect, it } from 'vitest'
import { DashboardApp } from '../../src/dashboard/dashboard-app.js'
import type { KeyPress } from '../../src/dashboard/keys/key-press.js'
import { plainRow, type Row } from '../../src/dashboard/rows/style.js'

async function pressed(...inputs: readonly string[]): Promise<KeyPress[]> {
  const keys: KeyPress[] = []
  const app = render(createElement(DashboardApp, { rows: [], paint: () => undefined, onKey: (key: KeyPress) => keys.push(key) }))
  for (const input of inputs) {
    app.stdin.write(input)
    // Ink waits a moment before it takes a lone ESC for the key and not for the begin of a sequence.
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
  app.unmount()
  return keys
}

describe('the dashboard component', () => {
  it('hands its rows to the painter, again when they change', () => {
    const painted: string[] = []
    const paint = (rows: readonly Row[]): void => void painted.push(rows.map(plainRow).join('|'))
    const element = (text: string) => createElement(DashboardApp, { rows: [[{ text }]], paint, onKey: () => undefined })
    const app = render(element('one'))
    app.rerender(element('two'))
    app.unmount()
    expect(painted).toEqual(['one', 'two'])
  })

  it('understands arrows, paging and control keys', async () => {
    const keys = await pressed(
      '\u001b[A',
      '\u001b[B',
      '\u001b[5~',
      '\u001b[6~',
      '\u001b[H',
      '\u001b[F',
      '\r',
      '\u001b',
      '\u007f',
      '\u0003',
      '\u001a',
    )
    expect(keys.map(({ name }) => name)).toEqual([
      'up',
      'down',
      'page-up',
      'page-down',
      'home',
      'end',
      'enter',
      'escape',
      'backspace',
      'ctrl-c',
      'ctrl-z',
    ])
  })

  it('takes letters typed faster than it reads one by one, Enter included', async () => {
    expect(await pressed('/ab\r')).toEqual([
      { name: 'text', text: '/' },
      { name: 'text', text: 'a' },
      { name: 'text', text: 'b' },
      { name: 'enter' },
    ])
  })
})
