import type { Clock } from '../../readings/clock.js'
import type { Happening } from '../../readings/measurement.js'
import type { EpochMicros } from '../../readings/time.js'

export interface TroubleOptions {
  readonly name: string
  readonly clock: Clock
  readonly log: { note(text: string): void; warn(text: string): void }
  readonly tell: (happening: Happening) => void
}

/** Whether a far end takes things; told once when that changes, to people and to the other sinks. */
export class DeliveryTrouble {
  readonly #options: TroubleOptions
  #reason: string | null = null
  #since: EpochMicros = 0

  constructor(options: TroubleOptions) {
    this.#options = options
  }

  /** Null where all is well. */
  get reason(): string | null {
    return this.#reason
  }

  meet(reason: string): void {
    const { name, clock, log } = this.#options
    if (this.#reason === reason) return
    if (this.#reason === null) this.#since = clock.now()
    this.#reason = reason
    log.warn(`${name} takes nothing: ${reason}; it waits on the disk`)
    this.#tell('warning', `${name} takes nothing: ${reason}`)
  }

  leave(): void {
    if (this.#reason === null) return
    const { name, clock, log } = this.#options
    const seconds = Math.max(0, Math.round((clock.now() - this.#since) / 1e6))
    this.#reason = null
    log.note(`${name} takes again, after ${seconds} s`)
    this.#tell('note', `${name} takes again, after ${seconds} s`)
  }

  #tell(severity: Happening['severity'], text: string): void {
    const { clock, tell } = this.#options
    tell({ kind: 'event', at: clock.now(), event: 'connection', severity, text, sensors: [] })
  }
}
