import type { BearingGeometry } from './asset.js'
import type { PlacedProblem } from './site-file-check.js'
import { fieldAt } from './site-file-fields.js'
import { describe, keyText } from './site-file-problem.js'
import type { AssetEntry, SiteFile } from './site-file-schema.js'
import { stated } from './stated.js'

type BearingEntry = NonNullable<AssetEntry['bearing']>

/** What a catalogue of bearings says to a name. */
export type BearingAnswer = { readonly geometry: BearingGeometry } | { readonly because: string }

/** Looks a bearing up by its designation; the words of a site file know no bearings themselves. */
export type BearingLookup = (name: string) => BearingAnswer

/** Nobody's catalogue: a bearing is what its entry says of it. */
export const noCatalogue: BearingLookup = () => ({ because: 'its geometry is not stated' })

/** A bearing out of its entry; one that is only named has the geometry of the catalogue, which says where it was read. */
export function bearingOf(entry: BearingEntry, lookup: BearingLookup): BearingGeometry | undefined {
  const { rolling_elements: rollingElements, ball_diameter_mm: ballDiameterMm, pitch_diameter_mm: pitchDiameterMm } = entry
  const { contact_angle_deg: contactAngleDeg } = entry
  if (rollingElements !== undefined && ballDiameterMm !== undefined && pitchDiameterMm !== undefined && contactAngleDeg !== undefined)
    return { name: entry.name, rollingElements, ballDiameterMm, pitchDiameterMm, contactAngleDeg }
  const answer = lookup(entry.name)
  return 'geometry' in answer ? { ...answer.geometry, name: entry.name } : undefined
}

/** The same back: what came from a catalogue is looked up again rather than written as if somebody had stated it. */
export function bearingEntry(bearing: BearingGeometry): BearingEntry {
  if (bearing.source !== undefined) return { name: bearing.name }
  return stated({
    name: bearing.name,
    rolling_elements: bearing.rollingElements,
    ball_diameter_mm: bearing.ballDiameterMm,
    pitch_diameter_mm: bearing.pitchDiameterMm,
    contact_angle_deg: bearing.contactAngleDeg,
  })
}

/** Bearings that are only named, by a name that the catalogue does not know. */
export function unknownBearings(file: SiteFile, lookup: BearingLookup): PlacedProblem[] {
  return Object.entries(file.assets ?? {}).flatMap(([key, asset]) => {
    const { bearing } = asset ?? {}
    if (bearing === undefined || bearing.rolling_elements !== undefined) return []
    const answer = lookup(bearing.name)
    if ('geometry' in answer) return []
    const path = ['assets', key, 'bearing']
    return [{ path, key: keyText(path), ...fieldAt(path), found: `${describe(bearing.name)} alone – ${answer.because}` }]
  })
}
