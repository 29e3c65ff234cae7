import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../../readings/clock.js'
import type { EpochMicros } from '../../readings/time.js'
import type { Surroundings } from '../contract.js'
import type { Target } from './medium.js'

/** Whose memory it is, and what is known of the time. */
export interface HostPlace {
  readonly target: Target
  readonly stateFolder: Surroundings['stateFolder']
  readonly clock: Pick<Clock, 'now'>
}

const MICROS_PER_HOUR = 3_600_000_000
const MOST_TABLES = 1000
const MOST_SPANS = 512

const timeSchema = z.number().int()
const addressSchema = z.number().int().min(0).max(65_536)
const quantitySchema = z.number().int().min(1).max(2000)

/** `trying` that was never followed by anything means that whoever tried did not live to tell. */
const verdictSchema = z.object({
  verdict: z.enum(['trying', 'works', 'never']),
  because: z.string().max(500),
  /** How many trials were never ended, this one included. */
  trials: z.number().int().min(0).max(100),
  at: timeSchema,
})

const tableSchema = z.object({
  unit: z.number().int().min(0).max(255),
  table: z.enum(['holding', 'input', 'coil', 'discrete']),
  /** The most values that were given at a time, and the fewest that were refused for being too many. */
  granted: z.number().int().min(0).max(2000),
  refused: quantitySchema.nullable(),
  walls: z.array(z.object({ from: addressSchema, to: addressSchema })).max(MOST_SPANS),
  alone: z.array(z.object({ register: addressSchema, width: quantitySchema })).max(MOST_SPANS),
  at: timeSchema,
})

const hostSchema = z.object({
  schema: z.literal('chatterfix/modbus-host/1'),
  /** Several questions at a time; the last of them in pieces. */
  several: verdictSchema.nullable(),
  pieces: verdictSchema.nullable(),
  /** What a request costs, in words. */
  price: z.object({ words: z.number().min(1).max(10_000), at: timeSchema }).nullable(),
  tables: z.array(tableSchema).max(MOST_TABLES),
})

/** What is known of a host (or a serial line) from earlier connections. */
export type HostMemory = Readonly<Omit<z.infer<typeof hostSchema>, 'schema'>>
export type Ability = 'several' | 'pieces'
export type AbilityNote = Readonly<z.infer<typeof verdictSchema>>
/** What a unit refuses of one table. */
export type TableNote = Readonly<z.infer<typeof tableSchema>>

const NOTHING: HostMemory = { several: null, pieces: null, price: null, tables: [] }

/** Nothing where there is no memory, or none that can be read. */
export async function recallHost(place: HostPlace): Promise<HostMemory> {
  const text = await readFile(fileOf(place), 'utf8').catch(() => 'null')
  const parsed = hostSchema.safeParse(jsonOrNull(text))
  return parsed.success ? parsed.data : NOTHING
}

/**
 * Adds to what is known; what others have written meanwhile stays.
 * @returns whether it will be remembered.
 */
export async function rememberOfHost(
  place: HostPlace,
  change: (known: HostMemory) => Partial<HostMemory>,
): Promise<'remembered' | 'no-place'> {
  const known = await recallHost(place)
  const next: HostMemory = { ...known, ...change(known) }
  const tables = next.tables.slice(0, MOST_TABLES).map((table) => ({
    ...table,
    walls: table.walls.slice(0, MOST_SPANS),
    alone: table.alone.slice(0, MOST_SPANS),
  }))
  const file = fileOf(place)
  try {
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(`${file}.new`, JSON.stringify({ schema: 'chatterfix/modbus-host/1', ...next, tables }))
    await rename(`${file}.new`, file)
    return 'remembered'
  } catch {
    return 'no-place'
  }
}

/** Whether a note may still be trusted; one from the future was written by a clock that was wrong. */
export function isFresh({ at }: { readonly at: EpochMicros }, limitHours: number, clock: Pick<Clock, 'now'>): boolean {
  const age = clock.now() - at
  return age >= 0 && age <= limitHours * MICROS_PER_HOUR
}

function fileOf({ stateFolder, target: { host, port } }: HostPlace): string {
  return join(stateFolder, 'modbus-hosts', `${encodeURIComponent(host)}_${port}.json`)
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
