import type { Log } from '../drivers/contract.js'
import type { PlantFaultName } from './plant-faults.js'
import type { PlantModel } from './plant-model.js'
import type { PlantTime } from './plant-time.js'

export const PLANT_HOST = '127.0.0.1'

/** What every server of the plant gets. */
export interface RunningPlant {
  readonly model: PlantModel
  readonly time: PlantTime
  readonly seed: number
  readonly faults: ReadonlySet<PlantFaultName>
  readonly log: Log
  /** Ends all loops. */
  readonly signal: AbortSignal
  readonly published: PublishedCounts
}

/** What left the plant by itself, for the law produced = stored + dropped. */
export interface PublishedCounts {
  mqttReadings: number
  mqttWaveforms: number
  sparkplugMessages: number
  plainReadings: number
  opcuaWaveforms: number
  serialLines: number
}

/** One server of the plant, listening. */
export interface PlantServer {
  readonly address: string
  readonly port: number | null
  close(): Promise<void>
}
