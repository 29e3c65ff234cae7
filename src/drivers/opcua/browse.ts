import { BrowseDirection, NodeClass, type NodeId, type ReferenceDescription, ReferenceTypeIds } from 'node-opcua-client'
import { standardNode } from './node-lookup.js'
import type { OpcUaSession } from './session.js'

const NODES_PER_BROWSE = 50
const REFERENCES_PER_NODE = 1000
/** Pages of one node: a server that never ends its list is not believed. */
const MOST_PAGES = 100
const WHAT_WE_NEED = 0x3f

export interface BrowseOptions {
  readonly direction?: 'down' | 'up'
}

/** What stands below (or above) each of these nodes: objects and variables, by any hierarchical reference. */
export async function browseNodes(
  opened: OpcUaSession,
  nodes: readonly NodeId[],
  { direction = 'down' }: BrowseOptions = {},
): Promise<readonly (readonly ReferenceDescription[])[]> {
  const found: (readonly ReferenceDescription[])[] = []
  for (let from = 0; from < nodes.length; from += NODES_PER_BROWSE) {
    found.push(...(await browseSome(opened, nodes.slice(from, from + NODES_PER_BROWSE), direction)))
  }
  return found
}

async function browseSome(
  { link, session }: OpcUaSession,
  nodes: readonly NodeId[],
  direction: 'down' | 'up',
): Promise<ReferenceDescription[][]> {
  session.requestedMaxReferencesPerNode = REFERENCES_PER_NODE
  const asked = nodes.map((nodeId) => ({
    nodeId,
    browseDirection: direction === 'down' ? BrowseDirection.Forward : BrowseDirection.Inverse,
    referenceTypeId: standardNode(ReferenceTypeIds.HierarchicalReferences),
    includeSubtypes: true,
    nodeClassMask: NodeClass.Object | NodeClass.Variable,
    resultMask: WHAT_WE_NEED,
  }))
  const results = await link.ask('browse', () => session.browse(asked))
  const found: ReferenceDescription[][] = []
  for (const result of results) {
    const references = [...(result.references ?? [])]
    let { continuationPoint } = result
    for (let page = 0; continuationPoint && continuationPoint.length > 0 && page < MOST_PAGES; page++) {
      const point = continuationPoint
      const next = await link.ask('browse on', () => session.browseNext(point, page === MOST_PAGES - 1))
      references.push(...(next.references ?? []))
      continuationPoint = next.continuationPoint
    }
    found.push(references)
  }
  return found
}
