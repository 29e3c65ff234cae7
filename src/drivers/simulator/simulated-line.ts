import { plantFaultNames } from '../../plant/plant-faults.js'
import { type PlantModel, plantModel } from '../../plant/plant-model.js'
import { type PlantTime, plantTime } from '../../plant/plant-time.js'
import { PLANT_WAVEFORMS, type PlantWaveform } from '../../plant/points.js'
import { batchOf } from '../../readings/batch.js'
import type { Measurement, SensorKey } from '../../readings/measurement.js'
import { QUALITY } from '../../readings/quality.js'
import { SHORTEST_PERIOD_MS } from '../../readings/sampling-schedule.js'
import type { Sensor } from '../../readings/sensor.js'
import type { Connection, Surroundings } from '../contract.js'
import { readSimulatorAddress } from './address.js'

/** A stream of one sensor: what comes with its nth turn, and when that turn is due. */
interface Turn {
  readonly sensor: number
  readonly periodS: number
  readonly waveform: PlantWaveform | null
  /** A key of points.ts. */
  readonly point: string
  next: number
}

/** A process that slept longer than this starts again at the present instead of catching up. */
const LONGEST_LAG_S = 5

/** The simulated plant as a line: values at their sensors' periods, waveforms in blocks, in the clock's time. */
export class SimulatedLine implements Connection {
  readonly #around: Surroundings
  readonly #ended = new AbortController()
  readonly #keys: readonly SensorKey[]
  readonly #turns: Turn[]
  readonly #model: PlantModel
  readonly #time: PlantTime

  constructor(sensors: readonly Sensor[], around: Surroundings) {
    const addresses = sensors.map((sensor) => readSimulatorAddress(sensor.address))
    this.#around = around
    this.#keys = sensors.map((sensor) => sensor.key)
    const faults = plantFaultNames(addresses[0]?.faults ?? [])
    this.#model = plantModel(addresses[0]?.seed ?? 1, faults)
    this.#time = plantTime(around.clock, faults.has('clock-drift') ? 'drifting' : 'right')
    this.#turns = sensors.map((sensor, index) => {
      const point = addresses[index]?.point ?? ''
      const waveform = PLANT_WAVEFORMS.find((known) => known.key === point) ?? null
      const periodS = waveform ? waveform.blockSamples / waveform.sampleRateHz : Math.max(SHORTEST_PERIOD_MS, sensor.periodMs) / 1000
      // A block is there when its last sample is.
      return { sensor: index, point, periodS, waveform, next: waveform ? 1 : 0 }
    })
  }

  async *measurements(): AsyncGenerator<Measurement> {
    const signal = AbortSignal.any([this.#around.signal, this.#ended.signal])
    while (!signal.aborted && this.#turns.length > 0) {
      const dueS = Math.min(...this.#turns.map((turn) => turn.next * turn.periodS))
      await this.#time.until(dueS, signal)
      if (signal.aborted) return
      const due = this.#turns.filter((turn) => turn.next * turn.periodS <= dueS)
      const scalars = due.filter((turn) => turn.waveform === null)
      if (scalars.length > 0) yield this.#batch(scalars)
      for (const turn of due) if (turn.waveform) yield this.#block(turn, turn.waveform)
      for (const turn of due) {
        const next = this.#following(turn)
        if (next > turn.next + 1) yield this.#overslept(turn, next)
        turn.next = next
      }
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort()
    return Promise.resolve()
  }

  #following(turn: Turn): number {
    const behindS = this.#time.elapsedS() - turn.next * turn.periodS
    return behindS > LONGEST_LAG_S + turn.periodS ? Math.ceil(this.#time.elapsedS() / turn.periodS) : turn.next + 1
  }

  /** What was due while nobody was awake to take it. */
  #overslept({ sensor, periodS, next }: Turn, following: number): Measurement {
    const [from, to] = [this.#time.stampAt((next + 1) * periodS), this.#time.stampAt((following - 1) * periodS)]
    const cause = 'the simulator was not run for a while'
    return { kind: 'gap', sensors: [this.#keys[sensor] ?? ''], from, to, cause, missing: following - next - 1 }
  }

  #batch(turns: readonly Turn[]): Measurement {
    const rows = turns.map((turn) => {
      const timeS = turn.next * turn.periodS
      return { sensor: turn.sensor, measuredAt: this.#time.stampAt(timeS), value: this.#model.scalar(turn.point, timeS) ?? 0 }
    })
    return batchOf(this.#keys, this.#around.clock.now(), rows)
  }

  #block(turn: Turn, waveform: PlantWaveform): Measurement {
    const sequence = turn.next - 1
    return {
      kind: 'waveform',
      sensor: this.#keys[turn.sensor] ?? '',
      startedAt: this.#time.stampAt(sequence * turn.periodS),
      receivedAt: this.#around.clock.now(),
      sampleRateHz: waveform.sampleRateHz,
      samples: this.#model.samples(waveform.key, sequence * waveform.blockSamples, waveform.blockSamples) ?? new Float32Array(),
      quality: QUALITY.good,
      sequence,
    }
  }
}
