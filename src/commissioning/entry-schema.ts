import { z } from 'zod'
import { CHECKS } from './check.js'
import type { SheetEntry } from './sheet.js'

const LONGEST_TEXT = 2000
const text = z.string().max(LONGEST_TEXT)
const head = { at: z.number(), sensor: z.string().min(1).max(1000) }
const result = z.strictObject({ state: z.enum(['passed', 'failed', 'open', 'confirmed', 'rejected']), says: text })
const results = z.record(z.enum(CHECKS), result)

/** One line of the journal. */
export const sheetEntrySchema: z.ZodType<SheetEntry> = z.discriminatedUnion('kind', [
  z.strictObject({
    ...head,
    kind: z.literal('verdict'),
    check: z.enum(CHECKS),
    verdict: z.enum(['confirmed', 'rejected', 'withdrawn']),
    by: text,
    says: text,
  }),
  z.strictObject({ ...head, kind: z.literal('response'), says: text, alsoMoved: z.array(text).max(20).optional() }),
  z.strictObject({
    ...head,
    kind: z.literal('capture'),
    when: z.enum(['as-found', 'as-left']),
    by: text,
    value: z.number().nullable(),
    unit: z.string().max(100).nullable(),
    quality: text,
    reference: z.number().nullable(),
  }),
  z.strictObject({ ...head, kind: z.literal('note'), by: text, says: text }),
  z.strictObject({ ...head, kind: z.literal('sign-off'), by: text, results }),
])
