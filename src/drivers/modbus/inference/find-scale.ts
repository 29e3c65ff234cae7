import type { Block } from './candidate.js'
import type { Answer } from './choose-answers.js'
import { isWholeNumber, scalesFor } from './favour-of-hints.js'
import { agreeingScale, type Hint } from './hint.js'
import { gridFrequency, type KnownKind, mainsVoltages, temperature } from './known-kind.js'
import { seenOf } from './not-available.js'

/** A value of the same device that needs no scale. */
export interface KnownFloat {
  /** E.g. `holding 100`. */
  readonly place: string
  /** One per sample. */
  readonly values: readonly number[]
}

export interface Scale {
  readonly scale: number
  /** How sure that is, 0–1. */
  readonly confidence: number
  readonly ground: string
}

const TWIN_SCALES = [0.1, 0.01] as const
/** Below this too many values agree by chance. */
const SMALLEST_RAW = 100
const SURE = { told: 0.97, movedTogether: 0.85, known: 0.75, stoodTogether: 0.6 } as const
const PHASES = 3

export interface Grounds {
  readonly floats: readonly KnownFloat[]
  readonly hints: readonly Hint[]
}

/** A scale that something shows; a scale is never guessed from the size of a number alone. */
export function findScale(
  answer: Answer,
  place: { readonly block: Block; readonly triples: readonly (readonly Answer[])[] },
  grounds: Grounds,
): Scale | undefined {
  if (!isWholeNumber(answer.best) || answer.clock || seenOf(answer.best.values).length === 0) return undefined
  return (
    toldScale(answer, place.block, grounds.hints) ??
    twinScale(answer.best.values, grounds.floats) ??
    knownScale(answer, place.triples) ??
    generalScale(grounds.hints)
  )
}

/** What a value resembles, apart from any unit. */
export function resemblanceOf(answer: Answer, triples: readonly (readonly Answer[])[]): KnownKind | undefined {
  const { type } = answer.best
  const values = seenOf(answer.best.values)
  if (type === 'string' || type === 'bits' || answer.clock || values.length < answer.best.values.length || values.length === 0)
    return undefined
  const form = isWholeNumber(answer.best) ? 'whole' : 'real'
  const own = triples.find((triple) => triple.includes(answer))
  return (
    gridFrequency(values, form, triples.length > 0 ? 'mains' : 'none') ??
    (own && mainsVoltages(valuesOf(own), form)) ??
    temperature(values, form)
  )
}

function toldScale({ best }: Answer, block: Block, hints: readonly Hint[]): Scale | undefined {
  for (const hint of hints) {
    if (hint.place === null || hint.place.table !== block.table || hint.place.register !== block.from + best.at) continue
    if (hint.kind === 'scale') return { scale: hint.scale, confidence: SURE.told, ground: `you said that its scale is ${hint.scale}` }
    const scale = agreeingScale(best.values, hint, scalesFor(best, hint.place))
    if (scale !== undefined) return { scale, confidence: SURE.told, ground: `you said that it reads ${hint.value}` }
  }
  return undefined
}

function generalScale(hints: readonly Hint[]): Scale | undefined {
  const said = hints.find((hint) => hint.kind === 'scale' && hint.place === null)
  return said?.kind === 'scale'
    ? { scale: said.scale, confidence: SURE.movedTogether, ground: `you said that the scale is ${said.scale}` }
    : undefined
}

function twinScale(raw: readonly number[], floats: readonly KnownFloat[]): Scale | undefined {
  if (!raw.every((value) => Math.abs(value) >= SMALLEST_RAW)) return undefined
  for (const scale of TWIN_SCALES) {
    const twin = floats.find(
      ({ values }) => values.length === raw.length && values.every((value, round) => Math.abs(value / scale - (raw[round] ?? 0)) <= 1),
    )
    if (!twin) continue
    const hasMoved = new Set(raw).size > 1
    const ground = `${1 / scale} × ${twin.place} in all ${raw.length} samples${hasMoved ? ', while both moved' : ''}`
    return { scale, confidence: hasMoved ? SURE.movedTogether : SURE.stoodTogether, ground }
  }
  return undefined
}

function knownScale(answer: Answer, triples: readonly (readonly Answer[])[]): Scale | undefined {
  const known = resemblanceOf(answer, triples)
  return known ? { scale: known.scale, confidence: SURE.known, ground: known.text } : undefined
}

/** Runs of three neighbours of the same type in a block that look like the phases of one mains; from the first on, none in two runs. */
export function mainsTriples(answers: readonly Answer[]): readonly (readonly Answer[])[] {
  const triples: (readonly Answer[])[] = []
  for (let first = 0; first + PHASES <= answers.length; first++) {
    const run = answers.slice(first, first + PHASES)
    const [{ best }] = run as [Answer]
    const isAlike = run.every((each) => each.best.width === best.width && isWholeNumber(each.best) === isWholeNumber(best))
    if (!isAlike || !mainsVoltages(valuesOf(run), isWholeNumber(best) ? 'whole' : 'real')) continue
    triples.push(run)
    first += PHASES - 1
  }
  return triples
}

function valuesOf(run: readonly Answer[]): readonly (readonly number[])[] {
  return run.map(({ best }) => best.values)
}
