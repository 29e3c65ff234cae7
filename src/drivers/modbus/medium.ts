/** How characters go over a serial line. */
export interface LineSettings {
  readonly baudRate: number
  readonly parity: 'none' | 'even' | 'odd'
  readonly stopBits: 1 | 2
  readonly dataBits: 7 | 8
}

/** What carries the frames where that is not Modbus TCP. */
export type Medium =
  | { readonly scheme: 'modbus-rtu-tcp' }
  | { readonly scheme: 'modbus-rtu'; readonly settings: LineSettings }
  | { readonly scheme: 'modbus-ascii'; readonly settings: LineSettings }

/** Where a line begins: a host and its port, or (port 0) a serial port by its path as `host`. */
export interface Target {
  readonly host: string
  readonly port: number
  /** Left out for Modbus TCP. */
  readonly medium?: Medium
}

/** The line alone, of something that lies on it. */
export function targetOf({ host, port, medium }: Target): Target {
  return { host, port, ...(medium && { medium }) }
}

/** What messages call it: `10.0.0.21:502`, `/dev/ttyUSB0 (9600-8N1)`. */
export function nameOfTarget({ host, port, medium }: Target): string {
  const settings = settingsOf(medium)
  return settings ? `${host} (${nameOfSettings(settings)})` : `${host}:${port}`
}

/** Null where the medium is no serial line of this machine. */
export function settingsOf(medium: Medium | undefined): LineSettings | null {
  return medium && 'settings' in medium ? medium.settings : null
}

/** `9600-8N1` */
export function nameOfSettings({ baudRate, dataBits, parity, stopBits }: LineSettings): string {
  return `${baudRate}-${dataBits}${parity.slice(0, 1).toUpperCase()}${stopBits}`
}

/** How long one character takes: start bit, data, parity, stop. */
export function characterMs({ baudRate, dataBits, parity, stopBits }: LineSettings): number {
  return ((1 + dataBits + (parity === 'none' ? 0 : 1) + stopBits) * 1000) / baudRate
}
