import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Customer } from '../../src/licence/customer.js'
import type { SensorConfiguration } from '../../src/licence/sensor-configuration.js'
import { startLicenceServer } from '../../src/licence/server/start-licence-server.js'
import type { Action } from '../../src/licence/site-diff.js'
import type { Clock } from '../../src/readings/clock.js'
import { parseMicros } from '../../src/readings/time.js'

export const NOW = '2026-11-22T12:00:00.000000Z'

/** A clock that stands where it is told to. */
export function standingClock(at = NOW): Clock & { set(at: string): void } {
  let now = parseMicros(at) ?? 0
  return {
    now: () => now,
    monotonicMs: () => now / 1000,
    sleep: () => Promise.resolve(),
    set: (text) => {
      now = parseMicros(text) ?? now
    },
  }
}

export const ACME: Customer = {
  id: 'acme',
  tier: 'iot_advanced',
  sensor_limit: 10,
  expires_at: '2027-01-01T00:00:00Z',
  token: 'acme-token-1',
}
export const CORE: Customer = { id: 'small', tier: 'core', sensor_limit: 0, expires_at: null, token: 'small-token-1' }
export const BIG: Customer = {
  id: 'big co/ü',
  tier: 'enterprise',
  sensor_limit: -1,
  expires_at: null,
  token: 'big-token-1',
  is_trial: false,
}

/** A licence server on a free port with a folder of its own. */
export async function runningServer(customers: readonly Customer[] = [ACME, CORE, BIG], folder = mkdtempSync(join(tmpdir(), 'licence-'))) {
  const clock = standingClock()
  const warnings: string[] = []
  const log = { note: () => undefined, warn: (text: string) => void warnings.push(text) }
  const server = await startLicenceServer({ port: 0, dataFolder: folder, customers, clock, log })
  const call = (path: string, init: RequestInit & { readonly token?: string; readonly json?: unknown } = {}) =>
    callServer(server.url, path, init)
  return {
    url: server.url,
    folder,
    clock,
    warnings,
    call,
    stop: () => server[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** All that a test may want to look at in an answer. */
export interface AnswerBody {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly changes: readonly Action[]
  readonly base_revision: number | null
  readonly present_revision: number
  readonly id: string
  readonly hash: string
  readonly actions: readonly Action[]
  readonly violations: readonly object[]
  readonly licence: object
  readonly etag: string
  readonly revision: number
  readonly sensors: number
  readonly items: readonly { readonly name: string; readonly revision: number; readonly source: string }[]
  readonly next: string | null
  readonly sampling_interval: number
  readonly organization_id: string
  readonly sensor_limit: number
  readonly api_calls_per_month: number
  readonly tiers: readonly { readonly name: string }[]
  readonly openapi: string
  readonly paths: object
}

async function callServer(url: string, path: string, init: RequestInit & { readonly token?: string; readonly json?: unknown }) {
  const { token = ACME.token, json, ...rest } = init
  const response = await fetch(`${url}${path}`, {
    ...rest,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(rest.headers as Record<string, string>),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
  const body = (await response.json()) as AnswerBody
  return { status: response.status, headers: response.headers, body }
}

export function sensorNamed(name: string, more: Partial<SensorConfiguration> = {}): SensorConfiguration {
  return {
    name,
    sensor_type: 'temperature',
    protocol: 'modbus_tcp',
    connection_params: { host: '10.0.0.21', port: 502, unit_id: 7 },
    data_mapping: { registers: [{ address: 40001, scale: 0.1, offset: 0 }], unit: '°C' },
    sampling_interval: 60,
    alert_thresholds: { warning_high: 80 },
    asset_id: 'pump-247',
    location: 'demo-plant',
    ...more,
  }
}
