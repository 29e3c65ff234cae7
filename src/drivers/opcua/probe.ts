import { AttributeIds, type DataValue, NodeClass, type NodeId, ObjectIds } from 'node-opcua-client'
import type { Surroundings } from '../contract.js'
import type { ProbeReport } from '../probe-report.js'
import { formatOpcUaAddress, type OpcUaAddress, serverOf } from './address.js'
import { describeOffers } from './endpoint-choice.js'
import { lookupFor, standardNode } from './node-lookup.js'
import { unknownNode } from './open.js'
import { pointsOf } from './points.js'
import { describeServer, isClockOff, readServerFacts } from './server-facts.js'
import { type OpcUaSession, openSession } from './session.js'
import { isNodeUnknown } from './status-quality.js'
import { type FoundVariable, MOST_NODES, neighboursOf, walkVariables } from './variable-tree.js'

/** Who the server is and what it offers: everything below Objects, or below (or at) the node of the address. */
export async function probeServer(address: OpcUaAddress, around: Surroundings): Promise<ProbeReport> {
  await using opened = await openSession(address, around)
  const facts = await readServerFacts(opened, around)
  const root = address.node ? await findRoot(opened, address) : { node: standardNode(ObjectIds.ObjectsFolder), variable: null }
  const { variables, extent } = await walkVariables(opened, root.node)
  const { points, warnings } = await pointsOf(opened, serverOf(address), root.variable ? [root.variable, ...variables] : variables)
  if (extent === 'cut') warnings.push(`the server has more than ${MOST_NODES} nodes; name one to see what is below it: …?node=ns=2;s=Name`)
  if (isClockOff(facts))
    warnings.push(`its clock is off by ${((facts.clockOffsetMs ?? 0) / 1000).toFixed(1)} s against ours; its times are taken as uncertain`)
  const { maker, model, revision } = facts.identity
  const security = describeOffers([opened.endpoint])
  return {
    device: {
      address: formatOpcUaAddress(serverOf(address)),
      identity: facts.identity,
      description: [maker, model, revision].filter((part) => part !== null).join(' ') || 'OPC UA server',
      facts: { ...describeServer(facts), 'session over': security, variables: String(variables.length) },
    },
    points,
    warnings,
  }
}

/** The node of the address as the root of what is looked at; a variable is also a point itself. */
async function findRoot(opened: OpcUaSession, address: OpcUaAddress): Promise<{ node: NodeId; variable: FoundVariable | null }> {
  const node = address.node ? (await lookupFor(opened, [address.node]))(address.node) : undefined
  if (!node) throw unknownNode(address)
  const answers = await opened.link.ask('read', () =>
    opened.session.read(
      [AttributeIds.NodeClass, AttributeIds.BrowseName, AttributeIds.DisplayName].map((attributeId) => ({ nodeId: node, attributeId })),
    ),
  )
  const [nodeClass, browseName, displayName] = answers
  if (!nodeClass || isNodeUnknown(nodeClass.statusCode.value)) throw unknownNode(address)
  if (Number(nodeClass.value.value) !== Number(NodeClass.Variable)) return { node, variable: null }
  const { properties, siblings } = await neighboursOf(opened, node)
  const name = textIn(browseName, 'name') ?? ''
  return { node, variable: { node, browseName: name, displayName: textIn(displayName, 'text') ?? name, properties, siblings } }
}

function textIn(answer: DataValue | undefined, field: 'name' | 'text'): string | null {
  const value = (answer?.value.value ?? {}) as Readonly<Record<string, unknown>>
  return typeof value[field] === 'string' ? value[field].slice(0, LONGEST_NAME) : null
}

const LONGEST_NAME = 200
