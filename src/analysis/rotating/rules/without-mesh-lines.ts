import type { GearStage } from '../../../readings/machine-facts.js'
import { localFloor } from '../../spectrum/local-floor.js'
import type { HalfSpectrum } from '../../spectrum/real-spectrum.js'

/** Sidebands this far from the mesh, in turns of the wheel, still belong to it. */
const SIDEBANDS = 6.5
/** Noise gives a bin so many times its mean less than once in a million. */
const LINE = -Math.log(1e-6)

/**
 * A spectrum in which the lines around every multiple of the stated wheels' mesh have been brought down to the noise around them: what a gear sings
 * says nothing of the noise of a flow, neither how much there is nor how it beats.
 *
 * @param spectrum one transform of the whole record.
 * @param options.gears of the machine; where none is stated the spectrum comes back as it is.
 * @returns a new spectrum of the same size; phases stay.
 */
export function withoutMeshLines(
  spectrum: HalfSpectrum,
  options: { readonly sampleRateHz: number; readonly shaftHz: number; readonly gears: readonly GearStage[] },
): HalfSpectrum {
  if (options.gears.length === 0) return spectrum
  const stepHz = options.sampleRateHz / spectrum.size
  const [re, im] = [spectrum.re.slice(), spectrum.im.slice()]
  const power = re.map((part, k) => part * part + im[k]! * im[k]!)
  const floor = localFloor(power, Math.max(16, Math.round(options.shaftHz / 2 / stepHz)))
  for (const { teeth, speedRatio = 1 } of options.gears) {
    const wheelHz = speedRatio * options.shaftHz
    const reachHz = SIDEBANDS * wheelHz
    for (let meshHz = teeth * wheelHz; meshHz - reachHz < options.sampleRateHz / 2; meshHz += teeth * wheelHz) {
      const last = Math.min(power.length - 1, Math.floor((meshHz + reachHz) / stepHz))
      for (let k = Math.max(1, Math.ceil((meshHz - reachHz) / stepHz)); k <= last; k++) {
        if (power[k]! <= LINE * floor[k]!) continue
        const scale = Math.sqrt(floor[k]! / power[k]!)
        // A bin of two wheels is brought down once.
        power[k] = floor[k]!
        re[k] = re[k]! * scale
        im[k] = im[k]! * scale
      }
    }
  }
  return { size: spectrum.size, re, im }
}
