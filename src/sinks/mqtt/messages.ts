import { encodeWaveformBlock } from '../../drivers/mqtt/waveform-block.js'
import { reasonOf } from '../../faults/fault.js'
import { qualityOf } from '../../readings/quality.js'
import { formatMicros } from '../../readings/time.js'
import { DeliveryError } from '../spool/far-end.js'
import type { Parcel, WaveformParcel } from '../spool/parcel.js'
import { type ParcelRow, rowsOf } from '../spool/parcel-row.js'

export interface Message {
  readonly topic: string
  readonly payload: string | Buffer
  readonly isBlock: boolean
}

const MAX_TOPIC_CHARACTERS = 1000

/**
 * Parcels as messages, in order.
 * @throws DeliveryError for a block that our waveform format cannot hold.
 */
export function* messagesOf(parcels: readonly Parcel[], prefix: string): Generator<Message> {
  for (const parcel of parcels) {
    if (parcel.kind === 'waveform') yield blockMessage(parcel, prefix)
    else for (const row of rowsOf([parcel])) yield readingMessage(row, prefix)
  }
}

/** Topics hold no wildcards; everything else of a sensor's name stays, its slashes as levels. */
export function topicOf(prefix: string, sensor: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what MQTT forbids in topics (1.5.4) and what brokers hang up on
  const safe = sensor.toWellFormed().replace(/[+#\u0000-\u001f\u007f-\u009f]/g, '_')
  return `${prefix}/${safe}`.slice(0, MAX_TOPIC_CHARACTERS).toWellFormed()
}

function readingMessage({ sensor, at, value, text, quality, sequence }: ParcelRow, prefix: string): Message {
  const { level, reason } = qualityOf(quality)
  const payload = {
    sensor: sensor.key,
    time: formatMicros(at),
    value,
    ...(sensor.unit === null ? {} : { unit: sensor.unit }),
    ...(text === null ? {} : { text }),
    quality: level,
    ...(reason === null ? {} : { reason }),
    sequence,
  }
  return { topic: topicOf(prefix, sensor.key), payload: JSON.stringify(payload), isBlock: false }
}

function blockMessage({ sensor, startedAt, sampleRateHz, samples, sequence }: WaveformParcel, prefix: string): Message {
  try {
    const block = { startedAt, sampleRateHz, unit: sensor.unit ?? '', sequence: sequence % 2 ** 32, samples, format: formatOf(samples) }
    return { topic: topicOf(prefix, sensor.key), payload: Buffer.from(encodeWaveformBlock(block)), isBlock: true }
  } catch (thrown) {
    throw new DeliveryError('unacceptable', reasonOf(thrown))
  }
}

function formatOf(samples: WaveformParcel['samples']): 'float32' | 'float64' {
  return samples instanceof Float32Array ? 'float32' : 'float64'
}
