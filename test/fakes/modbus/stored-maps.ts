// Made-up devices as lines of JSON: the first says where they come from, each other is a device. Imports types only, as bench/inference.mjs and
// fixtures/inference/make-maps.mjs run this file by itself.
import type { GeneratedBlock, GeneratedMap, TrueOrder, TruePoint, TrueType } from './generated-map.js'

export interface StoredMaps {
  readonly seed: number
  readonly samples: number
  readonly maps: readonly GeneratedMap[]
}

/** Type, order, scale, process, then the registers in hex: once where they stand, else once per sample. */
type StoredPoint = readonly [TrueType, TrueOrder, number, string, ...string[]]

interface StoredMap {
  readonly style: string
  readonly blocks: readonly { readonly table: 'holding' | 'input'; readonly from: number; readonly points: readonly StoredPoint[] }[]
}

export function writeMaps({ seed, samples, maps }: StoredMaps): string {
  return [{ seed, samples, maps: maps.length }, ...maps.map(storedMap)].map((line) => `${JSON.stringify(line)}\n`).join('')
}

export function readMaps(text: string): StoredMaps {
  const [head = '{}', ...lines] = text.trimEnd().split('\n')
  const { seed, samples } = JSON.parse(head) as { readonly seed: number; readonly samples: number }
  return { seed, samples, maps: lines.map((line) => mapOf(JSON.parse(line) as StoredMap, samples)) }
}

function storedMap({ style, blocks }: GeneratedMap): StoredMap {
  return {
    style,
    blocks: blocks.map(({ table, from, points, samples }) => ({ table, from, points: points.map((point) => storedPoint(point, samples)) })),
  }
}

function storedPoint({ at, width, type, order, scale, process }: TruePoint, samples: readonly Uint16Array[]): StoredPoint {
  const seen = samples.map((sample) => [...sample.subarray(at, at + width)].map((word) => word.toString(16).padStart(4, '0')).join(''))
  return [type, order, scale, process, ...(new Set(seen).size === 1 ? seen.slice(0, 1) : seen)]
}

function mapOf({ style, blocks }: StoredMap, samples: number): GeneratedMap {
  return {
    style,
    blocks: blocks.map(({ table, from, points: stored }): GeneratedBlock => {
      let next = 0
      const points = stored.map(([type, order, scale, process, first = '']): TruePoint => {
        const at = next
        next += first.length / 4
        return { at, width: next - at, type, order, scale, process }
      })
      const rounds = Array.from({ length: samples }, (_, round) =>
        Uint16Array.from(stored.flatMap(([, , , , ...seen]) => wordsOf(seen[seen.length === 1 ? 0 : round] ?? ''))),
      )
      return { table, from, samples: rounds, points }
    }),
  }
}

function wordsOf(hex: string): readonly number[] {
  return Array.from({ length: hex.length / 4 }, (_, at) => Number.parseInt(hex.slice(at * 4, at * 4 + 4), 16))
}
