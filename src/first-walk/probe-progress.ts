/** How far one device is, as its driver tells it. */
export interface ProbeStep {
  readonly done: number
  readonly total: number
  readonly what: string
}

/** The one of two steps that is further; what follows on something that is done is further than that. */
export function furtherStep(before: ProbeStep | undefined, step: ProbeStep): ProbeStep {
  if (!before || (before.done >= before.total && step.what !== before.what)) return step
  return step.done * before.total > before.done * step.total ? step : before
}

/**
 * How far the asking of several devices is, as one text that never goes back: which device, and how far the one that is furthest is. Several are
 * asked at the same time, and no driver says which of them it speaks of.
 */
export class ProbeProgress {
  readonly #devices: number
  readonly #tell: (text: string) => void
  #answered = 0
  #furthest: ProbeStep | undefined

  constructor(devices: number, tell: (text: string) => void) {
    this.#devices = devices
    this.#tell = tell
    this.#say()
  }

  step(step: ProbeStep): void {
    const next = furtherStep(this.#furthest, step)
    if (next === this.#furthest) return
    this.#furthest = next
    this.#say()
  }

  answered(): void {
    this.#answered++
    this.#furthest = undefined
    this.#say()
  }

  #say(): void {
    const device = `device ${Math.min(this.#answered + 1, this.#devices)} of ${this.#devices}`
    const { done, total, what } = this.#furthest ?? {}
    this.#tell(what === undefined ? `${device}.` : `${device}: ${done} of ${total} ${what}.`)
  }
}
