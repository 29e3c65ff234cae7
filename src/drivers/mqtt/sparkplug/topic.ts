/** The message types of Sparkplug B that carry a payload of metrics, about a node (N…) or a device (D…). */
export const NODE_MESSAGES = ['NBIRTH', 'NDATA', 'NDEATH', 'NCMD'] as const
export const DEVICE_MESSAGES = ['DBIRTH', 'DDATA', 'DDEATH', 'DCMD'] as const
export type SparkplugMessage = (typeof NODE_MESSAGES)[number] | (typeof DEVICE_MESSAGES)[number]

export const SPARKPLUG_NAMESPACE = 'spBv1.0'

export interface SparkplugTopic {
  readonly kind: 'metrics'
  readonly group: string
  readonly message: SparkplugMessage
  readonly node: string
  /** Null for messages about the node itself. */
  readonly device: string | null
}

/** A host application's state: `spBv1.0/STATE/HOST` (3.0) or `STATE/HOST` (2.2). */
export interface SparkplugState {
  readonly kind: 'state'
  readonly host: string
}

/** Reads a topic; undefined where it is none of Sparkplug B. */
export function parseSparkplugTopic(topic: string): SparkplugTopic | SparkplugState | undefined {
  const parts = topic.split('/')
  if (parts[0] === 'STATE') return parts.length === 2 && parts[1] ? { kind: 'state', host: parts[1] } : undefined
  if (parts[0] !== SPARKPLUG_NAMESPACE) return undefined
  const [, group = '', message = '', node = '', device] = parts
  if (group === 'STATE') return parts.length === 3 && message !== '' ? { kind: 'state', host: message } : undefined
  if (group === '' || node === '') return undefined
  const ofNode = NODE_MESSAGES.find((known) => known === message)
  if (ofNode) return parts.length === 4 ? { kind: 'metrics', group, message: ofNode, node, device: null } : undefined
  const ofDevice = DEVICE_MESSAGES.find((known) => known === message)
  return ofDevice && parts.length === 5 && device ? { kind: 'metrics', group, message: ofDevice, node, device } : undefined
}

export function formatSparkplugTopic(topic: SparkplugTopic | SparkplugState): string {
  if (topic.kind === 'state') return `${SPARKPLUG_NAMESPACE}/STATE/${topic.host}`
  const device = topic.device === null ? '' : `/${topic.device}`
  return `${SPARKPLUG_NAMESPACE}/${topic.group}/${topic.message}/${topic.node}${device}`
}
