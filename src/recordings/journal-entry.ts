import { z } from 'zod'
import { isPartName, TABLE_NAMES } from '../readings/recording-layout.js'

const COUNT = z.int().nonnegative()
/** RFC 3339; years beyond 9999 have a sign and six digits. */
const TIME = z.string().max(40)

const PART = z
  .strictObject({
    name: z.string().max(64),
    table: z.enum(TABLE_NAMES),
    rows: COUNT,
    count: COUNT,
    from: TIME,
    to: TIME,
    bytes: COUNT,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .refine(({ name, table }) => isPartName(name, table), { path: ['name'], error: 'it is no name of a part' })

/** One line of a journal without its sum. A flush writes at most one part of each table. */
export const JOURNAL_ENTRY = z.strictObject({
  flush: z.int().positive(),
  at: TIME,
  parts: z.array(PART).max(TABLE_NAMES.length),
  produced: COUNT,
  stored: COUNT,
  buffered: COUNT,
  dropped: COUNT,
  gaps: COUNT,
})
