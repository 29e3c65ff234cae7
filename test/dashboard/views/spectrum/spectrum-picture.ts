import { reduceFreight } from '../../../../src/dashboard/live/reduce.js'
import type { Picture } from '../../../../src/dashboard/picture.js'
import type { SpectrumSource, SpectrumWish, WaterfallRow } from '../../../../src/dashboard/spectra/spectrum-answer.js'
import { waterfallRow, workOut } from '../../../../src/dashboard/spectra/work-out.js'
import type { SpectrumState } from '../../../../src/dashboard/views/spectrum/spectrum-state.js'
import { FIRST_SPECTRUM } from '../../../../src/dashboard/views/spectrum/spectrum-state.js'
import type { Asset } from '../../../../src/readings/asset.js'
import { QUALITY } from '../../../../src/readings/quality.js'
import { alone } from '../../pressed.js'
import { START, samplePicture } from '../../sample-picture.js'

export const RATE_HZ = 8192
export const LENGTH = 8192
/** What the sample's speed sensor says last: 1480 + 20 mod 3. */
export const SHAFT_HZ = 1482 / 60
export const ASSET: Asset = {
  key: 'pump-247',
  ratedSpeedRpm: 1500,
  bearing: { name: 'SKF 6205', rollingElements: 9, ballDiameterMm: 7.94, pitchDiameterMm: 39.04, contactAngleDeg: 0 },
  speedSensor: 'pump-247/shaft-speed',
}
/** n/2·(1 − d/D) turns of the shaft. */
export const BPFO_HZ = ((9 * SHAFT_HZ) / 2) * (1 - 7.94 / 39.04)

/** The small plant, one of whose sensors sends a second of 1× and of a resonance that is struck BPFO times a second. */
export function spectrumPicture(
  state: Partial<SpectrumState>,
  { assets = [ASSET], selected = 'pump-247/acceleration' }: { readonly assets?: readonly Asset[]; readonly selected?: string } = {},
): Picture {
  const picture = samplePicture({ screen: { ...alone('spectrum', { ...FIRST_SPECTRUM, ...state }), selected }, spectra: worksAtOnce })
  picture.live.assets = assets
  const startedAt = START + 19.4e6
  reduceFreight(picture.live, {
    kind: 'waveform',
    sensor: 'pump-247/acceleration',
    startedAt,
    receivedAt: startedAt + 1e6,
    sampleRateHz: RATE_HZ,
    samples: struck(),
    quality: QUALITY.good,
  })
  return picture
}

function struck(): Float64Array {
  let seed = 7
  // Noise of a linear congruential generator, the same in every run.
  const noise = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed / 2 ** 30 - 1
  }
  return Float64Array.from({ length: LENGTH }, (_, k) => {
    const t = k / RATE_HZ
    const sinceStrike = t % (1 / BPFO_HZ)
    return (
      0.5 * Math.sin(2 * Math.PI * SHAFT_HZ * t) + 4 * Math.exp(-800 * sinceStrike) * Math.sin(2 * Math.PI * 2400 * sinceStrike) + noise()
    )
  })
}

const worksAtOnce: SpectrumSource = {
  ask(wish: SpectrumWish) {
    const stretch = { samples: struck(), sampleRateHz: RATE_HZ, at: START + 20.4e6 }
    const row = waterfallRow(stretch)
    const waterfall: readonly WaterfallRow[] = [3, 2, 1, 0].map((back) => ({ ...row, at: row.at - back * 1e6 }))
    return { state: 'ready', spectrum: workOut(stretch, wish, null), waterfall }
  },
}
