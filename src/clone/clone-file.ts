import { stringify } from 'yaml'
import { z } from 'zod'
import { isBitTable, TABLES, type Table } from '../drivers/modbus/register-type.js'
import type { Field } from '../readings/file-fields.js'
import { type FileWords, problemsOf } from '../readings/site-file-check.js'
import { fileFault, lineAt } from '../readings/site-file-problem.js'
import { readYamlFile } from '../readings/yaml-file.js'
import type { CloneTable, DeviceClone } from './device-clone.js'

export const MAX_CLONE_BYTES = 4 * 1024 * 1024
const WORDS_PER_LINE = 16
const TABLE_NAMES = Object.keys(TABLES) as Table[]

const address = z.number().int().min(0).max(65_535)
const code = z.number().int().min(1).max(255)

const range = z
  .strictObject({
    from: address,
    words: z.array(z.string().regex(/^[0-9a-f]{4}( [0-9a-f]{4})*$/)).optional(),
    bits: z.array(z.string().regex(/^[01]+$/)).optional(),
  })
  .refine((it) => (it.words === undefined) !== (it.bits === undefined))

const table = z.strictObject({
  refusal: code,
  looked_at: z.strictObject({ from: address, to: address }).refine((it) => it.from <= it.to),
  max_block: z.strictObject({ quantity: z.number().int().min(1).max(2000), refusal: code }).optional(),
  exceptions: z
    .array(z.strictObject({ at: address, code }))
    .max(65_536)
    .optional(),
  ranges: z.array(range).max(65_536),
})

const cloneSchema = z.strictObject({
  clone: z.literal(1),
  unit: z.number().int().min(0).max(255),
  identity: z.strictObject({
    objects: z
      .array(z.strictObject({ id: z.number().int().min(0).max(255), text: z.string().max(255) }))
      .max(256)
      .optional(),
    server_id: z
      .string()
      .regex(/^([0-9a-f]{2}){1,250}$/)
      .optional(),
  }),
  tables: z.partialRecord(z.enum(TABLE_NAMES as [Table, ...Table[]]), table),
  types: z
    .array(
      z.strictObject({
        table: z.enum(TABLE_NAMES as [Table, ...Table[]]),
        address,
        as: z.string().max(32),
        order: z.string().max(8).nullable(),
        scale: z.number(),
        confidence: z.number().min(0).max(1),
      }),
    )
    .max(65_536),
})

const FIELD: Field = { expected: 'a part of a clone as chatterfix clone writes it', example: 'ranges: [{ from: 0, words: ["0001 00ff"] }]' }
const WORDS: FileWords = { fieldAt: () => FIELD, keysAt: () => Object.keys(cloneSchema.shape) }

/**
 * Reads a clone.
 * @throws Fault CLONE_INVALID with line and key.
 */
export function parseClone(text: string, fileName: string): DeviceClone {
  const { document, lines, value } = readYamlFile(text, { fileName, maxBytes: MAX_CLONE_BYTES, code: 'CLONE_INVALID', example: 'clone: 1' })
  const read = cloneSchema.safeParse(value)
  if (!read.success) {
    const problems = read.error.issues.flatMap((issue) => problemsOf(issue, value, WORDS))
    throw fileFault(
      'CLONE_INVALID',
      fileName,
      problems.map(({ path, ...problem }) => ({ ...problem, line: lineAt(document, lines, path) })),
    )
  }
  const { unit, identity, tables, types } = read.data
  return {
    unit,
    identity: {
      objects: identity.objects ? new Map(identity.objects.map(({ id, text: said }) => [id, said])) : null,
      serverId: identity.server_id ?? null,
    },
    tables: Object.fromEntries(Object.entries(tables).map(([name, entry]) => [name, tableOf(entry)])),
    types,
  }
}

/** Prints a clone so that `parseClone` gives the same one back. */
export function formatClone({ unit, identity, tables, types }: DeviceClone): string {
  const file: z.infer<typeof cloneSchema> = {
    clone: 1,
    unit,
    identity: {
      ...(identity.objects && { objects: [...identity.objects].map(([id, text]) => ({ id, text })) }),
      ...(identity.serverId && { server_id: identity.serverId }),
    },
    tables: Object.fromEntries(
      TABLE_NAMES.flatMap((name) => {
        const entry = tables[name]
        return entry ? [[name, entryOf(name, entry)]] : []
      }),
    ),
    types: types.map((type) => ({ ...type })),
  }
  return stringify(file, { lineWidth: 0, aliasDuplicateObjects: false })
}

function tableOf(entry: z.infer<typeof table>): CloneTable {
  return {
    refusal: entry.refusal,
    lookedAt: entry.looked_at,
    maxBlock: entry.max_block ?? null,
    exceptions: new Map((entry.exceptions ?? []).map(({ at, code: said }) => [at, said])),
    ranges: entry.ranges.map(({ from, words, bits }) => ({
      from,
      values: words
        ? words.flatMap((line) => line.split(' ').map((word) => Number.parseInt(word, 16)))
        : (bits ?? []).flatMap((line) => [...line].map(Number)),
    })),
  }
}

function entryOf(name: Table, { refusal, lookedAt, maxBlock, exceptions, ranges }: CloneTable): z.infer<typeof table> {
  return {
    refusal,
    looked_at: lookedAt,
    ...(maxBlock && { max_block: maxBlock }),
    ...(exceptions.size > 0 && { exceptions: [...exceptions].map(([at, said]) => ({ at, code: said })) }),
    ranges: ranges.map(({ from, values }) =>
      isBitTable(name)
        ? { from, bits: inLines(values, 64).map((line) => line.join('')) }
        : { from, words: inLines(values, WORDS_PER_LINE).map((line) => line.map((word) => word.toString(16).padStart(4, '0')).join(' ')) },
    ),
  }
}

function inLines(values: readonly number[], size: number): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size))
}
