import { accelerationSamples } from './machine/accelerometer.js'
import { brokenTransmitter } from './machine/broken-transmitter.js'
import { FAN_SCALARS, fanSet } from './machine/fan-set.js'
import type { Machine } from './machine/machine.js'
import { PUMP_SCALARS, pumpSet } from './machine/pump-set.js'
import { PLANT_ASSETS, type PlantAssetKey } from './nameplates.js'
import type { PlantFaultName } from './plant-faults.js'

/** What the plant's sensors show: functions of seed, faults and the time since the plant started. */
export interface PlantModel {
  /** The value of a scalar point (points.ts) in its unit; undefined where there is no such point. */
  scalar(key: string, timeS: number): number | undefined
  /**
   * Samples of a waveform point in its unit; undefined where there is none.
   * Sample i was taken i / sampleRateHz seconds after the plant started. The same samples however they are cut.
   */
  samples(key: string, fromIndex: number, count: number): Float32Array | undefined
}

/** Visible to a commissioning engineer, far from the end: velocity in zone B, bearing lines well above the noise. */
const WORN = 0.55
const ABOUT_TO_FAIL = 0.95

/** The demo plant: pump-247 with a worn outer race, fan-112 healthy; and whatever faults were asked for. */
export function plantModel(seed: number, faults: ReadonlySet<PlantFaultName>): PlantModel {
  const [pump, fan] = machines(seed, faults)
  const scalars = new Map<string, (timeS: number) => number>()
  for (const [name, read] of Object.entries(PUMP_SCALARS)) scalars.set(`pump-247/${name}`, (timeS) => read(pump, timeS))
  for (const [name, read] of Object.entries(FAN_SCALARS)) scalars.set(`fan-112/${name}`, (timeS) => read(fan, timeS))
  const accelerometers = new Map<string, Machine>([pump, fan].map((machine) => [`${machine.key}/drive-end-acceleration`, machine]))
  return {
    scalar: (key, timeS) => {
      const read = scalars.get(key)
      return read && brokenTransmitter(key, read, timeS, { seed, faults })
    },
    samples: (key, fromIndex, count) => {
      const machine = accelerometers.get(key)
      return machine && accelerationSamples(machine, fromIndex, count)
    },
  }
}

function machines(seed: number, faults: ReadonlySet<PlantFaultName>): readonly [pump: Machine, fan: Machine] {
  const pump = pumpSet(seed, bearingOf('pump-247'), {
    wearAtStart: faults.has('bearing') ? ABOUT_TO_FAIL : WORN,
    unbalance: faults.has('unbalance') ? 4 : 1,
    cavitates: faults.has('cavitation') ? 'yes' : 'no',
  })
  return [pump, fanSet(seed, bearingOf('fan-112'))]
}

function bearingOf(key: PlantAssetKey): (typeof PLANT_ASSETS)[number]['bearing'] {
  return (PLANT_ASSETS.find((asset) => asset.key === key) ?? PLANT_ASSETS[0]).bearing
}
