import type { NodeId, ReferenceDescription } from 'node-opcua-client'
import { browseNodes } from './browse.js'
import { readValueOf } from './data-value.js'
import { readNodes } from './node-lookup.js'
import type { OpcUaSession } from './session.js'
import { isSampleRateName, isSequenceName } from './waveform-shape.js'

/** The nodes that stand beside an array of samples and say how to read it. */
export interface WaveformNode {
  readonly samples: NodeId
  readonly rate: NodeId | null
  readonly sequence: NodeId | null
  /** Samples per second as the server states it now; null where it does not. */
  readonly rateHz: number | null
}

/** Looks below and beside each node of samples. */
export async function findWaveformNodes(opened: OpcUaSession, samples: readonly NodeId[]): Promise<readonly WaveformNode[]> {
  const below = await browseNodes(opened, samples)
  const parents = (await browseNodes(opened, samples, { direction: 'up' })).map((above) => above[0]?.nodeId)
  const distinct = [...new Map(parents.flatMap((parent) => (parent ? [[parent.toString(), parent] as const] : []))).entries()]
  const children = await browseNodes(
    opened,
    distinct.map(([, parent]) => parent),
  )
  const beside = new Map(distinct.map(([key], at) => [key, children[at] ?? []]))
  const shapes = samples.map((node, at) => {
    const around = [...(below[at] ?? []), ...(beside.get(parents[at]?.toString() ?? '') ?? [])]
    return { samples: node, rate: firstOf(around, isSampleRateName), sequence: firstOf(around, isSequenceName) }
  })
  const stated = shapes.flatMap(({ rate }) => (rate ? [rate] : []))
  const answers = await readNodes(opened, stated)
  const rates = new Map(stated.map((node, at) => [node.toString(), rateOf(answers[at])]))
  return shapes.map((shape) => ({ ...shape, rateHz: shape.rate ? (rates.get(shape.rate.toString()) ?? null) : null }))
}

/** A rate that can be one; null else. */
export function rateOf(answer: Parameters<typeof readValueOf>[0] | undefined): number | null {
  if (!answer) return null
  const { value, quality } = readValueOf(answer, null)
  return quality < 128 && value > 0 ? value : null
}

function firstOf(references: readonly ReferenceDescription[], isIt: (name: string) => boolean): NodeId | null {
  return references.find(({ browseName }) => isIt(browseName?.name ?? ''))?.nodeId ?? null
}
