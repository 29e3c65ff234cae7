import type { Sensor } from '../../readings/sensor.js'
import type { Question, SerialAddress } from './serial-address.js'

/** A sensor with its place among those of the connection. */
export interface Member {
  readonly index: number
  readonly sensor: Sensor
  readonly address: SerialAddress
}

/** One question, how often it is asked, and the sensors that live on its answer. */
export interface Round {
  readonly question: Question
  readonly periodMs: number
  readonly members: readonly Member[]
}

/** Periods below this would be nothing but queueing. */
const SHORTEST_PERIOD_MS = 10

/** Sensors that ask the same at the same pace share a question. */
export function planRounds(members: readonly Member[]): readonly Round[] {
  const groups = Map.groupBy(members, ({ sensor, address: { question } }) =>
    question === null ? '' : `${Math.max(SHORTEST_PERIOD_MS, sensor.periodMs)} ${question.bytes.join()} ${expectOf(sensor)}`,
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const question = first?.address.question ?? null
    return first === undefined || question === null
      ? []
      : [{ question, periodMs: Math.max(SHORTEST_PERIOD_MS, first.sensor.periodMs), members: group }]
  })
}

/** As written: two programs cannot be compared, their texts can. */
function expectOf({ address }: Sensor): string {
  return /[?&]expect=([^&]*)/.exec(address)?.[1] ?? ''
}
