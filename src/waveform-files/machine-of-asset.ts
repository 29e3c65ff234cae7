import type { MachineDescription } from '../analysis/rotating/machine-description.js'
import type { Asset } from '../readings/asset.js'

/** What a nameplate says to the rules about machines. */
export function machineOfAsset(asset: Asset): MachineDescription {
  const { ratedPowerKw, support, kind, lineFrequencyHz, poles, rotorBars, gears, blades, belt, isoGroup } = asset
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(lineFrequencyHz === undefined ? {} : { lineFrequencyHz }),
    ...(poles === undefined ? {} : { poles }),
    ...(rotorBars === undefined ? {} : { rotorBars }),
    ...(gears === undefined ? {} : { gears }),
    ...(blades === undefined ? {} : { blades }),
    ...(belt === undefined ? {} : { belt }),
    ...(isoGroup === undefined ? {} : { isoGroup }),
    ...(ratedPowerKw === undefined ? {} : { ratedPowerKw }),
    ...(support === undefined ? {} : { support }),
  }
}
