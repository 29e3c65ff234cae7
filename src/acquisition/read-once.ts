import type { Surroundings } from '../drivers/contract.js'
import { DriverFault } from '../drivers/fault.js'
import { reasonOf } from '../faults/fault.js'
import { readingsOf } from '../readings/batch.js'
import type { Freight, SensorKey, Waveform } from '../readings/measurement.js'
import { isBad, QUALITY } from '../readings/quality.js'
import type { Sensor } from '../readings/sensor.js'
import type { EpochMicros } from '../readings/time.js'
import { type Line } from './line.js'
import { linesOf } from './lines-of.js'
import { statedMeanings } from './stated-meanings.js'

/** One answer per sensor. */
export interface Answer {
  readonly sensor: Sensor
  readonly measuredAt: EpochMicros
  readonly receivedAt: EpochMicros
  /** Null where there is none: bad quality, or a waveform. */
  readonly value: number | null
  readonly text: string | null
  readonly quality: number
  readonly waveform: Waveform | null
  /** Why there is no value. */
  readonly fault: DriverFault | null
}

/** Asking a device why costs it a request each. */
const MOST_EXPLAINED = 8

interface ReadLineOptions {
  readonly around: Surroundings
  readonly waitMs: number
  readonly answers: Map<SensorKey, Answer>
}

/**
 * Reads every sensor once, all lines at the same time, and closes everything.
 * A line that cannot be opened or stays silent for `waitMs` gives answers with bad quality and the fault, never an exception.
 */
export async function readOnce(
  sensors: readonly Sensor[],
  options: { readonly around: Surroundings; readonly waitMs: number },
): Promise<readonly Answer[]> {
  const lines = await linesOf(sensors)
  const answers = new Map<SensorKey, Answer>()
  // What goes wrong stands in the answers; a driver's warning would say it twice.
  const { note } = options.around.log
  const around = { ...options.around, log: { note, warn: note } }
  const meanings = statedMeanings(sensors, around)
  await Promise.all(lines.map((line) => readLine(line, { ...options, around, answers })))
  meanings.hurry()
  await Promise.all(lines.map((line) => explain(line, { ...options, around, answers })))
  const stated = await meanings.told
  return sensors.flatMap(({ key }) => {
    const answer = answers.get(key)
    return answer ? [{ ...answer, sensor: { ...answer.sensor, ...stated.get(key) } }] : []
  })
}

/** A bad reading on a line that works has a cause of its own; a probe of its address tells it. */
async function explain(line: Line, { around, answers }: ReadLineOptions): Promise<void> {
  const unexplained = line.sensors
    .flatMap(({ key }) => answers.get(key) ?? [])
    .filter(({ quality, fault }) => isBad(quality) && fault === null)
  for (const answer of unexplained.slice(0, MOST_EXPLAINED)) {
    if (around.signal.aborted) return
    const fault = await line.driver.probe(answer.sensor.address, around).then(
      () => null,
      (thrown: unknown) => (thrown instanceof DriverFault ? thrown : null),
    )
    answers.set(answer.sensor.key, { ...answer, fault })
  }
}

async function readLine(line: Line, options: ReadLineOptions): Promise<void> {
  const { around, waitMs, answers } = options
  const enough = new AbortController()
  const signal = AbortSignal.any([around.signal, enough.signal])
  const deadline = around.clock.sleep(waitMs, signal).then(() => enough.abort())
  const waiting = new Map(line.sensors.map((sensor) => [sensor.key, sensor]))
  let fault = new DriverFault('NO_DATA', {
    message: `no value came from ${line.name} within ${waitMs / 1000} s`,
    because: 'the line gave no error either: nothing arrived for it',
    advice: { address: line.sensors[0]?.address ?? line.name },
    retry: true,
  })
  try {
    await using connection = await line.driver.open(line.sensors, { ...around, signal })
    for await (const measurement of connection.measurements()) {
      keep(measurement, waiting, answers)
      if (waiting.size === 0) break
    }
  } catch (thrown) {
    if (thrown instanceof DriverFault) fault = thrown
    else if (!signal.aborted) fault = new DriverFault('BUG', { message: reasonOf(thrown), cause: thrown, retry: false })
  }
  enough.abort()
  await deadline
  const now = around.clock.now()
  for (const sensor of waiting.values()) {
    answers.set(sensor.key, {
      sensor,
      measuredAt: now,
      receivedAt: now,
      value: null,
      text: null,
      quality: QUALITY['no-response'],
      waveform: null,
      fault,
    })
  }
}

function keep(measurement: Freight, waiting: Map<SensorKey, Sensor>, answers: Map<SensorKey, Answer>): void {
  if (measurement.kind === 'gap' || measurement.kind === 'event') return
  if (measurement.kind === 'waveform') {
    const sensor = waiting.get(measurement.sensor)
    if (!sensor) return
    waiting.delete(measurement.sensor)
    const { startedAt, receivedAt, quality } = measurement
    answers.set(sensor.key, {
      sensor,
      measuredAt: startedAt,
      receivedAt,
      value: null,
      text: null,
      quality,
      waveform: measurement,
      fault: null,
    })
    return
  }
  for (const { sensor: key, measuredAt, receivedAt, value, quality, text } of readingsOf(measurement)) {
    const sensor = waiting.get(key)
    if (!sensor) continue
    waiting.delete(key)
    answers.set(key, { sensor, measuredAt, receivedAt, value: isBad(quality) ? null : value, text, quality, waveform: null, fault: null })
  }
}
