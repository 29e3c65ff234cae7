import { BYTE_ORDERS, REGISTER_TYPES, TABLES } from '../drivers/modbus/register-type.js'
import { type Field, type Fields, fieldIn, VALUE_FIELDS } from '../readings/file-fields.js'

/** What each key of a profile wants, in words, with a line that is right. A new key comes here and into profile-schema.ts. */
const FIELDS: Fields = {
  ...VALUE_FIELDS,
  profile: { expected: 'a name of small letters, digits and hyphens', example: 'profile: eastron-sdm630' },
  maker: { expected: 'who makes it: text of at most 128 characters', example: 'maker: Eastron' },
  models: { expected: 'a list of model names', example: 'models: [SDM630, SDM630-MID]' },
  model: { expected: 'a text that the model name contains', example: 'identity: { maker: Schneider Electric, model: iEM3 }' },
  description: { expected: 'text of at most 500 characters', example: 'description: three-phase energy meter' },
  recognise_by: {
    expected: 'a list of ways to recognise it: identity, server_id or signature (at most 16 registers, each with equals or between)',
    example: 'recognise_by: [{ signature: [{ table: input, address: 70, as: float32, between: { low: 45, high: 65 } }] }]',
  },
  identity: { expected: 'a part of maker or model as function 43/14 tells them', example: 'identity: { maker: Siemens, model: PAC2200 }' },
  server_id: { expected: 'a text that the answer to function 17 contains', example: 'server_id: PX-7' },
  signature: {
    expected: 'a list of registers with the value that each must hold',
    example: 'signature: [{ table: holding, address: 11, as: uint16, equals: 341 }]',
  },
  equals: { expected: 'either equals (a number or text) or between (low and high)', example: 'equals: 341' },
  between: { expected: 'low and high, low below high', example: 'between: { low: 45, high: 65 }' },
  source: {
    expected: 'a list of the documents that the registers were read from',
    example: 'source: [{ title: SDM630 Modbus register map, url: "https://example.com/sdm630.pdf" }]',
  },
  title: { expected: 'the document’s title', example: 'title: SDM630 Modbus register map' },
  url: { expected: 'a web address', example: 'url: https://example.com/sdm630.pdf' },
  addressing: { expected: 'how the document counts addresses', example: 'addressing: counts from 1; one was taken off' },
  tried_on_hardware: { expected: 'true or false', example: 'tried_on_hardware: false' },
  max_block: { expected: 'a whole number from 1 to 125: registers that one request may ask for', example: 'max_block: 80' },
  defaults: { expected: 'table, as and order of the registers that do not say', example: 'defaults: { table: input, as: float32 }' },
  registers: {
    expected: 'a list of at least one register',
    example: 'registers: [{ name: voltage-l1, table: input, address: 0, as: float32, unit: V, kind: voltage }]',
  },
  name: { expected: 'a name of small letters, digits and hyphens', example: 'name: voltage-l1' },
  table: { expected: `one of ${Object.keys(TABLES).join(', ')}`, example: 'table: input' },
  address: { expected: 'a whole number from 0 to 65535: the address on the wire', example: 'address: 70' },
  as: { expected: `one of ${Object.keys(REGISTER_TYPES).join(', ')}`, example: 'as: float32' },
  order: { expected: `one of ${BYTE_ORDERS.join(', ')}`, example: 'order: cdab' },
  scale: { expected: 'a number that is not 0', example: 'scale: 0.1' },
  offset: { expected: 'a number', example: 'offset: -40' },
  bit: { expected: 'a whole number from 0 to 15, with as: boolean', example: 'bit: 3' },
  length: { expected: 'how many registers a string takes, from 1 to 125', example: 'length: 8' },
  writable: {
    expected: 'what may be written there: low and high in the register’s unit, or the values that are allowed (at most 64)',
    example: 'writable: { low: 5, high: 60 }',
  },
  values: { expected: 'a list of 1 to 64 different numbers', example: 'writable: { values: [0, 1, 2] }' },
  checks: {
    expected: 'a list of sums of registers',
    example: 'checks: [{ name: phases, sum_of: [power-l1, power-l2, power-l3], is: power, within: 0.05 }]',
  },
  sum_of: { expected: 'a list of registers of this profile', example: 'sum_of: [power-l1, power-l2, power-l3]' },
  is: { expected: 'a register of this profile', example: 'is: power' },
  within: { expected: 'a part between 0 and 1', example: 'within: 0.05' },
}

const FILE: Field = {
  expected: 'a profile: profile, maker, models, source, tried_on_hardware, registers',
  example: 'profile: eastron-sdm630',
}

/** What stands at a path such as ['registers', 3, 'unit'] wants. */
export function profileFieldAt(path: readonly PropertyKey[]): Field {
  return fieldIn(FIELDS, FILE, path)
}
