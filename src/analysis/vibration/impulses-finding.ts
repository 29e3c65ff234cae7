import type { BearingDiagnosis } from '../bearing/diagnosis.js'
import { type RepeatingImpulses, repeatingImpulses } from '../bearing/repeating-impulses.js'
import type { VibrationFinding, VibrationInput, VibrationStretch } from './assessment.js'

/**
 * Impulses that return, where no fault of the bearing was called: whoever states no speed and no bearing must not be left with nothing. The rate is what
 * the record shows; whose it is takes the speed and the geometry.
 *
 * @param levels of the whole record, for the reader.
 * @returns at most one finding a stretch; `notes` tell of rates that the mains gives as well, which are no finding.
 */
export function impulsesFinding(
  input: VibrationInput,
  context: {
    readonly stretches: readonly VibrationStretch[]
    readonly bearing: BearingDiagnosis | null
    readonly levels: { readonly kurtosis: number | null; readonly crestFactor: number | null }
  },
): { readonly found: readonly (readonly VibrationFinding[])[]; readonly notes: readonly string[] } {
  const { bearing, stretches } = context
  if (bearing !== null && bearing.verdict !== 'healthy' && bearing.verdict !== 'uncertain') return { found: [], notes: [] }
  const notes = new Set<string>()
  const found = stretches.map((stretch): VibrationFinding[] => {
    const impulses = repeatingImpulses(stretch.samples, input)
    if (impulses === null) return []
    const { rateHz, mainsHz } = impulses
    if (mainsHz === null) return [findingOf(impulses, { ...context, input })]
    notes.add(
      `impulses repeat at ${rateHz.toFixed(1)} Hz, a multiple of the mains' ${mainsHz} Hz, which a converter gives as well as damage`,
    )
    return []
  })
  return { found, notes: [...notes] }
}

function findingOf(
  { rateHz, harmonics }: RepeatingImpulses,
  { input, bearing, levels }: { readonly input: VibrationInput } & Omit<Parameters<typeof impulsesFinding>[1], 'stretches'>,
): VibrationFinding {
  const decibels = harmonics.map(({ overNoiseDb }) => overNoiseDb)
  const [least, most] = [Math.min(...decibels).toFixed(0), Math.max(...decibels).toFixed(0)]
  const shaftRpm = bearing?.estimatedSpeedRpm ?? input.shaftSpeedRpm
  const order = shaftRpm === null ? '' : `, ${((60 * rateHz) / shaftRpm).toFixed(2)} times the shaft speed`
  const { kurtosis, crestFactor } = levels
  const how =
    kurtosis === null || crestFactor === null ? '' : ` (kurtosis ${kurtosis.toPrecision(3)}, crest factor ${crestFactor.toPrecision(3)})`
  const missing = [
    ...(shaftRpm === null ? [['shaft speed', '--speed RPM, or speed_sensor in the site file'] as const] : []),
    ...(input.bearing === null ? [['bearing', '--bearing DESIGNATION'] as const] : []),
  ]
  const name =
    missing.length > 0
      ? `cannot be named without ${missing.map(([what]) => what).join(' and ')}`
      : `no fault of the stated bearing could be called for it`
  return {
    code: 'repeating-impacts',
    severity: 'warning',
    evidence: `impulsive${how}, repeating at ${rateHz.toFixed(1)} Hz${order} (${harmonics.length} harmonics, ${least}–${most} dB over the noise of the envelope); a damaged bearing, a damaged gear tooth or a knocking part does so; ${name}`,
    wouldTell:
      missing.length > 0
        ? missing.map(([what, how]) => `the ${what} (${how})`).join(' and ')
        : 'the other parts that turn (--teeth, --blades, --belt), or the bearings of the other shafts',
    repetitionHz: rateHz,
  }
}
