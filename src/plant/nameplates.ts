import type { Asset } from '../readings/asset.js'

/**
 * What stands on the plant's nameplates, for its site file.
 * The bearings are those of the drive end and the fan end of the Case Western Reserve University test stand, with the geometry it publishes.
 */
export const PLANT_ASSETS = [
  {
    key: 'pump-247',
    class: 'centrifugal pump',
    description: 'cooling water pump with a 45 kW four-pole motor, five vanes',
    ratedSpeedRpm: 1485,
    ratedPowerKw: 45,
    support: 'rigid',
    bearing: { name: 'SKF 6205', rollingElements: 9, ballDiameterMm: 7.94, pitchDiameterMm: 39.04, contactAngleDeg: 0 },
    speedSensor: 'pump-247/speed',
  },
  {
    key: 'fan-112',
    class: 'centrifugal fan',
    description: 'exhaust air fan with an 18.5 kW four-pole motor, twelve blades',
    ratedSpeedRpm: 1470,
    ratedPowerKw: 18.5,
    support: 'rigid',
    bearing: { name: 'SKF 6203', rollingElements: 8, ballDiameterMm: 6.75, pitchDiameterMm: 28.5, contactAngleDeg: 0 },
    speedSensor: 'fan-112/speed',
  },
] as const satisfies readonly Asset[]

export type PlantAssetKey = (typeof PLANT_ASSETS)[number]['key']
