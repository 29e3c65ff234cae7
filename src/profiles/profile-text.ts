import { Document, isMap, isSeq } from 'yaml'
import { isBitTable } from '../drivers/modbus/register-type.js'
import type { ProfileRegister } from './device-profile.js'
import { parseProfile } from './profile-file.js'

/** A register to be written, with what a person should know of it. */
export interface RegisterDraft {
  readonly register: ProfileRegister
  /** Stands behind it as a comment; null where nothing is in doubt. */
  readonly remark: string | null
}

export interface ProfileDraft {
  readonly key: string
  readonly maker: string
  readonly models: readonly string[]
  readonly description: string | null
  readonly identity: { readonly maker?: string; readonly model?: string } | null
  readonly source: { readonly title: string; readonly addressing: string | null }
  readonly triedOnHardware: 'yes' | 'no'
  readonly registers: readonly RegisterDraft[]
  /** Stands above everything. */
  readonly heading: string
}

/** Prints a profile that `parseProfile` reads back. */
export function formatProfile(draft: ProfileDraft): string {
  const document = new Document({
    profile: draft.key,
    maker: draft.maker,
    models: draft.models,
    ...(draft.description === null ? {} : { description: draft.description }),
    recognise_by: draft.identity ? [{ identity: draft.identity }] : [],
    source: [{ title: draft.source.title, ...(draft.source.addressing === null ? {} : { addressing: draft.source.addressing }) }],
    tried_on_hardware: draft.triedOnHardware === 'yes',
    registers: draft.registers.map(({ register }) => entryOf(register)),
  })
  document.commentBefore = ` ${oneLine(draft.heading)}`
  const registers = document.get('registers')
  if (isSeq(registers)) {
    registers.items.forEach((item, index) => {
      if (!isMap(item)) return
      item.flow = true
      const remark = draft.registers[index]?.remark
      if (remark) item.comment = ` ${oneLine(remark)}`
    })
  }
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true })
  parseProfile(text, { kind: 'own', path: draft.key })
  return text
}

function entryOf(register: ProfileRegister): Readonly<Record<string, unknown>> {
  const { name, table, address, type, order, scale, offset, bit, length, unit, kind, description } = register
  return {
    name,
    table,
    address,
    ...(isBitTable(table) ? {} : { as: type }),
    ...(order === 'abcd' ? {} : { order }),
    ...(scale === 1 ? {} : { scale }),
    ...(offset === 0 ? {} : { offset }),
    ...(bit === null ? {} : { bit }),
    ...(type === 'string' ? { length } : {}),
    ...(unit === null ? {} : { unit }),
    ...(kind === 'other' ? {} : { kind }),
    ...(description === null ? {} : { description }),
  }
}

function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 300)
}

/** A name that a profile may carry: small letters, digits, hyphens. */
export function nameFrom(text: string, otherwise: string): string {
  const name = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 56)
    .replace(/-+$/, '')
  return name === '' ? otherwise : name
}

/** Names of which none occurs twice: the second `voltage` becomes `voltage-2`. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let candidate = name
    for (let number = 2; taken.has(candidate); number++) candidate = `${name}-${number}`
    taken.add(candidate)
    return candidate
  })
}
