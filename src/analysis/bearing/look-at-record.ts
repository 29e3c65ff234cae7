import type { BearingGeometry } from '../../readings/asset.js'
import type { HalfSpectrum } from '../spectrum/real-spectrum.js'
import type { FaultElsewhere } from './diagnosis.js'
import type { FrequencyBand } from './envelope-spectrum.js'
import { lookAtMultiples, seenAtMultiplesHz } from './look-at-multiples.js'
import { type LookAtSpeed, lookAtSpeed, seenAtSpeedHz } from './look-at-speed.js'
import { preWhitenedView, rangeAndQuarters } from './pre-whitened-views.js'

/**
 * The faults at a shaft speed and, where the record does not show its speed, at others, all in the same views: the whole range, its quarters and the band that the
 * kurtogram chose.
 */
export function lookAtRecord(
  spectrum: HalfSpectrum,
  options: {
    readonly sampleRateHz: number
    readonly geometry: BearingGeometry
    readonly shaftHz: number
    readonly chosen: FrequencyBand
    readonly speedIs: 'stated' | 'seen'
  },
): { readonly look: LookAtSpeed; readonly elsewhere: FaultElsewhere | null } {
  const { sampleRateHz, geometry, shaftHz, chosen, speedIs } = options
  const maxHz = (speedIs === 'stated' ? seenAtMultiplesHz : seenAtSpeedHz)(geometry, shaftHz)
  const views = [...rangeAndQuarters(sampleRateHz), { name: 'kurtogram band', band: chosen }].map((named) =>
    preWhitenedView(spectrum, named, { sampleRateHz, maxHz, reachHz: shaftHz }),
  )
  const look = lookAtSpeed(views, { geometry, shaftHz, speedIs })
  const isSought = speedIs === 'stated' && look.impliedHz === null
  return { look, elsewhere: isSought ? lookAtMultiples(views, { geometry, shaftHz }) : null }
}
