import { reasonOf } from '../../faults/fault.js'
import type { Sink } from '../contract.js'
import { DeliveryError, type FarEnd } from '../spool/far-end.js'
import type { Parcel } from '../spool/parcel.js'
import { rowsOf } from '../spool/parcel-row.js'
import { createSpoolingSink } from '../spool/spooling-sink.js'
import type { SinkSurroundings } from '../surroundings.js'
import { type HttpAnswer, type HttpClient, httpClient } from './http-client.js'
import { type InfluxTarget, parseInfluxAddress } from './influx-address.js'
import { encodeReading } from './line-protocol.js'
import { createDatabaseRequest, type InfluxRequest, writeRequest } from './write-request.js'

/** How long one write may take; a busy database takes its time. */
const MIN_TIMEOUT_MS = 10_000

/** Sends readings to InfluxDB 1, 2 or 3 as line protocol (README.md). */
export function createInfluxSink(address: string, around: SinkSurroundings): Sink {
  const target = parseInfluxAddress(address)
  const { name, waveforms } = target
  return createSpoolingSink({ name, waveforms, farEnd: influxFarEnd(target, around), around })
}

function influxFarEnd(target: InfluxTarget, around: SinkSurroundings): FarEnd {
  const client = httpClient(target)
  const secrets = { token: around.token?.('influx'), credentials: around.credentials?.(target) }
  const timeoutMs = Math.max(MIN_TIMEOUT_MS, around.timeoutMs)
  let isCreated = target.create === 'no'
  const post = async (request: InfluxRequest, signal: AbortSignal): Promise<void> => {
    const refusal = refusalOf(await ask(client, request, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])))
    if (refusal) throw refusal
  }
  return {
    async deliver(parcels, signal) {
      if (!isCreated) await post(createDatabaseRequest(target, secrets), signal)
      isCreated = true
      await post(writeRequest(target, secrets, linesOf(parcels, target.measurement)), signal)
    },
    close: () => Promise.resolve(client.close()),
  }
}

function linesOf(parcels: readonly Parcel[], measurement: string): string {
  const lines: string[] = []
  for (const { sensor, ...row } of rowsOf(parcels)) {
    lines.push(encodeReading({ ...row, sensor: sensor.key, unit: sensor.unit }, measurement, { asset: sensor.asset }))
  }
  return lines.join('\n')
}

async function ask(client: HttpClient, request: InfluxRequest, signal: AbortSignal): Promise<HttpAnswer> {
  try {
    return await client.post({ ...request, signal })
  } catch (thrown) {
    throw new DeliveryError('unreachable', reasonOf(thrown))
  }
}

const TOO_LARGE = 413
/** What a server says of the content; of anything else it may think better later. */
const UNACCEPTABLE = new Set([400, 422])
const REFUSED = new Set([401, 403, 404, 301, 302, 307, 308])

function refusalOf({ status, body }: HttpAnswer): DeliveryError | null {
  if (status >= 200 && status < 300) return null
  const said = `HTTP ${status} ${saidIn(body)}`.trim()
  if (status === TOO_LARGE) return new DeliveryError('too-large', said)
  if (UNACCEPTABLE.has(status)) return new DeliveryError('unacceptable', said)
  return new DeliveryError(REFUSED.has(status) ? 'refused' : 'unreachable', said)
}

/** v1 and v3 say `error`, v2 `message`; a proxy in between may say anything. */
function saidIn(body: string): string {
  try {
    const { error, message } = JSON.parse(body) as { error?: unknown; message?: unknown }
    const said = error ?? message
    return typeof said === 'string' ? said.slice(0, 200) : ''
  } catch {
    return ''
  }
}
