import type { Severity } from '../analysis/vibration/iso-20816-3.js'
import { coordinate, markupSafe } from './svg-text.js'

const BAR = { left: 66, width: 838, top: 44, height: 26 } as const
const ZONES = ['A', 'B', 'C', 'D'] as const

/** The four zones of ISO 20816-3 to scale with a pointer at the measured velocity. */
export function zoneBar(severity: Severity, velocityRmsMmPerS: number): string {
  const { boundariesMmPerS, group, support, zone } = severity
  const highest = Math.max(boundariesMmPerS[2] * 1.4, velocityRmsMmPerS * 1.1)
  const at = (value: number) => BAR.left + (value / highest) * BAR.width
  const edges = [0, ...boundariesMmPerS, highest]
  const cells = ZONES.map((name, k) => {
    const [from = 0, to = 0] = [edges[k], edges[k + 1]]
    return `<rect class="zone${name}" x="${coordinate(at(from))}" y="${BAR.top}" width="${coordinate(at(to) - at(from))}" height="${BAR.height}"/><text class="zone" text-anchor="middle" x="${coordinate((at(from) + at(to)) / 2)}" y="${BAR.top + 18}">${name}</text>`
  })
  const limits = boundariesMmPerS.map(
    (value) => `<text class="tick" text-anchor="middle" x="${coordinate(at(value))}" y="${BAR.top + BAR.height + 14}">${value}</text>`,
  )
  const x = at(velocityRmsMmPerS)
  const pointer = `<path class="pointer" d="M${coordinate(x)} ${BAR.top - 1}l-6 -9h12Z"/><text class="title" text-anchor="${x > 700 ? 'end' : 'start'}" x="${coordinate(x + (x > 700 ? -10 : 10))}" y="${BAR.top - 6}">${velocityRmsMmPerS.toPrecision(3)} mm/s RMS</text>`
  return `<g><text class="title" x="66" y="16">ISO 20816-3 zone ${zone}<tspan class="note" dx="10">${markupSafe(`group ${group}, ${support} support, 10–1000 Hz, mm/s`)}</tspan></text>${cells.join('')}${limits.join('')}${pointer}</g>`
}
