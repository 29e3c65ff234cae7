import { isAbsolute, resolve } from 'node:path'
import { type Address, AddressError, formatAddress, parseAddress } from '../../readings/address.js'
import { type EpochMicros, formatMicros, parseMicros } from '../../readings/time.js'
import { DriverFault } from '../fault.js'

export const EXAMPLE = 'recording:///data/run-1?sensor=pump-247/drive-end-temperature&speed=10'

export interface RecordingAddress {
  /** Absolute. */
  readonly folder: string
  /** Null where the address means the whole recording. */
  readonly sensor: string | null
  /** How many recorded seconds pass in one; `max` is as fast as they are read. */
  readonly speed: number | 'max'
  /** Only what was recorded from this time on, and before that one; null where it is not bounded. */
  readonly from: EpochMicros | null
  readonly to: EpochMicros | null
}

/**
 * `recording:///abs/path?sensor=KEY&speed=1|n|max&from=TIME&to=TIME`; `recording://./run-1` and `recording://../run-1` are relative to where the
 * program was started.
 *
 * @throws DriverFault ADDRESS_INVALID.
 */
export function parseRecordingAddress(text: string): RecordingAddress {
  const address = parse(text)
  if (address.host !== '' && !/^\.\.?$/.test(address.host)) {
    throw invalid(
      text,
      `write three slashes before an absolute folder, or ./ before a relative one; '${address.host}' stands where a host would`,
    )
  }
  const path = address.path.filter((part) => part !== '').join('/')
  if (path === '') throw invalid(text, 'it names no folder')
  if (path.includes('\0')) throw invalid(text, 'a folder has no NUL in its name')
  // A drive letter follows the third slash on Windows: recording:///C:/data/run-1.
  const rooted = address.host !== '' ? `${address.host}/${path}` : isAbsolute(path) ? path : `/${path}`
  const [from, to] = [timeOf(text, address.query.get('from')), timeOf(text, address.query.get('to'))]
  if (from !== null && to !== null && from >= to) throw invalid(text, 'from is not before to')
  return {
    folder: resolve(rooted),
    sensor: address.query.get('sensor') || null,
    speed: speedOf(text, address.query.get('speed')),
    from,
    to,
  }
}

/** An address with an absolute folder. */
export function formatRecordingAddress(address: Omit<RecordingAddress, 'from' | 'to'> & Partial<RecordingAddress>): string {
  const { folder, sensor, speed, from = null, to = null } = address
  const query = new Map<string, string>()
  if (sensor !== null) query.set('sensor', sensor)
  if (speed !== 1) query.set('speed', String(speed))
  if (from !== null) query.set('from', formatMicros(from))
  if (to !== null) query.set('to', formatMicros(to))
  const path = folder.split(/[\\/]/).filter((part) => part !== '')
  return formatAddress({ scheme: 'recording', user: null, host: '', port: null, path, query })
}

function speedOf(text: string, speed: string | undefined): number | 'max' {
  if (speed === undefined) return 1
  if (speed === 'max') return 'max'
  const factor = Number(speed)
  if (speed.trim() === '' || !Number.isFinite(factor) || factor <= 0)
    throw invalid(text, `speed is a number above 0, or max, not '${speed}'`)
  return factor
}

function timeOf(text: string, time: string | undefined): EpochMicros | null {
  if (time === undefined) return null
  const at = parseMicros(time)
  if (at === undefined) throw invalid(text, `'${time}' is no time such as 2026-11-22T15:00:00Z`)
  return at
}

function parse(text: string): Address {
  try {
    return parseAddress(text)
  } catch (thrown) {
    if (!(thrown instanceof AddressError)) throw thrown
    throw invalid(text, thrown.message)
  }
}

function invalid(address: string, because: string): DriverFault {
  return new DriverFault('ADDRESS_INVALID', {
    message: `${address.slice(0, 200)} is not the address of a recording`,
    because,
    advice: { example: EXAMPLE },
    retry: false,
  })
}
