/** Exit codes, the same for every command (README, "Exit codes"). */
export const EXIT = {
  ok: 0,
  /** The answer is no: a check failed, a limit is exceeded, a diff exists. */
  no: 1,
  usage: 2,
  unreachable: 3,
  permission: 4,
  licence: 5,
  data: 6,
  bug: 70,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** One row of the catalogue. */
export interface CatalogueEntry {
  readonly exitCode: ExitCode
  /** What the code means, for the documentation. */
  readonly meaning: string
  /** One to three things to try; `{name}` is filled from the fault's advice values, and a line whose value is missing is left out. */
  readonly advice: readonly string[]
}
