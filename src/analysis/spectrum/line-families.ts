import type { SpectralLine } from './spectral-line.js'

interface FamilyMember extends SpectralLine {
  /** 1, 2, 3 … of a fundamental; …, −2, −1, 1, 2 … of a sideband spacing. */
  readonly order: number
}

/** Lines that belong together, and how unlikely chance is to lay them so. */
export type LineFamily =
  | {
      readonly kind: 'harmonics'
      readonly fundamentalHz: number
      readonly orders: readonly number[]
      readonly members: readonly FamilyMember[]
      /** log10 of the chance that lines strewn at random give as many hits. */
      readonly chanceLog10: number
    }
  | {
      readonly kind: 'sidebands'
      readonly carrierHz: number
      readonly sidebandSpacingHz: number
      readonly orders: readonly number[]
      readonly members: readonly FamilyMember[]
      readonly chanceLog10: number
    }

/** More lines are noise in disguise or a record too rich to name. */
const MOST_LINES = 400
const MOST_ORDERS = 60
/** Families that chance would make once in a thousand records. */
const CONVINCING_LOG10 = -3
const LEAST_MEMBERS = 3

/**
 * Names the lines of a spectrum: harmonics of a common fundamental first, then sidebands at equal distances from a strong line. Candidates are the
 * lines themselves and the distances between them; a family is kept where lines strewn at random over the same range would hardly give as many
 * hits (binomial, times the number of candidates tried). A line belongs to one family of harmonics; carriers may be among them.
 *
 * @param lines   as of `spectralLines`.
 * @param options.toleranceHz how far a member may lie from its place: half a bin is honest, the interpolation is better.
 * @returns the most convincing first; none where nothing convinces.
 */
export function lineFamilies(lines: readonly SpectralLine[], options: { readonly toleranceHz: number }): readonly LineFamily[] {
  const strongest = [...lines].sort((a, b) => b.overFloor - a.overFloor).slice(0, MOST_LINES)
  const families: LineFamily[] = []
  let free: readonly SpectralLine[] = strongest
  for (;;) {
    const family = bestHarmonics(free, options.toleranceHz)
    if (!family) break
    families.push(family)
    free = free.filter((line) => !family.members.some(({ frequencyHz }) => frequencyHz === line.frequencyHz))
  }
  const carriers = [...free.slice(0, 10), ...families.flatMap(({ members }) => members)].filter(({ overFloor }) => overFloor > 0)
  for (const carrier of carriers) {
    const family = bestSidebands(carrier, free, options.toleranceHz)
    if (!family) continue
    families.push(family)
    free = free.filter((line) => !family.members.some(({ frequencyHz }) => frequencyHz === line.frequencyHz))
  }
  return families
}

function bestHarmonics(lines: readonly SpectralLine[], toleranceHz: number): LineFamily | null {
  const top = Math.max(0, ...lines.map(({ frequencyHz }) => frequencyHz))
  let best: LineFamily | null = null
  for (const { frequencyHz: candidateHz } of lines) {
    const fundamentalHz = refined(candidateHz, lines, toleranceHz)
    const tried = Math.min(MOST_ORDERS, Math.floor((top + toleranceHz) / fundamentalHz))
    const all = membersOf(lines, { originHz: 0, spacingHz: fundamentalHz, orders: upTo(tried), toleranceHz })
    const { members, chanceLog10 } = mostConvincing(all, { lines, toleranceHz, candidates: lines.length })
    if (members.length < LEAST_MEMBERS || chanceLog10 > CONVINCING_LOG10 || (best && chanceLog10 >= best.chanceLog10)) continue
    best = { kind: 'harmonics', fundamentalHz, orders: members.map(({ order }) => order), members, chanceLog10 }
  }
  return best
}

function bestSidebands(carrier: SpectralLine, lines: readonly SpectralLine[], toleranceHz: number): LineFamily | null {
  const carrierHz = carrier.frequencyHz
  let best: LineFamily | null = null
  for (const line of lines) {
    const spacingHz = Math.abs(line.frequencyHz - carrierHz)
    if (spacingHz < 4 * toleranceHz) continue
    const orders = [1, 2, 3, 4, 5].flatMap((order) => [-order, order]).filter((order) => carrierHz + order * spacingHz > 0)
    const others = lines.filter(({ frequencyHz }) => frequencyHz !== carrierHz)
    const members = membersOf(others, { originHz: carrierHz, spacingHz, orders, toleranceHz })
    const isPaired = members.some(({ order }) => order === 1) && members.some(({ order }) => order === -1)
    const chanceLog10 = chanceOf(members.length - 1, orders.length - 1, { lines: others, toleranceHz, candidates: lines.length * 10 })
    if (!isPaired || chanceLog10 > CONVINCING_LOG10 || (best && chanceLog10 >= best.chanceLog10)) continue
    best = { kind: 'sidebands', carrierHz, sidebandSpacingHz: spacingHz, orders: members.map(({ order }) => order), members, chanceLog10 }
  }
  return best
}

/** The spacing that fits the members found one order after the other: an error of the first grows with the order. */
function refined(candidateHz: number, lines: readonly SpectralLine[], toleranceHz: number): number {
  let spacingHz = candidateHz
  let reach = 1
  for (let order = 2; order <= MOST_ORDERS; order++) {
    const hit = nearest(lines, order * spacingHz)
    if (!hit || Math.abs(hit.frequencyHz - order * spacingHz) > toleranceHz * Math.max(1, order / reach / 2)) continue
    spacingHz = hit.frequencyHz / order
    reach = order
  }
  return spacingHz
}

function membersOf(
  lines: readonly SpectralLine[],
  place: { readonly originHz: number; readonly spacingHz: number; readonly orders: readonly number[]; readonly toleranceHz: number },
): FamilyMember[] {
  return [...place.orders]
    .sort((a, b) => a - b)
    .flatMap((order) => {
      const atHz = place.originHz + order * place.spacingHz
      const line = nearest(lines, atHz)
      return line && Math.abs(line.frequencyHz - atHz) <= place.toleranceHz ? [{ ...line, order }] : []
    })
}

function nearest(lines: readonly SpectralLine[], frequencyHz: number): SpectralLine | undefined {
  let best: SpectralLine | undefined
  for (const line of lines) {
    if (!best || Math.abs(line.frequencyHz - frequencyHz) < Math.abs(best.frequencyHz - frequencyHz)) best = line
  }
  return best
}

interface Strewn {
  readonly lines: readonly SpectralLine[]
  readonly toleranceHz: number
  readonly candidates: number
}

/** Harmonics up to the order where chance explains them least; what comes after may be chance. The first member proves nothing: it made the candidate. */
function mostConvincing(
  members: readonly FamilyMember[],
  strewn: Strewn,
): { readonly members: readonly FamilyMember[]; readonly chanceLog10: number } {
  let best = { members: members.slice(0, 1), chanceLog10: 0 }
  for (const [hits, { order }] of members.entries()) {
    const chanceLog10 = chanceOf(hits, order - 1, { ...strewn, candidates: strewn.candidates * members.length })
    if (chanceLog10 < best.chanceLog10) best = { members: members.slice(0, hits + 1), chanceLog10 }
  }
  return best
}

/** log10 of candidates · P(X ≥ hits), X binomial: `places` windows of ±tolerance among lines strewn over their own range. */
function chanceOf(hits: number, places: number, { lines, toleranceHz, candidates }: Strewn): number {
  if (hits < 1 || places < hits) return 0
  const top = Math.max(...lines.map(({ frequencyHz }) => frequencyHz))
  const share = Math.min(0.999, (2 * toleranceHz * lines.length) / top)
  let term = (1 - share) ** places
  let tail = 0
  for (let k = 0; k <= places; k++) {
    if (k >= hits) tail += term
    term *= ((places - k) / (k + 1)) * (share / (1 - share))
  }
  return Math.min(0, Math.log10(tail * candidates))
}

function upTo(count: number): number[] {
  return Array.from({ length: Math.max(0, count) }, (_, k) => k + 1)
}
