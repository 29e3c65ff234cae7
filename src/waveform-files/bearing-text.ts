import { findBearing } from '../analysis/bearing/catalogue/find-bearing.js'
import { Fault } from '../faults/fault.js'
import type { BearingGeometry } from '../readings/asset.js'

/**
 * A bearing by its designation (`6205`, `SKF 6205-2RS`), from the catalogue, or by its dimensions: `n=9,d=7.94,D=39.04,angle=0` as a geometry: rolling elements, their diameter and the pitch diameter (in one unit), contact angle in degrees (0 unless said).
 * @throws Fault BEARING_GEOMETRY_INVALID that says which part is wrong.
 */
export function parseBearing(text: string): BearingGeometry {
  if (!text.includes('=')) return fromCatalogue(text)
  const parts = new Map<string, number>()
  for (const part of text.split(',')) {
    const [name = '', value = ''] = part.split('=').map((piece) => piece.trim())
    if (!['n', 'd', 'D', 'angle'].includes(name)) throw invalid(text, `"${part}" is none of n=, d=, D=, angle=`)
    if (value === '' || !Number.isFinite(Number(value))) throw invalid(text, `${name} is not a number`)
    parts.set(name, Number(value))
  }
  const missing = ['n', 'd', 'D'].filter((name) => !parts.has(name))
  if (missing.length > 0) throw invalid(text, `${missing.join(' and ')} missing`)
  const [n = 0, ball = 0, pitch = 0, angle = 0] = ['n', 'd', 'D', 'angle'].map((name) => parts.get(name) ?? 0)
  if (!Number.isInteger(n) || n < 3 || n > 500) throw invalid(text, `a bearing of ${n} rolling elements is none`)
  if (!(ball > 0 && ball < pitch)) throw invalid(text, 'd must be greater than 0 and smaller than D')
  if (!(angle >= 0 && angle <= 60)) throw invalid(text, 'the contact angle lies between 0 and 60 degrees')
  return { name: text, rollingElements: n, ballDiameterMm: ball, pitchDiameterMm: pitch, contactAngleDeg: angle }
}

/** Dimensions that nobody stated are told with where they were read. */
export function catalogueNote(bearing: BearingGeometry | null): string[] {
  return bearing?.source === undefined ? [] : [`the geometry of the bearing is taken from the catalogue: ${bearing.source}`]
}

function fromCatalogue(text: string): BearingGeometry {
  const lookup = findBearing(text)
  switch (lookup.found) {
    case 'one':
      return lookup.geometry
    case 'several':
      throw invalid(
        text,
        `several makers give it another inside: ${lookup.rows.map((row) => `${row.maker} ${row.designation}`).join(', ')}; name one`,
      )
    case 'none':
      throw invalid(text, 'it is not among the bearings whose dimensions a public source gives; state them')
  }
}

function invalid(text: string, because: string): Fault {
  return new Fault('BEARING_GEOMETRY_INVALID', { message: `${text} does not describe a bearing`, because })
}
