// How often the register inference is right on made-up devices: 500 maps of the committed seed, then three seeds that nobody looked at while it was written.
import process from 'node:process'
import { inferRegisters } from '../dist/drivers/modbus/inference/infer-registers.js'
import { COMMITTED_SEED, generateMap } from '../test/fakes/modbus/generated-map.ts'
import { scoreMap } from '../test/fakes/modbus/score-inference.ts'

const MAPS = 500
const STATED_FROM = 0.65
const SEEDS = (process.env.INFERENCE_SEEDS ?? `${COMMITTED_SEED},8101,8102,8103`).split(',').map(Number)
const DEVICE = { host: 'h', port: 502, unit: 1 }
const runs = new Map()

export function measureShares() {
  return SEEDS.map((seed) => ({ seed, ...figuresOf(run(seed)) }))
}

/** Rows: what a value is. Columns: what was stated of its first register. The committed seed. */
export function confusion() {
  const table = {}
  for (const { truth, point } of run(SEEDS[0]).coverage) {
    const row = (table[truth.type] ??= {})
    const said = point === null || point.confidence < STATED_FROM ? 'not stated' : point.type
    row[said] = (row[said] ?? 0) + 1
  }
  return table
}

/** Among answers given at a confidence, how many are right. All seeds. */
export function calibration() {
  const verdicts = SEEDS.flatMap((seed) => run(seed).verdicts)
  const edges = [0, 0.4, 0.5, 0.65, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 1.01]
  return edges.slice(0, -1).map((low, index) => {
    const within = verdicts.filter(({ point }) => point.confidence >= low && point.confidence < edges[index + 1])
    const from = verdicts.filter(({ point }) => point.confidence >= low)
    return {
      'confidence from': low,
      to: Math.min(1, edges[index + 1]),
      answers: within.length,
      right: share(within, isRight),
      'right at this or more': share(from, isRight),
    }
  })
}

function run(seed) {
  const known = runs.get(seed)
  if (known) return known
  const all = { verdicts: [], coverage: [] }
  for (let index = 0; index < MAPS; index++) {
    const map = generateMap(seed * MAPS + index)
    const ranges = map.blocks.map(({ table, from, samples }) => ({ table, from, quantity: samples[0].length, samples }))
    const { verdicts, coverage } = scoreMap(map, inferRegisters(DEVICE, ranges))
    all.verdicts.push(...verdicts)
    all.coverage.push(...coverage)
  }
  runs.set(seed, all)
  return all
}

function figuresOf({ verdicts, coverage }) {
  const stated = verdicts.filter(({ point }) => point.confidence >= STATED_FROM)
  const informed = stated.filter((verdict) => verdict.isInformed)
  const scaled = stated.filter(({ isScaleRight }) => isScaleRight !== null)
  const isStated = ({ point }) => point !== null && point.confidence >= STATED_FROM
  return {
    values: coverage.length,
    'stated right': share(stated, isRight),
    'stated right, informed': share(informed, isRight),
    answered: share(coverage, isStated),
    'answered, informed': share(
      coverage.filter((each) => each.isInformed),
      isStated,
    ),
    'same type by name': share(stated, ({ isSameName }) => isSameName),
    'scales stated': scaled.length,
    'scales right': share(scaled, ({ isScaleRight }) => isScaleRight),
  }
}

function isRight(verdict) {
  return verdict.isRight
}

function share(all, holds) {
  return all.length === 0 ? null : Number((all.filter(holds).length / all.length).toFixed(4))
}
