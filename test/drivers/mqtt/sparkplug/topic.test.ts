import { describe, expect, it } from 'vitest'
import { formatSparkplugTopic, parseSparkplugTopic } from '../../../../src/drivers/mqtt/sparkplug/topic.js'

describe('Sparkplug topics', () => {
  it.each([
    ['spBv1.0/G/NBIRTH/N', { kind: 'metrics', group: 'G', message: 'NBIRTH', node: 'N', device: null }],
    ['spBv1.0/G/DDATA/N/D', { kind: 'metrics', group: 'G', message: 'DDATA', node: 'N', device: 'D' }],
    ['spBv1.0/STATE/host', { kind: 'state', host: 'host' }],
  ] as const)('%s reads and prints the same', (topic, expected) => {
    expect(parseSparkplugTopic(topic)).toEqual(expected)
    expect(formatSparkplugTopic(expected)).toBe(topic)
  })

  it('know the state topic of version 2.2', () => {
    expect(parseSparkplugTopic('STATE/host')).toEqual({ kind: 'state', host: 'host' })
  })

  it.each([
    'spBv1.0/G/NDATA/N/D',
    'spBv1.0/G/DDATA/N',
    'spBv1.0/G/XDATA/N',
    'spBv1.0//NDATA/N',
    'spAv1.0/G/NDATA/N',
    'plant/STATE',
    'STATE',
    'spBv1.0',
  ])('%s is none', (topic) => {
    expect(parseSparkplugTopic(topic)).toBeUndefined()
  })
})
