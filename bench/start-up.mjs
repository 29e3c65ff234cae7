// Wall time of the first answers against a bare `node -e 0`, in one run: medians of interleaved starts.
import { spawnSync } from 'node:child_process'
import process from 'node:process'

const ROUNDS = 25
const COMMANDS = {
  'node -e 0': ['-e', '0'],
  'chatterfix --version': ['bin/run.js', '--version'],
  'chatterfix --help': ['bin/run.js', '--help'],
  'chatterfix record --help': ['bin/run.js', 'record', '--help'],
}
const PROMISED = { 'chatterfix --version': 1.5, 'chatterfix --help': 3 }

export function measureStartUp() {
  const times = Object.fromEntries(Object.keys(COMMANDS).map((name) => [name, []]))
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, words] of Object.entries(COMMANDS)) {
      const startedAt = performance.now()
      spawnSync(process.execPath, words, { stdio: 'ignore' })
      // The first round warms the caches.
      if (round > 0) times[name].push(performance.now() - startedAt)
    }
  }
  const bare = median(times['node -e 0'])
  return Object.entries(times).map(([name, each]) => ({
    name,
    medianMs: Number(median(each).toFixed(1)),
    ratio: Number((median(each) / bare).toFixed(2)),
    promised: PROMISED[name] ?? null,
  }))
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
