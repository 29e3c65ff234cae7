// What the dashboard costs over capture alone, in a real 160 × 50 pseudo-terminal: simulate on loopback, watch in the terminal, bytes and CPU counted
// after the first 5 s. CPU and memory come from /proc, so this runs on Linux only. DASHBOARD_SECONDS sets how long each run is counted.
// Beside it btop (Debian has it), in the same terminal for the same time. The two draw different things – btop the processes of this machine, we the
// sensors of a plant – so its rows say what another full-screen program spends, not who is better at one task.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { spawn as spawnTerminal } from '@lydell/node-pty'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PROGRAM = `${ROOT}/bin/run.js`
const SIZE = { cols: 160, rows: 50 }
const WARM_UP_MS = 5000
const COUNTED_MS = Number(process.env['DASHBOARD_SECONDS'] ?? 20) * 1000
const KEYS = 240
/** Linux counts CPU time in these (USER_HZ). */
const TICKS_PER_S = 100

export async function measureDashboard() {
  const rows = []
  await withPlant({ sensors: 1000, rate: 10 }, async (target) => {
    const capture = await counted('capture alone (watch --json)', () => piped(['watch', target, '--json', '--timeout', '5s']))
    rows.push(capture)
    const shown = (what, keys) => counted(what, () => inTerminal(['watch', target, '--timeout', '5s']), keys)
    rows.push(over(capture, await shown('1,000 at 10 Hz, every value changes', '')))
    rows.push(over(capture, await shown('the same, table alone (44 rows)', ':layout table\r')))
    rows.push(over(capture, await shown('the same, held', ' ')))
  })
  // Every sensor is sent at 10 Hz and repeats its value; at each tick a tenth of them has a new one.
  await withPlant({ sensors: 1000, rate: 10, changeEvery: 10 }, async (target) => {
    const capture = await counted('a tenth changes at 10 Hz: capture alone', () => piped(['watch', target, '--json', '--timeout', '5s']))
    rows.push(capture)
    const shown = (what, keys) => counted(what, () => inTerminal(['watch', target, '--timeout', '5s']), keys)
    rows.push(over(capture, await shown('a tenth changes at 10 Hz', '')))
    rows.push(over(capture, await shown('the same, table alone (44 rows)', ':layout table\r')))
  })
  await withPlant({ sensors: 20, rate: 1 }, async (target) => {
    // The plant's own sensors are left out of the table; what they send is captured all the same.
    const low = ['watch', target, '--filter', 'sim', '--low-bandwidth', '--timeout', '5s']
    rows.push(await counted('--low-bandwidth, 20 at 1 Hz', () => inTerminal(low)))
    rows.push(await counted('the same, table alone', () => inTerminal(low), ':layout table\r'))
  })
  return [...rows, ...(await measurePeer())]
}

/** btop at its own pace (2 s) and at ours (five frames a second). */
async function measurePeer() {
  const found = spawnSync('btop', ['--version'], { encoding: 'utf8' })
  if (found.error) {
    process.stdout.write(`btop is not installed, so there is no peer beside it: apt-get install btop (${found.error.message})\n`)
    return []
  }
  process.stdout.write(
    'btop draws the processes of this machine, watch the sensors of a plant: different things in a terminal of the same size.\n',
  )
  const name = found.stdout.trim().replace(' version:', '')
  const rows = []
  for (const [pace, everyMs] of [
    ['every 2 s, as it comes', 2000],
    ['every 200 ms, as we draw', 200],
  ]) {
    const home = mkdtempSync(join(tmpdir(), 'btop-'))
    mkdirSync(join(home, 'btop'))
    writeFileSync(join(home, 'btop', 'btop.conf'), `update_ms = ${everyMs}\n`)
    const env = { XDG_CONFIG_HOME: home, LANG: 'C.UTF-8' }
    try {
      rows.push(await counted(`peer ${name}, ${pace}`, () => programInTerminal(['btop', '--utf-force'], { env, ready: 'proc' })))
    } finally {
      rmSync(home, { recursive: true, force: true })
    }
  }
  return rows
}

export async function measureKeys() {
  return await withPlant({ sensors: 1000, rate: 10 }, async (target) => {
    const run = inTerminal(['watch', target, '--timeout', '5s'])
    await run.showing('sensors 1')
    await delay(WARM_UP_MS)
    const times = []
    for (let key = 0; key < KEYS; key++) {
      // Down and up again: the pointer moves, and with it the row, the chart and its heading.
      const before = run.text.length
      const pressedAt = performance.now()
      run.pty.write(key % 8 < 4 ? 'j' : 'k')
      while (!run.text.slice(before).includes('▸')) {
        if (performance.now() - pressedAt > 5000) throw new Error('a key drew nothing')
        await new Promise((resolve) => setImmediate(resolve))
      }
      times.push(performance.now() - pressedAt)
      await delay(20 + ((key * 37) % 90))
    }
    await run.end()
    times.sort((a, b) => a - b)
    const at = (share) => Number(times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1))
    return [{ what: 'key to frame, 1,000 at 10 Hz', keys: KEYS, medianMs: at(0.5), p99Ms: at(0.99), worstMs: at(1), load: load() }]
  })
}

/** One run: what it writes and uses from 5 s after its first picture on. */
async function counted(what, start, keys = '') {
  const run = start()
  try {
    await run.ready()
    if (keys !== '') run.pty.write(keys)
    await delay(WARM_UP_MS)
    const from = { bytes: run.bytes(), cpuMs: cpuMs(run.pid), rssMb: rssMb(run.pid), at: performance.now() }
    await delay(COUNTED_MS)
    const seconds = (performance.now() - from.at) / 1000
    const toRss = rssMb(run.pid)
    return {
      what,
      seconds: Math.round(seconds),
      kbPerS: run.isTerminal ? Number(((run.bytes() - from.bytes) / 1000 / seconds).toFixed(2)) : null,
      cpuPercent: Number(((cpuMs(run.pid) - from.cpuMs) / 10 / seconds).toFixed(1)),
      rssMb: `${from.rssMb} → ${toRss}`,
      load: load(),
    }
  } finally {
    await run.end()
  }
}

function over(capture, shown) {
  return { ...shown, overCapture: Number((shown.cpuPercent - capture.cpuPercent).toFixed(1)) }
}

function inTerminal(args) {
  return programInTerminal([process.execPath, PROGRAM, ...args], { env: {}, ready: 'sensors' })
}

function programInTerminal([program, ...args], { env: more, ready }) {
  const { CI: _ci, NO_COLOR: _noColor, ...env } = process.env
  const pty = spawnTerminal(program, args, { ...SIZE, cwd: ROOT, env: { ...env, TERM: 'xterm-256color', ...more } })
  const run = { pid: pty.pid, pty, isTerminal: true, text: '', count: 0, bytes: () => run.count }
  let hasEnded = false
  const ended = new Promise((resolve) =>
    pty.onExit(() => {
      hasEnded = true
      resolve()
    }),
  )
  pty.onData((data) => {
    run.count += Buffer.byteLength(data)
    // Enough to find what is looked for; a run would fill the memory otherwise.
    run.text = run.text.length > 1e6 ? data : run.text + data
  })
  run.showing = async (text) => {
    const deadline = performance.now() + 30_000
    while (!run.text.includes(text)) {
      if (hasEnded || performance.now() > deadline) throw new Error(`never showed ${text}: ${run.text.slice(-2000)}`)
      await delay(50)
    }
  }
  run.ready = () => run.showing(ready)
  run.end = async () => {
    if (!hasEnded) pty.kill('SIGTERM')
    await Promise.race([ended, delay(5000)])
    if (!hasEnded) pty.kill('SIGKILL')
  }
  return run
}

function piped(args) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: ROOT, stdio: 'ignore' })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  return {
    pid: child.pid,
    isTerminal: false,
    bytes: () => 0,
    // Nothing tells from outside that it has begun; the terminal's runs take about as long.
    ready: () => delay(3000),
    end: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function withPlant({ sensors, rate, changeEvery = 1 }, work) {
  const flags = ['--mqtt', '0', '--modbus', '0', '--opcua', '0', '--line', '0', '--sensors', `${sensors}`, '--rate', `${rate}`]
  flags.push('--change-every', `${changeEvery}`)
  const plant = spawn(process.execPath, [PROGRAM, 'simulate', ...flags, '--json', '--with-parent'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise((resolve) => plant.on('exit', resolve))
  try {
    const line = await new Promise((resolve) => createInterface({ input: plant.stdout }).once('line', resolve))
    return await work(JSON.parse(line).addresses.mqtt.replace(/\/$/, ''))
  } finally {
    plant.kill('SIGTERM')
    await ended
  }
}

/** User and system time of a process and its threads (proc(5), fields 14 and 15). */
function cpuMs(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_S
}

function rssMb(pid) {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024)
}

function load() {
  return Number(loadavg()[0].toFixed(1))
}
