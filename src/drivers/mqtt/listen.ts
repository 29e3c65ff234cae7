import type { Surroundings } from '../contract.js'
import type { Broker } from './address.js'
import { type OpenClient, openClient } from './client.js'
import { lostFault } from './line-fault.js'
import { subscribe } from './subscribe.js'
import { TopicSurvey } from './topic-survey.js'

const STEP_MS = 50

interface Listening {
  readonly broker: Broker
  readonly around: Surroundings
}

/** A broker that we listen to for a while. */
export class Listener implements AsyncDisposable {
  readonly survey: TopicSurvey
  readonly protocol: OpenClient['protocol']
  readonly #open: OpenClient
  readonly #listening: Listening
  readonly #lastMessage: { atMs: number }

  private constructor(open: OpenClient, survey: TopicSurvey, listening: Listening, lastMessage: { atMs: number }) {
    this.#open = open
    this.survey = survey
    this.protocol = open.protocol
    this.#listening = listening
    this.#lastMessage = lastMessage
  }

  /** @throws DriverFault */
  static async open(listening: Listening): Promise<Listener> {
    const { broker, around } = listening
    // A survey keeps no session: the broker would collect messages for nobody.
    const passing = { ...broker, session: null }
    const survey = new TopicSurvey(broker)
    const lastMessage = { atMs: around.clock.monotonicMs() }
    const open = await openClient(passing, around, (topic, payload, delivery) => {
      lastMessage.atMs = around.clock.monotonicMs()
      survey.message(topic, payload, delivery)
    })
    return new Listener(open, survey, { broker: passing, around }, lastMessage)
  }

  /** @returns the filters that the broker refused. */
  subscribe(filters: readonly string[]): Promise<readonly string[]> {
    return subscribe(this.#open, { ...this.#listening, filters })
  }

  /**
   * Listens until `isEnough`, at most `limitMs`, and not on when nothing has come for `quietMs`.
   * @throws DriverFault CONNECTION_LOST
   */
  async listen(options: { readonly limitMs: number; readonly quietMs: number; readonly isEnough?: () => boolean }): Promise<void> {
    const { clock, signal } = this.#listening.around
    const beganMs = clock.monotonicMs()
    while (!signal.aborted && !options.isEnough?.()) {
      const nowMs = clock.monotonicMs()
      if (nowMs - beganMs >= options.limitMs || nowMs - Math.max(beganMs, this.#lastMessage.atMs) >= options.quietMs) return
      if (!this.#open.client.connected) throw lostFault(this.#listening.broker, 'the broker closed it')
      await clock.sleep(STEP_MS, signal)
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#open.close()
  }
}
