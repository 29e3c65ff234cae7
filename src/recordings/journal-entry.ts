import { z } from 'zod'
import { isPartName, PART_TABLE_NAMES } from '../readings/recording-layout.js'

const COUNT = z.int().nonnegative()
/** RFC 3339; years beyond 9999 have a sign and six digits. */
const TIME = z.string().max(40)

const PART = z
  .strictObject({
    name: z.string().max(64),
    table: z.enum(PART_TABLE_NAMES),
    rows: COUNT,
    count: COUNT,
    from: TIME,
    to: TIME,
    bytes: COUNT,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .refine(({ name, table }) => isPartName(name, table), { path: ['name'], error: 'it is no name of a part' })

/** A flush writes at most one part of each table; compaction and pruning may write many at once. */
export const MAX_PARTS_A_LINE = 4096
const RANGE = z.strictObject({ table: z.enum(PART_TABLE_NAMES), from: COUNT, to: COUNT })

/** One line of a journal without its sum. */
export const JOURNAL_ENTRY = z.strictObject({
  flush: z.int().positive(),
  at: TIME,
  parts: z
    .array(PART)
    .max(MAX_PARTS_A_LINE)
    .refine((parts) => new Set(parts.map(({ name }) => name)).size === parts.length, { error: 'a part is named twice' }),
  replaces: z.array(RANGE).max(MAX_PARTS_A_LINE).optional(),
  pruned: COUNT.optional(),
  checkpoint: z.strictObject({ lines: COUNT, sum: z.string().max(64) }).optional(),
  produced: COUNT,
  stored: COUNT,
  buffered: COUNT,
  dropped: COUNT,
  gaps: COUNT,
})
