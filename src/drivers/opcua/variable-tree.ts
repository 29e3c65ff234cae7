import { NodeClass, type NodeId, ObjectIds, type ReferenceDescription, ReferenceTypeIds } from 'node-opcua-client'
import { browseNodes } from './browse.js'
import type { OpcUaSession } from './session.js'

/** A variable that the server offers, with the properties and neighbours that explain it. */
export interface FoundVariable {
  readonly node: NodeId
  readonly browseName: string
  readonly displayName: string
  /** Its own properties (EngineeringUnits, EURange, perhaps a sample rate). */
  readonly properties: ReadonlyMap<string, NodeId>
  /** What stands beside it below the same parent. */
  readonly siblings: ReadonlyMap<string, NodeId>
}

export interface VariableTree {
  readonly variables: readonly FoundVariable[]
  /** Whether there was more than we look at. */
  readonly extent: 'complete' | 'cut'
}

export const MOST_NODES = 5000
const DEEPEST = 100
const VARIABLE: number = NodeClass.Variable
/** Folders of namespace 0 hold no plant: the server's own state, types, views. */
const SKIPPED = new Set([ObjectIds.Server, ObjectIds.Aliases, ObjectIds.Locations, ObjectIds.Quantities].map((id) => `ns=0;i=${id}`))
const HAS_PROPERTY = `ns=0;i=${ReferenceTypeIds.HasProperty}`

interface Branch {
  readonly node: NodeId
  readonly variable: { properties: Map<string, NodeId> } | null
}

/** Walks everything below `root` in breadth: nothing twice, at most `mostNodes`, at most 100 levels. */
export async function walkVariables(opened: OpcUaSession, root: NodeId, mostNodes = MOST_NODES): Promise<VariableTree> {
  const seen = new Set<string>([root.toString()])
  const variables: FoundVariable[] = []
  let extent: VariableTree['extent'] = 'complete'
  let level: readonly Branch[] = [{ node: root, variable: null }]
  for (let depth = 0; level.length > 0 && depth < DEEPEST; depth++) {
    const found = await browseNodes(
      opened,
      level.map(({ node }) => node),
    )
    const next: Branch[] = []
    level.forEach((branch, at) => {
      const references = (found[at] ?? []).filter(({ nodeId }) => !SKIPPED.has(nodeId.toString()))
      const siblings = new Map(references.map((reference) => [nameOf(reference), reference.nodeId]))
      for (const reference of references) {
        if (branch.variable && isProperty(reference)) branch.variable.properties.set(nameOf(reference), reference.nodeId)
        const id = reference.nodeId.toString()
        if (seen.has(id) || isProperty(reference)) continue
        if (seen.size > mostNodes) extent = 'cut'
        else {
          seen.add(id)
          const variable = Number(reference.nodeClass) === VARIABLE ? variableOf(reference, siblings) : null
          if (variable) variables.push(variable)
          next.push({ node: reference.nodeId, variable })
        }
      }
    })
    level = next
  }
  return { variables: variables.filter(({ node }) => node.namespace !== 0), extent: level.length > 0 ? 'cut' : extent }
}

function variableOf(
  reference: ReferenceDescription,
  siblings: ReadonlyMap<string, NodeId>,
): FoundVariable & { properties: Map<string, NodeId> } {
  const browseName = nameOf(reference)
  const displayName = reference.displayName?.text?.slice(0, LONGEST_NAME) || browseName
  return { node: reference.nodeId, browseName, displayName, properties: new Map(), siblings }
}

const LONGEST_NAME = 200

function isProperty({ referenceTypeId }: ReferenceDescription): boolean {
  return referenceTypeId.toString() === HAS_PROPERTY
}

function nameOf({ browseName }: ReferenceDescription): string {
  return (browseName?.name ?? '').slice(0, LONGEST_NAME)
}

/** What stands below one variable and beside it. */
export async function neighboursOf(opened: OpcUaSession, node: NodeId): Promise<Pick<FoundVariable, 'properties' | 'siblings'>> {
  const [below] = await browseNodes(opened, [node])
  const [above] = await browseNodes(opened, [node], { direction: 'up' })
  const parent = above?.[0]?.nodeId
  const [beside] = parent ? await browseNodes(opened, [parent]) : []
  const named = (references: readonly ReferenceDescription[] = []): ReadonlyMap<string, NodeId> =>
    new Map(references.map((reference) => [nameOf(reference), reference.nodeId]))
  return { properties: named(below), siblings: named(beside) }
}
