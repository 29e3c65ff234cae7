import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { Fault, reasonOf } from '../faults/fault.js'
import { machineFactsShape } from '../readings/machine-facts-schema.js'
import { EARLIER_SCHEMAS, MANIFEST_FILE, MANIFEST_SCHEMA, type RecordingManifest } from '../readings/recording-layout.js'
import { SENSOR_KINDS } from '../readings/sensor.js'
import { replaceFile } from './replace-file.js'

/** A manifest of a thousand sensors is under 1 MB; more than this is something else. */
const MAX_MANIFEST_BYTES = 64 * 1024 * 1024

/** How JSON text of two spaces ends. */
const CLOSING = '\n}'

const COUNT = z.int().nonnegative()
const LIMIT = z.number().optional()
const SENSOR = z.looseObject({
  key: z.string(),
  address: z.string(),
  kind: z.enum(SENSOR_KINDS),
  unit: z.string().nullable(),
  periodMs: z.number().nonnegative(),
  asset: z.string().optional(),
  description: z.string().optional(),
  range: z.looseObject({ low: z.number(), high: z.number() }).optional(),
  limits: z
    .looseObject({
      criticalLow: LIMIT,
      warningLow: LIMIT,
      warningHigh: LIMIT,
      criticalHigh: LIMIT,
      deadband: LIMIT,
      onDelayMs: LIMIT,
      offDelayMs: LIMIT,
    })
    .optional(),
})
const ASSET = z.looseObject({
  key: z.string(),
  ratedSpeedRpm: z.number().positive().optional(),
  ratedPowerKw: z.number().positive().optional(),
  support: z.enum(['rigid', 'flexible']).optional(),
  speedSensor: z.string().optional(),
  ...machineFactsShape,
  bearing: z
    .looseObject({
      name: z.string(),
      rollingElements: z.number(),
      ballDiameterMm: z.number(),
      pitchDiameterMm: z.number(),
      contactAngleDeg: z.number(),
      source: z.string().optional(),
    })
    .optional(),
})
const STOP = z.looseObject({
  at: z.string(),
  endedBy: z.enum(['duration', 'interrupt', 'end-of-input', 'fault']),
  produced: COUNT,
  stored: COUNT,
  dropped: COUNT,
  pruned: COUNT.optional(),
  gaps: COUNT,
  parts: COUNT,
  drops: z.array(z.looseObject({ count: COUNT, from: z.string(), to: z.string(), cause: z.string() })),
  journal: z.looseObject({ lines: COUNT, sum: z.string() }),
})
const MANIFEST = z.looseObject({
  schema: z.literal([MANIFEST_SCHEMA, ...EARLIER_SCHEMAS]),
  raisedFrom: z.literal(EARLIER_SCHEMAS).optional(),
  start: z.looseObject({
    startedAt: z.string(),
    flushIntervalMs: z.number().nonnegative(),
    pid: z.number(),
    host: z.string(),
    site: z.string().nullable(),
  }),
  resumed: z.array(z.looseObject({ at: z.string() })),
  sensors: z.array(SENSOR),
  assets: z.array(ASSET),
  stop: STOP.nullable(),
  checksum: z.string(),
})

export interface ReadManifest {
  readonly manifest: RecordingManifest
  /** Whether its checksum agrees with its text. */
  readonly intact: boolean
}

export function formatManifest(manifest: RecordingManifest): string {
  const body = JSON.stringify(manifest, null, 2)
  return `${body.slice(0, -CLOSING.length)}${checksumLine(sumOf(body))}`
}

/** The sum is that of the text without its own line, so that a thousand sensors need not be written anew to be checked. */
function isIntact(text: string, checksum: string): boolean {
  const end = checksumLine(checksum)
  return text.endsWith(end) && sumOf(`${text.slice(0, -end.length)}${CLOSING}`) === checksum
}

function checksumLine(checksum: string): string {
  return `,\n  "checksum": "${checksum}"${CLOSING}\n`
}

function sumOf(body: string): string {
  return createHash('sha256').update(body).digest('hex')
}

/** Reads the manifest of a recording's folder. @throws Fault FILE_NOT_FOUND, FILE_PERMISSION or RECORDING_UNREADABLE. */
export async function readManifest(folder: string): Promise<ReadManifest> {
  const text = await readText(folder)
  try {
    // The schema checks what readers rely on; what it returns is not used, because it orders the keys anew and the checksum minds.
    const written = JSON.parse(text) as RecordingManifest & { readonly checksum: string }
    MANIFEST.parse(written)
    const { checksum, ...manifest } = written
    return { manifest, intact: isIntact(text, checksum) }
  } catch (thrown) {
    const because = thrown instanceof z.ZodError ? z.prettifyError(thrown).slice(0, 300) : reasonOf(thrown)
    throw unreadable(folder, `${MANIFEST_FILE} does not make sense: ${because}`)
  }
}

/** Writes it in the present version, whatever it was before. */
export async function writeManifest(folder: string, manifest: RecordingManifest): Promise<void> {
  await replaceFile(join(folder, MANIFEST_FILE), formatManifest(raised(manifest)))
}

/** The same in the present version. */
export function raised(manifest: RecordingManifest): RecordingManifest {
  const { schema } = manifest
  return schema === MANIFEST_SCHEMA ? manifest : { ...manifest, schema: MANIFEST_SCHEMA, raisedFrom: schema }
}

/** Before a line is written to the journal that an earlier version could not read, the manifest says so. */
export async function raiseManifest(folder: string, manifest: RecordingManifest): Promise<void> {
  if (manifest.schema !== MANIFEST_SCHEMA) await writeManifest(folder, manifest)
}

export function unreadable(folder: string, because: string): Fault {
  return new Fault('RECORDING_UNREADABLE', {
    message: `${folder} cannot be read as a recording`,
    where: { folder },
    because,
    advice: { folder, parent: dirname(folder) },
  })
}

async function readText(folder: string): Promise<string> {
  try {
    const bytes = await readFile(join(folder, MANIFEST_FILE))
    if (bytes.length <= MAX_MANIFEST_BYTES) return bytes.toString('utf8')
  } catch (thrown) {
    throw await whyAbsent(folder, thrown)
  }
  throw unreadable(folder, `${MANIFEST_FILE} is larger than ${MAX_MANIFEST_BYTES} bytes`)
}

async function whyAbsent(folder: string, thrown: unknown): Promise<Fault> {
  const code = (thrown as NodeJS.ErrnoException).code
  if (code === 'EACCES' || code === 'EPERM')
    return new Fault('FILE_PERMISSION', {
      message: `${folder} may not be read`,
      where: { folder },
      advice: { file: folder },
      cause: thrown,
    })
  const { stat } = await import('node:fs/promises')
  const exists = await stat(folder).then(
    () => true,
    () => false,
  )
  if (exists) return unreadable(folder, `it has no ${MANIFEST_FILE}: ${reasonOf(thrown)}`)
  return new Fault('FILE_NOT_FOUND', {
    message: `there is no folder ${folder}`,
    where: { folder },
    advice: { folder: dirname(folder) },
    cause: thrown,
  })
}
