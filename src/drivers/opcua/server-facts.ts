import { AttributeIds, type DataValue, VariableIds } from 'node-opcua-client'
import type { EpochMicros } from '../../readings/time.js'
import { formatMicros } from '../../readings/time.js'
import type { Surroundings } from '../contract.js'
import type { Identity } from '../probe-report.js'
import { readNodes, standardNode } from './node-lookup.js'
import type { OpcUaSession } from './session.js'

/** What a server says of itself in ServerStatus (OPC 10000-5, 6.3.1 and 12.10). */
export interface ServerFacts {
  readonly identity: Identity
  readonly state: string
  readonly startedAt: EpochMicros | null
  /** Its clock minus ours, in milliseconds; null where it tells no time. Good to half of the round trip. */
  readonly clockOffsetMs: number | null
}

const STATES = ['running', 'failed', 'no configuration', 'suspended', 'shutting down', 'test', 'communication fault', 'unknown']
/** A larger difference between two clocks is worth a warning. */
export const CLOCK_OFFSET_LIMIT_MS = 2000

const ASKED = [
  VariableIds.Server_ServerStatus_CurrentTime,
  VariableIds.Server_ServerStatus_StartTime,
  VariableIds.Server_ServerStatus_State,
  VariableIds.Server_ServerStatus_BuildInfo_ManufacturerName,
  VariableIds.Server_ServerStatus_BuildInfo_ProductName,
  VariableIds.Server_ServerStatus_BuildInfo_SoftwareVersion,
]

export async function readServerFacts(opened: OpcUaSession, { clock }: Surroundings): Promise<ServerFacts> {
  const askedAt = clock.now()
  const answers = await readNodes(opened, ASKED.map(standardNode), AttributeIds.Value)
  const answeredAt = clock.now()
  const [time, start, state, maker, model, revision] = answers
  const theirs = microsOf(time)
  return {
    identity: { maker: textOf(maker), model: textOf(model), revision: textOf(revision) },
    state: STATES[Number(state?.value.value)] ?? 'unknown',
    startedAt: microsOf(start),
    clockOffsetMs: theirs === null ? null : (theirs - (askedAt + answeredAt) / 2) / 1000,
  }
}

/** The facts in words, for the probe report. */
export function describeServer({ state, startedAt, clockOffsetMs }: ServerFacts): Readonly<Record<string, string>> {
  const offset =
    clockOffsetMs === null ? {} : { 'clock offset': `${clockOffsetMs < 0 ? '−' : '+'}${(Math.abs(clockOffsetMs) / 1000).toFixed(3)} s` }
  return { state, ...(startedAt === null ? {} : { 'running since': formatMicros(startedAt) }), ...offset }
}

export function isClockOff({ clockOffsetMs }: ServerFacts): boolean {
  return clockOffsetMs !== null && Math.abs(clockOffsetMs) > CLOCK_OFFSET_LIMIT_MS
}

function textOf(answer: DataValue | undefined): string | null {
  const text: unknown = answer?.value.value
  return typeof text === 'string' && text.trim() !== '' ? text.trim().slice(0, 200) : null
}

function microsOf(answer: DataValue | undefined): EpochMicros | null {
  const time: unknown = answer?.value.value
  return time instanceof Date && time.getTime() > 0 ? time.getTime() * 1000 : null
}
