// A folder of WAV files from end to end: ours by one and by two threads, beside a plain SciPy script that does the same work on one core, in turns.
// Two processes that share nothing show how far two cores of the machine go at all.
// BATCH_FILES=1000 and BATCH_SECONDS=2 choose others; ours also tells which part of the bearing is damaged and what else the machine shows.
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { encodeWav } from '../dist/waveform-files/encode-wav.js'

const FILES = Number(process.env['BATCH_FILES'] ?? 1000)
const SECONDS = Number(process.env['BATCH_SECONDS'] ?? 2)
const ROUNDS = Number(process.env['BATCH_ROUNDS'] ?? 1)
const PYTHON = process.env['ANALYSIS_PYTHON'] ?? '/usr/bin/python3'
const RATE_HZ = 25_600
/** As many different signals; the rest are copies of them. */
const DISTINCT = 20

export async function folderOfFiles() {
  const folder = await mkdtemp(join(tmpdir(), 'batch-'))
  try {
    await fill(folder)
    const cli = fileURLToPath(new URL('../bin/run.js', import.meta.url))
    const words = ['analyze', 'vibration', folder, '--unit', 'm/s²', '--speed', '1482', '--bearing', 'n=9,d=7.94,D=39.04,angle=0', '--json']
    const script = fileURLToPath(new URL('batch/scipy-folder.py', import.meta.url))
    const runs = {
      'ours, 1 thread': () => timed(process.execPath, [cli, ...words, '--jobs', '1']),
      'ours, 2 threads': () => timed(process.execPath, [cli, ...words, '--jobs', '2']),
      'ours, 2 processes of 1 thread': () =>
        Promise.all([1, 2].map((k) => timed(process.execPath, [cli, ...words, '--jobs', '1', '--shard', `${k}/2`]))).then((all) =>
          Math.max(...all),
        ),
      scipy: () => timed(PYTHON, [script, folder], { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' }),
    }
    const seconds = Object.fromEntries(Object.keys(runs).map((name) => [name, []]))
    for (let round = 0; round < ROUNDS; round++) for (const [name, run] of Object.entries(runs)) seconds[name].push(await run())
    const median = (name) => seconds[name].toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]
    return Object.keys(runs).map((name) => ({
      what: name,
      files: FILES,
      's a file': SECONDS,
      seconds: Number(median(name).toFixed(2)),
      '× scipy': Number((median('scipy') / median(name)).toFixed(2)),
      '× 1 thread': Number((median('ours, 1 thread') / median(name)).toFixed(2)),
      load: Number(loadavg()[0].toFixed(1)),
    }))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Noise; in every second signal impacts that ring down at 4 kHz return as often as an outer race meets a defect. */
function signalOf(seed) {
  let state = seed
  const uniform = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
  const samples = Float32Array.from(
    { length: RATE_HZ * SECONDS },
    () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  )
  if (seed % 2 === 1) return samples
  for (let atS = 0; atS < SECONDS; atS += 1 / 88.54) {
    const from = Math.round(atS * RATE_HZ)
    for (let k = 0; k < 200 && from + k < samples.length; k++)
      samples[from + k] += 5 * Math.exp(-k / 30) * Math.sin((2 * Math.PI * 4000 * k) / RATE_HZ)
  }
  return samples
}

async function fill(folder) {
  const texts = []
  for (let k = 0; k < DISTINCT; k++) {
    const samples = signalOf(k + 1)
    const pieces = []
    const signal = { name: `f${k}`, unit: 'm/s²', startedAt: 0, sampleRateHz: RATE_HZ, encoding: 'float32', length: samples.length }
    async function* all() {
      yield samples
    }
    for await (const piece of encodeWav([{ ...signal, samples: all }])) pieces.push(piece)
    texts.push(Buffer.concat(pieces))
  }
  for (let k = 0; k < FILES; k++) await writeFile(join(folder, `f${String(k).padStart(5, '0')}.wav`), texts[k % DISTINCT])
}

function timed(program, words, env = {}) {
  const { promise, resolve, reject } = Promise.withResolvers()
  const started = performance.now()
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } })
  child.on('error', reject)
  child.on('close', (code) =>
    code === 0 ? resolve((performance.now() - started) / 1000) : reject(new Error(`${program} ended with ${code}`)),
  )
  return promise
}
