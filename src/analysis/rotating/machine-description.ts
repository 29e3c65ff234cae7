/** A shaft that a gear or pulley sits on turns at this multiple of the measured shaft's speed; 1 is the measured shaft itself. */
type SpeedRatio = number

/**
 * What the nameplate and the site say about a machine. All of it optional: what is not known is not assumed, the rule that needs it does not
 * judge, and the report says so.
 */
export interface MachineDescription {
  readonly kind?: 'motor' | 'pump' | 'fan' | 'compressor' | 'gearbox' | 'generator' | 'other'
  /** Mains frequency at the motor's terminals; behind an inverter its output frequency. */
  readonly lineFrequencyHz?: number
  /** Poles of the motor, even: 2, 4, 6 … */
  readonly poles?: number
  readonly rotorBars?: number
  /** Gears on shafts of this machine. */
  readonly gears?: readonly GearStage[]
  /** Blades of a fan or vanes of an impeller on the measured shaft. */
  readonly blades?: number
  readonly belt?: BeltDrive
  /** For the zones of ISO 20816-3. */
  readonly ratedPowerKw?: number
  readonly support?: 'rigid' | 'flexible'
}

/** Two wheels that mesh. */
export interface GearStage {
  readonly teeth: number
  /** Of the shaft that these teeth sit on; 1 unless said. */
  readonly speedRatio?: SpeedRatio
  /** Teeth of the wheel that they mesh with, where known. */
  readonly matingTeeth?: number
}

/** A belt over a pulley on the measured shaft; lengths in one unit of your choice: only their ratio counts. */
export interface BeltDrive {
  /** Effective diameter of the pulley on the measured shaft. */
  readonly pulleyDiameterMm: number
  readonly beltLengthMm: number
  /** Of the other pulley, where known: its shaft's own lines are then told apart. */
  readonly otherPulleyDiameterMm?: number
}
