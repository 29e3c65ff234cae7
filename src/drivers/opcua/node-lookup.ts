import { AttributeIds, coerceNodeId, type DataValue, type NodeId, VariableIds } from 'node-opcua-client'
import { DriverFault } from '../fault.js'
import { formatNodeReference, type NodeReference } from './node-reference.js'
import type { OpcUaSession } from './session.js'

/** Values of one Read that a small server still answers in one message. */
const NODES_PER_READ = 100
const MOST_NAMESPACES = 1000

/** Reads attributes of many nodes, in the order asked. */
export async function readNodes(
  { link, session }: OpcUaSession,
  nodes: readonly NodeId[],
  attributeId: AttributeIds = AttributeIds.Value,
  nodesPerRead = NODES_PER_READ,
): Promise<DataValue[]> {
  const answers: DataValue[] = []
  for (let from = 0; from < nodes.length; from += nodesPerRead) {
    const asked = nodes.slice(from, from + nodesPerRead).map((nodeId) => ({ nodeId, attributeId }))
    const answered = await link.ask('read', () => session.read(asked, 0))
    if (answered.length !== asked.length) throw halfAnswered(link.address, answered.length, asked.length)
    answers.push(...answered)
  }
  return answers
}

/** OPC 10000-4, 5.11.2: as many results as nodes, in their order. Without that nobody knows which is whose. */
function halfAnswered(address: string, got: number, asked: number): DriverFault {
  return new DriverFault('OPCUA_REFUSED', { message: `${address} gave ${got} values for ${asked} nodes`, advice: { address }, retry: true })
}

/** A well-known node of namespace 0. */
export function standardNode(id: number): NodeId {
  return coerceNodeId(`i=${id}`)
}

/** Finds the node that a reference means on this server now; undefined where it has no such namespace. */
export type Lookup = (reference: NodeReference) => NodeId | undefined

/** Reads the namespace array only where somebody names a namespace by URI. */
export async function lookupFor(session: OpcUaSession, references: readonly NodeReference[]): Promise<Lookup> {
  const needsTable = references.some(({ namespace }) => typeof namespace === 'object')
  const namespaces = needsTable ? await readNamespaces(session) : []
  return (reference) => {
    const { namespace } = reference
    const index = typeof namespace === 'number' ? namespace : namespaces.indexOf(namespace.uri)
    return index < 0 ? undefined : coerceNodeId(formatNodeReference({ ...reference, namespace: index }))
  }
}

async function readNamespaces(session: OpcUaSession): Promise<readonly string[]> {
  const [answer] = await readNodes(session, [standardNode(VariableIds.Server_NamespaceArray)])
  const uris: unknown = answer?.value.value
  return Array.isArray(uris) ? uris.slice(0, MOST_NAMESPACES).map(String) : []
}
