import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { DIRECTIONS, type Direction } from '../analysis/rotating/machine-record.js'
import { reasonOf } from '../faults/fault.js'
import type { BearingGeometry } from '../readings/asset.js'
import { whyNoSpeed } from '../readings/plausible-speed.js'
import { type EpochMicros, parseMicros } from '../readings/time.js'
import { unreadable } from './unreadable.js'

const MAX_SIDECAR_BYTES = 1024 * 1024
const INCH_MM = 25.4
const ENCODINGS = { float32le: 'float32', float64le: 'float64', int16le: 'int16' } as const

const positive = z.number().positive().finite()
const geometry = z.object({
  bearing: z.string().max(200).optional(),
  rolling_elements: z.number().int().min(3).max(500),
  ball_d_in: positive.optional(),
  pitch_d_in: positive.optional(),
  ball_d_mm: positive.optional(),
  pitch_d_mm: positive.optional(),
  contact_deg: z.number().min(0).max(60).default(0),
})

/** What may stand beside raw samples. Anything else in the file (labels, remarks) is not read. */
const sidecar = z.object({
  fs: positive,
  dtype: z.enum(['float32le', 'float64le', 'int16le']).default('float32le'),
  /** Units a count, for int16le. */
  scale: positive.nullish(),
  started_at: z.string().max(40).nullish(),
  channels: z.union([z.number().int().min(1).max(1024), z.array(z.string().max(200)).min(1).max(1024)]).default(1),
  rpm: positive.refine((rpm) => whyNoSpeed(rpm) === null, 'no shaft turns so fast or so slowly').nullish(),
  unit: z.string().max(50).nullish(),
  geometry: geometry.nullish(),
  /** One a channel; null where nobody knows it. */
  directions: z.array(z.enum(DIRECTIONS).nullable()).max(1024).nullish(),
  tacho: z.object({ channel: z.string().max(200), pulses: positive.default(1) }).nullish(),
})

export interface Sidecar {
  readonly sampleRateHz: number
  readonly encoding: 'float32' | 'float64' | 'int16'
  /** Units a count; null where nobody stated it. */
  readonly scale: number | null
  readonly startedAt: EpochMicros | null
  readonly channels: readonly string[]
  readonly unit: string | null
  readonly shaftSpeedRpm: number | null
  readonly bearing: BearingGeometry | null
  readonly directions: readonly (Direction | null)[]
  readonly tacho: { readonly channel: string; readonly pulsesPerRevolution: number } | null
}

/** Reads `NAME.json` beside raw samples. @throws Fault WAVEFORM_FILE_UNREADABLE that says which field is wrong. */
export async function readSidecar(path: string): Promise<Sidecar> {
  const text = await textOf(path)
  const parsed = sidecar.safeParse(jsonOf(path, text))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw unreadable(path, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`)
  }
  const { fs, dtype, scale, started_at: started, channels, rpm, unit, geometry: bearing } = parsed.data
  const startedAt = started ? parseMicros(started) : null
  if (startedAt === undefined) throw unreadable(path, 'started_at: expected RFC 3339, such as 2026-11-22T15:00:00.000000Z')
  const names = typeof channels === 'number' ? Array.from({ length: channels }, (_, k) => `ch${k + 1}`) : channels
  const { directions, tacho } = parsed.data
  if (directions && directions.length !== names.length)
    throw unreadable(path, `directions: ${directions.length} of them for ${names.length} channels`)
  if (tacho && !names.includes(tacho.channel)) throw unreadable(path, `tacho.channel: there is no channel ${tacho.channel}`)
  return {
    sampleRateHz: fs,
    encoding: ENCODINGS[dtype],
    scale: scale ?? null,
    startedAt,
    channels: names,
    unit: unit ?? null,
    shaftSpeedRpm: rpm ?? null,
    bearing: bearing ? geometryOf(path, bearing) : null,
    directions: directions ?? [],
    tacho: tacho ? { channel: tacho.channel, pulsesPerRevolution: tacho.pulses } : null,
  }
}

async function textOf(path: string): Promise<string> {
  const size = await stat(path).then(
    (found) => found.size,
    () => undefined,
  )
  if (size === undefined) throw unreadable(path, 'raw samples need this file beside them, with at least {"fs": samples per second}')
  if (size > MAX_SIDECAR_BYTES) throw unreadable(path, `${size} bytes are more than a description needs`)
  return await readFile(path, 'utf8')
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw unreadable(path, `not JSON: ${reasonOf(thrown)}`)
  }
}

function geometryOf(path: string, stated: z.infer<typeof geometry>): BearingGeometry {
  const ball = stated.ball_d_mm ?? (stated.ball_d_in === undefined ? undefined : stated.ball_d_in * INCH_MM)
  const pitch = stated.pitch_d_mm ?? (stated.pitch_d_in === undefined ? undefined : stated.pitch_d_in * INCH_MM)
  if (ball === undefined || pitch === undefined || ball >= pitch)
    throw unreadable(path, 'geometry: the ball must be stated and smaller than the pitch circle')
  return {
    name: stated.bearing ?? 'bearing',
    rollingElements: stated.rolling_elements,
    ballDiameterMm: ball,
    pitchDiameterMm: pitch,
    contactAngleDeg: stated.contact_deg,
  }
}
