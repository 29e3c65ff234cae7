const MAX_TOPIC_BYTES = 65_535

/** Whether a filter may match more than one topic (MQTT 5.0, section 4.7.1). */
export function hasWildcard(filter: string): boolean {
  return filter.includes('+') || filter.includes('#')
}

/** What is wrong with a topic filter; undefined where it is fine. */
export function flawOfFilter(filter: string): string | undefined {
  if (filter === '') return 'the topic is empty'
  if (filter.includes('\u0000')) return 'a topic cannot hold a NUL'
  if (Buffer.byteLength(filter) > MAX_TOPIC_BYTES) return `a topic has at most ${MAX_TOPIC_BYTES} bytes`
  const levels = filter.split('/')
  if (levels.some((level) => level.length > 1 && hasWildcard(level))) return 'a wildcard stands alone in its level'
  return levels.slice(0, -1).includes('#') ? '# stands only at the end' : undefined
}
