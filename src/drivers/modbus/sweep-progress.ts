import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Finding } from '../contract.js'
import type { SerialScope } from './serial-scope.js'

const progressSchema = z.object({
  schema: z.literal('chatterfix/modbus-sweep/1'),
  step: z.number().int().min(0).max(10_000),
  unit: z.number().int().min(1).max(255),
  found: z
    .array(
      z.object({
        address: z.string().max(1000),
        description: z.string().max(1000),
        confidence: z.number().min(0).max(1),
        evidence: z.string().max(2000),
      }),
    )
    .max(1000),
})

/** How far a sweep of settings had come when it was stopped. */
export interface SweepProgress {
  /** Place among the settings, and the unit that is asked next. */
  readonly step: number
  readonly unit: number
  readonly found: readonly Pick<Finding, 'address' | 'description' | 'confidence' | 'evidence'>[]
}

const BEGINNING: SweepProgress = { step: 0, unit: 1, found: [] }

/** Where the progress of a scope is kept; it is thrown away once the sweep is done. */
export function progressFile(stateFolder: string, { target, unit, units, sweep }: SerialScope): string {
  const name = `${target.medium?.scheme ?? ''}-${target.host}-${unit ?? `${units.from}-${units.to}`}-${sweep}`.replace(
    /[^A-Za-z0-9]+/g,
    '-',
  )
  return join(stateFolder, `sweep-${name}.json`)
}

/** The beginning where there is nothing to go on from. */
export async function loadProgress(file: string): Promise<SweepProgress> {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  const parsed = progressSchema.safeParse(jsonOrNull(text))
  return parsed.success ? parsed.data : BEGINNING
}

/** A sweep goes on though its progress cannot be kept; it only cannot be resumed. */
export async function saveProgress(file: string, { step, unit, found }: SweepProgress): Promise<void> {
  const kept = found.map(({ address, description, confidence, evidence }) => ({ address, description, confidence, evidence }))
  const text = JSON.stringify({ schema: 'chatterfix/modbus-sweep/1', step, unit, found: kept })
  try {
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(`${file}.new`, text)
    await rename(`${file}.new`, file)
  } catch {
    return
  }
}

export async function dropProgress(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined)
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
