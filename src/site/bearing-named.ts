import { findBearing } from '../analysis/bearing/catalogue/find-bearing.js'
import { BEARING_ROWS } from '../analysis/bearing/catalogue/rows.js'
import type { BearingAnswer } from '../readings/site-file-bearing.js'

/** A bearing that a site file only names, out of the shipped catalogue. */
export function bearingNamed(name: string): BearingAnswer {
  const lookup = findBearing(name)
  switch (lookup.found) {
    case 'one':
      return { geometry: lookup.geometry }
    case 'several':
      return { because: `several makers give it another inside, name one: ${namesOf(lookup.rows)}; or state its geometry` }
    case 'none':
      return { because: `it is not in the catalogue, state its geometry beside it (known by name: ${namesOf(BEARING_ROWS)})` }
  }
}

function namesOf(rows: readonly { readonly maker: string; readonly designation: string }[]): string {
  return rows.map(({ maker, designation }) => `${maker} ${designation}`).join(', ')
}
