import type { SerialLineOptions } from '../../serial-line/serial-line.js'
import type { PortSettings, SerialAddress } from './serial-address.js'

export type LineSettings = Pick<SerialLineOptions, 'baudRate' | 'dataBits' | 'parity' | 'stopBits'>

/** What most instruments are delivered with. */
export const USUAL: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }

/** Settings with what the address leaves open as usual; `auto` counts as open. */
export function settingsOf({ baud, dataBits, parity, stopBits }: PortSettings): LineSettings {
  return {
    baudRate: baud === null || baud === 'auto' ? USUAL.baudRate : baud,
    dataBits: dataBits ?? USUAL.dataBits,
    parity: parity ?? USUAL.parity,
    stopBits: stopBits ?? USUAL.stopBits,
  }
}

/** The settings as the address writes them; what is as usual is left out but for the baud rate. */
export function settingsQuery({ baudRate, dataBits, parity, stopBits }: LineSettings): ReadonlyMap<string, string> {
  return new Map([
    ['baud', String(baudRate)],
    ...(dataBits === USUAL.dataBits ? [] : ([['data', String(dataBits)]] as const)),
    ...(parity === USUAL.parity ? [] : ([['parity', parity.charAt(0).toUpperCase()]] as const)),
    ...(stopBits === USUAL.stopBits ? [] : ([['stop', String(stopBits)]] as const)),
  ])
}

/** What several sensors of one port say together; which setting they contradict each other in, if any. */
export function mergeSettings(addresses: readonly SerialAddress[]): {
  readonly merged: PortSettings
  readonly contradiction: string | null
} {
  const merged: { -readonly [Name in keyof PortSettings]: PortSettings[Name] } = {
    baud: null,
    dataBits: null,
    parity: null,
    stopBits: null,
  }
  const contradicted: string[] = []
  const settle = <Value>(name: string, values: readonly (Value | null)[]): Value | null => {
    const stated = values.filter((value) => value !== null)
    if (new Set(stated).size > 1) contradicted.push(name)
    return stated[0] ?? null
  }
  merged.baud = settle(
    'baud',
    addresses.map(({ settings }) => settings.baud),
  )
  merged.dataBits = settle(
    'data',
    addresses.map(({ settings }) => settings.dataBits),
  )
  merged.parity = settle(
    'parity',
    addresses.map(({ settings }) => settings.parity),
  )
  merged.stopBits = settle(
    'stop',
    addresses.map(({ settings }) => settings.stopBits),
  )
  settle(
    'where a message ends (delimiter, length, gap)',
    addresses.map(({ framing }) => JSON.stringify(framing.kind === 'delimiter' ? [...framing.delimiter] : framing)),
  )
  return { merged, contradiction: contradicted[0] ?? null }
}
