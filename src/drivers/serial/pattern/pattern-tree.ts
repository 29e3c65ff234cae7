/** A pattern as a tree. */
export type PatternNode =
  | { readonly kind: 'character'; readonly accepts: (code: number) => boolean }
  | { readonly kind: 'edge'; readonly edge: Edge }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | {
      readonly kind: 'repeat'
      readonly part: PatternNode
      readonly least: number
      readonly most: number
      readonly prefers: 'more' | 'fewer'
    }
  | { readonly kind: 'group'; readonly part: PatternNode; readonly index: number }

/** Places between characters: begin and end of the text, edge of a word, inside or outside of one. */
export type Edge = 'begin' | 'end' | 'word' | 'no-word'

export interface PatternTree {
  readonly root: PatternNode
  /** Names of groups, by index; null for those without one. */
  readonly names: readonly (string | null)[]
}

/** A pattern that cannot be understood, or that only a backtracking engine could run. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}
