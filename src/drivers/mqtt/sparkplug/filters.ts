import type { SparkplugTopic } from './topic.js'

/** All that a node says, its devices included: aliases and sequence numbers are the node's, so one device alone makes no sense. */
export function filtersOfNode({ group, node }: Pick<SparkplugTopic, 'group' | 'node'>): readonly string[] {
  const own = ['NBIRTH', 'NDATA', 'NDEATH'].map((message) => `spBv1.0/${group}/${message}/${node}`)
  return [...own, ...['DBIRTH', 'DDATA', 'DDEATH'].map((message) => `spBv1.0/${group}/${message}/${node}/+`)]
}
