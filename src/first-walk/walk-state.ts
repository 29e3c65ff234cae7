import { FIRST_CHOICE, type ListChoice } from '../dashboard/views/list-choice.js'
import type { SiteDraft } from '../discovery/draft-site.js'
import type { Finding } from '../drivers/contract.js'
import type { Place } from './place.js'

/** Where the person stands: `where` to look, what was `found`, what of it is to be `saved`. */
export type WalkStep = 'where' | 'found' | 'save'

/** What is known and chosen on the way to a first site file. */
export interface WalkState {
  readonly step: WalkStep
  /** `asked`: q was pressed although there is something to lose; the next one leaves. */
  readonly leaving: 'no' | 'asked'
  readonly places: readonly Place[]
  readonly chosenPlaces: readonly string[]
  /** What is typed on the present step: another place, or the name of the file; null where nothing is. */
  readonly typed: string | null
  readonly list: ListChoice<string>
  readonly findings: readonly Finding[]
  /** Addresses. */
  readonly chosenFindings: readonly string[]
  /** What is going on meanwhile. */
  readonly work: { readonly kind: 'search' | 'probe'; readonly progress: string } | null
  readonly draft: SiteDraft | null
  readonly file: string
  /** The name that is found again without being named. */
  readonly usualFile: string
  /** What went wrong, in words. */
  readonly trouble: readonly string[]
  /** Scope → what looking there would send. */
  readonly plans: Readonly<Record<string, readonly string[]>>
}

export function firstStep(places: readonly Place[], file: string): WalkState {
  return {
    step: 'where',
    leaving: 'no',
    places,
    // What `discover` does where nobody says more: no other machine is asked.
    chosenPlaces: ['localhost', 'serial'],
    typed: null,
    list: FIRST_CHOICE,
    findings: [],
    chosenFindings: [],
    work: null,
    draft: null,
    file,
    usualFile: file,
    trouble: [],
    plans: {},
  }
}

/** The keys of what the cursor moves through. */
export function itemsOf({ step, places, findings, draft }: WalkState): readonly string[] {
  if (step === 'where') return places.map(({ scope }) => scope)
  if (step === 'found') return findings.map(({ address }) => address)
  return draft?.site.sensors.map(({ key }) => key) ?? []
}

/** The item with the cursor. */
export function itemAtCursor(state: WalkState): string | undefined {
  return state.list.cursor ?? itemsOf(state)[0]
}
