import { z } from 'zod'
import { MACHINE_KINDS } from './machine-facts.js'

const positive = z.number().positive().finite()
const count = (least: number, most: number) => z.number().int().min(least).max(most)

/** The facts about a machine one by one, as they are kept in a recording and wherever a person states them. */
export const FACT = {
  kind: z.enum(MACHINE_KINDS),
  lineFrequencyHz: positive.max(1000),
  poles: count(2, 200).multipleOf(2),
  rotorBars: count(3, 1000),
  teeth: count(3, 5000),
  speedRatio: positive.max(1000),
  blades: count(1, 500),
  length: positive,
  isoGroup: z.union([z.literal(1), z.literal(2)]),
} as const

const MOST_GEARS = 50

/** As `Asset` and a recording's manifest hold them. */
export const machineFactsShape = {
  kind: FACT.kind.optional(),
  lineFrequencyHz: FACT.lineFrequencyHz.optional(),
  poles: FACT.poles.optional(),
  rotorBars: FACT.rotorBars.optional(),
  gears: z
    .array(z.object({ teeth: FACT.teeth, matingTeeth: FACT.teeth.optional(), speedRatio: FACT.speedRatio.optional() }))
    .max(MOST_GEARS)
    .optional(),
  blades: FACT.blades.optional(),
  belt: z.object({ pulleyDiameterMm: FACT.length, beltLengthMm: FACT.length, otherPulleyDiameterMm: FACT.length.optional() }).optional(),
  isoGroup: FACT.isoGroup.optional(),
} as const

/** As the site file says them. */
export const siteFactsShape = {
  machine: FACT.kind.optional(),
  line_frequency_hz: FACT.lineFrequencyHz.optional(),
  poles: FACT.poles.optional(),
  rotor_bars: FACT.rotorBars.optional(),
  gears: z
    .array(z.strictObject({ teeth: FACT.teeth, mating_teeth: FACT.teeth.optional(), speed_ratio: FACT.speedRatio.optional() }))
    .min(1)
    .max(MOST_GEARS)
    .optional(),
  blades: FACT.blades.optional(),
  belt: z
    .strictObject({ pulley_diameter_mm: FACT.length, length_mm: FACT.length, other_pulley_diameter_mm: FACT.length.optional() })
    // A belt goes half round each pulley at least.
    .refine((it) => it.length_mm > Math.PI * it.pulley_diameter_mm, { path: ['length_mm'] })
    .optional(),
  machine_group: FACT.isoGroup.optional(),
} as const
