import type { BearingDiagnosis } from '../analysis/bearing/diagnosis.js'
import type { KurtogramAnswer } from '../analysis/vibration/kurtogram-answer.js'
import { CHART, framed, PLOT, scalesOf } from './chart-frame.js'
import { coordinate } from './svg-text.js'

/** A kurtogram as coloured cells, the strongest one ringed. */
export function kurtogramPicture({ levels, max, sampleRateHz }: KurtogramAnswer, verdicts: BearingDiagnosis['band']): string {
  const rows = levels.length
  const shown = levels.map(({ level }, row) => ({ at: rows - row - 0.5, text: String(Number(level.toFixed(2))) }))
  const frame = {
    title: 'Kurtogram',
    note: `most impulsive at ${Number(max.centreHz.toPrecision(4))} Hz, ${Number(max.widthHz.toPrecision(3))} Hz wide: kurtosis ${max.kurtosis.toPrecision(3)} above Gaussian${otherThan(verdicts, max)}`,
    x: { low: 0, high: sampleRateHz / 2, label: 'frequency, Hz' },
    y: { low: 0, high: rows, label: 'level', ticks: shown.filter((_, row) => Number.isInteger(levels[row]?.level) || rows < 10) },
  }
  const { atX } = scalesOf(frame)
  const height = PLOT.height / rows
  const cells = levels.flatMap(({ bandwidthHz, kurtosis }, row) =>
    kurtosis.flatMap((value, band) => {
      const share = max.kurtosis > 0 ? value / max.kurtosis : 0
      if (share < 0.02) return []
      const x = atX(band * bandwidthHz)
      return `<rect x="${coordinate(x)}" y="${coordinate(CHART.top + row * height)}" width="${coordinate(atX((band + 1) * bandwidthHz) - x)}" height="${coordinate(height)}" fill="${heat(share)}"/>`
    }),
  )
  const best = levels.findIndex(({ level }) => level === max.level)
  const x = atX(max.centreHz - max.widthHz / 2)
  const ring = `<rect class="ring" x="${coordinate(x - 1)}" y="${coordinate(CHART.top + best * height - 1)}" width="${coordinate(atX(max.centreHz + max.widthHz / 2) - x + 2)}" height="${coordinate(height + 2)}"/>`
  return framed(frame, `${cells.join('')}${ring}`)
}

/** A verdict of several stretches, or at another speed, may rest on another band: then both are named. */
function otherThan(verdicts: BearingDiagnosis['band'], { centreHz, widthHz }: KurtogramAnswer['max']): string {
  if (verdicts === null || (Math.abs(verdicts.centreHz - centreHz) < 1 && Math.abs(verdicts.widthHz - widthHz) < 1)) return ''
  return `; the verdict's, of another stretch or speed: ${verdicts.centreHz.toFixed(0)} Hz, ${verdicts.widthHz.toFixed(0)} Hz wide`
}

/** From white over amber to dark red. */
function heat(share: number): string {
  const stops = [
    [255, 251, 235],
    [252, 211, 77],
    [234, 88, 12],
    [127, 29, 29],
  ] as const
  const at = Math.min(stops.length - 1.001, Math.max(0, share) * (stops.length - 1))
  const [from, to] = [stops[Math.floor(at)] ?? stops[0], stops[Math.floor(at) + 1] ?? stops[3]]
  const mixed = from.map((channel, k) => Math.round(channel + ((to[k] ?? channel) - channel) * (at - Math.floor(at))))
  return `rgb(${mixed.join(',')})`
}
