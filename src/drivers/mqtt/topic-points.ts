import type { Point } from '../probe-report.js'
import { addressOf, type Broker } from './address.js'
import type { Delivery } from './client.js'
import { CodecError } from './codec-error.js'
import { NOT_JSON, parsePayload } from './json-payload.js'
import { type JsonPoint, pointsOfJson } from './json-points.js'
import { kindOf } from './kind-of.js'
import { symbolOf, VALUE_KEYS } from './stated-unit.js'
import type { ReceivedWaveform } from './waveform.js'
import { decodeWaveformBlock, looksLikeWaveformBlock } from './waveform-block.js'
import { looksLikeWaveformJson, waveformOf } from './waveform-json.js'

export interface TopicSample {
  readonly broker: Broker
  readonly topic: string
  readonly payload: Buffer
  readonly delivery: Delivery
}

/**
 * The values that a topic offers, judged by one payload; none where the payload holds no number.
 * @throws CodecError on a broken waveform block.
 */
export function pointsOfTopic(sample: TopicSample): readonly Point[] {
  const { payload } = sample
  if (looksLikeWaveformBlock(payload))
    return [waveformPoint(sample, decodeWaveformBlock(payload), { confidence: 1, form: 'waveform block' })]
  const json = parsePayload(payload.toString('utf8'))
  if (json === NOT_JSON) throw new CodecError('neither JSON nor a number')
  if (looksLikeWaveformJson(json)) return [waveformPoint(sample, waveformOf(json), { confidence: 0.95, form: 'JSON waveform' })]
  const form = typeof json === 'object' ? 'JSON field' : 'plain value'
  return pointsOfJson(json).map((point) => fieldPoint(sample, point, form))
}

function fieldPoint({ broker, topic, delivery }: TopicSample, { field, key, value, unit }: JsonPoint, form: string): Point {
  const name = field === '' || VALUE_KEYS.has(key) ? nameOfTopic(topic) : key
  return {
    address: addressOf(broker, topic, field === '' ? new Map() : new Map([['field', field]])),
    name,
    kind: typeof value === 'boolean' ? 'state' : kindOf(name, unit),
    type: typeof value === 'boolean' ? 'boolean' : 'float64',
    order: null,
    scale: 1,
    unit,
    value,
    // A bare number says nothing of itself; in JSON it at least has a name.
    confidence: field === '' ? 0.8 : 0.9,
    alternatives: [],
    evidence: `${form} in a ${delivery} message`,
  }
}

function waveformPoint(
  { broker, topic, delivery }: TopicSample,
  { unit, samples, sampleRateHz }: ReceivedWaveform,
  { confidence, form }: { readonly confidence: number; readonly form: string },
): Point {
  const name = nameOfTopic(topic)
  const symbol = unit === '' ? null : symbolOf(unit)
  return {
    address: addressOf(broker, topic, new Map([['as', 'waveform']])),
    name,
    kind: kindOf(name, symbol),
    type: 'waveform',
    order: null,
    scale: 1,
    unit: symbol,
    value: samples.length,
    confidence,
    alternatives: [],
    sampleRateHz,
    evidence: `${form} in a ${delivery} message`,
  }
}

/** The last level that says more than "value" or "waveform". */
function nameOfTopic(topic: string): string {
  return topic.split('/').findLast((level) => level !== '' && level !== 'waveform' && !VALUE_KEYS.has(level)) ?? topic
}
