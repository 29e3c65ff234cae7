import { reasonOf } from '../../faults/fault.js'
import { type Address, formatAddress, parseAddress } from '../../readings/address.js'
import { parseDurationMs } from '../../readings/time.js'
import { DriverFault } from '../fault.js'
import { bytesOfText } from './byte-text.js'
import { compilePattern, type Program } from './pattern/compile-pattern.js'
import {
  EXAMPLE,
  type Framing,
  MAX_MESSAGE_BYTES,
  type PortSettings,
  type Question,
  type SerialAddress,
  type Wanted,
} from './serial-address.js'
import { patternOfTemplate } from './template.js'

const PARITIES = { N: 'none', E: 'even', O: 'odd' } as const
/** Ways to name the value; an address gives one. */
const WAYS = ['match', 'template', 'key', 'column', 'sentence', 'as'] as const
const KNOWN = new Set<string>([
  ...['baud', 'data', 'parity', 'stop', 'delimiter', 'length', 'gap', 'send', 'expect', 'field', 'decimal', ...WAYS],
  // The layer above reads these.
  ...['unit', 'kind', 'every', 'name'],
])
const LONGEST_QUESTION = 1024

/** @throws DriverFault ADDRESS_INVALID that says which part is wrong. */
export function parseSerialAddress(text: string): SerialAddress {
  const address = parsed(text)
  const { query } = address
  if (address.scheme !== 'serial') throw invalid(text, `'${address.scheme}' is not serial`)
  if (address.host !== '' || address.port !== null)
    throw invalid(text, 'a serial port has no host: write three slashes, serial:///dev/ttyUSB0')
  const stranger = [...query.keys()].find((name) => !KNOWN.has(name))
  if (stranger !== undefined) throw invalid(text, `'${stranger}' is not known`)
  const say = (reason: string): DriverFault => invalid(text, reason)
  const question = questionOf(query, say)
  return {
    path: pathOf(address, say),
    settings: settingsOf(query, say),
    framing: framingOf(query, say),
    wanted: wantedOf(query, say) ?? (question ? wantedOfAnswer(question) : null),
    question,
    decimal: oneOf(query.get('decimal') ?? 'point', ['point', 'comma'], 'decimal', say),
  }
}

/** Sensors of one port share a connection. */
export function lineOf({ path }: SerialAddress): string {
  return deviceAddress(path)
}

/** The address of a port, with what is added to it. */
export function deviceAddress(path: string, query: ReadonlyMap<string, string> = new Map()): string {
  return formatAddress({ scheme: 'serial', user: null, host: '', port: null, path: path.replace(/^\//, '').split('/'), query })
}

export function invalid(text: string, reason: string): DriverFault {
  return new DriverFault('ADDRESS_INVALID', {
    message: `the address cannot be understood: ${reason}`,
    where: { address: text },
    advice: { scope: 'serial', example: EXAMPLE },
    retry: false,
  })
}

type Query = ReadonlyMap<string, string>
type Say = (reason: string) => DriverFault

function pathOf({ path }: Address, say: Say): string {
  const parts = path.filter((part) => part !== '')
  if (parts.length === 0) throw say('the port is missing')
  if (parts.some((part) => part === '..' || part === '.' || part.includes('\0'))) throw say('the path of a port goes straight to it')
  const [first = ''] = parts
  if (parts.length === 1 && /^COM\d{1,3}$/i.test(first)) return first.toUpperCase()
  // Written as one part, as in the addresses of Modbus lines.
  if (parts.length === 1 && first.startsWith('/')) return first
  return `/${parts.join('/')}`
}

function settingsOf(query: Query, say: Say): PortSettings {
  const baud = query.get('baud')
  const [data, parity, stop] = [query.get('data'), query.get('parity'), query.get('stop')]
  return {
    baud: baud === undefined || baud === 'auto' ? (baud ?? null) : wholeNumber(baud, { name: 'baud', least: 50, most: 4_000_000 }, say),
    dataBits: data === undefined ? null : (Number(oneOf(data, ['7', '8'], 'data', say)) as 7 | 8),
    parity: parity === undefined ? null : PARITIES[oneOf(parity.toUpperCase(), ['N', 'E', 'O'], 'parity', say)],
    stopBits: stop === undefined ? null : (Number(oneOf(stop, ['1', '2'], 'stop', say)) as 1 | 2),
  }
}

function framingOf(query: Query, say: Say): Framing {
  const [delimiter, length, gap] = [query.get('delimiter'), query.get('length'), query.get('gap')]
  if ([delimiter, length, gap].filter((given) => given !== undefined).length > 1) throw say('give one of delimiter, length and gap')
  if (delimiter !== undefined) {
    const bytes = bytesOfText(delimiter)
    if (bytes === undefined || bytes.length === 0 || bytes.length > 16) throw say('delimiter is 1 to 16 bytes, e.g. %0D%0A or \\r\\n')
    return { kind: 'delimiter', delimiter: bytes }
  }
  if (length !== undefined)
    return { kind: 'length', length: wholeNumber(length, { name: 'length', least: 1, most: MAX_MESSAGE_BYTES }, say) }
  if (gap === undefined) return { kind: 'lines' }
  const gapMs = parseDurationMs(gap)
  if (gapMs === undefined || gapMs < 1 || gapMs > 60_000) throw say(`gap=${gap} is no time between 1ms and 60s`)
  return { kind: 'gap', gapMs }
}

function wantedOf(query: Query, say: Say): Wanted | null {
  const ways = WAYS.filter((way) => query.has(way))
  if (ways.length > 1) throw say(`give one of ${WAYS.join(', ')}; not ${ways.join(' and ')}`)
  const [way] = ways
  if (way !== 'sentence' && query.has('field')) throw say('field needs sentence, e.g. sentence=GGA&field=altitude')
  if (way === undefined) return null
  const text = query.get(way) ?? ''
  switch (way) {
    case 'match':
      return { kind: 'pattern', program: withValue(compiled(text, way, say), way, say) }
    case 'template':
      return { kind: 'pattern', program: withValue(compiled(patternOfTemplate(text), way, say), way, say) }
    case 'key':
      if (text === '') throw say('key is empty')
      return { kind: 'key', key: text }
    case 'column':
      return { kind: 'column', column: wholeNumber(text, { name: 'column', least: 1, most: 1000 }, say) }
    case 'sentence':
      if (!/^[A-Z0-9]{3,12}$/i.test(text)) throw say(`sentence=${text} is no NMEA sentence such as GGA`)
      if ((query.get('field') ?? '') === '') throw say('sentence needs field, e.g. sentence=GGA&field=altitude')
      return { kind: 'nmea', sentence: text.toUpperCase(), field: query.get('field') ?? '' }
    case 'as':
      return { kind: oneOf(text, ['text'], 'as', say) }
  }
}

function wantedOfAnswer({ expect }: Question): Wanted {
  return expect?.names.includes('value') === true ? { kind: 'pattern', program: expect } : { kind: 'number' }
}

function questionOf(query: Query, say: Say): Question | null {
  const send = query.get('send')
  const expect = query.get('expect')
  if (send === undefined) {
    if (expect !== undefined) throw say('expect needs send')
    return null
  }
  const bytes = bytesOfText(send)
  if (bytes === undefined) throw say('send has a backslash that means nothing; known are \\r \\n \\t \\0 \\\\ \\xHH')
  if (bytes.length === 0 || bytes.length > LONGEST_QUESTION) throw say(`send is 1 to ${LONGEST_QUESTION} bytes`)
  return { bytes, expect: expect === undefined ? null : compiled(expect, 'expect', say) }
}

function withValue(program: Program, way: string, say: Say): Program {
  if (program.names.includes('value')) return program
  throw say(
    way === 'match' ? 'match names the value as a group: (?<value>[-0-9.]+)' : 'template says where the value is: FLOW {value} {unit}',
  )
}

function compiled(text: string, name: string, say: Say): Program {
  try {
    return compilePattern(text)
  } catch (thrown) {
    throw say(`${name}: ${reasonOf(thrown)}`)
  }
}

function wholeNumber(
  text: string,
  { name, least, most }: { readonly name: string; readonly least: number; readonly most: number },
  say: Say,
): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) throw say(`${name}=${text} is no whole number from ${least} to ${most}`)
  return value
}

function oneOf<Choice extends string>(text: string, choices: readonly Choice[], name: string, say: Say): Choice {
  const choice = choices.find((each) => each === text)
  if (choice === undefined) throw say(`${name}=${text} is none of ${choices.join(', ')}`)
  return choice
}

function parsed(text: string): Address {
  try {
    return parseAddress(text)
  } catch (thrown) {
    throw invalid(text, reasonOf(thrown))
  }
}
