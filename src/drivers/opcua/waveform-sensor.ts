import type { Sensor } from '../../readings/sensor.js'
import type { Surroundings } from '../contract.js'
import type { MeasurementQueue } from './measurement-queue.js'
import type { OpcUaSession } from './session.js'
import type { WaveformNode } from './waveform-node.js'

/** A sensor whose value is a waveform. `rateHz` of its address wins over what the server states. */
export interface WaveformSensor {
  readonly sensor: Sensor
  readonly node: WaveformNode
  readonly statedRateHz: number | null
}

export interface WaveformSubscription {
  readonly opened: OpcUaSession
  readonly waveforms: readonly WaveformSensor[]
  readonly queue: MeasurementQueue
  readonly around: Surroundings
  readonly goodQuality: number
}
