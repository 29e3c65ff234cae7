// How often the register inference is right on made-up devices: the stored maps, the same generator with seeds that nobody looked at, and devices as
// other engineers lay them out. INFERENCE_SEEDS=1,2 and INFERENCE_MAPS=100 choose others.
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { inferRegisters } from '../dist/drivers/modbus/inference/infer-registers.js'
import { FAMILIES, fieldMap } from '../test/fakes/modbus/field-map.ts'
import { generateMap } from '../test/fakes/modbus/generated-map.ts'
import { scoreMap } from '../test/fakes/modbus/score-inference.ts'
import { readMaps } from '../test/fakes/modbus/stored-maps.ts'

const STATED_FROM = 0.65
const MAPS = Number(process.env.INFERENCE_MAPS ?? 200)
const SEEDS = (process.env.INFERENCE_SEEDS ?? '8101,8102').split(',').map(Number)
const DEVICE = { host: 'h', port: 502, unit: 1 }
const runs = new Map()

/** What is asked of it: a right numbers, b right name with its sign where that can be told, c right scale where one is claimed, d scale without grounds. */
export function bySource() {
  return [stored(), ...SEEDS.map(another)].map(({ name, maps, scores }) => ({ source: name, maps, ...figuresOf(scores()) }))
}

/** The same by how a device is laid out; devices of another generator. */
export function byFamily() {
  return SEEDS.flatMap((seed) =>
    FAMILIES.map((family) => ({
      family,
      seed,
      ...figuresOf(scored(`${family} ${seed}`, () => some((index) => fieldMap(family, seed * 1000 + index)))),
    })),
  )
}

/** Rows: what a value is. Columns: what was stated of its first register. The stored maps. */
export function confusion() {
  return confusionOf(stored().scores())
}

export function confusionByOthers() {
  const all = SEEDS.flatMap((seed) => FAMILIES.map((family) => runs.get(`${family} ${seed}`))).filter(Boolean)
  return confusionOf({ coverage: all.flatMap(({ coverage }) => coverage) })
}

/** Among answers given at a confidence, how many are right. Everything above. */
export function calibration() {
  const verdicts = [...runs.values()].flatMap((scores) => scores.verdicts)
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

function stored() {
  const { seed, maps } = readMaps(readFileSync(new URL('../fixtures/inference/maps.jsonl', import.meta.url), 'utf8'))
  return { name: `stored, seed ${seed}`, maps: maps.length, scores: () => scored('stored', () => maps) }
}

function another(seed) {
  return { name: `seed ${seed}`, maps: MAPS, scores: () => scored(`seed ${seed}`, () => some((index) => generateMap(seed * 500 + index))) }
}

function some(make) {
  return Array.from({ length: MAPS }, (_, index) => make(index))
}

function scored(name, maps) {
  const known = runs.get(name)
  if (known) return known
  const all = { verdicts: [], coverage: [] }
  for (const map of maps()) {
    const ranges = map.blocks.map(({ table, from, samples }) => ({ table, from, quantity: samples[0].length, samples }))
    const { verdicts, coverage } = scoreMap(map, inferRegisters(DEVICE, ranges))
    all.verdicts.push(...verdicts)
    all.coverage.push(...coverage)
  }
  runs.set(name, all)
  return all
}

function figuresOf({ verdicts, coverage }) {
  const stated = verdicts.filter(({ point }) => point.confidence >= STATED_FROM)
  const right = stated.filter(isRight)
  const open = right.filter(({ isDistinguishable }) => !isDistinguishable)
  const absent = coverage.filter(({ truth }) => truth.type === 'absent')
  return {
    values: coverage.length,
    'a numbers': share(stated, isRight),
    'b name, where told': share(
      stated.filter(({ truth, isDistinguishable }) => truth !== null && isDistinguishable),
      ({ isSameName }) => isSameName,
    ),
    'c scale': share(
      stated.filter(({ isScaleRight }) => isScaleRight !== null),
      ({ isScaleRight }) => isScaleRight,
    ),
    'd scale, no grounds': stated.filter(({ isScaleBare }) => isScaleBare).length,
    answered: share(coverage, isStated),
    'open: name right': share(open, ({ isSameName }) => isSameName),
    'open: name among those said': share(open, ({ isNamed }) => isNamed),
    'absent as a number': absent.filter((each) => isStated(each) && each.point.value !== null).length,
  }
}

function confusionOf({ coverage }) {
  const table = {}
  for (const { truth, point } of coverage) {
    const row = (table[truth.type] ??= {})
    const said =
      point === null || point.confidence < STATED_FROM ? 'not stated' : (point.valueIs ?? (point.kind === 'state' ? 'bits' : point.type))
    row[said] = (row[said] ?? 0) + 1
  }
  return table
}

function isStated({ point }) {
  return point !== null && point.confidence >= STATED_FROM
}

function isRight(verdict) {
  return verdict.isRight
}

function share(all, holds) {
  return all.length === 0 ? null : Number((all.filter(holds).length / all.length).toFixed(3))
}
