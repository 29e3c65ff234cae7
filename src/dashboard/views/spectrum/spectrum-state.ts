export const SPECTRUM_KINDS = ['spectrum', 'envelope', 'waterfall', 'samples'] as const
export type SpectrumKind = (typeof SPECTRUM_KINDS)[number]
export const OVERLAYS = ['all', 'shaft', 'bearing', 'none'] as const

export interface SpectrumState {
  readonly kind: SpectrumKind
  readonly scale: 'linear' | 'decibel'
  readonly overlay: (typeof OVERLAYS)[number]
  /** What is shown of the frequencies; null: all. Hz. */
  readonly range: { readonly fromHz: number; readonly toHz: number } | null
  readonly cursorHz: number | null
  /** Samples that are worked on; null: what is usual. */
  readonly length: number | null
  /** Counts how often another band of the envelope was asked for. */
  readonly bandNumber: number
}

export const FIRST_SPECTRUM: SpectrumState = {
  kind: 'spectrum',
  scale: 'linear',
  overlay: 'all',
  range: null,
  cursorHz: null,
  length: null,
  bandNumber: 0,
}

export const LENGTHS = [512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536] as const

export function restoreSpectrum(saved: unknown): SpectrumState {
  const { kind, scale, overlay, range, length } = (typeof saved === 'object' && saved !== null ? saved : {}) as Record<string, unknown>
  return {
    ...FIRST_SPECTRUM,
    kind: SPECTRUM_KINDS.find((known) => known === kind) ?? FIRST_SPECTRUM.kind,
    scale: scale === 'decibel' ? 'decibel' : 'linear',
    overlay: OVERLAYS.find((known) => known === overlay) ?? FIRST_SPECTRUM.overlay,
    range: restoreRange(range),
    length: LENGTHS.find((known) => known === length) ?? null,
  }
}

function restoreRange(saved: unknown): SpectrumState['range'] {
  const { fromHz, toHz } = (typeof saved === 'object' && saved !== null ? saved : {}) as {
    readonly fromHz?: unknown
    readonly toHz?: unknown
  }
  if (typeof fromHz !== 'number' || typeof toHz !== 'number') return null
  return fromHz >= 0 && toHz > fromHz && Number.isFinite(toHz) ? { fromHz, toHz } : null
}
