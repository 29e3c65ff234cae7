// Analysis against SciPy on one core, both in the same run and in turns; medians. ANALYSIS_CASES=Welch picks cases by a part of their name.
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { CASES } from './analysis/cases.mjs'

const ROUNDS = Number(process.env['ANALYSIS_ROUNDS'] ?? 5)
/** A case of milliseconds is repeated for so long, up to so often: five rounds of it would be judged by whoever else was awake. */
const LEAST_S = 3
const MOST_ROUNDS = 50
// Debian's, which CI installs; another python3 on the path may lack SciPy.
const PYTHON = process.env['ANALYSIS_PYTHON'] ?? '/usr/bin/python3'

export async function againstScipy() {
  const wanted = process.env['ANALYSIS_CASES'] ?? ''
  const rows = []
  for (const each of CASES.filter(({ name }) => name.includes(wanted))) rows.push(await measure(each))
  return rows
}

async function measure({ name, count, type, ours, theirs }) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-analysis-'))
  const file = join(folder, 'samples')
  const samples = noise(count, type)
  await writeFile(file, samples)
  const python = scipy()
  try {
    const { scipy: version } = JSON.parse(await python.answer())
    await python.ask({ code: theirs, file, type })
    ours(samples)
    const times = { ours: [], theirs: [] }
    const until = performance.now() + 1000 * LEAST_S
    for (let round = 0; round < ROUNDS || (round < MOST_ROUNDS && performance.now() < until); round++) {
      times.theirs.push(JSON.parse(await python.ask({ again: true })))
      const [started, spent] = [performance.now(), process.cpuUsage()]
      ours(samples)
      const { user, system } = process.cpuUsage(spent)
      times.ours.push([(performance.now() - started) / 1000, (user + system) / 1e6])
    }
    const [wall, cpu] = [0, 1].map((index) => [times.ours, times.theirs].map((runs) => median(runs.map((run) => run[index]))))
    return {
      case: name,
      'ours s': wall[0].toFixed(4),
      'scipy s': wall[1].toFixed(4),
      ratio: (wall[1] / wall[0]).toFixed(2),
      // On a busy machine the wall says who had to wait; garbage collector and compiler threads are in ours.
      'ratio of CPU time': (cpu[1] / cpu[0]).toFixed(2),
      scipy: version,
      load: loadavg()[0].toFixed(1),
    }
  } finally {
    await python.end()
    await rm(folder, { recursive: true, force: true })
  }
}

function scipy() {
  const child = spawn(PYTHON, [new URL('./analysis/timer.py', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${PYTHON} with scipy ended before it answered`)
    return value
  }
  return {
    answer,
    ask: (order) => {
      child.stdin.write(`${JSON.stringify(order)}\n`)
      return answer()
    },
    end: () => {
      child.stdin.end()
      return ended
    },
  }
}

/** Noise and a tone, the same in every run. */
function noise(count, type) {
  const samples = type === 'float32' ? new Float32Array(count) : new Float64Array(count)
  let state = 12345
  for (let k = 0; k < count; k++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    samples[k] = state / 2 ** 32 - 0.5 + Math.sin(0.3 * k)
  }
  return samples
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
}
