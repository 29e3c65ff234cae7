import { FIRST_CHOICE } from '../dashboard/views/list-choice.js'
import type { SiteDraft } from '../discovery/draft-site.js'
import type { Finding } from '../drivers/contract.js'
import type { WalkState } from './walk-state.js'

/** What the world tells the walk. */
export type WalkNews =
  | { readonly kind: 'plan'; readonly scope: string; readonly lines: readonly string[] }
  | { readonly kind: 'found'; readonly finding: Finding }
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'searched' }
  | { readonly kind: 'drafted'; readonly draft: SiteDraft }
  | { readonly kind: 'trouble'; readonly text: string }
  /** What was going on has failed. */
  | { readonly kind: 'failed'; readonly text: string }

const MOST_FINDINGS = 2000
const MOST_TROUBLE = 20

export function reduceNews(state: WalkState, news: WalkNews): WalkState {
  switch (news.kind) {
    case 'plan':
      return { ...state, plans: { ...state.plans, [news.scope]: news.lines } }
    case 'found':
      return withFinding(state, news.finding)
    case 'progress':
      return state.work === null ? state : { ...state, work: { ...state.work, progress: news.text } }
    case 'searched':
      return { ...state, work: null }
    case 'drafted':
      return { ...state, work: null, draft: news.draft, step: 'save', typed: state.file, list: FIRST_CHOICE }
    case 'trouble':
      return withTrouble(state, news.text)
    case 'failed':
      return withTrouble({ ...state, work: null }, news.text)
  }
}

/** A device that can be asked is chosen at once: whoever searches wants what there is. */
function withFinding(state: WalkState, finding: Finding): WalkState {
  const { findings, chosenFindings } = state
  if (findings.length >= MOST_FINDINGS || findings.some(({ address }) => address === finding.address)) return state
  const chosen = finding.access === 'open' ? [...chosenFindings, finding.address] : chosenFindings
  return { ...state, findings: [...findings, finding], chosenFindings: chosen }
}

function withTrouble(state: WalkState, text: string): WalkState {
  return { ...state, trouble: [...state.trouble.filter((other) => other !== text), text].slice(-MOST_TROUBLE) }
}
