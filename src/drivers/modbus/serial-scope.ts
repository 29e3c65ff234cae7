import { parseAddress } from '../../readings/address.js'
import { parseDurationMs } from '../../readings/time.js'
import { invalid, parseModbusDevice } from './address.js'
import { type LineSettings, settingsOf, type Target, targetOf } from './medium.js'

/** Where to look on a line without transaction ids, and how. */
export interface SerialScope {
  readonly target: Target
  /** Null: all of them. */
  readonly unit: number | null
  /** Where all units are meant: the first and the last that are asked. */
  readonly units: { readonly from: number; readonly to: number }
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
const LAST_UNIT = 247
/** Two stop bits last: a receiver looks at the first only, so a device set to 8N2 mostly answers to 8N1. */
const FORMS = [
  { parity: 'none', stopBits: 1, weight: 0 },
  { parity: 'even', stopBits: 1, weight: 1 },
  { parity: 'odd', stopBits: 1, weight: 4 },
  { parity: 'none', stopBits: 2, weight: 6 },
] as const

/**
 * Reads `modbus-rtu:///dev/ttyUSB0?baud=9600&sweep`, `…?sweep=all`, `…?listen=10s`, `…?units=1-32`, with or without a unit.
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
    units: unitsOf(text, query.get('units')),
    sweep: sweep === undefined ? 'one' : sweep === '' ? 'until-found' : 'all',
    listenMs,
  }
}

function unitsOf(text: string, given: string | undefined): SerialScope['units'] {
  if (given === undefined) return { from: 1, to: LAST_UNIT }
  const [, from, to] = /^(\d{1,3})-(\d{1,3})$/.exec(given)?.map(Number) ?? []
  if (from === undefined || to === undefined || from < 1 || from > to || to > LAST_UNIT)
    throw invalid(text, `units is '${given}', not a range such as 1-32 within 1 to ${LAST_UNIT}`)
  return { from, to }
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
