import type { VibrationInput } from '../analysis/vibration/assessment.js'
import { Fault } from '../faults/fault.js'
import type { Asset } from '../readings/asset.js'
import { machineOfAsset } from './machine-of-asset.js'

/**
 * The asset of a site file that a waveform belongs to: as it was named, else as the recording says, else the only one.
 *
 * @throws Fault USAGE where none or several could be meant.
 */
export function nameplateFor(
  input: Pick<VibrationInput, 'asset' | 'file'>,
  { assets, asset: named }: { readonly assets?: readonly Asset[] | undefined; readonly asset?: string | undefined },
): Asset | null {
  if (assets === undefined) return null
  const key = named ?? input.asset ?? (assets.length === 1 ? assets[0]?.key : undefined)
  const found = assets.find((asset) => asset.key === key)
  if (found !== undefined) return found
  // What a recording says of itself is enough where the site file has forgotten the asset.
  if (named === undefined && input.asset) return null
  throw new Fault('USAGE', {
    message: key === undefined ? `which asset ${input.file} belongs to is not said` : `the site file has no asset ${key}`,
    because:
      assets.length === 0
        ? 'it describes no assets'
        : `it has ${assets
            .slice(0, 8)
            .map((asset) => asset.key)
            .join(', ')}`,
    advice: { help: `--asset ${assets[0]?.key ?? 'pump-247'}` },
  })
}

/** The nameplate put over what the data say; a speed that was measured stays. */
export function withNameplate(input: VibrationInput, asset: Asset | null): VibrationInput {
  if (asset === null) return input
  const isRated = input.shaftSpeedRpm === null && asset.ratedSpeedRpm !== undefined
  return {
    ...input,
    bearing: asset.bearing ?? input.bearing,
    machine: { ...input.machine, ...machineOfAsset(asset) },
    shaftSpeedRpm: isRated ? (asset.ratedSpeedRpm ?? null) : input.shaftSpeedRpm,
    notes: [
      ...(input.notes ?? []),
      ...(isRated ? [`the shaft speed is the rated one (${asset.ratedSpeedRpm ?? 0} rpm); none was measured meanwhile`] : []),
    ],
  }
}
