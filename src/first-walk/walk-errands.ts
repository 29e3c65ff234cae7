import { discover } from '../discovery/discover.js'
import { draftSite } from '../discovery/draft-site.js'
import { describePlan, planDiscovery } from '../discovery/plan-discovery.js'
import type { Log, Surroundings } from '../drivers/contract.js'
import { Fault, reasonOf } from '../faults/fault.js'
import { counted } from '../readings/counted.js'
import { saveSite } from '../site/save-site.js'
import type { Place } from './place.js'
import { furtherStep, ProbeProgress, type ProbeStep } from './probe-progress.js'
import type { WalkAction } from './walk-keys.js'
import type { WalkNews } from './walk-news.js'
import type { WalkState } from './walk-state.js'

/** What the walk does in the world, one thing at a time; what comes of it is told as news. */
export class WalkErrands {
  readonly #around: Surroundings
  readonly #tell: (news: WalkNews) => void
  #stop = new AbortController()
  #running: Promise<void> = Promise.resolve()

  constructor(around: Surroundings, tell: (news: WalkNews) => void) {
    this.#around = around
    this.#tell = tell
  }

  /** Says what looking at each place would send; a place that cannot be understood says why. */
  async plan(places: readonly Pick<Place, 'scope' | 'title'>[]): Promise<void> {
    for (const { scope, title } of places) {
      try {
        const [plan] = await planDiscovery([scope], this.#around)
        if (plan) this.#tell({ kind: 'plan', scope, lines: describePlan({ ...plan, scope: title }) })
      } catch (thrown) {
        this.#tell({ kind: 'plan', scope, lines: [reasonOf(thrown)] })
      }
    }
  }

  /** Begins what is asked for; what was going on is ended first. */
  run(action: Exclude<WalkAction, { readonly kind: 'save' | 'quit' | 'suspend' }>, state: WalkState): void {
    if (action.kind === 'plan') return void this.plan([{ scope: action.scope, title: action.scope }])
    this.#stop.abort()
    if (action.kind === 'stop-work') return
    this.#stop = new AbortController()
    const { signal } = this.#stop
    const work = action.kind === 'search' ? this.#search(action.scopes, signal) : this.#probe(state, signal)
    this.#running = work.catch((thrown: unknown) => {
      if (!signal.aborted) this.#tell({ kind: 'failed', text: reasonOf(thrown) })
    })
  }

  /** @returns the path; null where it could not be written, which is told. */
  async save({ draft, chosenFindings }: WalkState, file: string): Promise<string | null> {
    if (draft === null) return null
    try {
      await saveSite(file, draft.site, { why: `drafted from ${counted(chosenFindings.length, 'device')} of the first walk` })
      return file
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown
      this.#tell({ kind: 'trouble', text: thrown.message })
      return null
    }
  }

  async end(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  async #search(scopes: readonly string[], signal: AbortSignal): Promise<void> {
    const tell = this.#tellUntil(signal)
    let furthest: ProbeStep | undefined
    const progress: Surroundings['progress'] = (step) => {
      furthest = furtherStep(furthest, step)
      tell({ kind: 'progress', text: `${furthest.done} of ${furthest.total} ${furthest.what}.` })
    }
    const around = { ...this.#aroundUntil(signal), progress }
    const onClosed = (scope: string, fault: Fault): void => tell({ kind: 'trouble', text: `${scope}: ${fault.message}` })
    for await (const finding of discover(scopes, around, onClosed)) {
      if (signal.aborted) return
      tell({ kind: 'found', finding })
    }
    tell({ kind: 'searched' })
  }

  async #probe({ findings, chosenFindings }: WalkState, signal: AbortSignal): Promise<void> {
    const chosen = findings.filter(({ address }) => chosenFindings.includes(address))
    const tell = this.#tellUntil(signal)
    const progress = new ProbeProgress(chosen.length, (text) => tell({ kind: 'progress', text }))
    const draft = await draftSite(chosen, {
      name: 'my-site',
      around: { ...this.#aroundUntil(signal), progress: (step) => progress.step(step) },
      onProbed: () => progress.answered(),
    })
    tell({ kind: 'drafted', draft })
  }

  /** Whoever was told to stop has nothing to tell any more. */
  #tellUntil(signal: AbortSignal): (news: WalkNews) => void {
    return (news) => {
      if (!signal.aborted) this.#tell(news)
    }
  }

  /** Warnings become part of the picture: stderr would tear it. */
  #aroundUntil(signal: AbortSignal): Surroundings {
    const tell = this.#tellUntil(signal)
    const log: Log = {
      note: (text, facts) => this.#around.log.note(text, facts),
      warn: (text) => tell({ kind: 'trouble', text }),
    }
    return { ...this.#around, log, signal: AbortSignal.any([this.#around.signal, signal]) }
  }
}
