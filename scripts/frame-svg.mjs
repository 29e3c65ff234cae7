// Runs a command of ours in a real pseudo-terminal and writes what its screen shows as a picture, SVG or PNG by the name of the file:
//   node scripts/frame-svg.mjs OUT.svg 110x32 8s watch simulator://pump-set
//   node scripts/frame-svg.mjs OUT.svg 120x34 'REC+25s' demo --for 1m        25 s after the screen first shows REC, however slow the machine is
// FRAME_KEYS are pressed then: FRAME_KEYS=jjj chooses the fourth sensor.
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { spawn } from '@lydell/node-pty'
import xterm from '@xterm/headless'
import { framePng } from '../dist/dashboard/frame-png/frame-png.js'
import { frameSvg } from '../dist/dashboard/frame-svg.js'

const [out, size = '110x32', wait = '8s', ...words] = process.argv.slice(2)
const [columns, rows] = size.split('x').map(Number)
const root = fileURLToPath(new URL('..', import.meta.url))
const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true })
const { CI: _ci, NO_COLOR: _noColor, ...inherited } = process.env
const pty = spawn(process.execPath, [`${root}/bin/run.js`, ...words], {
  cols: columns,
  rows,
  cwd: root,
  env: { ...inherited, TERM: 'xterm-256color' },
})
pty.onData((text) => terminal.write(text))
const [, shown = '', seconds = '8'] = /^(?:(.+)\+)?([\d.]+)s$/.exec(wait) ?? []
if (shown !== '') await until(() => screenText().includes(shown))
pty.write(process.env['FRAME_KEYS'] ?? '')
await delay(Number(seconds) * 1000)
const cells = Array.from({ length: rows }, (_, row) => {
  const line = terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row)
  return Array.from({ length: columns }, (_unused, column) => {
    const cell = line.getCell(column)
    return {
      text: cell.getWidth() === 0 ? '' : cell.getChars() || ' ',
      colour: cell.isFgDefault() ? null : cell.getFgColor(),
      weight: cell.isBold() ? 'bold' : cell.isDim() ? 'dim' : 'normal',
      field: cell.isInverse() ? 'reverse' : 'normal',
    }
  })
})
const picture = out.endsWith('.png') ? framePng : frameSvg
writeFileSync(out, await picture(cells, `chatterfix ${words.join(' ')}`))
const ended = new Promise((resolve) => pty.onExit(resolve))
pty.write('q')
await Promise.race([ended, delay(3000)])
pty.kill('SIGKILL')

function screenText() {
  const { active } = terminal.buffer
  return Array.from({ length: rows }, (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '').join('\n')
}

async function until(isSo) {
  const deadline = performance.now() + 180_000
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`the screen never showed it:\n${screenText()}`)
    await delay(100)
  }
}
