import { z } from 'zod'
import { BYTE_ORDERS, isBitTable, REGISTER_TYPES, type RegisterType, TABLES, type Table } from '../drivers/modbus/register-type.js'
import { limitsEntry } from '../readings/limits-entry.js'
import { SENSOR_KINDS } from '../readings/sensor.js'
import { printable, QUANTITIES_OF_KIND, rangeEntry, unitSymbol } from '../readings/site-file-schema.js'
import { unitOf } from '../readings/unit.js'

export const MOST_REGISTERS = 5000
const LARGEST_BLOCK = 125

const table = z.enum(Object.keys(TABLES) as [Table, ...Table[]])
const type = z.enum(Object.keys(REGISTER_TYPES) as [RegisterType, ...RegisterType[]])
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)

const place = {
  table: table.optional(),
  address: z.number().int().min(0).max(65_535),
  as: type.optional(),
  order: z.enum(BYTE_ORDERS).optional(),
  scale: z
    .number()
    .refine((scale) => scale !== 0)
    .optional(),
  offset: z.number().optional(),
  bit: z.number().int().min(0).max(15).optional(),
  length: z.number().int().min(1).max(LARGEST_BLOCK).optional(),
}

const signature = z
  .strictObject({
    ...place,
    equals: z.union([z.number(), printable(64)]).optional(),
    between: rangeEntry.optional(),
  })
  .refine((it) => (it.equals === undefined) !== (it.between === undefined), { path: ['equals'] })

const recognition = z
  .strictObject({
    identity: z
      .strictObject({ maker: printable(128).optional(), model: printable(128).optional() })
      .refine((it) => it.maker !== undefined || it.model !== undefined)
      .optional(),
    server_id: printable(128).optional(),
    signature: z.array(signature).min(1).max(16).optional(),
  })
  .refine((it) => it.identity !== undefined || it.server_id !== undefined || it.signature !== undefined)

const source = z.strictObject({
  title: printable(300),
  url: z.url({ protocol: /^https?$/ }).optional(),
  addressing: printable(300).optional(),
})

const writable = z
  .strictObject({ low: z.number().optional(), high: z.number().optional(), values: z.array(z.number()).min(1).max(64).optional() })
  .refine(({ low, high, values }) =>
    values === undefined
      ? low !== undefined && high !== undefined && low < high
      : low === undefined && high === undefined && new Set(values).size === values.length,
  )

const register = z
  .strictObject({
    name,
    ...place,
    unit: unitSymbol.nullable().optional(),
    kind: z.enum(SENSOR_KINDS).optional(),
    description: z.string().max(500).optional(),
    range: rangeEntry.optional(),
    limits: limitsEntry.optional(),
    writable: writable.optional(),
  })
  .superRefine((it, context) => {
    const fitting = it.kind && QUANTITIES_OF_KIND[it.kind]
    const quantity = it.unit ? unitOf(it.unit)?.quantity : undefined
    if (quantity !== undefined && fitting && !fitting.includes(quantity))
      context.addIssue({
        code: 'custom',
        path: ['unit'],
        params: { hint: `${it.unit} is a unit of ${quantity}, and the kind is ${it.kind}`, expected: `a unit of ${fitting.join(' or ')}` },
      })
    if (it.bit !== undefined && it.as !== 'boolean')
      context.addIssue({ code: 'custom', path: ['bit'], params: { hint: 'bit goes with as: boolean' } })
    if ((it.as === 'string') !== (it.length !== undefined))
      context.addIssue({ code: 'custom', path: ['length'], params: { hint: 'as: string has a length in registers, and nothing else has' } })
    if (it.table && isBitTable(it.table) && it.as !== undefined && it.as !== 'boolean')
      context.addIssue({ code: 'custom', path: ['as'], params: { hint: `a ${it.table} is always boolean` } })
  })

const check = z.strictObject({
  name: printable(128),
  sum_of: z.array(name).min(1).max(32),
  is: name,
  within: z.number().positive().max(1).optional(),
})

/** A profile as people write it; what is wrong with it is worded by profile-fields.ts. */
export const profileSchema = z.strictObject({
  profile: name,
  maker: printable(128),
  models: z.array(printable(128)).min(1).max(64),
  description: z.string().max(1000).optional(),
  recognise_by: z.array(recognition).max(16).optional(),
  source: z.array(source).min(1).max(16),
  tried_on_hardware: z.boolean(),
  max_block: z.number().int().min(1).max(LARGEST_BLOCK).optional(),
  defaults: z.strictObject({ table: table.optional(), as: type.optional(), order: z.enum(BYTE_ORDERS).optional() }).optional(),
  registers: z.array(register).min(1).max(MOST_REGISTERS),
  checks: z.array(check).max(64).optional(),
})

export type ProfileFile = z.infer<typeof profileSchema>
export type RegisterEntry = z.infer<typeof register>
export type PlaceEntry = Pick<RegisterEntry, keyof typeof place>

/** The keys that may stand in a map of a profile, for "did you mean". */
export function profileKeysAt(path: readonly PropertyKey[]): readonly string[] {
  const within = path.filter((step) => typeof step === 'string').map(String)
  switch (within.at(-1)) {
    case undefined:
      return Object.keys(profileSchema.shape)
    case 'recognise_by':
      return Object.keys(recognition.shape)
    case 'identity':
      return ['maker', 'model']
    case 'signature':
      return Object.keys(signature.shape)
    case 'source':
      return Object.keys(source.shape)
    case 'registers':
      return Object.keys(register.shape)
    case 'defaults':
      return ['table', 'as', 'order']
    case 'checks':
      return Object.keys(check.shape)
    case 'writable':
      return Object.keys(writable.shape)
    case 'limits':
      return Object.keys(limitsEntry.shape)
    default:
      return ['low', 'high']
  }
}
