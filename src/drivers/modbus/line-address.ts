import type { Address } from '../../readings/address.js'
import type { LineSettings, Medium, Target } from './medium.js'
import { joinSerialPath, splitSerialPath } from './serial-path.js'

export const DEFAULT_PORT = 502
/** Names in the query that say how a serial line is set. */
export const SETTING_NAMES = ['baud', 'parity', 'stop', 'data'] as const
/** Most devices leave the works like this, though the specification (serial line V1.02, 2.5.1) would have 19200 and even parity. */
const USUAL: Record<'modbus-rtu' | 'modbus-ascii', LineSettings> = {
  'modbus-rtu': { baudRate: 9600, parity: 'none', stopBits: 1, dataBits: 8 },
  'modbus-ascii': { baudRate: 9600, parity: 'even', stopBits: 1, dataBits: 7 },
}
const PARITIES = { n: 'none', e: 'even', o: 'odd', none: 'none', even: 'even', odd: 'odd' } as const
const LOWEST_BAUD = 50
const HIGHEST_BAUD = 4_000_000

export const SCHEMES = ['modbus-tcp', 'modbus-rtu', 'modbus-ascii', 'modbus-rtu-tcp'] as const

/** A line, and what the address says beyond it. */
export interface LineAddress {
  readonly target: Target
  /** Unit, table, offset, as far as they are there. */
  readonly rest: readonly string[]
}

/** @param refuse throws, with a reason. */
export function lineAddressOf(address: Address, refuse: (why: string) => Error): LineAddress {
  const path = address.path.at(-1) === '' ? address.path.slice(0, -1) : address.path
  const scheme = SCHEMES.find((known) => known === address.scheme)
  if (scheme === undefined) throw refuse(`the scheme is '${address.scheme}', not ${SCHEMES.join(', ')}`)
  if (scheme === 'modbus-tcp' || scheme === 'modbus-rtu-tcp') {
    if (address.host === '') throw refuse('it names no host')
    const misplaced = SETTING_NAMES.find((name) => address.query.has(name))
    if (misplaced !== undefined) throw refuse(`${misplaced}= belongs to a serial port; the device server in between has its own settings`)
    const target = { host: address.host, port: address.port ?? DEFAULT_PORT }
    return { target: scheme === 'modbus-tcp' ? target : { ...target, medium: { scheme } }, rest: path }
  }
  if (address.host !== '' || address.port !== null)
    throw refuse(`a serial port is no host: write three strokes, as in ${scheme}:///dev/ttyUSB0/7`)
  const split = splitSerialPath(path)
  if (!split) throw refuse('it names no serial port, or it cannot be told where its name ends (write it as one part, with %2F)')
  return {
    target: { host: split.port, port: 0, medium: { scheme, settings: readSettings(scheme, address.query, refuse) } },
    rest: split.rest,
  }
}

/** Host, port, path and the settings of a line, for `formatAddress`; settings are always told, so that an address is complete. */
export function addressOfLine(
  { host, port, medium }: Target,
  rest: readonly string[],
): Pick<Address, 'scheme' | 'host' | 'port' | 'path'> & { readonly query: Map<string, string> } {
  if (!medium || medium.scheme === 'modbus-rtu-tcp')
    return { scheme: medium?.scheme ?? 'modbus-tcp', host, port, path: rest, query: new Map() }
  const { baudRate, parity, stopBits, dataBits } = medium.settings
  const query = new Map([
    ['baud', String(baudRate)],
    ['parity', parity],
    ['stop', String(stopBits)],
  ])
  if (dataBits !== USUAL[medium.scheme].dataBits) query.set('data', String(dataBits))
  return { scheme: medium.scheme, host: '', port: null, path: joinSerialPath({ port: host, rest }), query }
}

function readSettings(
  scheme: Extract<Medium, { settings: unknown }>['scheme'],
  query: ReadonlyMap<string, string>,
  refuse: (why: string) => Error,
): LineSettings {
  const usual = USUAL[scheme]
  const baudRate = Number(query.get('baud') ?? usual.baudRate)
  if (!Number.isInteger(baudRate) || baudRate < LOWEST_BAUD || baudRate > HIGHEST_BAUD)
    throw refuse(`baud is '${query.get('baud')}', not a whole number such as 9600 or 19200`)
  const parityText = (query.get('parity') ?? usual.parity).toLowerCase()
  if (!Object.hasOwn(PARITIES, parityText)) throw refuse(`parity is '${parityText}'; known are none, even and odd`)
  const stopText = query.get('stop') ?? String(usual.stopBits)
  if (stopText !== '1' && stopText !== '2') throw refuse(`stop is '${stopText}'; known are 1 and 2`)
  const dataText = query.get('data') ?? String(usual.dataBits)
  if (dataText !== '8' && !(dataText === '7' && scheme === 'modbus-ascii'))
    throw refuse(`data is '${dataText}'; RTU has 8 bits a character, ASCII 7 or 8`)
  return {
    baudRate,
    parity: PARITIES[parityText as keyof typeof PARITIES],
    stopBits: stopText === '1' ? 1 : 2,
    dataBits: dataText === '7' ? 7 : 8,
  }
}
