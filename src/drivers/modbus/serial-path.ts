import { TABLES } from './register-type.js'

/** The path of a serial address, taken apart: the port's own name is everything up to the unit. */
export interface SerialPath {
  /** `/dev/ttyUSB0`, `/dev/serial/by-id/usb-…`, `COM3` */
  readonly port: string
  /** Unit, table and offset, as far as they are there. */
  readonly rest: readonly string[]
}

/**
 * Takes `dev/ttyUSB0/7/holding/100` or `COM3/7` apart. A port whose name ends in a number of its own (`/dev/pts/3` is known; others) may be written as
 * one part: `%2Fdev%2Fodd%2F3`.
 * @returns null where no port is named, or it cannot be told where it ends.
 */
export function splitSerialPath(path: readonly string[]): SerialPath | null {
  const [first = '', second, third = ''] = path
  if (first === '') return null
  if (/^COM\d+$/i.test(first) || first.includes('/')) return { port: first, rest: path.slice(1) }
  if (first === 'dev' && second === 'pts' && /^\d+$/.test(third)) return { port: `/dev/pts/${third}`, rest: path.slice(3) }
  const length = path.length - lengthOfRest(path)
  const parts = path.slice(0, length)
  return length === 0 || parts.some((part) => part === '' || /^\d{1,3}$/.test(part))
    ? null
    : { port: `/${parts.join('/')}`, rest: path.slice(length) }
}

/** The parts that `splitSerialPath` takes apart again. */
export function joinSerialPath({ port, rest }: SerialPath): readonly string[] {
  const plain = [...port.replace(/^\//, '').split('/'), ...rest]
  return splitSerialPath(plain)?.port === port ? plain : [port, ...rest]
}

function lengthOfRest(path: readonly string[]): number {
  const [place = '', last = ''] = path.slice(-2)
  if (Object.hasOwn(TABLES, place) && path.length > 2) return 3
  if (/^\d{5,6}$/.test(last) && /^\d{1,3}$/.test(place)) return 2
  return /^\d{1,3}$/.test(last) ? 1 : 0
}
