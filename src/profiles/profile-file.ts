import { isBitTable } from '../drivers/modbus/register-type.js'
import { limitsOf } from '../readings/limits-words.js'
import { type FileWords, type PlacedProblem, problemsOf } from '../readings/site-file-check.js'
import { describe, fileFault, keyText, lineAt } from '../readings/site-file-problem.js'
import { unitOf } from '../readings/unit.js'
import type { WriteBounds } from '../readings/write-bounds.js'
import { readYamlFile } from '../readings/yaml-file.js'
import type { DeviceProfile, ProfileOrigin, ProfileRegister, Recognition, RegisterPlace } from './device-profile.js'
import { profileFieldAt } from './profile-fields.js'
import { type PlaceEntry, type ProfileFile, profileKeysAt, profileSchema, type RegisterEntry } from './profile-schema.js'

const MAX_PROFILE_BYTES = 1024 * 1024
const DEFAULT_BLOCK = 100
const DEFAULT_WITHIN = 0.05
const WORDS: FileWords = { fieldAt: profileFieldAt, keysAt: profileKeysAt }

/**
 * Reads a profile.
 * @throws Fault PROFILE_INVALID that lists every problem with line, key, what was expected, what was found and a good example.
 */
export function parseProfile(text: string, origin: ProfileOrigin): DeviceProfile {
  const { document, lines, value } = readYamlFile(text, {
    fileName: origin.path,
    maxBytes: MAX_PROFILE_BYTES,
    code: 'PROFILE_INVALID',
    example: 'profile: eastron-sdm630',
  })
  const read = profileSchema.safeParse(value)
  const problems = read.success ? contradictions(read.data) : read.error.issues.flatMap((issue) => problemsOf(issue, value, WORDS))
  if (problems.length > 0 || !read.success)
    throw fileFault(
      'PROFILE_INVALID',
      origin.path,
      problems.map(({ path, ...problem }) => ({ ...problem, line: lineAt(document, lines, path) })),
    )
  return profileOf(read.data, origin)
}

/** What each entry by itself does not show: names twice, sums of registers that are not there. */
function contradictions(file: ProfileFile): PlacedProblem[] {
  const names = new Map<string, number>()
  const twice = file.registers.flatMap(({ name }, index) => {
    const first = names.get(name)
    if (first === undefined) names.set(name, index)
    return first === undefined ? [] : [problemAt(['registers', index, 'name'], `${describe(name)} for the second time`)]
  })
  const dangling = (file.checks ?? []).flatMap((check, index) => [
    ...check.sum_of.flatMap((name, at) => (names.has(name) ? [] : [problemAt(['checks', index, 'sum_of', at], describe(name))])),
    ...(names.has(check.is) ? [] : [problemAt(['checks', index, 'is'], describe(check.is))]),
  ])
  return [...twice, ...dangling, ...unwritable(file)]
}

/** Registers that are listed as writable and cannot be: inputs, texts, single bits. */
function unwritable({ registers, defaults = {} }: ProfileFile): PlacedProblem[] {
  return registers.flatMap((entry, index) => {
    if (!entry.writable) return []
    const { table, type } = placeOf(entry, defaults)
    const isPlace = table === 'coil' || (table === 'holding' && type !== 'boolean' && type !== 'string')
    return isPlace
      ? []
      : [
          problemAt(
            ['registers', index, 'writable'],
            `writable, in the table ${table}, read as ${type}`,
            'a coil, or a whole holding register',
          ),
        ]
  })
}

function problemAt(path: readonly PropertyKey[], found: string, expected?: string): PlacedProblem {
  return { path, key: keyText(path), ...profileFieldAt(path), ...(expected === undefined ? {} : { expected }), found }
}

function profileOf(file: ProfileFile, origin: ProfileOrigin): DeviceProfile {
  const { defaults = {} } = file
  return {
    key: file.profile,
    maker: file.maker,
    models: file.models,
    description: file.description ?? null,
    recogniseBy: (file.recognise_by ?? []).map(
      (entry): Recognition => ({
        identity: entry.identity ? { maker: entry.identity.maker ?? null, model: entry.identity.model ?? null } : null,
        serverId: entry.server_id ?? null,
        signature: (entry.signature ?? []).map((one) => ({
          ...placeOf(one, defaults),
          equals: one.equals ?? null,
          between: one.between ?? null,
        })),
      }),
    ),
    sources: file.source.map(({ title, url, addressing }) => ({ title, url: url ?? null, addressing: addressing ?? null })),
    triedOnHardware: file.tried_on_hardware ? 'yes' : 'no',
    registers: file.registers.map((entry) => registerOf(entry, defaults)),
    maxBlock: file.max_block ?? DEFAULT_BLOCK,
    checks: (file.checks ?? []).map(({ name, sum_of, is, within }) => ({ name, sumOf: sum_of, is, within: within ?? DEFAULT_WITHIN })),
    origin,
  }
}

type Defaults = NonNullable<ProfileFile['defaults']>

function placeOf(entry: PlaceEntry, defaults: Defaults): RegisterPlace {
  const table = entry.table ?? defaults.table ?? 'holding'
  return {
    table,
    address: entry.address,
    type: isBitTable(table) ? 'boolean' : (entry.as ?? (entry.bit === undefined ? (defaults.as ?? 'uint16') : 'boolean')),
    order: entry.order ?? defaults.order ?? 'abcd',
    scale: entry.scale ?? 1,
    offset: entry.offset ?? 0,
    bit: entry.bit ?? null,
    length: entry.length ?? 1,
  }
}

function registerOf(entry: RegisterEntry, defaults: Defaults): ProfileRegister {
  const { limits } = entry
  return {
    ...placeOf(entry, defaults),
    name: entry.name,
    kind: entry.kind ?? 'other',
    unit: entry.unit ? (unitOf(entry.unit)?.symbol ?? entry.unit) : null,
    description: entry.description ?? null,
    range: entry.range ?? null,
    limits: limits ? limitsOf(limits) : null,
    writable: boundsOf(entry.writable),
  }
}

function boundsOf(entry: RegisterEntry['writable']): WriteBounds | null {
  if (entry?.values) return { values: entry.values }
  return entry?.low === undefined || entry.high === undefined ? null : { low: entry.low, high: entry.high }
}
