import type { Parting } from './device-limits.js'
import type { PlannedRequest } from './request-plan.js'

/** A request that is to be asked in a round. */
export interface PollEntry {
  readonly request: PlannedRequest
  /** Where it is half of a refused request. */
  readonly of?: { readonly whole: Parting; accepted: number }
  /** Where it is asked a second time. */
  readonly isRepeat?: true
}

/** One request of each unit after the other, so that none waits for all of another's. */
export function inTurns(requests: readonly PlannedRequest[]): PollEntry[] {
  const units = [...Map.groupBy(requests, ({ unit }) => unit).values()]
  const longest = Math.max(0, ...units.map(({ length }) => length))
  return Array.from({ length: longest }, (_, turn) => units.flatMap((own) => own[turn] ?? [])).flatMap((turn) =>
    turn.map((request) => ({ request })),
  )
}

/** The halves of a refused request; that both are given tells what the whole was refused for. */
export function halvesOf(whole: Parting): readonly [PollEntry, PollEntry] {
  const of = { whole, accepted: 0 }
  const [first, second] = whole.halves
  return [
    { request: first, of },
    { request: second, of },
  ]
}
