import type { MqttClient } from 'mqtt'
import { reasonOf } from '../../faults/fault.js'
import type { Measurement } from '../../readings/measurement.js'
import { QUALITY } from '../../readings/quality.js'
import type { Sensor } from '../../readings/sensor.js'
import type { Connection, Surroundings } from '../contract.js'
import type { DriverFault } from '../fault.js'
import type { Broker } from './address.js'
import { type OpenClient, openClient } from './client.js'
import { Intake } from './intake.js'
import { lostFault, subscribeFault } from './line-fault.js'
import { SensorRoutes } from './sensor-routes.js'
import { subscribe } from './subscribe.js'

/** Readings are collected so long into one batch. */
const COLLECT_MS = 100

/** One broker, listened to for a set of sensors. */
export class MqttConnection implements Connection {
  readonly #broker: Broker
  readonly #around: Surroundings
  readonly #intake: Intake
  readonly #routes: SensorRoutes
  /** Aborts at the end, whatever its cause: the caller's abort, disposal, a broken line. */
  readonly #ended = new AbortController()
  readonly #end = (): void => this.#ended.abort()
  #open: OpenClient | undefined
  #fault: DriverFault | undefined
  #arrived = Promise.withResolvers<void>()

  private constructor(broker: Broker, sensors: readonly Sensor[], around: Surroundings) {
    this.#broker = broker
    this.#around = around
    this.#intake = new Intake(sensors.map(({ key }) => key))
    this.#routes = new SensorRoutes(sensors, this.#intake, around.log)
  }

  /** @throws DriverFault */
  static async open(broker: Broker, sensors: readonly Sensor[], around: Surroundings): Promise<MqttConnection> {
    const connection = new MqttConnection(broker, sensors, around)
    try {
      await connection.#connect()
      return connection
    } catch (thrown) {
      await connection[Symbol.asyncDispose]()
      throw thrown
    }
  }

  async *measurements(): AsyncGenerator<Measurement> {
    const { clock, signal } = this.#around
    while (true) {
      await this.#arrived.promise
      await clock.sleep(COLLECT_MS, this.#ended.signal)
      if (!this.#ended.signal.aborted) this.#arrived = Promise.withResolvers()
      yield* this.#intake.take()
      if (this.#ended.signal.aborted) break
    }
    if (this.#fault && !signal.aborted) throw this.#fault
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort()
    this.#arrived.resolve()
    this.#around.signal.removeEventListener('abort', this.#end)
    await this.#open?.close()
  }

  async #connect(): Promise<void> {
    const { signal, clock } = this.#around
    this.#open = await openClient(this.#broker, this.#around, (topic, payload, delivery) => {
      this.#routes.message(topic, { payload, receivedAt: clock.now(), delivery })
      this.#arrived.resolve()
    })
    this.#watch(this.#open.client)
    this.#ended.signal.addEventListener('abort', () => this.#arrived.resolve(), { once: true })
    signal.addEventListener('abort', this.#end)
    const { filters } = this.#routes
    const refused = await subscribe(this.#open, { broker: this.#broker, around: this.#around, filters })
    if (refused[0] !== undefined && refused.length === filters.length)
      throw subscribeFault(this.#broker, refused[0], 'all subscriptions were refused')
    for (const filter of refused) this.#tellRefused(filter)
  }

  #watch(client: MqttClient): void {
    let because = 'the broker closed it'
    client.on('error', (thrown) => {
      because = reasonOf(thrown)
    })
    client.on('disconnect', ({ reasonCode }) => {
      because = `the broker said goodbye with reason ${reasonCode ?? 0}`
    })
    client.on('close', () => {
      this.#fault ??= lostFault(this.#broker, because)
      this.#ended.abort()
    })
  }

  /** The others go on: sensors that we may not listen to are bad, once, and the log says why. */
  #tellRefused(filter: string): void {
    const at = this.#around.clock.now()
    this.#around.log.warn('the broker refuses a subscription', { filter })
    for (const index of this.#routes.sensorsOf(filter)) this.#intake.reading(index, at, at, Number.NaN, QUALITY['not-configured'], null)
    this.#arrived.resolve()
  }
}
