import type { Point } from '../drivers/probe-report.js'
import { parseAddress } from '../readings/address.js'
import { DEFAULT_PERIOD_MS, type Sensor } from '../readings/sensor.js'

const LONGEST_KEY = 128
/** Last topic levels that say nothing of their own. */
const EMPTY_WORDS = new Set(['value', 'val', 'waveform', 'samples', 'data', 'state', 'payload'])

/**
 * Sensors out of probed points, named `asset/what` by what the device itself calls them, else by where they are
 * (`unit-7/holding-100`). Names are unique, also against `taken`: the second of a name gets `-2`.
 */
export function nameSensors(points: readonly Point[], taken: Iterable<string> = []): Sensor[] {
  const used = new Set(taken)
  return points.map((point) => {
    const key = unique(keyOf(point), used)
    used.add(key)
    const asset = key.includes('/') ? (key.split('/')[0] ?? '') : ''
    return {
      key,
      address: point.address,
      kind: point.kind,
      unit: point.unit,
      periodMs: DEFAULT_PERIOD_MS,
      ...(asset === '' ? {} : { asset }),
      ...(point.name === null ? {} : { description: point.name.slice(0, LONGEST_KEY) }),
    }
  })
}

function keyOf({ name, address }: Point): string {
  const place = placeOf(address)
    .map(slug)
    .filter((word) => word !== '')
  while (place.length > 2 && EMPTY_WORDS.has(place.at(-1) ?? '')) place.pop()
  const own = (name ?? '')
    .split('/')
    .map(slug)
    .filter((word) => word !== '' && !EMPTY_WORDS.has(word))
  const said = own.filter((word) => !place.includes(word))
  const words = [...place, ...said]
  const [what = 'value', asset = parseAddress(address).scheme] = words.toReversed()
  return `${slug(asset)}/${what}`.slice(0, LONGEST_KEY)
}

/** `modbus-tcp://h/7/holding/100` → unit-7, holding-100 · `mqtt://h/a/b?field=/c` → a, b-c · `opc.tcp://h/?node=ns=1;s=a/b` → a, b. */
function placeOf(address: string): string[] {
  const { scheme, path, query } = parseAddress(address)
  if (scheme.startsWith('modbus-')) {
    // Where the line is a serial port, its path comes before unit, table and offset.
    const [unit = '', ...register] = scheme.endsWith('-tcp') ? path : path.slice(-3)
    return [`unit-${unit}`, register.join('-')]
  }
  // A device file by its own name; a pseudo-terminal's is a bare number.
  if (scheme === 'serial') {
    const column = query.get('column')
    return [path.slice(path[1] === 'pts' ? 1 : -1).join('-'), ...(column === undefined ? [] : [`column-${column}`])]
  }
  const metric = query.get('metric')
  if (metric !== undefined) return [...path.slice(3), ...metric.split('/')]
  const node = query.get('node')
  if (node !== undefined) return (/;s=(.*)$/.exec(node)?.[1] ?? '').split(/[/.]/)
  const field = (query.get('field') ?? '').split('/').filter((word) => word !== '' && !EMPTY_WORDS.has(word))
  return [...path.slice(0, -1), [path.at(-1) ?? '', ...field].join('-')]
}

function slug(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
}

function unique(key: string, used: ReadonlySet<string>): string {
  if (!used.has(key)) return key
  for (let number = 2; ; number++) if (!used.has(`${key}-${number}`)) return `${key}-${number}`
}
