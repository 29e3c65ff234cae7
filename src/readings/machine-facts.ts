/**
 * What a nameplate and the people on site know about how a machine is built. All of it optional: what is not known is not assumed, and a rule
 * that needs it does not judge.
 */
export interface MachineFacts {
  readonly kind?: MachineKind
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
  /** Of ISO 20816-3, where it is known without the rated power: 1 large, 2 medium-sized. */
  readonly isoGroup?: 1 | 2
}

export const MACHINE_KINDS = ['motor', 'pump', 'fan', 'compressor', 'gearbox', 'generator', 'other'] as const
export type MachineKind = (typeof MACHINE_KINDS)[number]

/** Two wheels that mesh. */
export interface GearStage {
  readonly teeth: number
  /** A shaft that these teeth sit on turns at this multiple of the measured shaft's speed; 1, the measured shaft itself, unless said. */
  readonly speedRatio?: number
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
