import type { MachineFacts } from './machine-facts.js'
import type { AssetEntry } from './site-file-schema.js'

type Facts = { [K in keyof MachineFacts]: MachineFacts[K] | undefined }
type FactsEntry = Pick<AssetEntry, 'machine' | 'line_frequency_hz' | 'poles' | 'rotor_bars' | 'gears' | 'blades' | 'belt' | 'machine_group'>

/** How a machine is built, out of its entry in the site file. */
export function factsOf(entry: FactsEntry): Facts {
  const { gears, belt } = entry
  return {
    kind: entry.machine,
    lineFrequencyHz: entry.line_frequency_hz,
    poles: entry.poles,
    rotorBars: entry.rotor_bars,
    gears: gears?.map(({ teeth, mating_teeth: mate, speed_ratio: ratio }) => ({
      teeth,
      ...(mate === undefined ? {} : { matingTeeth: mate }),
      ...(ratio === undefined ? {} : { speedRatio: ratio }),
    })),
    blades: entry.blades,
    belt: belt && {
      pulleyDiameterMm: belt.pulley_diameter_mm,
      beltLengthMm: belt.length_mm,
      ...(belt.other_pulley_diameter_mm === undefined ? {} : { otherPulleyDiameterMm: belt.other_pulley_diameter_mm }),
    },
    isoGroup: entry.machine_group,
  }
}

/** The same back. */
export function factsEntry(facts: MachineFacts): FactsEntry {
  const { gears, belt } = facts
  return {
    machine: facts.kind,
    line_frequency_hz: facts.lineFrequencyHz,
    poles: facts.poles,
    rotor_bars: facts.rotorBars,
    gears: gears?.map(({ teeth, matingTeeth, speedRatio }) => ({
      teeth,
      ...(matingTeeth === undefined ? {} : { mating_teeth: matingTeeth }),
      ...(speedRatio === undefined ? {} : { speed_ratio: speedRatio }),
    })),
    blades: facts.blades,
    belt: belt && {
      pulley_diameter_mm: belt.pulleyDiameterMm,
      length_mm: belt.beltLengthMm,
      ...(belt.otherPulleyDiameterMm === undefined ? {} : { other_pulley_diameter_mm: belt.otherPulleyDiameterMm }),
    },
    machine_group: facts.isoGroup,
  }
}
