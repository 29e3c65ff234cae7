import { parseAddress } from '../../readings/address.js'
import { parseDurationMs } from '../../readings/time.js'
import { invalid, parseModbusDevice } from './address.js'
import { type LineSettings, settingsOf, type Target, targetOf } from './medium.js'

/** Where to look on a line without transaction ids, and how. */
export interface SerialScope {
  readonly target: Target
  /** Null: all of them. */
  readonly unit: number | null
  /** `one`: with the settings of the address; `until-found`, `all`: with other settings too. */
  readonly sweep: 'one' | 'until-found' | 'all'
  /** Listen so long instead of asking; null where it is asked. */
  readonly listenMs: number | null
}

/** The smaller the sum of both weights, the likelier a setting: 9600 and 19200 with no or even parity come before all others. */
const BAUDS = [
  { baudRate: 9600, weight: 0 },
  { baudRate: 19_200, weight: 1 },
  { baudRate: 115_200, weight: 3 },
  { baudRate: 38_400, weight: 4 },
  { baudRate: 57_600, weight: 5 },
  { baudRate: 4800, weight: 6 },
  { baudRate: 2400, weight: 7 },
  { baudRate: 1200, weight: 8 },
] as const
/** Two stop bits last: a receiver looks at the first only, so a device set to 8N2 mostly answers to 8N1. */
const FORMS = [
  { parity: 'none', stopBits: 1, weight: 0 },
  { parity: 'even', stopBits: 1, weight: 1 },
  { parity: 'odd', stopBits: 1, weight: 4 },
  { parity: 'none', stopBits: 2, weight: 6 },
] as const

/**
 * Reads `modbus-rtu:///dev/ttyUSB0?baud=9600&sweep`, `…?sweep=all`, `…?listen=10s`, with or without a unit.
 * @throws DriverFault ADDRESS_INVALID
 */
export function parseSerialScope(text: string): SerialScope {
  const device = parseModbusDevice(text)
  const { query } = parseAddress(text)
  const sweep = query.get('sweep')
  if (sweep !== undefined && sweep !== '' && sweep !== 'all') throw invalid(text, `sweep is '${sweep}'; it stands alone, or as sweep=all`)
  const listen = query.get('listen')
  const listenMs = listen === undefined ? null : parseDurationMs(listen)
  if (listenMs === undefined || listenMs === 0) throw invalid(text, `listen is '${listen}', not a duration such as 10s`)
  return {
    target: targetOf(device),
    unit: device.unit,
    sweep: sweep === undefined ? 'one' : sweep === '' ? 'until-found' : 'all',
    listenMs,
  }
}

/** The line as the scope has it, then with all other settings, the likeliest first; behind TCP there is nothing to set. */
export function targetsOf({ target, sweep }: Pick<SerialScope, 'target' | 'sweep'>): readonly Target[] {
  const { medium } = target
  const own = settingsOf(medium)
  if (!own || !medium || medium.scheme === 'modbus-rtu-tcp' || sweep === 'one') return [target]
  const others = FORMS.flatMap(({ parity, stopBits, weight }) =>
    BAUDS.map((speed) => ({ settings: { ...own, parity, stopBits, baudRate: speed.baudRate }, weight: weight + speed.weight })),
  )
    .sort((a, b) => a.weight - b.weight)
    .map(({ settings }) => settings)
    .filter((settings) => !isSame(settings, own))
  return [own, ...others].map((settings) => ({ ...target, medium: { ...medium, settings } }))
}

function isSame(a: LineSettings, b: LineSettings): boolean {
  return a.baudRate === b.baudRate && a.parity === b.parity && a.stopBits === b.stopBits && a.dataBits === b.dataBits
}
