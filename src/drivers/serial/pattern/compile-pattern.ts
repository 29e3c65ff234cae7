import { parsePattern } from './parse-pattern.js'
import { type Edge, PatternError, type PatternNode } from './pattern-tree.js'

/** One step of a compiled pattern. `split` prefers `first`. */
export type Instruction =
  | { readonly op: 'character'; readonly accepts: (code: number) => boolean }
  | { readonly op: 'edge'; readonly edge: Edge }
  | { readonly op: 'save'; readonly slot: number }
  | { op: 'split'; first: number; second: number }
  | { op: 'jump'; to: number }
  | { readonly op: 'match' }

export interface Program {
  readonly steps: readonly Instruction[]
  readonly names: readonly (string | null)[]
}

/** With frames of at most 4096 characters this bounds a search to some 4 million steps. */
const MOST_STEPS = 1000

/** @throws PatternError */
export function compilePattern(text: string): Program {
  const { root, names } = parsePattern(text)
  const steps: Instruction[] = []
  emitGroup(steps, root, 0)
  emit(steps, { op: 'match' })
  return { steps, names }
}

function emit<Step extends Instruction>(steps: Instruction[], step: Step): Step {
  if (steps.length >= MOST_STEPS) throw new PatternError('the pattern is too large; repeat fewer times')
  steps.push(step)
  return step
}

function emitGroup(steps: Instruction[], part: PatternNode, index: number): void {
  emit(steps, { op: 'save', slot: 2 * index })
  emitNode(steps, part)
  emit(steps, { op: 'save', slot: 2 * index + 1 })
}

function emitNode(steps: Instruction[], node: PatternNode): void {
  switch (node.kind) {
    case 'character':
      emit(steps, { op: 'character', accepts: node.accepts })
      break
    case 'edge':
      emit(steps, { op: 'edge', edge: node.edge })
      break
    case 'sequence':
      for (const part of node.parts) emitNode(steps, part)
      break
    case 'group':
      emitGroup(steps, node.part, node.index)
      break
    case 'choice':
      emitChoice(steps, node.options)
      break
    case 'repeat':
      emitRepeat(steps, node)
      break
  }
}

function emitChoice(steps: Instruction[], options: readonly PatternNode[]): void {
  const jumps: { op: 'jump'; to: number }[] = []
  for (const [index, option] of options.entries()) {
    const split = index < options.length - 1 ? emit(steps, { op: 'split' as const, first: steps.length + 1, second: 0 }) : undefined
    emitNode(steps, option)
    if (!split) break
    jumps.push(emit(steps, { op: 'jump' as const, to: 0 }))
    split.second = steps.length
  }
  for (const jump of jumps) jump.to = steps.length
}

function emitRepeat(steps: Instruction[], { part, least, most, prefers }: Extract<PatternNode, { kind: 'repeat' }>): void {
  for (let count = 0; count < least; count++) emitNode(steps, part)
  if (most === Infinity) {
    const split = emitSplit(steps)
    const begin = steps.length - 1
    emitNode(steps, part)
    emit(steps, { op: 'jump', to: begin })
    settle(split, { into: begin + 1, past: steps.length, prefers })
    return
  }
  const splits = []
  for (let count = least; count < most; count++) {
    splits.push({ split: emitSplit(steps), into: steps.length })
    emitNode(steps, part)
  }
  for (const { split, into } of splits) settle(split, { into, past: steps.length, prefers })
}

type Split = Extract<Instruction, { op: 'split' }>

function emitSplit(steps: Instruction[]): Split {
  return emit(steps, { op: 'split', first: 0, second: 0 })
}

function settle(
  split: Split,
  { into, past, prefers }: { readonly into: number; readonly past: number; readonly prefers: 'more' | 'fewer' },
): void {
  split.first = prefers === 'more' ? into : past
  split.second = prefers === 'more' ? past : into
}
